//! What a caller knows of one dependency, and what it lets through to it.

use std::collections::VecDeque;

use super::Attempt;
use super::record::Left;
use crate::outcome::FailureReason;
use crate::resilience::{
    Breaker, Bulkhead, BulkheadPolicy, Entry, Hedging, Permit, RetryBudget, RetryTokens,
    TokenBucket,
};
use crate::scenario::CallPolicy;
use crate::time::{SimDuration, SimTime};

/// A policy and the state of all its parts.
#[derive(Clone, Debug)]
pub(crate) struct Dependency {
    policy: CallPolicy,
    budget: Option<RetryBudget>,
    tokens: Option<RetryTokens>,
    hedging: Option<Hedging>,
    breaker: Option<Breaker>,
    bucket: Option<TokenBucket>,
    bulkhead: Bulkhead,
    /// Attempts that wait for the bulkhead, the next one first, and some that have given up.
    waiting: VecDeque<Attempt>,
}

/// What becomes of an attempt that is to be sent.
#[derive(Clone, Copy, Debug)]
pub(super) enum Admission {
    Starts(Option<Permit>),
    /// Until there is room in the bulkhead.
    Waits(Option<Permit>),
    Refused(FailureReason),
}

/// Where there is no bulkhead, everybody goes on. They are counted nevertheless, for an edit may bring
/// one.
const NO_BULKHEAD: BulkheadPolicy = BulkheadPolicy {
    max_concurrent: u32::MAX,
    max_waiting: 0,
};

impl Dependency {
    pub(crate) fn new(policy: CallPolicy, now: SimTime) -> Self {
        Self {
            budget: policy.retry.and_then(|it| it.budget).map(RetryBudget::new),
            tokens: policy.retry.and_then(|it| it.tokens).map(RetryTokens::new),
            hedging: policy.hedge.map(Hedging::new),
            breaker: policy.breaker.map(Breaker::new),
            bucket: policy.rate_limit.map(|limit| TokenBucket::new(limit, now)),
            bulkhead: Bulkhead::default(),
            waiting: VecDeque::new(),
            policy,
        }
    }

    /// Takes over an edited policy. Parts that did not change keep what they know.
    pub(crate) fn reconfigure(&mut self, policy: &CallPolicy, now: SimTime) {
        let budget = |policy: &CallPolicy| policy.retry.and_then(|it| it.budget);
        if budget(policy) != budget(&self.policy) {
            self.budget = budget(policy).map(RetryBudget::new);
        }
        let tokens = |policy: &CallPolicy| policy.retry.and_then(|it| it.tokens);
        if tokens(policy) != tokens(&self.policy) {
            self.tokens = tokens(policy).map(RetryTokens::new);
        }
        if policy.hedge != self.policy.hedge {
            self.hedging = policy.hedge.map(Hedging::new);
        }
        if policy.breaker != self.policy.breaker {
            self.breaker = policy.breaker.map(Breaker::new);
        }
        match (&mut self.bucket, policy.rate_limit) {
            (Some(bucket), Some(limit)) if Some(limit) != self.policy.rate_limit => {
                bucket.set_limit(limit, now);
            }
            (Some(_), Some(_)) => {}
            (bucket, limit) => *bucket = limit.map(|limit| TokenBucket::new(limit, now)),
        }
        self.policy = policy.clone();
    }

    /// As if nothing had been called yet.
    pub(super) fn forget(&mut self, now: SimTime) {
        *self = Self::new(std::mem::take(&mut self.policy), now);
    }

    pub(crate) const fn policy(&self) -> &CallPolicy {
        &self.policy
    }

    /// A call begins, which may become several attempts: how long all of them may take.
    pub(super) fn begin(&mut self, now: SimTime) -> Option<SimDuration> {
        if let Some(budget) = &mut self.budget {
            budget.on_request(now);
        }
        self.policy.deadline
    }

    pub(super) fn hedge_delay(&self) -> Option<SimDuration> {
        self.hedging.as_ref().map(Hedging::delay)
    }

    /// Whether one retry may be sent; it counts if so.
    pub(super) fn may_retry(&mut self, now: SimTime) -> bool {
        // Tokens first: those that the budget then refuses are lost, which happens where both are short.
        let has_token = self.tokens.as_mut().is_none_or(RetryTokens::try_retry);
        has_token && (self.budget.as_mut()).is_none_or(|budget| budget.try_retry(now))
    }

    /// Whether a hedge may be sent; it counts as a retry if so.
    pub(super) fn may_hedge(&mut self, now: SimTime) -> bool {
        self.hedging.is_some() && self.may_retry(now)
    }

    /// The first result came after `took`.
    pub(super) fn on_answer(&mut self, took: SimDuration) {
        if let Some(tokens) = &mut self.tokens {
            tokens.on_success();
        }
        if let Some(hedging) = &mut self.hedging {
            hedging.on_answer(took);
        }
    }

    /// An attempt is to be sent.
    pub(super) fn admit(&mut self, now: SimTime, attempt: Attempt) -> Admission {
        let permit = match &mut self.breaker {
            Some(breaker) => match breaker.try_call(now) {
                None => return Admission::Refused(FailureReason::BreakerOpen),
                permit => permit,
            },
            None => None,
        };
        let refused = if let Some(bucket) = &mut self.bucket
            && !bucket.try_take(now, 1)
        {
            FailureReason::RateLimited
        } else {
            match self
                .bulkhead
                .enter(self.policy.bulkhead.unwrap_or(NO_BULKHEAD))
            {
                Entry::Started => return Admission::Starts(permit),
                Entry::Waits => {
                    self.waiting.push_back(attempt);
                    return Admission::Waits(permit);
                }
                Entry::Refused => FailureReason::BulkheadFull,
            }
        };
        if let (Some(breaker), Some(permit)) = (&mut self.breaker, permit) {
            breaker.on_abandoned(permit);
        }
        Admission::Refused(refused)
    }

    /// An attempt is no longer under way: how many of those that wait go on.
    pub(super) fn leave(&mut self, now: SimTime, left: Left, is_success: Option<bool>) -> u32 {
        if let (Some(breaker), Some(permit)) = (&mut self.breaker, left.permit) {
            match is_success {
                Some(is_success) => breaker.on_end(now, permit, is_success),
                None => breaker.on_abandoned(permit),
            }
        }
        if left.was_waiting {
            self.bulkhead.on_gave_up();
        }
        if !left.was_inside {
            return 0;
        }
        let policy = self.policy.bulkhead.unwrap_or(NO_BULKHEAD);
        self.bulkhead.on_end(policy)
    }

    /// How many of those that wait may go on after an edit.
    pub(super) fn admit_more(&mut self) -> u32 {
        let policy = self.policy.bulkhead.unwrap_or(NO_BULKHEAD);
        self.bulkhead.admit(policy)
    }

    /// Who has waited longest, or has given up.
    pub(super) fn next_waiting(&mut self) -> Option<Attempt> {
        self.waiting.pop_front()
    }
}
