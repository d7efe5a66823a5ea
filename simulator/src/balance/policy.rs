//! The policies and their parameters.

use super::draw::MAX_CHOICES;
use crate::time::SimDuration;
use crate::violation::{Violation, violations};

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

impl Balancing {
    /// What is out of range.
    pub(crate) fn check(&self) -> Vec<Violation> {
        let are_choices = |choices: u8| (2..=MAX_CHOICES).contains(&choices);
        match self {
            Self::PowerOfChoices { choices, .. } => {
                violations(&[(are_choices(*choices), "choices", "2 to 16")])
            }
            Self::HashRing {
                points,
                load_factor,
            } => violations(&[
                ((1..=1_000).contains(points), "points", "1 to 1,000"),
                (
                    load_factor.is_none_or(|factor| factor > 1.0 && factor <= 10.0),
                    "load_factor",
                    "more than 1, at most 10",
                ),
            ]),
            Self::PeakEwma(policy) => {
                let hour = SimDuration::from_secs(3_600);
                violations(&[
                    (
                        (SimDuration::from_millis(1)..=hour).contains(&policy.decay),
                        "decay",
                        "1 ms to 1 h",
                    ),
                    (policy.error_penalty <= hour, "error_penalty", "at most 1 h"),
                    (are_choices(policy.choices), "choices", "2 to 16"),
                ])
            }
            Self::RoundRobin
            | Self::WeightedRoundRobin
            | Self::Random
            | Self::WeightedRandom
            | Self::LeastConnections
            | Self::WeightedLeastConnections
            | Self::HashModulo
            | Self::Rendezvous => Vec::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_are_checked() {
        let ring = |points, load_factor| Balancing::HashRing {
            points,
            load_factor,
        };
        let choices = |choices| Balancing::PowerOfChoices {
            choices,
            is_weighted: false,
        };
        let ewma = |decay, penalty, choices| {
            Balancing::PeakEwma(PeakEwmaPolicy {
                decay: SimDuration::from_millis(decay),
                error_penalty: SimDuration::from_secs(penalty),
                choices,
            })
        };
        for (policy, parameters) in [
            (Balancing::RoundRobin, &[][..]),
            (Balancing::Rendezvous, &[]),
            (choices(2), &[]),
            (choices(16), &[]),
            (choices(1), &["choices"]),
            (choices(17), &["choices"]),
            (ring(160, None), &[]),
            (ring(1, Some(1.25)), &[]),
            (ring(0, Some(1.0)), &["points", "load_factor"]),
            (ring(1_001, Some(f64::NAN)), &["points", "load_factor"]),
            (ewma(10_000, 5, 2), &[]),
            (ewma(0, 3_601, 0), &["decay", "error_penalty", "choices"]),
        ] {
            let faults = policy.check();
            let names: Vec<&str> = faults.iter().map(|fault| fault.parameter).collect();
            assert_eq!(names, parameters, "{policy:?}");
            assert!(faults.iter().all(|fault| !fault.range.is_empty()));
        }
    }
}
