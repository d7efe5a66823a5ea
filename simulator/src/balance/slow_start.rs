//! Slow start: a target that has just joined gets its share little by little.

use crate::time::SimDuration;
use crate::violation::{Violation, violations};

/// How a newcomer's weight grows.
///
/// Only policies that use weights know of it; a ring keeps its points.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SlowStart {
    /// How long it takes until the full weight, more than 0 and at most 1 h. nginx suggests 30 s.
    pub window: SimDuration,
    /// The share of the weight to begin with, 0 to 1; 0.1 in Envoy. Even 0 leaves the smallest
    /// weight there is.
    pub minimum: f64,
}

impl Default for SlowStart {
    /// From a tenth on, over 30 s.
    fn default() -> Self {
        Self {
            window: SimDuration::from_secs(30),
            minimum: 0.1,
        }
    }
}

impl SlowStart {
    /// What a weight of 1 is in effective weights, so that a part of it is a whole number.
    pub(crate) const UNIT: u32 = 256;
    /// The greatest weight.
    pub(crate) const MAX_WEIGHT: u32 = 1_000;

    /// What is out of range.
    pub(crate) fn check(&self) -> Vec<Violation> {
        let hour = SimDuration::from_secs(3_600);
        violations(&[
            (
                !self.window.is_zero() && self.window <= hour,
                "window",
                "more than 0, at most 1 h",
            ),
            ((0.0..=1.0).contains(&self.minimum), "minimum", "0 to 1"),
        ])
    }

    /// The effective weight, in [`UNIT`](Self::UNIT)s of `weight` (1 to 1,000), of a target that
    /// joined `joined` ago: a straight line from zero to the full weight over the window, never below
    /// the minimum share.
    pub(crate) fn weight(&self, weight: u32, joined: SimDuration) -> u32 {
        let full = Self::full(weight);
        if joined >= self.window {
            return full;
        }
        // At most 256,000 · 3.6e12 ns, well within 64 bits.
        let part = u64::from(full) * joined.as_nanos() / self.window.as_nanos();
        let least = (self.minimum * f64::from(full)) as u32;
        (part as u32).max(least).clamp(1, full)
    }

    /// The effective weight of a target that is past its start.
    pub(crate) fn full(weight: u32) -> u32 {
        weight.clamp(1, Self::MAX_WEIGHT) * Self::UNIT
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_weight_is_a_straight_line_above_the_minimum() {
        let start = SlowStart {
            window: SimDuration::from_secs(100),
            minimum: 0.1,
        };
        for (weight, seconds, effective) in [
            (1, 0, 25),
            (1, 10, 25),
            (1, 25, 64),
            (1, 50, 128),
            (1, 100, 256),
            (1, 1_000, 256),
            (4, 50, 512),
            (1_000, 99, 253_440),
            (0, 100, 256),
            (u32::MAX, 100, 256_000),
        ] {
            let weight_now = start.weight(weight, SimDuration::from_secs(seconds));
            assert_eq!(weight_now, effective, "{weight} after {seconds} s");
        }
        let from_zero = SlowStart {
            minimum: 0.0,
            ..start
        };
        assert_eq!(from_zero.weight(1, SimDuration::ZERO), 1);
    }

    #[test]
    fn ranges_are_checked() {
        let names = |window, minimum| {
            let faults = SlowStart { window, minimum }.check();
            faults
                .iter()
                .map(|fault| fault.parameter)
                .collect::<Vec<_>>()
        };
        assert!(names(SimDuration::from_secs(30), 0.1).is_empty());
        assert_eq!(names(SimDuration::ZERO, 1.5), ["window", "minimum"]);
        assert_eq!(names(SimDuration::MAX, f64::NAN), ["window", "minimum"]);
    }
}
