//! A retry budget: retries only as a share of the requests.

use super::rolling_window::RollingWindow;
use crate::time::{SimDuration, SimTime};
use crate::violation::{Violation, violations};

/// How many retries a client may send.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RetryBudgetPolicy {
    /// Retries per request, 0 to 10, counted in thousandths; 0.1 at Google, 0.2 in Finagle.
    pub share: f64,
    /// Retries per second that are allowed on top, 0 to 100,000, so that a client with few requests
    /// can retry at all; 10 in Finagle.
    pub minimum_rate: u32,
    /// Over which time both are counted, 1 s to 60 s; 10 s in Finagle.
    pub window: SimDuration,
}

impl RetryBudgetPolicy {
    /// What is out of range.
    pub(crate) fn check(&self) -> Vec<Violation> {
        let window = SimDuration::from_secs(1)..=SimDuration::from_secs(60);
        violations(&[
            ((0.0..=10.0).contains(&self.share), "share", "0 to 10"),
            (
                self.minimum_rate <= 100_000,
                "minimum_rate",
                "0 to 100,000 per second",
            ),
            (window.contains(&self.window), "window", "1 s to 60 s"),
        ])
    }
}

/// The retries that a client may still send (Finagle's `RetryBudget`; Beyer et al. 2016, "Site
/// Reliability Engineering", chapter 21).
///
/// In every window there are at most share · requests + minimum rate · window retries. When
/// everything fails, requests are multiplied by 1 + share, not by 1 + the number of attempts.
#[derive(Clone, Debug)]
pub(crate) struct RetryBudget {
    /// Requests and retries.
    counts: RollingWindow,
    /// Thousandths of a retry for each request.
    share: u64,
    /// Thousandths of a retry that are always there.
    reserve: u64,
}

impl RetryBudget {
    /// A budget with nothing but the minimum.
    pub(crate) fn new(policy: RetryBudgetPolicy) -> Self {
        let millis = policy.window.as_nanos() / 1_000_000;
        Self {
            counts: RollingWindow::new(policy.window),
            share: ((policy.share * 1_000.0 + 0.5) as u64).min(10_000),
            // Rate per second times milliseconds: thousandths.
            reserve: u64::from(policy.minimum_rate.min(100_000)) * millis.min(60_000),
        }
    }

    /// A request is sent for the first time.
    pub(crate) fn on_request(&mut self, now: SimTime) {
        self.counts.add(now, 1, 0);
    }

    /// Whether one retry may be sent at `now`; it counts if so.
    pub(crate) fn try_retry(&mut self, now: SimTime) -> bool {
        let [requests, retries] = self.counts.sums(now);
        // At most ten full counters of 2^32 each: far from 64 bits.
        let earned = requests * self.share + self.reserve;
        let is_allowed = (retries + 1) * 1_000 <= earned;
        if is_allowed {
            self.counts.add(now, 0, 1);
        }
        is_allowed
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn budget(share: f64, minimum_rate: u32) -> RetryBudget {
        RetryBudget::new(RetryBudgetPolicy {
            share,
            minimum_rate,
            window: SimDuration::from_secs(10),
        })
    }

    /// Retries that pass when every one of `requests`, one each millisecond, tries one.
    fn retries(mut budget: RetryBudget, requests: u64) -> u64 {
        let sent = (0..requests).filter(|&number| {
            let now = SimTime::ZERO + SimDuration::from_millis(number);
            budget.on_request(now);
            budget.try_retry(now)
        });
        sent.count() as u64
    }

    #[test]
    fn retries_are_a_share_of_requests_exactly() {
        for (share, retried) in [
            (0.0, 0),
            (0.1, 500),
            (0.2, 1_000),
            (0.333, 1_665),
            (1.0, 5_000),
        ] {
            assert_eq!(retries(budget(share, 0), 5_000), retried, "{share}");
        }
        // Windows that are full stay so: nothing is saved up and nothing is lost.
        assert_eq!(retries(budget(0.1, 0), 60_000), 6_000);
    }

    #[test]
    fn a_minimum_is_there_from_the_start_and_comes_back_with_time() {
        let mut few = budget(0.1, 2);
        let at = SimTime::from_secs;
        let passed = |few: &mut RetryBudget, now| (0..100).filter(|_| few.try_retry(now)).count();
        // Two a second for ten seconds.
        assert_eq!(passed(&mut few, at(0)), 20);
        assert_eq!(passed(&mut few, at(9)), 0);
        (0..50).for_each(|_| few.on_request(at(9)));
        assert_eq!(passed(&mut few, at(9)), 5);
        // The first twenty have left the window; of the five that are left, the requests are, too.
        assert_eq!(passed(&mut few, at(10)), 20);
        assert_eq!(passed(&mut few, at(19)), 0);
        assert_eq!(passed(&mut few, at(20)), 20);
    }

    #[test]
    fn ranges_are_checked() {
        let faults = |share, minimum_rate, window| {
            let policy = RetryBudgetPolicy {
                share,
                minimum_rate,
                window: SimDuration::from_secs(window),
            };
            policy
                .check()
                .iter()
                .map(|fault| fault.parameter)
                .collect::<Vec<_>>()
        };
        assert!(faults(0.1, 10, 10).is_empty());
        assert_eq!(
            faults(-0.1, 100_001, 0),
            ["share", "minimum_rate", "window"]
        );
        assert_eq!(faults(f64::NAN, 0, 61), ["share", "window"]);
    }
}
