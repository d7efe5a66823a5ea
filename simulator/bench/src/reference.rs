//! Models as bare loops: what a simulation costs with no engine around it.
//!
//! A binary heap of the standard library, a slab of requests that is made before the run, queues as lists
//! through that slab, one generator, one logarithm a draw. Nothing is measured but the sum of the response
//! times, nothing can be edited, and nothing is checked.

mod closed;
mod queue;
mod run;
mod station;
mod web;

pub(crate) use closed::closed;
pub(crate) use queue::queue;
pub(crate) use web::web;

/// What a run amounted to.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Outcome {
    /// Arrivals, ends of services, answers of a cache, ends of journeys through the network.
    pub(crate) events: u64,
    pub(crate) served: u64,
    /// The sum of all response times.
    pub(crate) nanoseconds: u64,
}

impl Outcome {
    /// The mean response time in nanoseconds.
    #[cfg(test)]
    pub(crate) fn mean(self) -> f64 {
        self.nanoseconds as f64 / self.served as f64
    }
}

const MILLISECOND: f64 = 1e6;
const SECOND: f64 = 1e9;
