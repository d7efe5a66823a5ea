//! A store of objects, or of sessions.

use super::check::{Check, law};
use crate::distribution::Distribution;
use crate::time::SimDuration;

/// A store that somebody else runs: it has room for every request, takes its time, and now and then fails.
///
/// The default is one of objects, far and slow. A store of sessions is the same with other numbers: half a
/// millisecond for both.
#[derive(Clone, Debug, PartialEq)]
pub struct ObjectStore {
    /// Time that a read takes.
    pub read_time: Distribution,
    /// Time that a write takes.
    pub write_time: Distribution,
    /// How many requests a second it takes in the long run, 0.001 to 1,000,000; what is more is throttled.
    /// `None` takes all.
    pub rate: Option<f64>,
    /// How many it takes at once beyond that, 1 to 1,000,000.
    pub burst: u32,
    /// The share of requests that it answers with a result, 0 to 1.
    pub availability: f64,
}

impl Default for ObjectStore {
    /// 80 ms for a read, 200 ms for a write, and no limit.
    fn default() -> Self {
        let constant = |millis| Distribution::Deterministic {
            mean: SimDuration::from_millis(millis),
        };
        Self {
            read_time: constant(80),
            write_time: constant(200),
            rate: None,
            burst: 1_000,
            availability: 1.0,
        }
    }
}

impl ObjectStore {
    pub(super) fn checks(&self) -> Vec<Check> {
        vec![
            law("read_time", &self.read_time),
            law("write_time", &self.write_time),
            (
                self.rate.is_none_or(|rate| (0.001..=1e6).contains(&rate)),
                "rate",
                "0.001 to 1,000,000 per second",
            ),
            (
                (1..=1_000_000).contains(&self.burst),
                "burst",
                "1 to 1,000,000",
            ),
            (
                (0.0..=1.0).contains(&self.availability),
                "availability",
                "0 to 1",
            ),
        ]
    }
}
