//! Service-time distributions: what authors choose from, and what theory asks about them.

mod pareto;
mod quantiles;
mod sampler;

pub use quantiles::Quantiles;
pub(crate) use sampler::Sampler;

use crate::time::SimDuration;

/// How long something takes, as a probability law.
#[derive(Clone, Debug, PartialEq)]
pub enum Distribution {
    /// Always exactly the mean (cv² = 0).
    Deterministic {
        /// The duration.
        mean: SimDuration,
    },
    /// Exponential (cv² = 1): memoryless, the M of M/M/c.
    Exponential {
        /// The mean duration.
        mean: SimDuration,
    },
    /// Lognormal: a heavy right tail, as real pages have.
    Lognormal {
        /// The mean duration.
        mean: SimDuration,
        /// Squared coefficient of variation, variance over squared mean; 0 to 100.
        cv2: f64,
    },
    /// Every duration between two equally likely (cv² at most 1/3).
    Uniform {
        /// The shortest.
        low: SimDuration,
        /// The longest, not below the shortest.
        high: SimDuration,
    },
    /// Erlang: the sum of equal exponential stages, steadier than one (cv² = 1/shape).
    Erlang {
        /// The mean duration of all stages together.
        mean: SimDuration,
        /// How many stages, 1 to 100.
        shape: u32,
    },
    /// Hyperexponential: many short ones and a few long ones, each exponential, which share the
    /// total work evenly.
    Hyperexponential {
        /// The mean duration.
        mean: SimDuration,
        /// Squared coefficient of variation; 1 to 100.
        cv2: f64,
    },
    /// Pareto: each time twice as long is rarer by the same factor, 2^shape.
    ///
    /// Bounded: the longest is 10,000 times the shortest, which leaves the law its four decades and
    /// a simulation a chance to end. The bound is in the mean and in cv², so that both are exact.
    Pareto {
        /// The mean duration.
        mean: SimDuration,
        /// How fast the tail falls; more than 1, at most 100. Without the bound, cv² would be
        /// infinite up to 2.
        shape: f64,
    },
    /// As somebody measured it: between given quantiles, durations are equally likely.
    Measured(Quantiles),
}

impl Distribution {
    /// The longest mean, and the longest duration that can be asked for by itself.
    pub const LONGEST: SimDuration = SimDuration::from_secs(3_600);

    /// The mean.
    #[must_use]
    pub fn mean(&self) -> SimDuration {
        match self {
            Self::Deterministic { mean }
            | Self::Exponential { mean }
            | Self::Lognormal { mean, .. }
            | Self::Erlang { mean, .. }
            | Self::Hyperexponential { mean, .. }
            | Self::Pareto { mean, .. } => *mean,
            Self::Uniform { low, high } => {
                SimDuration::from_nanos(low.as_nanos().midpoint(high.as_nanos()))
            }
            Self::Measured(quantiles) => quantiles.mean(),
        }
    }

    /// The squared coefficient of variation, variance over squared mean: what a mean waiting time
    /// depends on besides the load (Pollaczek and Khinchine). 0 where the mean is.
    #[must_use]
    pub fn cv2(&self) -> f64 {
        match self {
            Self::Deterministic { .. } => 0.0,
            Self::Exponential { .. } => 1.0,
            Self::Lognormal { cv2, .. } | Self::Hyperexponential { cv2, .. } => *cv2,
            Self::Uniform { low, high } if low == high => 0.0,
            Self::Uniform { low, high } => {
                let (low, high) = (low.as_nanos() as f64, high.as_nanos() as f64);
                let half_width = (high - low) / (high + low);
                half_width * half_width / 3.0
            }
            Self::Erlang { shape, .. } => 1.0 / f64::from(*shape),
            Self::Pareto { shape, .. } => pareto::cv2(*shape),
            Self::Measured(quantiles) => quantiles.cv2(),
        }
    }

    /// Whether every parameter is in its range.
    ///
    /// # Errors
    /// The range of the first that is not, in words.
    pub fn check(&self) -> Result<(), &'static str> {
        let (is_in_range, range) = match *self {
            Self::Lognormal { cv2, .. } => ((0.0..=100.0).contains(&cv2), "cv² from 0 to 100"),
            Self::Hyperexponential { cv2, .. } => {
                ((1.0..=100.0).contains(&cv2), "cv² from 1 to 100")
            }
            Self::Erlang { shape, .. } => ((1..=100).contains(&shape), "a shape from 1 to 100"),
            Self::Pareto { shape, .. } => (
                1.0 < shape && shape <= 100.0,
                "a shape of more than 1, at most 100",
            ),
            Self::Uniform { low, high } => (
                low <= high && high <= Self::LONGEST,
                "a shortest and a longest duration in this order, at most 1 h",
            ),
            // Quantiles are checked when they are made.
            Self::Deterministic { .. } | Self::Exponential { .. } | Self::Measured(_) => (true, ""),
        };
        if !is_in_range {
            return Err(range);
        }
        if self.mean() > Self::LONGEST {
            return Err("a mean of at most 1 h");
        }
        Ok(())
    }
}

/// `factor` times `duration`.
pub(crate) fn scaled(duration: SimDuration, factor: f64) -> SimDuration {
    SimDuration::from_nanos_f64(duration.as_nanos() as f64 * factor)
}

#[cfg(test)]
mod tests;
