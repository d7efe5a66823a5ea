//! M/G/1: Poisson arrivals, one server, services of any law.

use super::are_positive;

/// The steady state of M/G/1, first come, first served.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Mg1 {
    /// Share of the time in which the server is busy.
    pub utilisation: f64,
    /// Mean time in the queue, in seconds.
    pub mean_wait: f64,
    /// Mean time in queue and service, in seconds.
    pub mean_response: f64,
    /// Mean number in queue and service.
    pub mean_in_system: f64,
}

/// The formula of Pollaczek and Khinchine: Wq = ρ/(1-ρ)·(1+cv²)/2·E\[S\], where `cv2` is the squared
/// coefficient of variation of the services, variance over squared mean. `None` where there is no
/// steady state. Kleinrock, chapter 5.
#[must_use]
pub fn mg1(arrival_rate: f64, mean_service: f64, cv2: f64) -> Option<Mg1> {
    let utilisation = arrival_rate * mean_service;
    let is_stable = are_positive(&[arrival_rate, mean_service])
        && utilisation < 1.0
        && cv2.is_finite()
        && cv2 >= 0.0;
    if !is_stable {
        return None;
    }
    let mean_wait = utilisation / (1.0 - utilisation) * f64::midpoint(1.0, cv2) * mean_service;
    let mean_response = mean_wait + mean_service;
    Some(Mg1 {
        utilisation,
        mean_wait,
        mean_response,
        mean_in_system: arrival_rate * mean_response,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::theory::close;

    #[test]
    fn responses_match_the_published_table() {
        // Constant, Erlang of four phases, exponential, and two more variable laws.
        let cv2 = [0.0, 0.25, 1.0, 4.0, 10.0];
        for (rho, responses) in [
            (0.8, [3.0, 3.5, 5.0, 11.0, 23.0]),
            (0.9, [5.5, 6.625, 10.0, 23.5, 50.5]),
        ] {
            for (cv2, want) in cv2.into_iter().zip(responses) {
                let queue = mg1(rho, 1.0, cv2).expect("stable");
                close(queue.mean_response, want);
                close(queue.mean_in_system, rho * want);
            }
        }
    }

    #[test]
    fn there_is_no_steady_state_at_or_above_capacity() {
        for (rate, service, cv2) in [(1.0, 1.0, 0.0), (0.5, 1.0, -1.0), (0.5, 1.0, f64::NAN)] {
            assert_eq!(mg1(rate, service, cv2), None);
        }
    }
}
