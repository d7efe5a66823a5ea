//! Resilience policies: what keeps a system from being knocked over, and from knocking over others.
//!
//! Each is a state machine over (present time, what happened) that answers one question: may this
//! request go on, and when? None of them schedules anything, and none draws random numbers: who asks
//! brings a uniform one where chance decides. Times never go back.

mod back_off;
mod breaker;
mod bulkhead;
mod hedging;
mod retry_budget;
mod rolling_window;
mod standing_queue;
mod throttle;
mod token_bucket;

pub(crate) use back_off::{BackOff, Jitter, Wait};
pub(crate) use breaker::{Breaker, BreakerPolicy, BreakerState, Permit, Trip};
pub(crate) use bulkhead::{Bulkhead, BulkheadPolicy, Entry};
pub(crate) use hedging::{Hedging, HedgingPolicy};
pub(crate) use retry_budget::{RetryBudget, RetryBudgetPolicy};
pub(crate) use standing_queue::{NextServed, StandingQueue, StandingQueuePolicy};
pub(crate) use throttle::{Throttle, ThrottlePolicy};
pub(crate) use token_bucket::{RateLimit, TokenBucket};
