//! The store once more, so slowly and plainly that it is obviously right.
//!
//! One vector, searched from end to end. Instead of a linked list, every item has the time of what its
//! policy orders by.

use super::super::{Capacity, Counters, EvictionPolicy, Lookup, Value};
use crate::random::Stream;
use crate::time::{SimDuration, SimTime};

#[derive(Clone, Debug)]
pub(super) struct Oracle {
    items: Vec<Item>,
    policy: EvictionPolicy,
    capacity: Capacity,
    keep_stale: SimDuration,
    /// SIEVE's hand, by key.
    hand: Option<u64>,
    /// No item written since the store was last empty expires before this.
    first_expiry: SimTime,
    sweep_at: usize,
    /// Counts everything that happens.
    tick: u64,
    random: Stream,
    counters: Counters,
}

#[derive(Clone, Debug)]
struct Item {
    key: u64,
    value: Value,
    added: u64,
    used: u64,
    uses: u64,
    visited: bool,
}

impl Oracle {
    pub(super) fn new(policy: EvictionPolicy, capacity: Capacity, random: Stream) -> Self {
        Self {
            items: Vec::new(),
            policy,
            capacity,
            keep_stale: SimDuration::ZERO,
            hand: None,
            first_expiry: SimTime::MAX,
            sweep_at: 0,
            tick: 0,
            random,
            counters: Counters::default(),
        }
    }

    /// The keys, the next victim first (for random: the first to come).
    pub(super) fn order(&self) -> Vec<u64> {
        let mut items: Vec<&Item> = self.items.iter().collect();
        items.sort_by_key(|item| match self.policy {
            EvictionPolicy::Lru => (0, item.used),
            EvictionPolicy::Lfu => (item.uses, item.used),
            _ => (0, item.added),
        });
        items.iter().map(|item| item.key).collect()
    }

    pub(super) fn uses(&self) -> Vec<u64> {
        let mut uses: Vec<u64> = self.items.iter().map(|item| item.uses).collect();
        uses.sort_unstable();
        uses
    }

    pub(super) fn len(&self) -> usize {
        self.items.len()
    }

    pub(super) fn bytes(&self) -> u64 {
        self.items.iter().map(|it| u64::from(it.value.size)).sum()
    }

    pub(super) fn counters(&self) -> Counters {
        self.counters
    }

    fn position(&self, key: u64) -> Option<usize> {
        self.items.iter().position(|item| item.key == key)
    }

    pub(super) fn peek(&self, now: SimTime, key: u64) -> Lookup {
        match self.position(key).map(|at| self.items[at].value) {
            Some(value) if now < value.expiry => Lookup::Fresh(value),
            Some(value) if now < value.expiry + self.keep_stale => Lookup::Stale(value),
            _ => Lookup::Miss,
        }
    }

    pub(super) fn get(&mut self, now: SimTime, key: u64) -> Lookup {
        let answer = self.peek(now, key);
        if matches!(answer, Lookup::Fresh(_)) {
            self.counters.hits += 1;
        } else {
            self.counters.misses += 1;
        }
        if matches!(answer, Lookup::Stale(_)) {
            self.counters.stale += 1;
        }
        if answer != Lookup::Miss {
            self.touch(key);
        } else if self.remove(key).is_some() {
            self.counters.expired += 1;
        }
        answer
    }

    fn touch(&mut self, key: u64) {
        self.tick += 1;
        let at = self.position(key).expect("only what is there is used");
        let item = &mut self.items[at];
        item.used = self.tick;
        item.uses += 1;
        item.visited = true;
    }

    pub(super) fn insert(&mut self, now: SimTime, key: u64, value: Value) -> (bool, Vec<u64>) {
        let fits = u64::from(value.size) <= self.capacity.bytes && self.capacity.entries > 0;
        if !fits || now >= value.expiry + self.keep_stale {
            self.remove(key);
            return (false, Vec::new());
        }
        if let Some(at) = self.position(key) {
            let others = self.bytes() - u64::from(self.items[at].value.size);
            if others + u64::from(value.size) <= self.capacity.bytes {
                self.items[at].value = value;
                self.first_expiry = self.first_expiry.min(value.expiry);
                self.touch(key);
                return (true, Vec::new());
            }
            self.remove(key);
        }
        let evicted = self.make_room(now, 1, u64::from(value.size));
        if self.items.is_empty() {
            self.first_expiry = SimTime::MAX;
        }
        self.first_expiry = self.first_expiry.min(value.expiry);
        self.tick += 1;
        self.items.push(Item {
            key,
            value,
            added: self.tick,
            used: self.tick,
            uses: 1,
            visited: false,
        });
        (true, evicted)
    }

