use super::*;
use crate::cost::{PRICES, price};

const HOUR: SimDuration = SimDuration::from_secs(3_600);
const TERABYTE: u64 = 1_000_000_000_000;

fn listed(name: &str) -> &'static Price {
    price(name).expect("listed")
}

fn bill(items: &[(&str, Quantity)]) -> Bill {
    let mut bill = Bill::default();
    for &(name, quantity) in items {
        bill.add(listed(name), quantity).expect("of its unit");
    }
    bill
}

const fn nodes(count: u64, time: SimDuration) -> Quantity {
    Quantity::Time { count, time }
}

const fn moved(bytes: u64) -> Quantity {
    Quantity::Moved { bytes }
}

#[test]
fn amounts_are_those_of_a_pocket_calculator() {
    let month = MONTH;
    for (name, quantity, micro_dollars) in [
        // 1 M users × 10 pages × 30 days × 2.65 MB are 795 TB.
        ("internet egress", moved(795 * TERABYTE), 79_500_000_000),
        ("CDN egress", moved(795 * TERABYTE), 39_750_000_000),
        // Browsers hold 65 % of it.
        (
            "CDN egress",
            moved(795 * TERABYTE / 100 * 35),
            13_912_500_000,
        ),
        ("m7i.large", nodes(5, month), 367_920_000),
        ("m7i.large", nodes(1, HOUR), 100_800),
        ("m7i.large", nodes(96, month), 7_064_064_000),
        ("m7i.48xlarge", nodes(1, month), 7_064_064_000),
        ("CPU", nodes(2, month), 30_000_000),
        (
            "S3 storage",
            Quantity::Stored {
                bytes: 10 * TERABYTE,
                time: month,
            },
            230_000_000,
        ),
        (
            "queue requests",
            Quantity::Requests { count: 2_500_000 },
            1_000_000,
        ),
        // To the nearest micro-dollar: 0.01 $/GB are 100 kB for one.
        ("CDN fill", moved(49_999), 0),
        ("CDN fill", moved(50_000), 1),
        ("CDN fill", moved(149_999), 1),
        ("CDN fill", moved(0), 0),
    ] {
        let total = bill(&[(name, quantity)]).total();
        assert_eq!(total, MicroDollars(micro_dollars), "{name} {quantity:?}");
    }
}

#[test]
fn a_minute_is_stretched_to_a_month_without_rounding_twice() {
    let minute = SimDuration::from_secs(60);
    let month = bill(&[("m7i.large", nodes(5, minute)), ("logs", moved(1_234))])
        .monthly(minute)
        .expect("it covers a minute");
    let amounts: Vec<u64> = month.lines().iter().map(|line| line.amount().0).collect();
    // 1,234 bytes 43,800 times, at $0.5 a gigabyte.
    assert_eq!(amounts, [367_920_000, 27_025]);
    assert!((month.lines()[0].units() - 3_650.0).abs() < 1e-9);
    assert_eq!(bill(&[]).monthly(SimDuration::ZERO), None);
}

#[test]
fn a_million_requests_have_a_price() {
    let hour = bill(&[("m7i.large", nodes(5, HOUR))]);
    // 694 requests a second for an hour on five machines.
    assert_eq!(hour.per_million(694 * 3_600), Some(MicroDollars(201_729)));
    assert_eq!(hour.per_million(0), None);
    assert_eq!(bill(&[]).per_million(1), Some(MicroDollars(0)));
}

#[test]
fn merging_adds_line_by_line_in_any_order() {
    let parts = [
        bill(&[("m7i.large", nodes(2, HOUR)), ("CDN fill", moved(30_000))]),
        bill(&[("CDN fill", moved(30_000)), ("logs", moved(7))]),
        bill(&[("m7i.large", nodes(3, HOUR)), ("CDN fill", moved(90_000))]),
    ];
    let mut merged = Bill::default();
    parts.iter().for_each(|part| merged.merge(part));
    let names: Vec<&str> = merged.lines().iter().map(|it| it.price.name).collect();
    assert_eq!(names, ["m7i.large", "CDN fill", "logs"]);
    // 1.5 micro-dollars of filling: rounded once, not three times.
    assert_eq!(merged.total(), MicroDollars(504_000 + 2));
    let mut backwards = Bill::default();
    parts.iter().rev().for_each(|part| backwards.merge(part));
    assert_eq!(backwards.total(), merged.total());
}

#[test]
fn another_price_is_another_line() {
    let mut bill = bill(&[("m7i.large", nodes(1, HOUR))]);
    let spot = Price {
        micro_dollars: 40_000,
        ..*listed("m7i.large")
    };
    bill.add(&spot, nodes(1, HOUR)).expect("node-hours");
    assert_eq!(bill.lines().len(), 2);
    assert_eq!(bill.total(), MicroDollars(140_800));
}

#[test]
fn a_quantity_of_another_sort_is_refused() {
    let quantities = [
        (nodes(1, HOUR), vec![Unit::NodeHour, Unit::Month]),
        (moved(1), vec![Unit::Gigabyte]),
        (
            Quantity::Stored {
                bytes: 1,
                time: HOUR,
            },
            vec![Unit::GigabyteMonth],
        ),
        (Quantity::Requests { count: 1 }, vec![Unit::MillionRequests]),
    ];
    for (quantity, units) in quantities {
        for price in PRICES {
            let mut bill = Bill::default();
            let result = bill.add(price, quantity);
            assert_eq!(result.is_ok(), units.contains(&price.unit), "{quantity:?}");
            assert_eq!(bill.lines().len(), usize::from(result.is_ok()));
        }
    }
}

#[test]
fn absurd_quantities_saturate() {
    let dearest = Price {
        micro_dollars: Price::MAX_MICRO_DOLLARS,
        ..*listed("zonal SSD")
    };
    let mut bill = Bill::default();
    let all = Quantity::Stored {
        bytes: u64::MAX,
        time: SimDuration::MAX,
    };
    for _ in 0..3 {
        bill.add(&dearest, all).expect("gigabyte-months");
    }
    bill.add(
        listed("u-24tb1.112xlarge"),
        nodes(u64::MAX, SimDuration::MAX),
    )
    .expect("node-hours");
    assert_eq!(bill.total(), MicroDollars(u64::MAX));
    let second = bill.monthly(SimDuration::from_nanos(1)).expect("covered");
    assert_eq!(second.total(), MicroDollars(u64::MAX));
    assert_eq!(second.per_million(1), Some(MicroDollars(u64::MAX)));
}
