//! M/G/1-PS: one server that works on everybody at once, equally fast.

use super::{are_positive, power};

/// The steady state of M/G/1 with processor sharing. It depends on the services' mean alone
/// (insensitivity): Kleinrock, "Queueing Systems" vol. 2 (1976), chapter 4.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Sharing {
    /// Share of the time in which the server is busy.
    pub utilisation: f64,
    /// Mean response time, E\[S\]/(1-ρ) seconds.
    pub mean_response: f64,
    /// Mean number in the system, ρ/(1-ρ).
    pub mean_in_system: f64,
}

/// The steady state of M/G/1-PS, or `None` where there is none.
#[must_use]
pub fn processor_sharing(arrival_rate: f64, mean_service: f64) -> Option<Sharing> {
    let utilisation = arrival_rate * mean_service;
    let is_stable = are_positive(&[arrival_rate, mean_service]) && utilisation < 1.0;
    is_stable.then(|| Sharing {
        utilisation,
        mean_response: mean_service / (1.0 - utilisation),
        mean_in_system: utilisation / (1.0 - utilisation),
    })
}

impl Sharing {
    /// Mean response time of those whose own work is `work` seconds: x/(1-ρ), everybody is slowed
    /// down by the same factor.
    #[must_use]
    pub fn mean_response_to(&self, work: f64) -> f64 {
        work.max(0.0) / (1.0 - self.utilisation)
    }

    /// Share of the time with exactly `n` in the system, (1-ρ)ρⁿ.
    #[must_use]
    pub fn share_with(&self, n: u32) -> f64 {
        (1.0 - self.utilisation) * power(self.utilisation, n)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::theory::close;

    #[test]
    fn everybody_is_slowed_down_alike() {
        let half = processor_sharing(0.5, 1.0).expect("stable");
        close(half.mean_response, 2.0);
        close(half.mean_response_to(3.0), 6.0);
        close(half.mean_in_system, 1.0);
        close((0..100).map(|n| half.share_with(n)).sum(), 1.0);
        assert_eq!(processor_sharing(1.0, 1.0), None);
    }
}
