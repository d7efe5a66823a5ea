//! A token bucket: a rate limit that allows bursts.

use crate::time::{SimDuration, SimTime};
use crate::violation::{Violation, violations};

/// How many requests may pass.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RateLimit {
    /// Tokens per second, 0.001 to 1,000,000, counted in thousandths.
    pub rate: f64,
    /// How many tokens the bucket holds, 1 to 1,000,000: so many may pass at once.
    pub burst: u32,
}

impl RateLimit {
    /// What is out of range.
    pub(crate) fn check(&self) -> Vec<Violation> {
        violations(&[
            (
                (0.001..=1e6).contains(&self.rate),
                "rate",
                "0.001 to 1,000,000 per second",
            ),
            (
                (1..=1_000_000).contains(&self.burst),
                "burst",
                "1 to 1,000,000",
            ),
        ])
    }
}

/// The parts of a token: a thousandth of a token per second is one part per nanosecond.
const TOKEN: u64 = 1_000_000_000_000;

/// A bucket that fills with tokens at an even rate up to its burst. Whole numbers: no token is lost
/// or gained however often the bucket is asked, so in any time t at most rate · t + burst pass.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct TokenBucket {
    /// Parts per nanosecond.
    rate: u64,
    /// Parts when full; at most 10^18.
    capacity: u64,
    /// Parts at `at`.
    level: u64,
    at: SimTime,
}

impl TokenBucket {
    /// A full bucket.
    pub(crate) fn new(limit: RateLimit, now: SimTime) -> Self {
        let (rate, capacity) = Self::parts(limit);
        Self {
            rate,
            capacity,
            level: capacity,
            at: now,
        }
    }

    /// Rate and capacity in parts, within the documented ranges whatever the limit says.
    fn parts(limit: RateLimit) -> (u64, u64) {
        let rate = (limit.rate * 1_000.0 + 0.5) as u64;
        let burst = u64::from(limit.burst.clamp(1, 1_000_000));
        (rate.clamp(1, 1_000_000_000), burst * TOKEN)
    }

    /// The limit was edited: tokens stay, as many as the new bucket holds.
    pub(crate) fn set_limit(&mut self, limit: RateLimit, now: SimTime) {
        self.fill(now);
        (self.rate, self.capacity) = Self::parts(limit);
        self.level = self.level.min(self.capacity);
    }

    /// Takes `tokens` if there are so many at `now`; otherwise takes none.
    pub(crate) fn try_take(&mut self, now: SimTime, tokens: u32) -> bool {
        self.fill(now);
        let wanted = wanted(tokens);
        let is_enough = wanted <= self.level;
        if is_enough {
            self.level -= wanted;
        }
        is_enough
    }

    /// The first moment from `now` on at which `tokens` can be taken if nobody else takes any;
    /// `None` for more than the bucket holds.
    pub(crate) fn ready_at(&mut self, now: SimTime, tokens: u32) -> Option<SimTime> {
        self.fill(now);
        let wanted = wanted(tokens);
        if wanted > self.capacity {
            return None;
        }
        let missing = wanted.saturating_sub(self.level);
        Some(now + SimDuration::from_nanos(missing.div_ceil(self.rate)))
    }

    /// Whole tokens at `now`.
    pub(crate) fn tokens(&mut self, now: SimTime) -> u32 {
        self.fill(now);
        (self.level / TOKEN) as u32
    }

    fn fill(&mut self, now: SimTime) {
        let passed = now.since(self.at).as_nanos();
        let missing = self.capacity - self.level;
        // Compared before multiplying: the product is then at most the capacity and one more
        // nanosecond's parts. An overflow check of the product would need 128 bits.
        if passed > missing / self.rate {
            self.level = self.capacity;
        } else {
            self.level += passed * self.rate;
        }
        self.at = self.at.max(now);
    }
}

