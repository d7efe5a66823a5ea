//! Drawing from a law: all that depends on its parameters alone is computed once.

use super::{Distribution, Quantiles, pareto};
use crate::WHOLE;
use crate::random::Draws;
use crate::time::SimDuration;

/// A [`Distribution`] made ready for drawing. Durations are in nanoseconds.
#[derive(Clone, Debug)]
pub(crate) enum Sampler {
    Exponential {
        mean: f64,
    },
    Deterministic {
        value: f64,
    },
    Uniform {
        low: f64,
        width: f64,
    },
    Erlang {
        /// The mean of each stage.
        stage: f64,
        shape: u32,
    },
    /// exp of a normal number with this standard deviation, times the median.
    Lognormal {
        median: f64,
        deviation: f64,
    },
    Hyperexponential {
        /// The share of the short ones.
        share: f64,
        short: f64,
        long: f64,
    },
    Pareto {
        shortest: f64,
        inverse_shape: f64,
    },
    Measured(Quantiles),
}

impl Sampler {
    /// Ready to draw from `law`, which has been checked. Of a law that fails its check all draws are
    /// durations too, though not its.
    pub(crate) fn new(law: &Distribution) -> Self {
        let mean = law.mean().as_nanos() as f64;
        match *law {
            Distribution::Deterministic { .. } => Self::Deterministic { value: mean },
            Distribution::Exponential { .. } => Self::Exponential { mean },
            Distribution::Lognormal { cv2, .. } => {
                // If ln X is normal(m, s²), then E X = exp(m + s²/2) and cv² = exp(s²) - 1.
                let variance = libm::log1p(cv2);
                Self::Lognormal {
                    median: mean * libm::exp(-variance / 2.0),
                    deviation: libm::sqrt(variance),
                }
            }
            _ if !WHOLE => Self::Deterministic { value: mean },
            Distribution::Uniform { low, high } => Self::Uniform {
                low: low.as_nanos() as f64,
                width: high.saturating_sub(low).as_nanos() as f64,
            },
            Distribution::Erlang { shape, .. } => Self::Erlang {
                stage: mean / f64::from(shape),
                shape,
            },
            Distribution::Hyperexponential { cv2, .. } => {
                // Two phases of the same total work: Tijms 2003, "A first course in stochastic
                // models", appendix B, page 447.
                let share = (1.0 + libm::sqrt((cv2 - 1.0) / (cv2 + 1.0))) / 2.0;
                Self::Hyperexponential {
                    share,
                    short: mean / (2.0 * share),
                    long: mean / (2.0 * (1.0 - share)),
                }
            }
            Distribution::Pareto { shape, .. } => {
                // Below 1, and not a number, are unchecked: drawing has to end with them too.
                let shape = shape.max(1.0);
                Self::Pareto {
                    shortest: mean * pareto::shortest(shape),
                    inverse_shape: 1.0 / shape,
                }
            }
            Distribution::Measured(ref quantiles) => Self::Measured(quantiles.clone()),
        }
    }

    /// One duration, from the request's own random numbers.
    #[inline]
    pub(crate) fn sample(&self, draws: &mut Draws) -> SimDuration {
        SimDuration::from_nanos_f64(match self {
            Self::Exponential { mean } => mean * draws.exponential(),
            _ => self.sample_other(draws),
        })
    }

    /// Out of the way, so that the common law stays short where it is drawn from.
    #[inline(never)]
    fn sample_other(&self, draws: &mut Draws) -> f64 {
        match *self {
            Self::Exponential { mean } => mean * draws.exponential(),
            Self::Deterministic { value } => value,
            Self::Lognormal { median, deviation } => median * libm::exp(deviation * draws.normal()),
            _ if !WHOLE => 0.0,
            Self::Uniform { low, width } => low + width * draws.uniform(),
            Self::Erlang { stage, shape } => {
                stage * (0..shape).map(|_| draws.exponential()).sum::<f64>()
            }
            Self::Hyperexponential { share, short, long } => {
                let is_short = draws.uniform() <= share;
                (if is_short { short } else { long }) * draws.exponential()
            }
            Self::Pareto {
                shortest,
                inverse_shape,
            } => {
                // The logarithm of a Pareto number is exponential; of one that is bounded, it is so
                // as long as it is within the bound. At most one in 10,000 is not.
                let exponent = loop {
                    let exponent = draws.exponential() * inverse_shape;
                    if exponent <= pareto::LN_RANGE {
                        break exponent;
                    }
                };
                shortest * libm::exp(exponent)
            }
            Self::Measured(ref quantiles) => quantiles.nanos(draws.uniform()),
        }
    }
}
