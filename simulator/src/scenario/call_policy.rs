//! What a caller does about calls that are slow or fail. Ranges are enforced by `check.rs`.

use super::check::LONGEST;
use crate::resilience::{
    BackOff, BreakerPolicy, BulkheadPolicy, HedgingPolicy, Jitter, RateLimit, RetryBudgetPolicy,
    RetryTokensPolicy, Wait,
};
use crate::time::SimDuration;

/// What a caller does about calls that are slow or fail; nothing by default.
///
/// A call becomes one or several *attempts*, and the caller learns of one outcome. Each attempt passes
/// the circuit breaker, then the rate limit, then the bulkhead; what one of them refuses counts as a
/// failed attempt.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CallPolicy {
    /// How long one attempt may take, the way there and back and waiting for the bulkhead included: more
    /// than 0, at most 1 h; `None` waits for ever. The callee goes on working on what was given up.
    pub timeout: Option<SimDuration>,
    /// How long all attempts and the pauses between them may take together: more than 0, at most 1 h.
    pub deadline: Option<SimDuration>,
    /// Whether to try again.
    pub retry: Option<Retry>,
    /// When to send a second attempt although the first one is still awaited. It is sent once at most,
    /// the first answer with a result wins, and a retry budget pays for it.
    pub hedge: Option<HedgingPolicy>,
    /// When to stop calling for a while. What times out or is answered with anything but a result is a
    /// failure.
    pub breaker: Option<BreakerPolicy>,
    /// How many attempts may be under way at a time. One that times out leaves its place.
    pub bulkhead: Option<BulkheadPolicy>,
    /// How many attempts may be sent in a time.
    pub rate_limit: Option<RateLimit>,
    /// Whether an attempt that nobody awaits any more is cancelled. Then the work that has not begun is
    /// dropped when a worker would take it, at the callee and behind it, and a server that works on such
    /// an attempt calls nobody more for it. What a worker has begun is done to the end, what is on the
    /// way arrives, and replicas and queues keep what they have accepted.
    pub cancels: bool,
}

/// When to try again.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Retry {
    /// Attempts with the first one but without a hedge, 1 to 10; 3 in the AWS SDKs and at Google.
    pub max_attempts: u32,
    /// How long to wait before each of the others.
    pub back_off: BackOff,
    /// Whether to try again after a timeout.
    pub on_timeout: bool,
    /// Whether to try again after an error or a refusal.
    pub on_failure: bool,
    /// Whether to try again after a deliberate "not now".
    pub on_shed: bool,
    /// A limit to the share of retries among all calls, if any.
    pub budget: Option<RetryBudgetPolicy>,
    /// A limit that successes have to pay for, if any.
    pub tokens: Option<RetryTokensPolicy>,
}

impl Default for Retry {
    /// Three attempts after timeouts and errors, 100 ms apart and then twice as long each time, at most
    /// 20 s, with full jitter: the AWS SDKs' standard mode but for their budget.
    fn default() -> Self {
        Self {
            max_attempts: 3,
            back_off: BackOff {
                wait: Wait::Exponential {
                    base: SimDuration::from_millis(100),
                    factor: 2.0,
                    cap: SimDuration::from_secs(20),
                },
                jitter: Jitter::Full,
            },
            on_timeout: true,
            on_failure: true,
            on_shed: false,
            budget: None,
            tokens: None,
        }
    }
}

impl Retry {
    /// Again at once, after everything that is not an answer.
    #[must_use]
    pub const fn at_once(max_attempts: u32) -> Self {
        Self {
            max_attempts,
            back_off: BackOff {
                wait: Wait::None,
                jitter: Jitter::None,
            },
            on_timeout: true,
            on_failure: true,
            on_shed: true,
            budget: None,
            tokens: None,
        }
    }

    fn faults(&self) -> Vec<(&'static str, &'static str)> {
        let mut faults = Vec::new();
        if !(1..=10).contains(&self.max_attempts) {
            faults.push(("max_attempts", "1 to 10"));
        }
        let violations = self.back_off.check().into_iter();
        let violations = violations.chain(self.budget.iter().flat_map(RetryBudgetPolicy::check));
        let violations = violations.chain(self.tokens.iter().flat_map(RetryTokensPolicy::check));
        faults.extend(violations.map(|it| (it.parameter, it.range)));
        faults
    }
}

impl CallPolicy {
    /// The parameters that are out of range, with the range.
    pub(super) fn faults(&self) -> Vec<(&'static str, &'static str)> {
        let mut faults = Vec::new();
        for (parameter, wait) in [("timeout", self.timeout), ("deadline", self.deadline)] {
            if wait.is_some_and(|wait| wait.is_zero() || wait > LONGEST) {
                faults.push((parameter, "more than 0, at most 1 h"));
            }
        }
        faults.extend(self.retry.iter().flat_map(Retry::faults));
        let violations = (self.hedge.iter().flat_map(HedgingPolicy::check))
            .chain(self.breaker.iter().flat_map(BreakerPolicy::check))
            .chain(self.bulkhead.iter().flat_map(BulkheadPolicy::check))
            .chain(self.rate_limit.iter().flat_map(RateLimit::check));
        faults.extend(violations.map(|it| (it.parameter, it.range)));
        faults
    }
}
