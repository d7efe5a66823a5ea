//! What is held, and what an item that is asked for meets there.

use crate::cache_store::{Capacity, Lookup, Store, Value};
use crate::distribution::{Distribution, Sampler};
use crate::node::freshness::EVER;
use crate::random::{Draws, Stream, request_key};
use crate::scenario::{CacheContent, CachedKeys, Caching};
use crate::time::{SimDuration, SimTime};

/// The occasions on which a call draws whether it is a hit, and how far ahead it looks for an expiry.
const HIT: u32 = 16;
const AHEAD: u32 = 17;
/// The occasions on which an item draws its size, and a fill its time to live.
const SIZE: u32 = 18;
const LIFE: u32 = 19;

/// Values by item, or the assumption that there are some.
#[derive(Clone, Debug)]
pub(crate) struct Content {
    /// `None` where hits are a matter of chance.
    store: Option<Store>,
    hit_ratio: f64,
    ttl: Option<SimDuration>,
    ttl_jitter: f64,
    early_refresh: f64,
    stale_while_revalidate: SimDuration,
    stale_if_error: SimDuration,
    value_bytes: u32,
    /// Of values that are not all of the same size; in nanoseconds for bytes.
    sizes: Option<Sampler>,
}

/// What is held of an item.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Held {
    pub(crate) version: u64,
    /// When it was asked for at the source.
    pub(crate) asked: SimTime,
    pub(crate) is_expired: bool,
    /// Whether it should be asked for again in the background.
    pub(crate) wants_refresh: bool,
}

impl Content {
    /// Nothing yet; `random` decides about random evictions.
    pub(crate) fn new(caching: &Caching, random: Stream) -> Self {
        let mut content = Self {
            store: None,
            hit_ratio: 0.0,
            ttl: None,
            ttl_jitter: 0.0,
            early_refresh: 0.0,
            stale_while_revalidate: SimDuration::ZERO,
            stale_if_error: SimDuration::ZERO,
            value_bytes: 1,
            sizes: None,
        };
        content.configure(SimTime::ZERO, caching, random);
        content
    }

    /// Takes over edited parameters: values stay as far as there is room, with the expiry that they have.
    /// Returns how many had to leave.
    pub(crate) fn configure(&mut self, now: SimTime, caching: &Caching, random: Stream) -> u64 {
        self.ttl = caching.ttl;
        self.ttl_jitter = caching.ttl_jitter;
        self.early_refresh = caching.early_refresh;
        self.stale_while_revalidate = caching.stale_while_revalidate;
        self.stale_if_error = caching.stale_if_error;
        let keys = match &caching.content {
            CacheContent::Assumed(hit_ratio) => {
                self.hit_ratio = *hit_ratio;
                self.store = None;
                return 0;
            }
            CacheContent::Keys(keys) => keys,
        };
        self.value_bytes = keys.value_bytes;
        self.sizes = (keys.value_cv2 > 0.0).then(|| sizes(keys));
        let capacity = Capacity {
            entries: keys.entries,
            bytes: keys.bytes.unwrap_or(u64::MAX),
        };
        let mut evicted = 0;
        let empty = || Store::new(keys.policy, capacity, random);
        let store = self.store.get_or_insert_with(empty);
        store.set_policy(keys.policy);
        store.set_capacity(now, capacity, &mut |_| evicted += 1);
        store.set_keep_stale(self.stale_while_revalidate.max(self.stale_if_error));
        evicted
    }

