//! Caches: what a hit and a miss take, who asks the source, and what is told of writes.

use simulator::{
    Arrivals, Cache, CacheContent, CachedKeys, Caching, Clients, Filling, NodeKind, Scenario,
    Server, SimDuration, Simulation,
};

use crate::support::{System, database, millis, server};
use crate::system::{at, constant};

/// A cache with real keys, a look-up of 0.5 ms, and room for all of them.
fn keyed() -> Cache {
    Cache {
        lookup_time: constant(0.5),
        caching: Caching {
            content: CacheContent::Keys(CachedKeys::default()),
            ..Caching::default()
        },
        ..Cache::default()
    }
}

fn assumed(hit_ratio: f64) -> Cache {
    Cache {
        caching: Caching {
            content: CacheContent::Assumed(hit_ratio),
            ..Caching::default()
        },
        ..keyed()
    }
}

/// Ten requests a second, the first after 100 ms, all for one key.
fn one_key(read_share: f64) -> Clients {
    Clients {
        rate: 10.0,
        arrivals: Arrivals::Even,
        keys: 1,
        read_share,
        ..Clients::default()
    }
}

/// Users, a server of 1 ms, a cache 0.25 ms away, and a database of 4 ms as far from whoever asks it.
fn system(clients: Clients, cache: Cache) -> Scenario {
    let asker = match cache.filling {
        Filling::ReadThrough => "cache",
        Filling::Aside => "web",
    };
    let web = Server {
        queries: 1,
        ..server(4, constant(1.0))
    };
    System::new(1)
        .node("users", NodeKind::Clients(clients))
        .node("web", NodeKind::Server(web))
        .node("cache", NodeKind::Cache(cache))
        .node("db", database(4, constant(4.0)))
        .link("users", "web", 0.0)
        .link("web", "cache", 0.25)
        .link(asker, "db", 0.25)
        .build()
}

/// The response times of the first requests, one after the other.
fn responses(scenario: &Scenario, count: u64) -> Vec<SimDuration> {
    let mut simulation = Simulation::new(scenario);
    (1..=count)
        .map(|number| {
            simulation.run_until(at(number * 100 + 99), u64::MAX);
            let response = simulation.measurement().response.max();
            simulation.begin_measurement();
            response
        })
        .collect()
}

#[test]
fn a_hit_is_over_at_the_cache_and_a_miss_goes_on_to_the_source() {
    // 1 ms at the server, 0.5 ms there and back, 0.5 ms of look-up; a miss adds 4 ms and 0.5 ms more.
    let (hit, miss) = (millis(2.0), millis(6.5));
    assert_eq!(
        responses(&system(one_key(1.0), keyed()), 3),
        [miss, hit, hit]
    );
    assert_eq!(
        responses(&system(one_key(1.0), assumed(1.0)), 2),
        [hit, hit]
    );
    assert_eq!(
        responses(&system(one_key(1.0), assumed(0.0)), 2),
        [miss, miss]
    );
}
