//! What is counted while a run goes on. Integers only: exact, mergeable, in any order.

mod histogram;
mod measurement;
mod recent;
mod series;
mod station;

pub use histogram::Histogram;
pub use measurement::{Measurement, NodeMeasurement};
pub use series::{Series, Window};

pub(crate) use measurement::Baseline;
pub(crate) use recent::{Mark, RecentRing};
pub(crate) use series::Ending;
pub(crate) use station::StationMeter;
