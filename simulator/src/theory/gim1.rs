//! GI/M/1: independent gaps of any law, one exponential server.

use super::{are_positive, crossing, exponential_quantile};

/// How the gaps between arrivals vary around their mean.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Gaps {
    /// Like a metronome: D/M/1.
    Constant,
    /// The sum of `phases` exponential parts: E_k/M/1. One server of `k` that are fed in turn from a
    /// Poisson stream sees exactly this.
    Erlang {
        /// k, from 1.
        phases: u32,
    },
    /// Poisson arrivals: M/M/1.
    Exponential,
    /// Two exponential laws with equal shares of the mean: bursts.
    Hyperexponential {
        /// Variance over squared mean, from 1.
        cv2: f64,
    },
}

/// The steady state of GI/M/1, first come, first served.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Gim1 {
    /// The chance that an arrival has to wait, the root σ of σ = A*(µ(1-σ)).
    pub wait_probability: f64,
    /// Mean time in the queue, in seconds.
    pub mean_wait: f64,
    /// Mean time in queue and service, 1/(µ(1-σ)) seconds. The response time is exponential.
    pub mean_response: f64,
}

/// The steady state of GI/M/1, or `None` where there is none. Kleinrock, chapter 6.
#[must_use]
pub fn gim1(arrival_rate: f64, gaps: Gaps, service_rate: f64) -> Option<Gim1> {
    let is_law = match gaps {
        Gaps::Constant | Gaps::Exponential => true,
        Gaps::Erlang { phases } => phases > 0,
        Gaps::Hyperexponential { cv2 } => cv2.is_finite() && cv2 >= 1.0,
    };
    let is_stable = are_positive(&[arrival_rate, service_rate]) && arrival_rate < service_rate;
    if !is_law || !is_stable {
        return None;
    }
    // A*(µ(1-σ)) - σ is convex, positive at 0, zero at 1, and negative just before it. In terms of
    // 1-σ, and of 1-A*, the root keeps its digits however near to 1 it is.
    let load = service_rate / arrival_rate;
    let distance = crossing(0.0, 1.0, |distance| {
        gaps.shortfall(load * distance) - distance
    });
    let wait_probability = 1.0 - distance;
    let mean_response = 1.0 / (service_rate * distance);
    Some(Gim1 {
        wait_probability,
        mean_wait: wait_probability * mean_response,
        mean_response,
    })
}

impl Gaps {
    /// One less the Laplace transform of the law with mean 1.
    fn shortfall(self, s: f64) -> f64 {
        match self {
            Self::Constant => -libm::expm1(-s),
            Self::Erlang { phases } => {
                let k = f64::from(phases);
                -libm::expm1(-k * libm::log1p(s / k))
            }
            Self::Exponential => s / (1.0 + s),
            Self::Hyperexponential { cv2 } => {
                let share = f64::midpoint(1.0, libm::sqrt((cv2 - 1.0) / (cv2 + 1.0)));
                let part = |share: f64| share * s / (2.0 * share + s);
                part(share) + part(1.0 - share)
            }
        }
    }
}

impl Gim1 {
    /// The chance of a wait of more than `t` seconds.
    #[must_use]
    pub fn wait_tail(&self, t: f64) -> f64 {
        self.wait_probability * libm::exp(-t.max(0.0) / self.mean_response)
    }

    /// The response time in seconds that a share `q` (0 to below 1) of the requests does not exceed.
    #[must_use]
    pub fn response_quantile(&self, q: f64) -> f64 {
        exponential_quantile(q, self.mean_response)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::theory::{close, mm1};

    #[test]
    fn responses_match_the_published_tables() {
        let erlang = Gaps::Erlang { phases: 8 };
        for (rho, eight, constant) in [
            (0.5, 1.342_375, 1.255_001),
            (0.7, 2.055_848, 1.876_160),
            (0.8, 2.979_729, 2.692_731),
            (0.9, 5.780_713, 5.178_659),
        ] {
            close(gim1(rho, erlang, 1.0).expect("stable").mean_response, eight);
            let even = gim1(rho, Gaps::Constant, 1.0).expect("stable");
            close(even.mean_response, constant);
            let poisson = gim1(rho, Gaps::Exponential, 1.0).expect("stable");
            let want = mm1(rho, 1.0).expect("stable");
            close(poisson.mean_response, want.mean_response());
            close(poisson.wait_probability, rho);
            close(
                poisson.response_quantile(0.99),
                want.response_quantile(0.99),
            );
            close(poisson.wait_tail(3.0), want.wait_tail(3.0));
        }
    }

    #[test]
    fn bursts_wait_longer_and_end_at_poisson() {
        let bursts = |cv2| {
            let gaps = Gaps::Hyperexponential { cv2 };
            gim1(0.8, gaps, 1.0).expect("stable").mean_response
        };
        close(bursts(1.0), 5.0);
        assert!(bursts(4.0) > 10.0);
    }

    #[test]
    fn it_is_total() {
        for (rate, gaps) in [
            (1.0, Gaps::Constant),
            (0.5, Gaps::Erlang { phases: 0 }),
            (0.5, Gaps::Hyperexponential { cv2: 0.5 }),
            (f64::NAN, Gaps::Exponential),
        ] {
            assert_eq!(gim1(rate, gaps, 1.0), None);
        }
        let full = gim1(1.0 - 1e-9, Gaps::Constant, 1.0).expect("stable");
        assert!((full.mean_response / 5e8 - 1.0).abs() < 0.01);
    }
}
