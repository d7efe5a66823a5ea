//! Retry tokens: retries are paid for by successes.

use crate::violation::{Violation, violations};

/// A bucket of tokens that retries take and successes fill.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RetryTokensPolicy {
    /// How many tokens there are at most, and at first: 1 to 100,000. A retry takes one; 100 in the
    /// AWS SDKs, where a retry takes five of 500.
    pub capacity: u32,
    /// What a success returns, 0 to 10 tokens, counted in thousandths; 0.1 with Brooker.
    pub per_success: f64,
}

impl RetryTokensPolicy {
    /// What is out of range.
    pub(crate) fn check(&self) -> Vec<Violation> {
        violations(&[
            (
                (1..=100_000).contains(&self.capacity),
                "capacity",
                "1 to 100,000",
            ),
            (
                (0.0..=10.0).contains(&self.per_success),
                "per_success",
                "0 to 10",
            ),
        ])
    }
}

/// The tokens that are left (Brooker 2022, "Fixing retries with token buckets and circuit breakers").
///
/// As long as almost all succeeds, a client can retry whatever fails. When everything fails there are no
/// retries after the first few: unlike a share of the *requests*, tokens add nothing to an outage.
#[derive(Clone, Copy, Debug)]
pub(crate) struct RetryTokens {
    policy: RetryTokensPolicy,
    /// In thousandths of a token.
    level: u32,
}

impl RetryTokens {
    /// A full bucket.
    pub(crate) fn new(policy: RetryTokensPolicy) -> Self {
        let mut tokens = Self { policy, level: 0 };
        tokens.level = tokens.most();
        tokens
    }

    fn most(&self) -> u32 {
        self.policy.capacity.min(100_000) * 1_000
    }

    /// A call succeeded.
    pub(crate) fn on_success(&mut self) {
        let returned = ((self.policy.per_success * 1_000.0 + 0.5) as u32).min(10_000);
        self.level = (self.level + returned).min(self.most());
    }

    /// Whether one retry may be sent; it counts if so.
    pub(crate) fn try_retry(&mut self) -> bool {
        let is_allowed = self.level >= 1_000;
        if is_allowed {
            self.level -= 1_000;
        }
        is_allowed
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ten_successes_pay_for_a_retry() {
        let mut tokens = RetryTokens::new(RetryTokensPolicy {
            capacity: 2,
            per_success: 0.1,
        });
        assert!(tokens.try_retry() && tokens.try_retry() && !tokens.try_retry());
        for _ in 0..9 {
            tokens.on_success();
        }
        assert!(!tokens.try_retry());
        tokens.on_success();
        assert!(tokens.try_retry() && !tokens.try_retry());
        for _ in 0..1_000 {
            tokens.on_success();
        }
        assert!(tokens.try_retry() && tokens.try_retry() && !tokens.try_retry());
    }

    #[test]
    fn ranges_are_checked() {
        let faults = |capacity, per_success| {
            RetryTokensPolicy {
                capacity,
                per_success,
            }
            .check()
            .len()
        };
        assert_eq!(faults(100, 0.1), 0);
        assert_eq!(faults(0, -0.1), 2);
        assert_eq!(faults(100_001, f64::NAN), 2);
    }
}
