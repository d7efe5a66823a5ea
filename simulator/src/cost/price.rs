//! A price, and what it is for.

use crate::source::Source;
use crate::time::SimDuration;

/// What one unit of something costs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Price {
    /// Of what: "m7i.large", "internet egress".
    pub name: &'static str,
    /// For one unit, in millionths of a US dollar; at most [`Price::MAX_MICRO_DOLLARS`].
    pub micro_dollars: u64,
    /// One unit of what.
    pub unit: Unit,
    /// Who asks for it, and when that was.
    pub source: Source,
}

impl Price {
    /// A million dollars a unit: more is a slip, and sums stay far from overflow.
    pub const MAX_MICRO_DOLLARS: u64 = 1_000_000_000_000;
}

/// What a price is asked for. A gigabyte is 10^9 bytes; a month has 730 hours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// One node for an hour.
    NodeHour,
    /// One of it for a month.
    Month,
    /// A gigabyte that is moved.
    Gigabyte,
    /// A gigabyte that is kept for a month.
    GigabyteMonth,
    /// A million requests.
    MillionRequests,
}

/// 365 days of 24 hours over twelve, as bills have it.
pub const MONTH: SimDuration = SimDuration::from_secs(730 * 3_600);

const NANOS_A_MONTH: u128 = MONTH.as_nanos() as u128;

impl Unit {
    /// How many of the smallest quantities make one unit: nanoseconds, bytes, bytes times nanoseconds
    /// or requests.
    pub(super) const fn size(self) -> u128 {
        match self {
            Self::NodeHour => 3_600_000_000_000,
            Self::Month => NANOS_A_MONTH,
            Self::Gigabyte => 1_000_000_000,
            Self::GigabyteMonth => 1_000_000_000 * NANOS_A_MONTH,
            Self::MillionRequests => 1_000_000,
        }
    }
}
