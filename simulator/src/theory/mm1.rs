//! M/M/1: Poisson arrivals, one exponential server, one queue without limit.

use super::{are_positive, exponential_quantile, power};

/// The steady state of M/M/1, first come, first served.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Mm1 {
    arrival_rate: f64,
    service_rate: f64,
}

/// The steady state of M/M/1, or `None` where there is none. Kleinrock, section 3.2.
#[must_use]
pub fn mm1(arrival_rate: f64, service_rate: f64) -> Option<Mm1> {
    let is_stable = are_positive(&[arrival_rate, service_rate]) && arrival_rate < service_rate;
    is_stable.then_some(Mm1 {
        arrival_rate,
        service_rate,
    })
}

impl Mm1 {
    /// Share of the time in which the server is busy, ρ = λ/µ.
    #[must_use]
    pub fn utilisation(&self) -> f64 {
        self.arrival_rate / self.service_rate
    }

    /// Mean number in queue and service, ρ/(1-ρ).
    #[must_use]
    pub fn mean_in_system(&self) -> f64 {
        self.arrival_rate * self.mean_response()
    }

    /// Mean time in the queue, in seconds.
    #[must_use]
    pub fn mean_wait(&self) -> f64 {
        self.utilisation() * self.mean_response()
    }

    /// Mean time in queue and service, 1/(µ-λ) seconds.
    #[must_use]
    pub fn mean_response(&self) -> f64 {
        1.0 / (self.service_rate - self.arrival_rate)
    }

    /// Share of the time with exactly `n` in the system, (1-ρ)ρⁿ.
    #[must_use]
    pub fn share_with(&self, n: u32) -> f64 {
        (1.0 - self.utilisation()) * power(self.utilisation(), n)
    }

    /// The chance of a wait of more than `t` seconds, ρe^-(µ-λ)t.
    #[must_use]
    pub fn wait_tail(&self, t: f64) -> f64 {
        self.utilisation() * self.response_tail(t)
    }

    /// The chance of a response of more than `t` seconds: the response time is exponential.
    #[must_use]
    pub fn response_tail(&self, t: f64) -> f64 {
        libm::exp(-t.max(0.0) / self.mean_response())
    }

    /// The response time in seconds that a share `q` (0 to below 1) of the requests does not exceed.
    #[must_use]
    pub fn response_quantile(&self, q: f64) -> f64 {
        exponential_quantile(q, self.mean_response())
    }

    /// How many seconds it takes until the system has forgotten a share of 1 - 1/e of where it
    /// began, at the latest: 1/(√µ-√λ)². Warm-ups should be ten times as long. Cohen, "The Single
    /// Server Queue" (1982).
    #[must_use]
    pub fn relaxation_time(&self) -> f64 {
        let root = libm::sqrt(self.service_rate) - libm::sqrt(self.arrival_rate);
        1.0 / (root * root)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::theory::close;

    #[test]
    fn means_and_percentiles_match_the_published_table() {
        for (rho, mean, p99) in [
            (0.5, 2.0, 9.210_340),
            (0.7, 3.333_333, 15.350_567),
            (0.8, 5.0, 23.025_851),
            (0.9, 10.0, 46.051_702),
            (0.95, 20.0, 92.103_404),
        ] {
            let queue = mm1(rho, 1.0).expect("stable");
            close(queue.mean_response(), mean);
            close(queue.mean_wait(), mean - 1.0);
            close(queue.mean_in_system(), rho * mean);
            close(queue.response_quantile(0.99), p99);
            close(queue.response_quantile(0.5), mean * std::f64::consts::LN_2);
            close(queue.response_tail(p99), 0.01);
        }
    }

    #[test]
    fn the_chances_of_all_numbers_add_up() {
        let queue = mm1(0.8, 1.0).expect("stable");
        let all: f64 = (0..300).map(|n| queue.share_with(n)).sum();
        close(all, 1.0);
        close(queue.share_with(2), 0.128);
        close(queue.wait_tail(0.0), 0.8);
    }

    #[test]
    fn relaxation_takes_as_long_as_published() {
        for (rho, want) in [(0.8, 90.0), (0.9, 380.0), (0.95, 1_560.0)] {
            let time = mm1(rho, 1.0).expect("stable").relaxation_time();
            assert!((time / want - 1.0).abs() < 0.01, "{rho}: {time}");
        }
    }

    #[test]
    fn there_is_no_steady_state_at_or_above_capacity() {
        for (arrivals, services) in [(1.0, 1.0), (2.0, 1.0), (0.0, 1.0), (f64::NAN, 1.0)] {
            assert_eq!(mm1(arrivals, services), None);
        }
        let calm = mm1(0.5, 1.0).expect("stable");
        assert!(calm.response_quantile(1.0).is_finite());
        assert_eq!(calm.response_quantile(f64::NAN), 0.0);
    }
}
