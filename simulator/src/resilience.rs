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
mod retry_tokens;
mod rolling_window;
mod standing_queue;
mod throttle;
mod token_bucket;

pub use back_off::{BackOff, Jitter, Wait};
pub(crate) use breaker::{Breaker, BreakerState, Permit};
pub use breaker::{BreakerPolicy, Trip};
pub use bulkhead::BulkheadPolicy;
pub(crate) use bulkhead::{Bulkhead, Entry};
pub(crate) use hedging::Hedging;
pub use hedging::HedgingPolicy;
pub(crate) use retry_budget::RetryBudget;
pub use retry_budget::RetryBudgetPolicy;
pub(crate) use retry_tokens::RetryTokens;
pub use retry_tokens::RetryTokensPolicy;
pub(crate) use standing_queue::{NextServed, StandingQueue, StandingQueuePolicy};
pub(crate) use throttle::{Throttle, ThrottlePolicy};
pub use token_bucket::RateLimit;
pub(crate) use token_bucket::TokenBucket;
