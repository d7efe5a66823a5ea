//! Caches: how often they hit, and what is left for those behind them.

use crate::cache_store::EvictionPolicy;
use crate::scenario::{Cache, CacheContent, CacheWrites, CachedKeys, Caching, NodeKind};
use crate::theory::{Eviction, cache_hit_share, mm1, name_cache, ttl_hit_share, zipf};
use crate::validation::figure::{
    arrival_rate, hit_share, mean_response, mean_wait, outdated_share,
};
use crate::validation::system::{System, constant, database, exponential, time};
use crate::validation::{LEVEL, Law, Settling, Truth};

pub(super) fn laws() -> Vec<Option<Law>> {
    vec![
        evicting(EvictionPolicy::Lru, 0.6, 1_000),
        evicting(EvictionPolicy::Lru, 0.8, 100),
        evicting(EvictionPolicy::Lru, 0.8, 1_000),
        evicting(EvictionPolicy::Lru, 0.8, 3_000),
        evicting(EvictionPolicy::Lru, 1.0, 1_000),
        evicting(EvictionPolicy::Lru, 1.2, 100),
        evicting(EvictionPolicy::Fifo, 0.8, 1_000),
        evicting(EvictionPolicy::Random, 0.8, 1_000),
        expiring(),
        single_flight(),
        outdated(),
        thinned(),
    ]
}

const KEYS: u32 = 10_000;

/// A cache of any speed, which calls node 2.
fn cache(lookup: f64, caching: Caching) -> NodeKind {
    NodeKind::Cache(Cache {
        workers: 1_024,
        lookup_time: constant(lookup),
        caching,
        ..Cache::default()
    })
}

fn holding(policy: EvictionPolicy, entries: u32) -> Caching {
    Caching {
        content: CacheContent::Keys(CachedKeys {
            policy,
            entries,
            ..CachedKeys::default()
        }),
        ..Caching::default()
    }
}

/// Ten thousand keys by Zipf's law, and room for some of them. What is missed is there at once.
fn evicting(policy: EvictionPolicy, exponent: f64, entries: u32) -> Option<Law> {
    let eviction = match policy {
        EvictionPolicy::Lru => Eviction::Lru,
        EvictionPolicy::Fifo | EvictionPolicy::Random => Eviction::FifoOrRandom,
        EvictionPolicy::Lfu | EvictionPolicy::Sieve => return None,
    };
    let hits = cache_hit_share(&zipf(KEYS, exponent), f64::from(entries), eviction)?;
    let rate = 100.0;
    Some(Law {
        name: format!(
            "Cache with room for {entries} of {KEYS} keys, exponent {exponent}, {} eviction",
            policy.label()
        ),
        source: "theory::cache_hit_share; Che, Tung, Wang 2002, and Fricker, Robert, Roberts 2012",
        truth: Truth::Approximate {
            why: "it takes the time that a key stays unasked for to be the same for all",
            tolerance: 0.002,
        },
        system: Box::new(move |seed| {
            System::with_keys(rate, 1.0, KEYS, exponent)
                .called_by(0, 0.0, cache(0.0, holding(policy, entries)))
                .called_by(1, 0.0, database(1_024, constant(0.0)))
                .build(seed)
        }),
        // 20,000 requests: LRU is settled when it is full, the others some fills later.
        settling: Settling::Relaxation(20.0),
        length: 300.0,
        level: LEVEL,
        is_slow: false,
        figures: vec![
            hit_share(1, hits, 0.02),
            arrival_rate(2, rate * (1.0 - hits), 0.02),
        ],
    })
}

/// Keys that expire and are never evicted.
fn expiring() -> Option<Law> {
    let (rate, ttl, keys, exponent) = (50.0, 20.0, 1_000, 0.9);
    let shares = zipf(keys, exponent).into_iter();
    let hits = shares
        .map(|share| share * ttl_hit_share(rate * share, ttl, false))
        .sum();
    let caching = Caching {
        ttl: Some(time(ttl)),
        ..holding(EvictionPolicy::Lru, keys)
    };
    Some(Law {
        name: "Cache of values that live for 20 services".to_owned(),
        source: "theory::ttl_hit_share; Jung, Berger, Balakrishnan 2003",
        truth: Truth::Exact,
        system: Box::new(move |seed| {
            System::with_keys(rate, 1.0, keys, exponent)
                .called_by(0, 0.0, cache(0.0, caching.clone()))
                .called_by(1, 0.0, database(1_024, constant(0.0)))
                .build(seed)
        }),
        settling: Settling::Relaxation(10.0),
        length: 400.0,
        level: LEVEL,
        is_slow: false,
        figures: vec![
            hit_share(1, hits, 0.02),
            arrival_rate(2, rate * (1.0 - hits), 0.02),
        ],
    })
}

