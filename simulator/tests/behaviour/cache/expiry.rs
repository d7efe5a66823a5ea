//! What expires, who asks for it again, and who waits.

use super::*;

/// Users of one key, 500 a second, and a database that takes two seconds less half a millisecond.
fn hot_key(cache: Cache) -> Scenario {
    let users = Clients {
        rate: 500.0,
        ..one_key(1.0)
    };
    let cache = Cache {
        lookup_time: constant(0.001),
        ..cache
    };
    System::new(1)
        .node("users", NodeKind::Clients(users))
        .node("web", NodeKind::Server(server(4, constant(0.0))))
        .node("cache", NodeKind::Cache(cache))
        .node("db", database(1_024, constant(1_999.5)))
        .link("users", "web", 0.0)
        .link("web", "cache", 0.0)
        .link("cache", "db", 0.0)
        .build()
}

/// Ten seconds of [`hot_key`] from the third second on, in which its value expires after five: how often the
/// database was asked, and the longest response.
fn stampede(edit: impl FnOnce(&mut Caching)) -> (u64, SimDuration, CacheCounts) {
    let cache = caching(|caching| {
        caching.ttl = Some(SimDuration::from_secs(5));
        edit(caching);
    });
    let mut simulation = Simulation::new(&hot_key(cache));
    simulation.run_until(at(4_500), u64::MAX);
    simulation.begin_measurement();
    let before = simulation.snapshot().nodes[DB.index()].arrived;
    simulation.run_until(at(11_500), u64::MAX);
    let asked = simulation.snapshot().nodes[DB.index()].arrived - before;
    (
        asked,
        simulation.measurement().response.max(),
        counts(&simulation),
    )
}

#[test]
fn a_hot_key_that_expires_is_asked_for_a_thousand_times_or_once() {
    // Article, chapter 5, experiment 3: 500 requests a second during a fill of 2 s.
    let (asked, slowest, _) = stampede(|_| ());
    assert_eq!(asked, 1_000);
    assert!(slowest > millis(1_999.0), "{slowest}");
    let (asked, slowest, counts) = stampede(|caching| caching.single_flight = true);
    assert_eq!((asked, counts.shared), (1, 999));
    assert!(slowest > millis(1_999.0), "{slowest}");
    let (asked, slowest, counts) = stampede(|caching| {
        caching.stale_while_revalidate = SimDuration::from_secs(3);
    });
    assert_eq!((asked, slowest), (1, millis(0.001)), "nobody waits");
    assert_eq!(
        (counts.refreshes, counts.misses, counts.expired),
        (1, 0, 1_000)
    );
}

#[test]
fn early_refreshes_come_one_at_a_time_long_before_the_expiry() {
    // Of 1,000 draws during a fill of δ = 2 s the greatest is δ (ln 1,000 + 0.577) = 15 s on average: of 60 s
    // about 47 s pass between two refreshes, those of the fill included.
    let cache = caching(|caching| {
        caching.ttl = Some(SimDuration::from_secs(60));
        caching.early_refresh = 1.0;
    });
    let mut simulation = Simulation::new(&hot_key(cache));
    simulation.run_until(at(4_500), u64::MAX);
    simulation.begin_measurement();
    simulation.run_until(at(474_500), u64::MAX);
    let counts = counts(&simulation);
    assert_eq!((counts.misses, counts.expired), (0, 0));
    assert!((9..=11).contains(&counts.refreshes), "{counts:?}");
    assert_eq!(simulation.measurement().response.max(), millis(0.001));
}

#[test]
fn who_waits_for_a_fill_that_fails_fails_with_it() {
    let cache = caching(|caching| caching.single_flight = true);
    let mut simulation = Simulation::new(&hot_key(cache));
    simulation.run_until(at(1_001), u64::MAX);
    simulation.apply(Edit::Kill(DB));
    simulation.run_until(at(1_001), u64::MAX);
    assert_eq!(failed(&simulation, FailureReason::ServerDied), 500);
    assert_eq!(totals(&simulation).in_flight, 0);
    simulation.apply(Edit::Heal(DB));
    simulation.run_until(at(3_003), u64::MAX);
    assert_eq!(snapshot(&simulation).entries, 1, "the next one asks again");
}

#[test]
fn a_cache_that_dies_forgets_its_values_and_those_who_waited() {
    let cache = caching(|caching| caching.single_flight = true);
    let mut simulation = Simulation::new(&hot_key(cache));
    simulation.run_until(at(1_001), u64::MAX);
    simulation.apply(Edit::Kill(CACHE));
    simulation.run_until(at(1_001), u64::MAX);
    assert_eq!(failed(&simulation, FailureReason::ServerDied), 500);
    simulation.apply(Edit::Heal(CACHE));
    // The answer to the lost fill comes at 2.0015 s and is for nobody.
    simulation.run_until(at(2_003), u64::MAX);
    assert_eq!(snapshot(&simulation).entries, 0);
    simulation.run_until(at(4_000), u64::MAX);
    assert_eq!(snapshot(&simulation).entries, 1);
}

#[test]
fn an_expired_value_is_served_while_the_source_fails_and_not_for_ever() {
    let cache = caching(|caching| {
        caching.ttl = Some(SimDuration::from_secs(1));
        caching.stale_if_error = SimDuration::from_secs(2);
    });
    let mut simulation = Simulation::new(&system(one_key(1.0), cache));
    simulation.run_until(at(550), u64::MAX);
    simulation.apply(Edit::Kill(DB));
    // Filled at 0.106 s, fresh until 1.106 s, served until 3.106 s.
    simulation.run_until(at(3_150), u64::MAX);
    assert_eq!(totals(&simulation).failed.total(), 0);
    assert_eq!(
        (counts(&simulation).hits, counts(&simulation).misses),
        (10, 21)
    );
    assert_eq!(counts(&simulation).expired, 20);
    simulation.run_until(at(4_150), u64::MAX);
    assert_eq!(failed(&simulation, FailureReason::Refused), 10);
}

#[test]
fn values_that_came_together_expire_apart() {
    let users = Clients {
        rate: 1_000.0,
        keys: 100,
        skew: 0.0,
        ..one_key(1.0)
    };
    let peak = |jitter| {
        let cache = caching(|caching| {
            caching.ttl = Some(SimDuration::from_secs(5));
            caching.ttl_jitter = jitter;
        });
        let mut simulation = Simulation::new(&system(users.clone(), cache));
        simulation.run_until(at(2_000), u64::MAX);
        let mut most = 0;
        for piece in 0..80 {
            simulation.begin_measurement();
            simulation.run_until(at(2_100 + piece * 100), u64::MAX);
            most = most.max(counts(&simulation).misses);
        }
        most
    };
    let (together, apart) = (peak(0.0), peak(1.0));
    assert!(together > 25, "{together} in a tenth of a second");
    assert!(apart < 15, "{apart} in a tenth of a second");
}
