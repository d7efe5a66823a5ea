//! Adaptive throttling: a client stops sending what would be rejected anyway.

use super::rolling_window::RollingWindow;
use crate::time::{SimDuration, SimTime};
use crate::violation::{Violation, violations};

/// How eagerly a client throttles itself.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct ThrottlePolicy {
    /// K: for each accepted request the client sends up to K, 1 to 100. 2 at Google; nearer to 1 is
    /// stricter, and slower to notice a recovery.
    pub(crate) multiplier: f64,
    /// What is recent, 1 s to 1 h; two minutes at Google.
    pub(crate) window: SimDuration,
}

impl ThrottlePolicy {
    /// What is out of range.
    pub(crate) fn check(&self) -> Vec<Violation> {
        let window = SimDuration::from_secs(1)..=SimDuration::from_secs(3_600);
        violations(&[
            (
                (1.0..=100.0).contains(&self.multiplier),
                "multiplier",
                "1 to 100",
            ),
            (window.contains(&self.window), "window", "1 s to 1 h"),
        ])
    }
}

/// Client-side throttling (Beyer et al. 2016, "Site Reliability Engineering", chapter 21, equation
/// 21-1): a request is rejected by the client itself with probability
/// max(0, (requests - K · accepts) / (requests + 1)).
///
/// Requests are all that the client wanted to send, those that it rejected itself included; accepts
/// are those that the server took. So a server that takes a requests/s gets about K · a of them.
#[derive(Clone, Debug)]
pub(crate) struct Throttle {
    multiplier: f64,
    /// Requests and accepts.
    counts: RollingWindow,
}

impl Throttle {
    /// A throttle that has seen nothing and lets everything through.
    pub(crate) const fn new(policy: ThrottlePolicy) -> Self {
        Self {
            multiplier: policy.multiplier,
            counts: RollingWindow::new(policy.window),
        }
    }

    /// With which probability a request at `now` would be rejected, from 0 to less than 1.
    pub(crate) fn rejection(&mut self, now: SimTime) -> f64 {
        let [requests, accepts] = self.counts.sums(now);
        let excess = requests as f64 - self.multiplier * accepts as f64;
        (excess / (requests as f64 + 1.0)).max(0.0)
    }

    /// Whether a request may be sent at `now`; it counts either way. `uniform` is a random number
    /// above 0 and at most 1.
    pub(crate) fn try_send(&mut self, now: SimTime, uniform: f64) -> bool {
        let rejection = self.rejection(now);
        self.counts.add(now, 1, 0);
        uniform > rejection
    }

    /// The server took a request: it answered, whatever the answer, and did not reject it.
    pub(crate) fn on_accepted(&mut self, now: SimTime) {
        self.counts.add(now, 0, 1);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::Draws;

    const GOOGLE: ThrottlePolicy = ThrottlePolicy {
        multiplier: 2.0,
        window: SimDuration::from_secs(120),
    };

    #[test]
    fn the_probability_is_that_of_the_book() {
        for (requests, accepts, rejection) in [
            (0, 0, 0.0),
            (1, 0, 0.5),
            (9, 0, 0.9),
            (9, 4, 0.1),
            (9, 5, 0.0),
            (9, 9, 0.0),
            (99, 10, 0.79),
        ] {
            let mut throttle = Throttle::new(GOOGLE);
            for _ in 0..requests {
                throttle.try_send(SimTime::ZERO, 1.0);
            }
            for _ in 0..accepts {
                throttle.on_accepted(SimTime::ZERO);
            }
            let difference = throttle.rejection(SimTime::ZERO) - rejection;
            assert!(difference.abs() < 1e-12, "{requests}, {accepts}");
            // The least number above the probability passes, the probability itself does not.
            assert!(throttle.clone().try_send(SimTime::ZERO, 1.0));
            assert!(rejection == 0.0 || !throttle.try_send(SimTime::ZERO, rejection - 1e-9));
        }
    }

    #[test]
    fn what_is_old_is_forgotten() {
        let mut throttle = Throttle::new(GOOGLE);
        (0..9).for_each(|_| assert!(throttle.try_send(SimTime::ZERO, 1.0)));
        assert!(throttle.rejection(SimTime::from_secs(119)) > 0.8);
        assert!(throttle.rejection(SimTime::from_secs(120)) == 0.0);
    }

    #[test]
    fn an_overloaded_server_gets_k_times_what_it_takes() {
        // 1,000 requests/s against a server that takes 100/s: 200/s should be sent.
        let (mut throttle, mut draws) = (Throttle::new(GOOGLE), Draws::new(3, 0));
        let (mut sent, mut room) = (0, 0);
        for number in 0..600_000_u64 {
            let now = SimTime::ZERO + SimDuration::from_millis(number);
            // Room in tenths, for ten requests at most, so that no gap between requests costs any.
            room = 100.min(room + 1);
            if throttle.try_send(now, draws.uniform()) {
                if room >= 10 {
                    room -= 10;
                    throttle.on_accepted(now);
                }
                sent += u32::from(number >= 300_000);
            }
        }
        let rate = f64::from(sent) / 300.0;
        assert!((rate - 200.0).abs() < 4.0, "{rate}");
        let rejection = throttle.rejection(SimTime::from_secs(600));
        assert!((rejection - 0.8).abs() < 0.02, "{rejection}");
    }

    #[test]
    fn ranges_are_checked() {
        assert!(GOOGLE.check().is_empty());
        let faulty = ThrottlePolicy {
            multiplier: 0.9,
            window: SimDuration::ZERO,
        };
        let faults = faulty.check();
        let names: Vec<&str> = faults.iter().map(|fault| fault.parameter).collect();
        assert_eq!(names, ["multiplier", "window"]);
    }
}
