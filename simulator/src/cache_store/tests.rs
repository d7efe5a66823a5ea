//! What holds for every policy; the parts have their own tests.

mod hit_ratio;
mod oracle;
mod properties;
mod rules;

use super::{Capacity, EvictionPolicy, Store, Value};
use crate::random::{Purpose, Stream};
use crate::time::{SimDuration, SimTime};

const POLICIES: [EvictionPolicy; 5] = [
    EvictionPolicy::Lru,
    EvictionPolicy::Lfu,
    EvictionPolicy::Fifo,
    EvictionPolicy::Sieve,
    EvictionPolicy::Random,
];

fn stream() -> Stream {
    Stream::new(1, "cache", Purpose::Choice)
}

fn store(policy: EvictionPolicy, entries: u32) -> Store {
    Store::new(policy, Capacity::of_entries(entries), stream())
}

/// A value of one byte that expires at `expiry`.
fn value(expiry: SimTime) -> Value {
    Value {
        version: 0,
        filled: SimTime::ZERO,
        expiry,
        recompute: SimDuration::ZERO,
        size: 1,
    }
}