/// One key, a slow source, and one fill at a time: the renewal cycles of a shared name.
fn single_flight() -> Option<Law> {
    let (rate, fill, ttl, lookup) = (2.0, 5.0, 20.0, 0.125);
    let theory = name_cache(rate, fill, ttl)?;
    let caching = Caching {
        ttl: Some(time(ttl)),
        single_flight: true,
        ..holding(EvictionPolicy::Lru, 1)
    };
    Some(Law {
        name: "One key, filled once for all who wait".to_owned(),
        source: "theory::name_cache: renewal cycles of a fill, a time to live and a gap",
        truth: Truth::Exact,
        system: Box::new(move |seed| {
            System::with_keys(rate, 1.0, 1, 0.0)
                .called_by(0, 0.0, cache(lookup, caching.clone()))
                .called_by(1, 0.5, database(1, constant(fill - 1.0)))
                .build(seed)
        }),
        settling: Settling::Relaxation(25.0),
        length: 10_000.0,
        level: LEVEL,
        is_slow: false,
        figures: vec![
            mean_response(lookup + theory.mean_delay, 0.05),
            hit_share(1, theory.hit_share, 0.02),
            arrival_rate(2, theory.lookup_rate, 0.05),
        ],
    })
}

/// One key that is read and written, and a cache that no write reaches: only time corrects it. Of the hits
/// at the age a, 1 - e^-wa come after a write, and ages are even up to the time to live T.
fn outdated() -> Option<Law> {
    let (rate, reads, ttl) = (20.0, 0.975, 2.0);
    let written = rate * (1.0 - reads) * ttl;
    let outdated = 1.0 + libm::expm1(-written) / written;
    let NodeKind::Cache(cache) = cache(
        0.0,
        Caching {
            ttl: Some(time(ttl)),
            ..holding(EvictionPolicy::Lru, 1)
        },
    ) else {
        return None;
    };
    let cache = Cache {
        writes: CacheWrites::Ignored,
        ..cache
    };
    Some(Law {
        name: "One key that is written as often as it expires".to_owned(),
        source: "Poisson reads see time averages (Wolff 1982): 1 - (1 - e^-wT)/wT",
        truth: Truth::Exact,
        system: Box::new(move |seed| {
            System::with_keys(rate, reads, 1, 0.0)
                .called_by(0, 0.0, NodeKind::Cache(cache.clone()))
                .called_by(1, 0.0, database(1_024, constant(0.0)))
                .build(seed)
        }),
        settling: Settling::Relaxation(10.0),
        length: 2_000.0,
        level: LEVEL,
        is_slow: false,
        figures: vec![outdated_share(1, outdated, 0.05)],
    })
}

/// What chance lets through of a Poisson stream is one.
fn thinned() -> Option<Law> {
    let (rate, hits, lookup) = (3.0, 0.8, 0.25);
    let source = mm1(rate * (1.0 - hits), 1.0)?;
    let behind = source.mean_response();
    let caching = Caching {
        content: CacheContent::Assumed(hits),
        ..Caching::default()
    };
    Some(Law {
        name: "Database behind a cache that hits four times in five".to_owned(),
        source: "theory::mm1; Kingman 1993, 'Poisson processes', section 5.1: thinning",
        truth: Truth::Exact,
        system: Box::new(move |seed| {
            System::poisson(rate)
                .called_by(0, 0.0, cache(lookup, caching.clone()))
                .called_by(1, 0.0, database(1, exponential(1.0)))
                .build(seed)
        }),
        settling: Settling::Relaxation(25.0),
        length: 10_000.0,
        level: LEVEL,
        is_slow: false,
        figures: vec![
            mean_response(lookup + (1.0 - hits) * behind, 0.05),
            mean_wait(2, source.mean_wait(), 0.1),
            hit_share(1, hits, 0.01),
        ],
    })
}