    fn make_room(&mut self, now: SimTime, entries: usize, bytes: u64) -> Vec<u64> {
        let mut evicted = Vec::new();
        let is_full = |oracle: &Self| {
            oracle.len() + entries > oracle.capacity.entries as usize
                || oracle.bytes() + bytes > oracle.capacity.bytes
        };
        while !self.items.is_empty() && is_full(self) {
            let before = self.items.len();
            self.sweep(now);
            if self.items.len() < before {
                continue;
            }
            let victim = self.victim();
            let is_gone = self.peek(now, victim) == Lookup::Miss;
            self.remove(victim);
            if is_gone {
                self.counters.expired += 1;
            } else {
                self.counters.evictions += 1;
                evicted.push(victim);
            }
        }
        evicted
    }

    fn sweep(&mut self, now: SimTime) {
        if now < self.first_expiry + self.keep_stale {
            return;
        }
        for _ in 0..4 {
            if self.sweep_at >= self.items.len() {
                self.sweep_at = 0;
            }
            if self.items.is_empty() {
                return;
            }
            let Item { key, value, .. } = self.items[self.sweep_at];
            if now >= value.expiry + self.keep_stale {
                self.remove(key);
                self.counters.expired += 1;
            } else {
                self.sweep_at += 1;
            }
        }
    }

    fn victim(&mut self) -> u64 {
        let order = self.order();
        match self.policy {
            EvictionPolicy::Random => self.items[self.random.below(self.items.len())].key,
            EvictionPolicy::Sieve => {
                let hand = self
                    .hand
                    .and_then(|key| order.iter().position(|&it| it == key));
                let mut at = hand.unwrap_or(0);
                loop {
                    let item = self.position(order[at]).expect("the order is of the items");
                    if !self.items[item].visited {
                        break;
                    }
                    self.items[item].visited = false;
                    at = (at + 1) % order.len();
                }
                self.hand = order.get(at + 1).copied();
                order[at]
            }
            _ => order[0],
        }
    }

    pub(super) fn remove(&mut self, key: u64) -> Option<Value> {
        let at = self.position(key)?;
        if self.hand == Some(key) {
            let order = self.order();
            let next = order.iter().skip_while(|&&it| it != key).nth(1);
            self.hand = next.copied();
        }
        Some(self.items.swap_remove(at).value)
    }

    pub(super) fn renew(&mut self, now: SimTime, key: u64, expiry: SimTime) -> bool {
        let is_there = self.peek(now, key) != Lookup::Miss;
        if let Some(at) = self.position(key).filter(|_| is_there) {
            self.items[at].value.expiry = expiry;
            self.first_expiry = self.first_expiry.min(expiry);
        }
        is_there
    }

    pub(super) fn flush(&mut self) {
        self.items.clear();
        self.hand = None;
        self.sweep_at = 0;
    }

    pub(super) fn set_capacity(&mut self, now: SimTime, capacity: Capacity) -> Vec<u64> {
        self.capacity = capacity;
        self.make_room(now, 0, 0)
    }

    pub(super) fn set_policy(&mut self, policy: EvictionPolicy) {
        if policy == self.policy {
            return;
        }
        for key in self.order() {
            self.tick += 1;
            let at = self.position(key).expect("the order is of the items");
            let item = &mut self.items[at];
            item.added = self.tick;
            item.used = self.tick;
            item.uses = 1;
            item.visited = false;
        }
        self.hand = None;
        self.policy = policy;
    }

    pub(super) fn set_keep_stale(&mut self, keep: SimDuration) {
        self.keep_stale = keep;
    }
}
