//! The policies and their parameters.

use crate::time::SimDuration;

/// Points of a target on a ring, as many as ketama has.
pub(crate) const DEFAULT_POINTS: u32 = 160;

/// How a balancer chooses.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Balancing {
    /// Each in turn.
    RoundRobin,
    /// Each in turn, as often as its weight says, spread over the cycle.
    WeightedRoundRobin,
    /// Any, each equally likely.
    Random,
    /// Any, as likely as its weight.
    WeightedRandom,
    /// The one with the least in flight.
    LeastConnections,
    /// The one with the least (in flight + 1) / weight.
    WeightedLeastConnections,
    /// The least loaded of a few drawn at random.
    PowerOfChoices {
        /// How many are drawn, 2 to 16.
        choices: u8,
        /// Whether weights count, in the draw and in the comparison.
        is_weighted: bool,
    },
    /// By the hash of the key modulo the number of targets.
    HashModulo,
    /// By a consistent hash ring.
    HashRing {
        /// Points of each target, 1 to 1,000; 160 in ketama.
        points: u32,
        /// How many times the average a target may have in flight before its keys go on to the
        /// next: more than 1, at most 10; 1.25 is usual. `None` does not look at the load.
        load_factor: Option<f64>,
    },
    /// By the highest bid for the key.
    Rendezvous,
    /// By expected latency.
    PeakEwma(PeakEwmaPolicy),
}

/// The parameters of the peak EWMA.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct PeakEwmaPolicy {
    /// The time constant τ after which an observation counts 1/e, 1 ms to 1 h; 10 s in Finagle.
    pub(crate) decay: SimDuration,
    /// As how slow an error counts, at most 1 h. Zero counts an error like an answer: then whoever
    /// fails fast draws the traffic.
    pub(crate) error_penalty: SimDuration,
    /// How many targets are compared, drawn at random, 2 to 16; 2 in Finagle.
    pub(crate) choices: u8,
}
