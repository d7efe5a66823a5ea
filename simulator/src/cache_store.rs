//! What a cache holds: values by key within a capacity, with expiry and a policy for eviction.
//!
//! A data structure alone. It knows no requests and schedules nothing: who fills it, who refreshes what
//! is stale, and how writes reach it, is the business of the node around it.
//!
//! Each operation takes a constant time on average, up to
//! [`capacity::MAX_ENTRIES`], with about 64 bytes an entry.
//! A clone goes on exactly as the original does, random evictions included.

mod capacity;
mod counters;
mod eviction;
mod fifo;
mod index;
mod lfu;
mod lru;
mod order;
mod random;
mod sieve;
#[cfg(test)]
mod tests;
mod value;

pub(crate) use capacity::Capacity;
pub(crate) use counters::Counters;
pub use eviction::EvictionPolicy;
pub(crate) use value::{Lookup, Value};

use crate::random::Stream;
use crate::time::{SimDuration, SimTime};
use eviction::Eviction;
use index::Index;
use order::Order;

/// How many entries are looked at for what is gone before a live one is evicted.
const SWEEP: usize = 4;

/// The values of a cache.
///
/// A value leaves by being evicted, removed, replaced, or found gone: by a look-up, or when room is
/// needed. Nothing happens at the moment of expiry, as in Redis and Memcached, so [`Self::len`] counts
/// values that nobody has found gone yet. As there, some entries are looked through ahead of every
/// eviction, round and round, so that what is gone does not crowd out what is not.
///
/// A *use*, which LRU, LFU and SIEVE go by, is a look-up that finds a value, fresh or stale, and a
/// write to a key that is there.
#[derive(Clone, Debug)]
pub(crate) struct Store {
    /// Without gaps: the last one takes the place of a removed one.
    entries: Vec<Entry>,
    index: Index,
    order: Order,
    eviction: Eviction,
    capacity: Capacity,
    /// How long values are kept past their expiry.
    keep_stale: SimDuration,
    bytes: u64,
    /// No entry expires before this.
    first_expiry: SimTime,
    /// The entry to look at next for whether it is gone.
    sweep_at: usize,
    random: Stream,
    counters: Counters,
}

#[derive(Clone, Copy, Debug)]
struct Entry {
    key: u64,
    value: Value,
}

impl Store {
    /// An empty store that keeps nothing stale; `random` decides for [`EvictionPolicy::Random`].
    pub(crate) fn new(policy: EvictionPolicy, capacity: Capacity, random: Stream) -> Self {
        let order = Order::new();
        Self {
            entries: Vec::new(),
            index: Index::new(0),
            eviction: Eviction::new(policy, &order),
            order,
            capacity,
            keep_stale: SimDuration::ZERO,
            bytes: 0,
            first_expiry: SimTime::MAX,
            sweep_at: 0,
            random,
            counters: Counters::default(),
        }
    }

    /// Looks a key up and counts that. A value that is found gone is dropped.
    pub(crate) fn get(&mut self, now: SimTime, key: u64) -> Lookup {
        let Some(entry) = self.index.find(key, &self.entries) else {
            self.counters.misses += 1;
            return Lookup::Miss;
        };
        let answer = self.answer(now, entry);
        match answer {
            Lookup::Fresh(_) => self.counters.hits += 1,
            Lookup::Stale(_) => {
                self.counters.misses += 1;
                self.counters.stale += 1;
            }
            Lookup::Miss => {
                self.counters.misses += 1;
                self.counters.expired += 1;
                self.drop_entry(entry);
                return answer;
            }
        }
        self.eviction.on_use(&mut self.order, entry);
        answer
    }

    /// What [`Self::get`] would answer, without any effect on counts and order.
    pub(crate) fn peek(&self, now: SimTime, key: u64) -> Lookup {
        let entry = self.index.find(key, &self.entries);
        entry.map_or(Lookup::Miss, |entry| self.answer(now, entry))
    }

    fn answer(&self, now: SimTime, entry: u32) -> Lookup {
        let value = self.entries[entry as usize].value;
        if value.is_gone(now, self.keep_stale) {
            Lookup::Miss
        } else if value.is_stale(now) {
            Lookup::Stale(value)
        } else {
            Lookup::Fresh(value)
        }
    }

    /// Writes a value and tells `on_evicted` the keys of those that have to leave for it, in order.
    ///
    /// Where the key is there already, its value is replaced in its place; if that needs more room than
    /// there is, it is removed first and the new one comes like that of a new key. Says whether the
    /// value was stored. It is not where it is larger than the whole capacity or gone already; then the
    /// key has no value afterwards, because what it had is outdated.
    pub(crate) fn insert(
        &mut self,
        now: SimTime,
        key: u64,
        value: Value,
        on_evicted: &mut dyn FnMut(u64),
    ) -> bool {
        let size = u64::from(value.size);
        let has_place = !value.is_gone(now, self.keep_stale)
            && self.capacity.max_entries() > 0
            && size <= self.capacity.bytes;
        if let Some(entry) = self.index.find(key, &self.entries) {
            let old = &mut self.entries[entry as usize].value;
            let bytes = self.bytes - u64::from(old.size) + size;
            if has_place && bytes <= self.capacity.bytes {
                *old = value;
                self.bytes = bytes;
                self.first_expiry = self.first_expiry.min(value.expiry);
                self.eviction.on_use(&mut self.order, entry);
                return true;
            }
            self.drop_entry(entry);
        }
        if has_place {
            self.make_room(now, 1, size, on_evicted);
            self.add(key, value);
        }
        has_place
    }

