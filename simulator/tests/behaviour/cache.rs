//! Caches: what a hit and a miss take, who asks the source, and what becomes of what is there.

mod article;
mod expiry;
mod writes;

use simulator::{
    Arrivals, Cache, CacheContent, CacheCounts, CacheSnapshot, CacheWrites, CachedKeys, Caching,
    CallPolicy, Clients, Details, Edit, FailureReason, Filling, Happening, NodeId, NodeKind,
    Policy, Scenario, Server, SimDuration, Simulation,
};

use crate::support::{System, database, millis, server};
use crate::system::{at, constant, failed, run, totals};

/// The cache of every system here.
pub(super) const CACHE: NodeId = NodeId(2);
pub(super) const DB: NodeId = NodeId(3);

/// A cache with real keys, a look-up of 0.5 ms, and room for all of them.
pub(super) fn keyed() -> Cache {
    Cache {
        lookup_time: constant(0.5),
        caching: Caching {
            content: CacheContent::Keys(CachedKeys::default()),
            ..Caching::default()
        },
        ..Cache::default()
    }
}

pub(super) fn assumed(hit_ratio: f64) -> Cache {
    Cache {
        caching: Caching {
            content: CacheContent::Assumed(hit_ratio),
            ..Caching::default()
        },
        ..keyed()
    }
}

/// Ten requests a second, the first after 100 ms, all for one key.
pub(super) fn one_key(read_share: f64) -> Clients {
    Clients {
        rate: 10.0,
        arrivals: Arrivals::Even,
        keys: 1,
        read_share,
        ..Clients::default()
    }
}

