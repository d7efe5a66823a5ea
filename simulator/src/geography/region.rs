//! Eleven regions with measured round-trip times, for a map that nobody has to fill in.

use crate::source::{Quality, Source};
use crate::time::SimDuration;

/// A region of Amazon Web Services as of 2019.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Region {
    /// us-west-2
    Oregon,
    /// us-east-1
    Virginia,
    /// ap-south-1
    Mumbai,
    /// ap-northeast-2
    Seoul,
    /// ap-southeast-1
    Singapore,
    /// ap-southeast-2
    Sydney,
    /// ap-northeast-1
    Tokyo,
    /// ca-central-1
    Canada,
    /// eu-central-1
    Frankfurt,
    /// eu-west-1
    Ireland,
    /// eu-west-2
    London,
}

/// Where [`Region::round_trip`] comes from: pings that were observed at the end of January 2019, in
/// `NetworkLatency.java` of the simulator Wittgenstein. Every pair is in it, so none is filled in.
pub const REGION_TIMES: Source = Source {
    name: "Consensys/wittgenstein, after cloudping.co",
    date: "2019-01",
    quality: Quality::Measured,
};

/// Milliseconds from each region to all that come after it in [`Region::ALL`].
const MILLIS: [&[u16]; 10] = [
    &[81, 216, 126, 165, 138, 97, 64, 164, 131, 141],
    &[182, 181, 232, 195, 167, 13, 88, 80, 75],
    &[152, 62, 223, 123, 194, 111, 122, 113],
    &[97, 133, 35, 184, 259, 254, 264],
    &[169, 69, 218, 162, 174, 171],
    &[105, 210, 282, 269, 271],
    &[156, 235, 222, 234],
    &[101, 78, 87],
    &[24, 13],
    &[12],
];

impl Region {
    /// Every region.
    pub const ALL: [Self; 11] = [
        Self::Oregon,
        Self::Virginia,
        Self::Mumbai,
        Self::Seoul,
        Self::Singapore,
        Self::Sydney,
        Self::Tokyo,
        Self::Canada,
        Self::Frankfurt,
        Self::Ireland,
        Self::London,
    ];

    /// The provider's code: "us-east-1".
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Oregon => "us-west-2",
            Self::Virginia => "us-east-1",
            Self::Mumbai => "ap-south-1",
            Self::Seoul => "ap-northeast-2",
            Self::Singapore => "ap-southeast-1",
            Self::Sydney => "ap-southeast-2",
            Self::Tokyo => "ap-northeast-1",
            Self::Canada => "ca-central-1",
            Self::Frankfurt => "eu-central-1",
            Self::Ireland => "eu-west-1",
            Self::London => "eu-west-2",
        }
    }

    /// The region with this code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|region| region.code() == code)
    }

    /// The round-trip time to `other`; none at all to itself, because within a region the zones
    /// decide. See [`REGION_TIMES`].
    #[must_use]
    pub fn round_trip(self, other: Self) -> SimDuration {
        let (first, second) = (self.min(other) as usize, self.max(other) as usize);
        let millis = second
            .checked_sub(first + 1)
            .map_or(0, |place| MILLIS[first][place]);
        SimDuration::from_millis(u64::from(millis))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_pairs_that_the_articles_name_are_as_published() {
        use Region::*;
        for (a, b, millis) in [
            (Oregon, Virginia, 81),
            (Ireland, Virginia, 80),
            (Frankfurt, Virginia, 88),
            (Singapore, Virginia, 232),
            (Tokyo, Virginia, 167),
            (Sydney, Virginia, 195),
            (Mumbai, Virginia, 182),
            (Ireland, Oregon, 131),
            (Singapore, Oregon, 165),
            (Tokyo, Oregon, 97),
            (Frankfurt, Ireland, 24),
            (Singapore, Ireland, 174),
            (Tokyo, Ireland, 222),
            (Tokyo, Singapore, 69),
            (Sydney, Singapore, 169),
            (Frankfurt, Sydney, 282),
            (London, Ireland, 12),
            (London, Frankfurt, 13),
        ] {
            assert_eq!(
                a.round_trip(b),
                SimDuration::from_millis(millis),
                "{a:?} {b:?}"
            );
            assert_eq!(b.round_trip(a), a.round_trip(b));
        }
    }

    #[test]
    fn every_pair_is_known_and_every_code_leads_back() {
        for (place, a) in Region::ALL.into_iter().enumerate() {
            assert_eq!(a as usize, place);
            assert_eq!(Region::from_code(a.code()), Some(a));
            for b in Region::ALL {
                assert_eq!(a.round_trip(b).is_zero(), a == b, "{a:?} {b:?}");
            }
        }
        assert!(
            MILLIS
                .iter()
                .enumerate()
                .all(|(i, row)| row.len() == 10 - i)
        );
        assert_eq!(Region::from_code("mars-1"), None);
    }
}
