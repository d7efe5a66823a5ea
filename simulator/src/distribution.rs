//! Service-time distributions.

use crate::random::Draws;
use crate::time::SimDuration;

/// How long something takes, as a probability law with a given mean.
#[derive(Clone, Copy, Debug, PartialEq)]
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
}

impl Distribution {
    /// The mean.
    #[must_use]
    pub const fn mean(self) -> SimDuration {
        match self {
            Self::Deterministic { mean }
            | Self::Exponential { mean }
            | Self::Lognormal { mean, .. } => mean,
        }
    }
}

impl Distribution {
    /// One value, from the request's own random numbers.
    pub(crate) fn sample(self, draws: &mut Draws) -> SimDuration {
        match self {
            Self::Deterministic { mean } => mean,
            Self::Exponential { mean } => scaled(mean, draws.exponential()),
            Self::Lognormal { mean, cv2 } => {
                // If ln X is normal(m, s²), then E X = exp(m + s²/2) and cv² = exp(s²) - 1.
                let s2 = libm::log(1.0 + cv2);
                scaled(mean, libm::exp(libm::sqrt(s2) * draws.normal() - s2 / 2.0))
            }
        }
    }
}

/// `factor` times `duration`.
pub(crate) fn scaled(duration: SimDuration, factor: f64) -> SimDuration {
    SimDuration::from_nanos_f64(duration.as_nanos() as f64 * factor)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_law_has_its_mean_and_its_variance() {
        let mean = SimDuration::from_millis(8);
        for (law, cv2, fourth) in [
            (Distribution::Deterministic { mean }, 0.0, 0.0),
            (Distribution::Exponential { mean }, 1.0, 9.0),
            // Fourth central moment over the squared variance of a lognormal with cv² = 0.5.
            (Distribution::Lognormal { mean, cv2: 0.5 }, 0.5, 13.0),
        ] {
            let n = 200_000_u32;
            let values: Vec<f64> = (0..n)
                .map(|i| law.sample(&mut Draws::new(u64::from(i), 1)).as_millis_f64() / 8.0)
                .collect();
            let m = values.iter().sum::<f64>() / f64::from(n);
            let v = values.iter().map(|x| (x - m) * (x - m)).sum::<f64>() / f64::from(n);
            assert!(
                (m - 1.0).abs() <= 4.5 * (cv2 / f64::from(n)).sqrt() + 1e-6,
                "{law:?}: {m}"
            );
            let error = cv2 * (f64::max(fourth - 1.0, 0.0) / f64::from(n)).sqrt();
            assert!(
                (v - cv2).abs() <= 4.5 * error + 1e-6,
                "{law:?}: variance {v}"
            );
        }
    }
}
