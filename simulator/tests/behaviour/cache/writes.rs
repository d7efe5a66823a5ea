//! What writes do to caches, and caches to writes.

use super::*;

/// The same system, where somebody writes the key once, when 1.05 s have passed.
fn with_a_write(cache: Cache) -> Scenario {
    let writers = Clients {
        rate: 1.0 / 1.05,
        read_share: 0.0,
        ..one_key(1.0)
    };
    let scenario = system(one_key(1.0), cache);
    let (mut nodes, mut links) = (scenario.nodes().to_vec(), scenario.links().to_vec());
    links.push(simulator::Link::new(
        NodeId(nodes.len() as u32),
        NodeId(1),
        SimDuration::ZERO,
    ));
    nodes.push(simulator::Node::new(
        "writers".to_owned(),
        NodeKind::Clients(writers),
    ));
    Scenario::try_new(1, scenario.slo(), nodes, links).expect("the test's system is valid")
}

#[test]
fn what_a_write_does_to_a_copy_decides_who_reads_outdated_answers() {
    let ttl = Caching {
        ttl: Some(SimDuration::from_secs(2)),
        ..keyed().caching
    };
    let cache = Cache {
        caching: ttl,
        ..keyed()
    };
    // Read at 0.1 s, 0.2 s and so on until 2.0 s, written at 1.05 s: the first read misses always.
    for (policy, misses, outdated) in [
        (CacheWrites::Through, 1, 0),
        (CacheWrites::Around, 2, 0),
        (CacheWrites::Ignored, 1, 10),
    ] {
        for cache in [cache.clone(), filled_by_servers(cache.clone())] {
            let filling = cache.filling;
            let simulation = run(&with_a_write(writes(policy, cache)), 2_050);
            let counts = counts(&simulation);
            assert_eq!(
                (counts.misses, counts.hits, counts.outdated),
                (misses, 20 - misses, outdated),
                "{policy:?}, {filling:?}"
            );
        }
    }
    // Ignored, it is outdated until it expires: filled at 0.106 s, read at 2.1 s for the last time.
    let ignored = writes(CacheWrites::Ignored, cache);
    let simulation = run(&with_a_write(ignored), 3_050);
    assert_eq!(
        (counts(&simulation).outdated, counts(&simulation).misses),
        (11, 2)
    );
}

#[test]
fn a_fill_that_a_write_overtakes_leaves_an_outdated_copy() {
    // Read from the database, 30 ms away, at 136.5 ms, and put into the cache at 167.5 ms. Meanwhile a write
    // of a nearer server is done at 145.5 ms, and deletes at 147 ms what is not there yet.
    let cache = filled_by_servers(writes(CacheWrites::Around, keyed()));
    let near = Server {
        queries: 1,
        ..server(4, constant(1.0))
    };
    let writers = Clients {
        rate: 1_000.0 / 140.0,
        read_share: 0.0,
        ..one_key(1.0)
    };
    let scenario = System::new(1)
        .node("users", NodeKind::Clients(one_key(1.0)))
        .node("web", NodeKind::Server(near.clone()))
        .node("cache", NodeKind::Cache(cache))
        .node("db", database(4, constant(4.0)))
        .node("writers", NodeKind::Clients(writers))
        .node("near", NodeKind::Server(near))
        .link("users", "web", 0.0)
        .link("writers", "near", 0.0)
        .link("web", "cache", 0.5)
        .link("near", "cache", 0.5)
        .link("web", "db", 30.0)
        .link("near", "db", 0.5)
        .build();
    let simulation = run(&scenario, 250);
    let counts = counts(&simulation);
    assert_eq!((counts.misses, counts.hits, counts.outdated), (1, 1, 1));
}

/// Ten writes a second of one of two keys, and a cache that writes them later.
fn behind(delay_ms: f64, batch: u32, keys: u32) -> Scenario {
    let users = Clients {
        keys,
        skew: 0.0,
        ..one_key(0.0)
    };
    let cache = Cache {
        writes: CacheWrites::Behind,
        write_delay: millis(delay_ms),
        write_batch: batch,
        ..keyed()
    };
    system(users, cache)
}

#[test]
fn writes_behind_take_no_time_and_reach_the_source_in_batches() {
    // Without keys every write is one of its own.
    let mut simulation = Simulation::new(&behind(1_000.0, 4, 0));
    simulation.run_until(at(450), u64::MAX);
    assert_eq!(simulation.measurement().response.max(), millis(2.0));
    let state = |simulation: &Simulation| {
        let arrived = simulation.snapshot().nodes[DB.index()].arrived;
        (snapshot(simulation).waiting_writes, arrived)
    };
    assert_eq!(state(&simulation), (0, 4), "a batch of four is full");
    simulation.run_until(at(750), u64::MAX);
    assert_eq!(state(&simulation), (3, 4));
    // Of one key only the last write is left, and after the delay it is written: at 1.05175 s.
    let mut simulation = Simulation::new(&behind(950.0, 4, 1));
    simulation.run_until(at(1_051), u64::MAX);
    assert_eq!(state(&simulation), (1, 0));
    simulation.run_until(at(1_053), u64::MAX);
    assert_eq!(state(&simulation), (0, 1));
}

#[test]
fn writes_that_a_dying_cache_had_promised_are_lost() {
    let mut simulation = Simulation::new(&behind(10_000.0, 100, 0));
    simulation.run_until(at(750), u64::MAX);
    assert_eq!(totals(&simulation).answered(), 7);
    simulation.apply(Edit::Kill(CACHE));
    assert_eq!(counts(&simulation).lost_writes, 7);
    simulation.apply(Edit::Heal(CACHE));
    simulation.run_until(at(1_050), u64::MAX);
    assert_eq!(snapshot(&simulation).waiting_writes, 3);
    assert_eq!(simulation.snapshot().nodes[DB.index()].arrived, 0);
}

#[test]
fn writes_behind_are_tried_again_until_the_source_takes_them() {
    let mut simulation = Simulation::new(&behind(100.0, 100, 0));
    simulation.apply(Edit::Kill(DB));
    simulation.run_until(at(2_050), u64::MAX);
    assert_eq!(totals(&simulation).answered(), 20);
    simulation.apply(Edit::Heal(DB));
    simulation.run_until(at(2_450), u64::MAX);
    simulation.apply(Edit::Reconfigure(system(
        Clients {
            rate: 0.0,
            ..one_key(0.0)
        },
        keyed(),
    )));
    simulation.run_until(at(4_000), u64::MAX);
    assert_eq!(snapshot(&simulation).waiting_writes, 0);
    let db = &simulation.measurement().nodes[DB.index()];
    assert_eq!(db.served, 24, "none is lost and none is written twice");
}

#[test]
fn what_is_written_behind_is_not_outdated_by_its_own_writing() {
    let mut cache = keyed();
    cache.writes = CacheWrites::Behind;
    cache.write_delay = millis(300.0);
    let simulation = run(&with_a_write(cache), 3_050);
    let counts = counts(&simulation);
    assert_eq!((counts.misses, counts.outdated), (1, 0));
    assert_eq!(simulation.snapshot().nodes[DB.index()].arrived, 3);
}