/// The parts of so many tokens; more than any bucket holds where they are more.
fn wanted(tokens: u32) -> u64 {
    u64::from(tokens.min(1_000_001)) * TOKEN
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn bucket(rate: f64, burst: u32) -> TokenBucket {
        TokenBucket::new(RateLimit { rate, burst }, SimTime::ZERO)
    }

    #[test]
    fn tokens_come_at_their_very_nanosecond() {
        // Three tokens a second: the first one is there after 333,333,333.3 ns, so at ...334.
        let mut three = bucket(3.0, 2);
        for (nanos, tokens, is_granted) in [
            (0, 3, false),
            (0, 1, true),
            (0, 1, true),
            (0, 1, false),
            (333_333_333, 1, false),
            (333_333_334, 1, true),
            (666_666_666, 1, false),
            (666_666_667, 1, true),
            (999_999_999, 1, false),
            // No rounding adds up.
            (1_000_000_000, 1, true),
            (1_000_000_000, 1, false),
            (1_666_666_666, 2, false),
            (1_666_666_667, 2, true),
            (u64::MAX, 2, true),
            (u64::MAX, 1, false),
        ] {
            let now = SimTime::from_nanos(nanos);
            assert_eq!(
                three.try_take(now, tokens),
                is_granted,
                "{tokens} at {nanos} ns"
            );
        }
    }

    #[test]
    fn ready_at_is_the_first_moment_that_grants() {
        for rate in [0.001, 0.7, 3.0, 999.999, 1e6] {
            let mut limited = bucket(rate, 5);
            assert!(limited.try_take(SimTime::from_nanos(17), 5));
            assert_eq!(limited.ready_at(SimTime::from_nanos(17), 6), None);
            let ready = limited.ready_at(SimTime::from_nanos(17), 2).unwrap();
            let just_before = ready - SimDuration::from_nanos(1);
            assert!(!limited.clone().try_take(just_before, 2), "{rate}");
            assert!(limited.try_take(ready, 2), "{rate}");
            assert_eq!(limited.ready_at(ready, 0), Some(ready));
        }
    }

    #[test]
    fn an_edited_limit_keeps_the_tokens_that_fit() {
        let mut limited = bucket(1.0, 10);
        assert!(limited.try_take(SimTime::ZERO, 9));
        let faster = RateLimit {
            rate: 10.0,
            burst: 4,
        };
        limited.set_limit(faster, SimTime::from_secs(1));
        assert_eq!(limited.tokens(SimTime::from_secs(1)), 2);
        limited.set_limit(RateLimit { burst: 1, ..faster }, SimTime::from_secs(1));
        assert_eq!(limited.tokens(SimTime::from_secs(1)), 1);
        assert_eq!(limited.tokens(SimTime::from_secs(9)), 1);
    }

    proptest! {
        #[test]
        fn never_more_than_rate_times_time_and_the_burst(
            millis_per_token in 1_u64..50,
            burst in 1_u32..20,
            steps in prop::collection::vec((0_u64..60_000_000, 1_u32..4), 1..200),
        ) {
            // A whole number of thousandths a second, so that the law is one of whole numbers.
            let rate = 1_000 / millis_per_token;
            let mut limited = bucket(rate as f64, burst);
            let (mut now, mut taken) = (0, 0);
            for (gap, tokens) in steps {
                now += gap;
                let at = SimTime::from_nanos(now);
                let mut lazy = limited.clone();
                let granted = limited.try_take(at, tokens);
                // Asking in between changes nothing.
                let _ = lazy.tokens(SimTime::from_nanos(now - gap / 2));
                prop_assert_eq!(granted, lazy.try_take(at, tokens));
                taken += if granted { u64::from(tokens) } else { 0 };
                prop_assert!(u128::from(taken) * 1_000_000_000
                    <= u128::from(rate) * u128::from(now) + u128::from(burst) * 1_000_000_000);
            }
        }
    }

    #[test]
    fn a_greedy_client_gets_exactly_rate_times_time_and_the_burst() {
        let mut limited = bucket(7.0, 3);
        let (mut taken, mut now) = (0, SimTime::ZERO);
        while now <= SimTime::from_secs(100) {
            assert!(limited.try_take(now, 1));
            taken += 1;
            now = limited.ready_at(now, 1).unwrap();
        }
        assert_eq!(taken, 7 * 100 + 3);
    }

    #[test]
    fn ranges_are_checked_and_kept() {
        let faults = |rate, burst| {
            let faults = RateLimit { rate, burst }.check();
            faults
                .iter()
                .map(|fault| fault.parameter)
                .collect::<Vec<_>>()
        };
        assert!(faults(0.001, 1).is_empty() && faults(1e6, 1_000_000).is_empty());
        assert_eq!(faults(0.0, 0), ["rate", "burst"]);
        assert_eq!(faults(f64::NAN, 1_000_001), ["rate", "burst"]);
        for rate in [f64::NAN, -1.0, 1e300] {
            let mut odd = bucket(rate, u32::MAX);
            assert!(odd.try_take(SimTime::MAX, 1_000_000) && !odd.try_take(SimTime::MAX, 1));
        }
    }
}
