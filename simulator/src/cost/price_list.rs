//! Prices as they were found, each with its source and date.

use super::{Price, Unit};
use crate::source::{Quality, Source};

/// On-demand in us-east-1.
const EC2: Source = Source {
    name: "aws/karpenter-provider-aws, generated pricing",
    date: "2026-07-20",
    quality: Quality::Vendor,
};

/// Rounded over several clouds.
const NAPKIN: Source = Source {
    name: "sirupsen/napkin-math",
    date: "2026-03",
    quality: Quality::RuleOfThumb,
};

/// Labelled by their author as estimates.
const LOADLINE: Source = Source {
    name: "kekubhai/Loadline",
    date: "undated",
    quality: Quality::RuleOfThumb,
};

const fn node(name: &'static str, micro_dollars: u64) -> Price {
    from(EC2, name, micro_dollars, Unit::NodeHour)
}

const fn napkin(name: &'static str, micro_dollars: u64, unit: Unit) -> Price {
    from(NAPKIN, name, micro_dollars, unit)
}

const fn loadline(name: &'static str, micro_dollars: u64, unit: Unit) -> Price {
    from(LOADLINE, name, micro_dollars, unit)
}

const fn from(source: Source, name: &'static str, micro_dollars: u64, unit: Unit) -> Price {
    Price {
        name,
        micro_dollars,
        unit,
        source,
    }
}

/// Every price, in micro-dollars: 1,000,000 is a dollar.
pub const PRICES: &[Price] = &[
    node("t3.micro", 10_400),
    node("t3.small", 20_800),
    node("t3.medium", 41_600),
    node("t3.large", 83_200),
    node("t4g.small", 16_800),
    node("t4g.medium", 33_600),
    node("m6i.large", 96_000),
    node("m6i.xlarge", 192_000),
    node("m7g.large", 81_600),
    node("m7g.2xlarge", 326_400),
    node("m7g.16xlarge", 2_611_200),
    node("m7i.large", 100_800),
    node("m7i.48xlarge", 9_676_800),
    node("c6i.large", 85_000),
    node("c7g.large", 72_500),
    node("r6i.large", 126_000),
    node("r7g.large", 107_100),
    node("i4i.large", 172_000),
    node("u-24tb1.112xlarge", 218_400_000),
    loadline("managed database", 240_000, Unit::NodeHour),
    loadline("managed cache", 155_000, Unit::NodeHour),
    napkin("CPU", 15_000_000, Unit::Month),
    napkin("1,000 metrics", 20_000_000, Unit::Month),
    napkin("memory", 2_000_000, Unit::GigabyteMonth),
    napkin("blob storage", 20_000, Unit::GigabyteMonth),
    napkin("zonal SSD", 200_000, Unit::GigabyteMonth),
    napkin("regional SSD", 350_000, Unit::GigabyteMonth),
    loadline("S3 storage", 23_000, Unit::GigabyteMonth),
    napkin("inter-zone traffic", 10_000, Unit::Gigabyte),
    napkin("inter-region traffic", 20_000, Unit::Gigabyte),
    napkin("internet egress", 100_000, Unit::Gigabyte),
    loadline("EC2 egress", 90_000, Unit::Gigabyte),
    napkin("CDN egress", 50_000, Unit::Gigabyte),
    napkin("CDN fill", 10_000, Unit::Gigabyte),
    loadline("CloudFront egress", 85_000, Unit::Gigabyte),
    napkin("L4 load balancer", 8_000, Unit::Gigabyte),
    napkin("logs", 500_000, Unit::Gigabyte),
    loadline("queue requests", 400_000, Unit::MillionRequests),
];

/// The price of what is called `name`.
#[must_use]
pub fn price(name: &str) -> Option<&'static Price> {
    PRICES.iter().find(|price| price.name == name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_unique_and_prices_in_range() {
        for (place, it) in PRICES.iter().enumerate() {
            assert!(
                (1..=Price::MAX_MICRO_DOLLARS).contains(&it.micro_dollars),
                "{}",
                it.name
            );
            assert!(PRICES[..place].iter().all(|other| other.name != it.name));
            assert_eq!(price(it.name), Some(it));
        }
        assert_eq!(price("abacus"), None);
    }

    #[test]
    fn within_a_family_the_price_is_linear() {
        let micro_dollars = |name| price(name).expect("listed").micro_dollars;
        for (small, large, factor) in [
            ("m7i.large", "m7i.48xlarge", 96),
            ("m7g.large", "m7g.2xlarge", 4),
            ("m7g.large", "m7g.16xlarge", 32),
            ("m6i.large", "m6i.xlarge", 2),
            ("t3.micro", "t3.large", 8),
        ] {
            assert_eq!(
                factor * micro_dollars(small),
                micro_dollars(large),
                "{large}"
            );
        }
    }
}
