//! Caches and edges of random kinds.

use proptest::prelude::*;
use simulator::{
    Cache, CacheContent, CacheWrites, CachedKeys, Caching, Cdn, EvictionPolicy, Filling, NodeKind,
    ObjectStore, SimDuration, Urls,
};

use crate::support::{System, exponential};

/// Caches before the database, and edges before it all.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Copies {
    /// None, one that is read through, or several that servers fill.
    pub(crate) caches: u8,
    pub(crate) writes: u8,
    pub(crate) keys: u8,
    pub(crate) entries: u8,
    pub(crate) single_flight: bool,
    pub(crate) ttl_ms: u16,
    pub(crate) stale_ms: u16,
    pub(crate) has_edges: bool,
    pub(crate) has_objects: bool,
}

pub(crate) fn copies() -> impl Strategy<Value = Copies> {
    (
        0..4_u8,
        0..4_u8,
        0..40_u8,
        0..30_u8,
        any::<bool>(),
        0..300_u16,
        0..300_u16,
        any::<bool>(),
        any::<bool>(),
    )
        .prop_map(
            |(
                caches,
                writes,
                keys,
                entries,
                single_flight,
                ttl_ms,
                stale_ms,
                has_edges,
                has_objects,
            )| Copies {
                caches,
                writes,
                keys,
                entries,
                single_flight,
                ttl_ms,
                stale_ms,
                has_edges,
                has_objects,
            },
        )
}

impl Copies {
    /// Early refreshes, stale answers and jitter come along where there is a time to live.
    fn caching(self) -> Caching {
        let is_mortal = self.ttl_ms > 0;
        let stale = SimDuration::from_millis(u64::from(self.stale_ms));
        Caching {
            content: if self.keys % 3 == 1 {
                CacheContent::Assumed(0.5)
            } else {
                CacheContent::Keys(CachedKeys {
                    policy: EvictionPolicy::ALL[usize::from(self.entries) % 5],
                    entries: u32::from(self.entries),
                    bytes: Some(2_000),
                    value_cv2: 1.0,
                    ..CachedKeys::default()
                })
            },
            ttl: is_mortal.then(|| SimDuration::from_millis(u64::from(self.ttl_ms))),
            ttl_jitter: 0.5,
            single_flight: self.single_flight,
            early_refresh: 1.0,
            stale_while_revalidate: stale,
            stale_if_error: stale + stale,
        }
    }

    fn cache(self) -> Cache {
        let is_aside = self.caches > 1;
        let writes = [
            CacheWrites::Through,
            CacheWrites::Around,
            CacheWrites::Ignored,
            CacheWrites::Behind,
        ];
        Cache {
            filling: if is_aside {
                Filling::Aside
            } else {
                Filling::ReadThrough
            },
            writes: writes[usize::from(self.writes) % if is_aside { 3 } else { 4 }],
            caching: self.caching(),
            lookup_time: exponential(0.5),
            queue_limit: 50,
            write_delay: SimDuration::from_millis(u64::from(self.stale_ms)),
            write_batch: 10,
            ..Cache::default()
        }
    }

    /// Edges before what `callers` call, if there are any. Returns who is behind them.
    pub(crate) fn add_edges(
        self,
        system: System,
        callers: &'static str,
        latency_ms: f64,
    ) -> (System, &'static str) {
        if !self.has_edges {
            return (system, callers);
        }
        let cdn = Cdn {
            caching: self.caching(),
            cacheable_share: 0.7,
            urls: if self.writes.is_multiple_of(2) {
                Urls::Versioned
            } else {
                Urls::Unversioned
            },
            purge_delay: Some(SimDuration::from_millis(u64::from(self.ttl_ms))),
            ..Cdn::default()
        };
        let system = system.node("cdn", NodeKind::Cdn(cdn));
        (system.link(callers, "cdn", latency_ms), "cdn")
    }

    /// A cache that is read through before `source`, if there is one. Returns what is to be called.
    pub(crate) fn add_cache_before(
        self,
        system: System,
        source: &'static str,
    ) -> (System, &'static str) {
        if self.caches != 1 {
            return (system, source);
        }
        let system = system.node("cache-0", NodeKind::Cache(self.cache()));
        (system.link("cache-0", source, 0.25), "cache-0")
    }

    /// What servers call besides their database.
    pub(crate) fn add_to_servers(self, mut system: System, servers: u32) -> System {
        if self.has_objects {
            let store = ObjectStore {
                rate: Some(200.0),
                burst: 10,
                availability: 0.9,
                ..ObjectStore::default()
            };
            system = system.node("objects", NodeKind::ObjectStore(store));
        }
        for number in 1..self.caches {
            let name = format!("cache-{number}");
            system = system.node(&name, NodeKind::Cache(self.cache()));
        }
        for number in 1..=servers {
            let web = format!("web-{number}");
            if self.has_objects {
                system = system.link(&web, "objects", 0.5);
            }
            for cache in 1..self.caches {
                system = system.link(&web, &format!("cache-{cache}"), 0.25);
            }
        }
        system
    }
}