/// Users, a server of 1 ms, a cache 0.25 ms away, and a database of 4 ms as far from whoever asks it.
pub(super) fn system(clients: Clients, cache: Cache) -> Scenario {
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

pub(super) fn snapshot(simulation: &Simulation) -> CacheSnapshot {
    match simulation.snapshot().nodes[CACHE.index()].details {
        Details::Cache(cache) => cache,
        ref other => panic!("no cache: {other:?}"),
    }
}

pub(super) fn counts(simulation: &Simulation) -> CacheCounts {
    snapshot(simulation).measured
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

pub(super) fn filled_by_servers(cache: Cache) -> Cache {
    Cache {
        filling: Filling::Aside,
        ..cache
    }
}

pub(super) fn writes(writes: CacheWrites, cache: Cache) -> Cache {
    Cache { writes, ..cache }
}

pub(super) fn caching(edit: impl FnOnce(&mut Caching)) -> Cache {
    let mut cache = keyed();
    edit(&mut cache.caching);
    cache
}

#[test]
fn a_server_asks_the_database_itself_and_fills_the_cache_in_the_background() {
    let (hit, miss) = (millis(2.0), millis(6.5));
    let cache = filled_by_servers(keyed());
    assert_eq!(
        responses(&system(one_key(1.0), cache.clone()), 3),
        [miss, hit, hit]
    );
    // A write takes 1 ms, 4.5 ms at the database, and 1 ms until the cache knows of it.
    assert_eq!(
        responses(&system(one_key(0.0), cache.clone()), 1),
        [millis(6.5)]
    );
    let ignored = writes(CacheWrites::Ignored, cache);
    assert_eq!(responses(&system(one_key(0.0), ignored), 1), [millis(5.5)]);
}

#[test]
fn a_flushed_cache_misses_once_for_each_key() {
    let mut simulation = Simulation::new(&system(one_key(1.0), keyed()));
    simulation.run_until(at(1_050), u64::MAX);
    assert_eq!(
        (snapshot(&simulation).entries, counts(&simulation).misses),
        (1, 1)
    );
    assert_eq!(snapshot(&simulation).bytes, 224);
    simulation.apply(Edit::Flush(CACHE));
    assert_eq!(
        (snapshot(&simulation).entries, snapshot(&simulation).bytes),
        (0, 0)
    );
    simulation.apply(Edit::Flush(DB));
    simulation.run_until(at(2_050), u64::MAX);
    assert_eq!(
        (counts(&simulation).hits, counts(&simulation).misses),
        (18, 2)
    );
    assert_eq!(snapshot(&simulation).recent_hit_ratio, Some(0.9));
}

#[test]
fn a_dead_cache_fails_those_who_read_through_it_and_slows_those_who_fill_it() {
    for (filling, refused) in [(Filling::ReadThrough, 10), (Filling::Aside, 0)] {
        let cache = Cache { filling, ..keyed() };
        let mut simulation = Simulation::new(&system(one_key(1.0), cache));
        simulation.run_until(at(550), u64::MAX);
        simulation.apply(Edit::Kill(CACHE));
        simulation.begin_measurement();
        simulation.run_until(at(1_550), u64::MAX);
        assert_eq!(
            failed(&simulation, FailureReason::Refused),
            refused,
            "{filling:?}"
        );
        if filling == Filling::Aside {
            // 1 ms, 0.5 ms to the cache and back, 4.5 ms at the database.
            assert_eq!(simulation.measurement().response.max(), millis(6.0));
        }
        simulation.apply(Edit::Heal(CACHE));
        simulation.begin_measurement();
        simulation.run_until(at(2_550), u64::MAX);
        assert_eq!(
            (counts(&simulation).misses, counts(&simulation).hits),
            (1, 9)
        );
    }
}

/// A server that divides a hundred keys among caches that it fills.
fn cluster(caches: u32, through_a_balancer: bool) -> Scenario {
    let users = Clients {
        rate: 1_000.0,
        keys: 100,
        skew: 0.0,
        ..one_key(1.0)
    };
    let cache = filled_by_servers(keyed());
    let mut system = System::new(1)
        .node("users", NodeKind::Clients(users))
        .node("web", NodeKind::Server(server(16, constant(1.0))))
        .node("db", database(64, constant(4.0)))
        .link("users", "web", 0.0)
        .link("web", "db", 0.0);
    if through_a_balancer {
        system = system
            .balancer(Policy::RoundRobin, None)
            .link("web", "balancer", 0.0);
    }
    let caller = if through_a_balancer {
        "balancer"
    } else {
        "web"
    };
    for number in 0..caches {
        let name = format!("cache-{number}");
        system = system
            .node(&name, NodeKind::Cache(cache.clone()))
            .link(caller, &name, 0.0);
    }
    system.build()
}

fn entries(simulation: &Simulation) -> Vec<u64> {
    let nodes = simulation.snapshot().nodes;
    let entries = nodes.iter().filter_map(|node| match node.details {
        Details::Cache(cache) => Some(cache.entries),
        _ => None,
    });
    entries.collect()
}

#[test]
fn several_caches_of_a_server_divide_the_keys() {
    let mut simulation = Simulation::new(&cluster(4, false));
    simulation.run_until(at(5_000), u64::MAX);
    let held = entries(&simulation);
    assert_eq!(held.iter().sum::<u64>(), 100, "each key is in one of them");
    assert!(held.iter().all(|&held| held > 10), "{held:?}");
    // The keys of a dead one go to the database, all others stay.
    let first = NodeId(3);
    simulation.apply(Edit::Kill(first));
    let arrived = |simulation: &Simulation| simulation.snapshot().nodes[2].arrived;
    let before = arrived(&simulation);
    simulation.run_until(at(6_000), u64::MAX);
    let share = (arrived(&simulation) - before) as f64 / 1_000.0;
    let expected = held[0] as f64 / 100.0;
    let bound = 4.5 * (expected * (1.0 - expected) / 1_000.0).sqrt();
    assert!(
        (share - expected).abs() < bound,
        "{share} against {expected}"
    );
    assert_eq!(totals(&simulation).failed.total(), 0);
}

#[test]
fn caches_behind_a_balancer_are_asked_filled_and_told_through_it() {
    let simulation = run(&cluster(1, true), 5_000);
    assert_eq!(entries(&simulation), [100]);
    let db = simulation.snapshot().nodes[2].arrived;
    assert!(
        (100..150).contains(&db),
        "{db}: only while the cache was cold"
    );
}

#[test]
fn requests_without_keys_find_nothing_that_is_stored() {
    let users = Clients {
        keys: 0,
        ..one_key(1.0)
    };
    let simulation = run(&system(users, keyed()), 1_050);
    assert_eq!(
        (counts(&simulation).hits, counts(&simulation).misses),
        (0, 10)
    );
    assert_eq!(snapshot(&simulation).entries, 0);
}

#[test]
fn an_edited_cache_keeps_what_still_fits() {
    let users = || Clients {
        rate: 1_000.0,
        keys: 100,
        skew: 0.0,
        ..one_key(1.0)
    };
    let sized = |entries, bytes| {
        let keys = CachedKeys {
            entries,
            bytes,
            ..CachedKeys::default()
        };
        caching(|caching| caching.content = CacheContent::Keys(keys))
    };
    let mut simulation = Simulation::new(&system(users(), sized(1_000, None)));
    simulation.run_until(at(5_000), u64::MAX);
    assert_eq!(snapshot(&simulation).entries, 100);
    let mut edit = |cache| {
        simulation.apply(Edit::Reconfigure(system(users(), cache)));
        (snapshot(&simulation).entries, counts(&simulation).evictions)
    };
    assert_eq!(edit(sized(30, None)), (30, 70));
    assert_eq!(edit(sized(30, Some(2_240))), (10, 90));
    assert_eq!(edit(assumed(0.5)), (0, 90), "what is assumed needs no room");
    assert_eq!(edit(sized(30, None)), (0, 90));
}

#[test]
fn a_better_cache_hits_where_a_worse_one_hit() {
    // Common random numbers: whether a request is a hit is its own doing.
    let misses = |hit_ratio| {
        let mut simulation = Simulation::new(&system(
            Clients {
                rate: 100.0,
                ..one_key(1.0)
            },
            assumed(hit_ratio),
        ));
        let mut missed = Vec::new();
        while simulation.now() < at(20_000) {
            let step = simulation.step().expect("users go on for ever");
            if step.what == Happening::PassedBack && step.node == Some(CACHE) {
                missed.extend(step.request);
            }
        }
        missed
    };
    let (worse, better) = (misses(0.5), misses(0.8));
    assert!(better.iter().all(|request| worse.contains(request)));
    for (missed, share) in [(worse, 0.5_f64), (better, 0.2)] {
        let got = missed.len() as f64 / 2_000.0;
        let bound = 4.5 * (share * (1.0 - share) / 2_000.0).sqrt();
        assert!((got - share).abs() < bound + 0.002, "{got} against {share}");
    }
}

#[test]
fn a_server_that_waits_for_its_cache_no_longer_than_that_goes_to_the_database() {
    let patient = |timeout| CallPolicy {
        timeout,
        ..CallPolicy::default()
    };
    let slow = Cache {
        workers: 4,
        lookup_time: constant(50.0),
        ..filled_by_servers(keyed())
    };
    let scenario = |timeout| {
        System::new(1)
            .node("users", NodeKind::Clients(one_key(1.0)))
            .node("web", NodeKind::Server(server(4, constant(1.0))))
            .node("cache", NodeKind::Cache(slow.clone()))
            .node("db", database(4, constant(4.0)))
            .link("users", "web", 0.0)
            .link("web", "cache", 0.25)
            .link("web", "db", 0.25)
            .with_policies_to("cache", &patient(timeout))
            .build()
    };
    // 1 ms, 50.5 ms for the look-up, and the first time 4.5 ms more.
    let (hit, miss) = (millis(51.5), millis(56.0));
    let all = SimDuration::from_secs(1);
    assert_eq!(responses(&scenario(Some(all)), 3), [miss, hit, hit]);
    // 1 ms, 10 ms of patience, 4.5 ms at the database.
    let each = millis(15.5);
    let short = millis(10.0);
    assert_eq!(responses(&scenario(Some(short)), 3), [each, each, each]);
}
