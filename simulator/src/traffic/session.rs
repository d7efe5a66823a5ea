//! Sessions: one visit of one user, several requests with time to think between them.

use crate::distribution::Distribution;

/// How long visits are.
#[derive(Clone, Debug, PartialEq)]
pub struct Session {
    /// Requests in a session on average, 1 to 10,000. Their number is geometric: after each request
    /// the user goes on with the same chance.
    pub mean_requests: f64,
    /// From an answer to the next request of the same session.
    pub think_time: Distribution,
}

impl Session {
    /// The parameters that are out of range, each with its range in words. Whoever reads laws from
    /// outside checks the think time like every other law.
    #[must_use]
    pub fn faults(&self) -> Vec<(&'static str, &'static str)> {
        if (1.0..=10_000.0).contains(&self.mean_requests) {
            Vec::new()
        } else {
            vec![("mean_requests", "1 to 10,000")]
        }
    }

    /// The number of requests in a session, at least 1, from an Exp(1) number: the whole part of an
    /// exponential number is geometric.
    #[must_use]
    pub fn requests(&self, exponential: f64) -> u32 {
        // P(N > n) = (1 - 1/m)^n = P(E > -n ln(1 - 1/m)); for m = 1 the logarithm is infinite.
        let scale = -libm::log1p(-1.0 / self.mean_requests);
        (exponential / scale) as u32 + 1
    }

    /// How many sessions a second begin when requests come at `rate`.
    #[must_use]
    pub fn session_rate(&self, rate: f64) -> f64 {
        rate / self.mean_requests
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::{Purpose, Stream};
    use crate::time::SimDuration;

    fn session(mean_requests: f64) -> Session {
        let mean = SimDuration::from_secs(10);
        Session {
            mean_requests,
            think_time: Distribution::Exponential { mean },
        }
    }

    #[test]
    fn the_number_of_requests_is_geometric() {
        let n = 200_000_u32;
        for mean in [1.0, 1.5, 10.0, 300.0] {
            let mut stream = Stream::new(1, "users", Purpose::Work);
            let counts: Vec<f64> = (0..n)
                .map(|_| f64::from(session(mean).requests(stream.exponential())))
                .collect();
            let average = counts.iter().sum::<f64>() / f64::from(n);
            let error = (mean * (mean - 1.0) / f64::from(n)).sqrt();
            assert!((average - mean).abs() <= 4.5 * error, "{average}");
            // The chance of a single request.
            let p = 1.0 / mean;
            let ones = counts.iter().filter(|&&count| count < 1.5).count() as f64 / f64::from(n);
            let error = (p * (1.0 - p) / f64::from(n)).sqrt();
            assert!((ones - p).abs() <= 4.5 * error, "{mean}: {ones}");
        }
    }

    #[test]
    fn a_session_has_at_least_one_request_and_an_end() {
        assert_eq!(session(1.0).requests(36.0), 1);
        assert_eq!(session(5.0).requests(0.0), 1);
        assert!(session(10_000.0).requests(37.0) < 400_000);
        assert_eq!(session(0.5).faults().len(), 1);
    }
}