    fn add(&mut self, key: u64, value: Value) {
        if self.entries.is_empty() {
            self.first_expiry = SimTime::MAX;
        }
        self.first_expiry = self.first_expiry.min(value.expiry);
        self.bytes += u64::from(value.size);
        self.eviction.on_insert(&mut self.order);
        self.entries.push(Entry { key, value });
        self.index.insert_last(&self.entries);
    }

    /// Lets a value expire at another time than so far, as when its source confirms it. Not a use.
    /// Says whether there is one.
    pub(crate) fn renew(&mut self, now: SimTime, key: u64, expiry: SimTime) -> bool {
        let entry = self.index.find(key, &self.entries);
        let Some(entry) = entry.filter(|&entry| self.answer(now, entry) != Lookup::Miss) else {
            return false;
        };
        self.entries[entry as usize].value.expiry = expiry;
        self.first_expiry = self.first_expiry.min(expiry);
        true
    }

    /// Takes a value out, stale and gone ones too. Counts as nothing.
    pub(crate) fn remove(&mut self, key: u64) -> Option<Value> {
        let entry = self.index.find(key, &self.entries)?;
        Some(self.drop_entry(entry))
    }

    /// Takes everything out, as a restart does. Counts as nothing.
    pub(crate) fn flush(&mut self) {
        self.entries = Vec::new();
        self.index = Index::new(0);
        self.order = Order::new();
        self.eviction = Eviction::new(self.eviction.policy(), &self.order);
        self.bytes = 0;
        self.sweep_at = 0;
    }

    /// Changes the capacity and tells `on_evicted` the keys of those that have to leave, in order.
    pub(crate) fn set_capacity(
        &mut self,
        now: SimTime,
        capacity: Capacity,
        on_evicted: &mut dyn FnMut(u64),
    ) {
        self.capacity = capacity;
        let before = self.entries.len();
        self.make_room(now, 0, 0, on_evicted);
        if self.entries.len() < before {
            // The memory of a large cache would go into every snapshot of a small one.
            self.index.rebuild(&self.entries);
        }
    }

    /// Changes the policy, in a time that grows with the number of entries; the content stays.
    ///
    /// So does its order, from the next victim to the last: that of use from LRU, of frequency from LFU,
    /// of coming from FIFO, SIEVE and random (less what the policy before those left). The new policy
    /// goes on from it and knows nothing else: LFU counts every value as used once, SIEVE has marked none
    /// and begins at the next victim.
    pub(crate) fn set_policy(&mut self, policy: EvictionPolicy) {
        if policy != self.eviction.policy() {
            self.eviction = Eviction::new(policy, &self.order);
        }
    }

    /// Keeps values for this long past their expiry, at once also those that are there.
    pub(crate) const fn set_keep_stale(&mut self, keep: SimDuration) {
        self.keep_stale = keep;
    }

    /// How many values are there, gone ones that nobody has found included.
    pub(crate) const fn len(&self) -> usize {
        self.entries.len()
    }

    /// Bytes of the values that [`Self::len`] counts.
    pub(crate) const fn bytes(&self) -> u64 {
        self.bytes
    }

    /// What happened since the beginning.
    pub(crate) const fn counters(&self) -> Counters {
        self.counters
    }

    /// Drops values until so many more of so many bytes fit: those found gone first, then victims.
    fn make_room(
        &mut self,
        now: SimTime,
        entries: usize,
        bytes: u64,
        on_evicted: &mut dyn FnMut(u64),
    ) {
        while !self.entries.is_empty()
            && (self.entries.len() + entries > self.capacity.max_entries()
                || self.bytes + bytes > self.capacity.bytes)
        {
            if self.sweep(now) {
                continue;
            }
            let victim = self.eviction.victim(&self.order, &mut self.random);
            let Entry { key, value } = self.entries[victim as usize];
            if value.is_gone(now, self.keep_stale) {
                self.counters.expired += 1;
            } else {
                self.counters.evictions += 1;
                on_evicted(key);
            }
            self.drop_entry(victim);
        }
    }

    /// Looks at the next few entries and drops those that are gone. Says whether there were any.
    fn sweep(&mut self, now: SimTime) -> bool {
        if now < self.first_expiry + self.keep_stale {
            return false;
        }
        let before = self.entries.len();
        for _ in 0..SWEEP {
            if self.sweep_at >= self.entries.len() {
                self.sweep_at = 0;
            }
            let Some(entry) = self.entries.get(self.sweep_at) else {
                break;
            };
            if entry.value.is_gone(now, self.keep_stale) {
                self.counters.expired += 1;
                self.drop_entry(self.sweep_at as u32);
            } else {
                self.sweep_at += 1;
            }
        }
        self.entries.len() < before
    }

    fn drop_entry(&mut self, entry: u32) -> Value {
        self.index.remove(entry, &self.entries);
        let last = self.entries.len() as u32 - 1;
        if entry != last {
            let key = self.entries[last as usize].key;
            self.index.rename(key, last, entry);
        }
        self.eviction.on_remove(&mut self.order, entry);
        let Entry { value, .. } = self.entries.swap_remove(entry as usize);
        self.bytes -= u64::from(value.size);
        value
    }
}