    /// What a read of `item` with these draws finds. Requests without keys find nothing that is stored.
    pub(crate) fn look_up(&mut self, now: SimTime, item: u32, draws: u64) -> Option<Held> {
        let Some(store) = &mut self.store else {
            let is_hit = Draws::new(draws, HIT).uniform() <= self.hit_ratio;
            return is_hit.then_some(Held {
                version: EVER,
                asked: now,
                is_expired: false,
                wants_refresh: false,
            });
        };
        if item == 0 {
            return None;
        }
        let held = |value: Value, is_expired, wants_refresh| Held {
            version: value.version,
            asked: value.filled,
            is_expired,
            wants_refresh,
        };
        match store.get(now, u64::from(item)) {
            Lookup::Fresh(value) => {
                let is_early = self.early_refresh > 0.0 && {
                    let ahead = Draws::new(draws, AHEAD).exponential();
                    value.needs_refresh(now, self.early_refresh, ahead)
                };
                Some(held(value, false, is_early))
            }
            Lookup::Stale(value) => {
                let is_kept = value.staleness(now) < self.stale_while_revalidate;
                is_kept.then(|| held(value, true, true))
            }
            Lookup::Miss => None,
        }
    }

    /// What may be served of `item` when the source fails.
    pub(crate) fn fallback(&self, now: SimTime, item: u32) -> Option<Held> {
        let store = self.store.as_ref().filter(|_| item != 0)?;
        let (value, is_expired) = match store.peek(now, u64::from(item)) {
            Lookup::Fresh(value) => (value, false),
            Lookup::Stale(value) if value.staleness(now) < self.stale_if_error => (value, true),
            Lookup::Stale(_) | Lookup::Miss => return None,
        };
        Some(Held {
            version: value.version,
            asked: value.filled,
            is_expired,
            wants_refresh: false,
        })
    }

    /// Keeps an answer that was asked for at `asked`. Returns how many had to leave for it.
    pub(crate) fn fill(&mut self, now: SimTime, item: u32, version: u64, asked: SimTime) -> u64 {
        let Some(store) = self.store.as_mut().filter(|_| item != 0) else {
            return 0;
        };
        let size = match &self.sizes {
            None => self.value_bytes,
            Some(law) => {
                let bytes = law
                    .sample(&mut Draws::new(u64::from(item), SIZE))
                    .as_nanos();
                u32::try_from(bytes).unwrap_or(u32::MAX).max(1)
            }
        };
        let expiry = match self.ttl {
            None => SimTime::MAX,
            Some(ttl) if self.ttl_jitter > 0.0 => {
                let fill = request_key(u64::from(item), now.as_nanos());
                let part = 1.0 - self.ttl_jitter * Draws::new(fill, LIFE).uniform();
                now + SimDuration::from_nanos_f64(ttl.as_nanos() as f64 * part)
            }
            Some(ttl) => now + ttl,
        };
        let value = Value {
            version,
            filled: asked,
            expiry,
            recompute: now.since(asked),
            size,
        };
        let mut evicted = 0;
        store.insert(now, u64::from(item), value, &mut |_| evicted += 1);
        evicted
    }

    /// Forgets an item.
    pub(crate) fn remove(&mut self, item: u32) {
        if let Some(store) = &mut self.store {
            store.remove(u64::from(item));
        }
    }

    /// Whether something is held of an item, expired or not.
    pub(crate) fn holds(&self, now: SimTime, item: u32) -> bool {
        let store = self.store.as_ref();
        store.is_some_and(|store| store.peek(now, u64::from(item)) != Lookup::Miss)
    }

    /// Forgets everything.
    pub(crate) fn flush(&mut self) {
        if let Some(store) = &mut self.store {
            store.flush();
        }
    }

    /// How many values there are.
    pub(crate) fn len(&self) -> u64 {
        self.store.as_ref().map_or(0, |store| store.len() as u64)
    }

    /// How many bytes they are.
    pub(crate) fn bytes(&self) -> u64 {
        self.store.as_ref().map_or(0, Store::bytes)
    }
}

/// Sizes are drawn like durations: a nanosecond for a byte.
fn sizes(keys: &CachedKeys) -> Sampler {
    Sampler::new(&Distribution::Lognormal {
        mean: SimDuration::from_nanos(u64::from(keys.value_bytes)),
        cv2: keys.value_cv2,
    })
}
