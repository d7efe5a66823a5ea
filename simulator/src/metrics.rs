//! What is counted while a run goes on. Integers only: exact, mergeable, in any order.

mod cache;
mod histogram;
mod measurement;
mod recent;
mod series;
mod station;

pub use cache::CacheCounts;
pub use histogram::Histogram;
pub use measurement::{Measurement, NodeMeasurement};
pub use series::{Series, Window};

pub(crate) use cache::CacheMeter;
pub(crate) use histogram::Batch;
pub(crate) use measurement::Baseline;
pub(crate) use recent::{Mark, RecentRing};
pub(crate) use station::StationMeter;

use crate::time::SimDuration;

/// The mean of `count` durations; zero for none.
pub(crate) fn mean(sum_nanos: u128, count: u64) -> SimDuration {
    let mean = sum_nanos.checked_div(u128::from(count)).unwrap_or(0);
    SimDuration::from_nanos(u64::try_from(mean).unwrap_or(u64::MAX))
}
