//! Caches and what they have in common with a content delivery network.

use super::WhenFull;
use super::check::{Check, LONGEST, law};
use crate::cache_store::EvictionPolicy;
use crate::distribution::Distribution;
use crate::time::SimDuration;

/// A cache: answers what it holds in place of those behind it.
#[derive(Clone, Debug, PartialEq)]
pub struct Cache {
    /// Look-ups and writes served at the same time, 1 to 1,024.
    pub workers: u32,
    /// Time that one worker is busy with one of them.
    pub lookup_time: Distribution,
    /// Calls that may wait, 0 to 100,000.
    pub queue_limit: u32,
    /// What a call meets when the queue is full.
    pub when_full: WhenFull,
    /// Who asks the source for what is not there.
    pub filling: Filling,
    /// What a write does to what is there.
    pub writes: CacheWrites,
    /// What is kept, and for how long.
    pub caching: Caching,
    /// With [`CacheWrites::Behind`]: how long a write may wait for others, at most an hour.
    pub write_delay: SimDuration,
    /// With [`CacheWrites::Behind`]: how many waiting writes are written at once, 1 to 100,000.
    pub write_batch: u32,
}

/// Who asks the source for what a cache does not hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Filling {
    /// The cache itself calls what it is linked to (read-through).
    ReadThrough,
    /// The server that asked calls its database, and puts the answer into the cache (cache-aside).
    Aside,
}

/// What a write does to a cache.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CacheWrites {
    /// It is written to the source and, once that is done, to the cache (write-through).
    Through,
    /// It is written to the source and, once that is done, what the cache holds is deleted
    /// (write-around).
    Around,
    /// The cache answers at once and writes to the source later (write-behind): what it has not written
    /// when it dies is lost. Only for [`Filling::ReadThrough`].
    Behind,
    /// It is written to the source, and the cache goes on with what it holds until that expires.
    Ignored,
}

/// What a cache keeps, and for how long.
#[derive(Clone, Debug, PartialEq)]
pub struct Caching {
    /// What decides whether something is there.
    pub content: CacheContent,
    /// How long a value counts as fresh, more than zero; `None` for ever.
    pub ttl: Option<SimDuration>,
    /// By which part of it, at most, each value's time to live is shorter, 0 to 1: so that what came
    /// together does not expire together.
    pub ttl_jitter: f64,
    /// Whether all who miss the same key wait for one fill. If that fails, it fails for all of them.
    pub single_flight: bool,
    /// How eagerly a value is refreshed before it expires, 0 (never) to 10: the β of probabilistic early
    /// expiration (Vattani, Chierichetti, Lowenstein 2015), 1 in the paper.
    pub early_refresh: f64,
    /// For how long past its expiry a value is still served, while it is refreshed in the background
    /// (RFC 5861, section 3), at most an hour.
    pub stale_while_revalidate: SimDuration,
    /// For how long past its expiry a value is served when the source fails (RFC 5861, section 4), at most
    /// a day.
    pub stale_if_error: SimDuration,
}

/// What decides whether a read is a hit.
#[derive(Clone, Debug, PartialEq)]
pub enum CacheContent {
    /// Chance: this share of reads, 0 to 1. Nothing is stored, so nothing expires and nothing is outdated.
    Assumed(f64),
    /// The keys of the requests, see [`Clients::keys`](super::Clients::keys). Requests without keys
    /// always miss.
    Keys(CachedKeys),
}

/// How much is stored, and what leaves when there is no room.
#[derive(Clone, Debug, PartialEq)]
pub struct CachedKeys {
    /// What is evicted.
    pub policy: EvictionPolicy,
    /// How many values fit, 0 to 1,048,576.
    pub entries: u32,
    /// How many bytes of values fit, if that is limited.
    pub bytes: Option<u64>,
    /// The mean size of a value in bytes, 1 to 1,000,000,000.
    pub value_bytes: u32,
    /// How unequal the sizes are: the squared coefficient of variation of a lognormal law, 0 (all equal) to
    /// 100. Each key has its size for good.
    pub value_cv2: f64,
}

impl Default for Cache {
    /// One worker that takes 12.5 µs, as a node of Redis that serves 80,000 a second; read-through, and a
    /// write deletes.
    fn default() -> Self {
        Self {
            workers: 1,
            lookup_time: Distribution::Deterministic {
                mean: SimDuration::from_nanos(12_500),
            },
            queue_limit: 10_000,
            when_full: WhenFull::Fail,
            filling: Filling::ReadThrough,
            writes: CacheWrites::Around,
            caching: Caching::default(),
            write_delay: SimDuration::from_secs(1),
            write_batch: 100,
        }
    }
}

impl Default for Caching {
    /// Nine hits in ten, for ever, and everybody who misses asks.
    fn default() -> Self {
        Self {
            content: CacheContent::Assumed(0.9),
            ttl: None,
            ttl_jitter: 0.0,
            single_flight: false,
            early_refresh: 0.0,
            stale_while_revalidate: SimDuration::ZERO,
            stale_if_error: SimDuration::ZERO,
        }
    }
}

impl Default for CachedKeys {
    /// Room for a thousand values of the median size at Twitter, the least recently used leaving.
    fn default() -> Self {
        Self {
            policy: EvictionPolicy::Lru,
            entries: 1_000,
            bytes: None,
            value_bytes: 224,
            value_cv2: 0.0,
        }
    }
}

impl Cache {
    pub(super) fn checks(&self) -> Vec<Check> {
        let mut checks = vec![
            ((1..=1_024).contains(&self.workers), "workers", "1 to 1,024"),
            law("lookup_time", &self.lookup_time),
            (self.queue_limit <= 100_000, "queue_limit", "0 to 100,000"),
            (
                self.filling == Filling::ReadThrough || self.writes != CacheWrites::Behind,
                "writes",
                "through, around or ignored where servers fill the cache",
            ),
            (self.write_delay <= LONGEST, "write_delay", "at most 1 h"),
            (
                (1..=100_000).contains(&self.write_batch),
                "write_batch",
                "1 to 100,000",
            ),
        ];
        checks.extend(self.caching.checks());
        checks
    }
}

impl Caching {
    pub(super) fn checks(&self) -> Vec<Check> {
        let mut checks = vec![
            (
                self.ttl.is_none_or(|ttl| !ttl.is_zero()),
                "ttl",
                "more than 0",
            ),
            (
                (0.0..=1.0).contains(&self.ttl_jitter),
                "ttl_jitter",
                "0 to 1",
            ),
            (
                (0.0..=10.0).contains(&self.early_refresh),
                "early_refresh",
                "0 to 10",
            ),
            (
                self.stale_while_revalidate <= LONGEST,
                "stale_while_revalidate",
                "at most 1 h",
            ),
            (
                self.stale_if_error <= SimDuration::from_secs(86_400),
                "stale_if_error",
                "at most 1 day",
            ),
        ];
        match &self.content {
            CacheContent::Assumed(hit_ratio) => {
                checks.push(((0.0..=1.0).contains(hit_ratio), "hit_ratio", "0 to 1"));
            }
            CacheContent::Keys(keys) => checks.extend([
                (keys.entries <= 1 << 20, "entries", "0 to 1,048,576"),
                (
                    (1..=1_000_000_000).contains(&keys.value_bytes),
                    "value_bytes",
                    "1 to 1,000,000,000",
                ),
                (
                    (0.0..=100.0).contains(&keys.value_cv2),
                    "value_cv2",
                    "0 to 100",
                ),
            ]),
        }
        checks
    }
}
