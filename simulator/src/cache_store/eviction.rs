//! Which entry has to leave when there is no room: the policies behind one set of functions.
//!
//! Each keeps its order in the [`Order`], whose front is the end where victims are taken, and beside it
//! what it has to know about each entry.

use super::lfu::Lfu;
use super::order::Order;
use super::sieve::Sieve;
use super::{fifo, lru, random};
use crate::random::Stream;

/// How a cache chooses what to evict.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EvictionPolicy {
    /// The least recently used.
    Lru,
    /// The least frequently used; among equals the least recently used.
    Lfu,
    /// The one that came first.
    Fifo,
    /// The first that was not used since a hand passed it: first in, first out with a second chance.
    Sieve,
    /// Any, each with the same chance.
    Random,
}

impl EvictionPolicy {
    /// Every policy.
    pub const ALL: [Self; 5] = [Self::Lru, Self::Lfu, Self::Fifo, Self::Sieve, Self::Random];

    /// The name that people know it by: "LRU".
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Lru => "LRU",
            Self::Lfu => "LFU",
            Self::Fifo => "FIFO",
            Self::Sieve => "SIEVE",
            Self::Random => "random",
        }
    }
}

/// A policy with what it remembers.
#[derive(Clone, Debug)]
pub(super) enum Eviction {
    Lru,
    Lfu(Lfu),
    Fifo,
    Sieve(Sieve),
    Random,
}

impl Eviction {
    /// A policy that takes over entries in this order and knows nothing else about them.
    pub(super) fn new(policy: EvictionPolicy, order: &Order) -> Self {
        match policy {
            EvictionPolicy::Lru => Self::Lru,
            EvictionPolicy::Lfu => Self::Lfu(Lfu::new(order)),
            EvictionPolicy::Fifo => Self::Fifo,
            EvictionPolicy::Sieve => Self::Sieve(Sieve::new(order)),
            EvictionPolicy::Random => Self::Random,
        }
    }

    pub(super) const fn policy(&self) -> EvictionPolicy {
        match self {
            Self::Lru => EvictionPolicy::Lru,
            Self::Lfu(_) => EvictionPolicy::Lfu,
            Self::Fifo => EvictionPolicy::Fifo,
            Self::Sieve(_) => EvictionPolicy::Sieve,
            Self::Random => EvictionPolicy::Random,
        }
    }

    /// Adds an entry, numbered after all others.
    pub(super) fn on_insert(&mut self, order: &mut Order) {
        match self {
            Self::Lru | Self::Fifo | Self::Random => order.add_after(order.back()),
            Self::Lfu(lfu) => lfu.on_insert(order),
            Self::Sieve(sieve) => sieve.on_insert(order),
        }
    }

    /// Learns that an entry was found or written again.
    pub(super) fn on_use(&mut self, order: &mut Order, entry: u32) {
        match self {
            Self::Lru => lru::on_use(order, entry),
            Self::Lfu(lfu) => lfu.on_use(order, entry),
            Self::Sieve(sieve) => sieve.on_use(entry),
            Self::Fifo | Self::Random => {}
        }
    }

    /// Removes an entry; the one with the highest number gets its number.
    pub(super) fn on_remove(&mut self, order: &mut Order, entry: u32) {
        match self {
            Self::Lfu(lfu) => lfu.on_remove(order, entry),
            Self::Sieve(sieve) => sieve.on_remove(order, entry),
            Self::Lru | Self::Fifo | Self::Random => {}
        }
        order.swap_remove(entry);
    }

    /// The entry to evict, which the caller removes at once. There is at least one.
    pub(super) fn victim(&mut self, order: &Order, stream: &mut Stream) -> u32 {
        match self {
            Self::Lru => lru::victim(order),
            Self::Lfu(_) => Lfu::victim(order),
            Self::Fifo => fifo::victim(order),
            Self::Sieve(sieve) => sieve.victim(order),
            Self::Random => random::victim(order, stream),
        }
    }
}
