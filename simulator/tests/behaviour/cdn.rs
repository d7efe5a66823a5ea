//! Content delivery networks: near answers, what the origin still does, and what a deployment does.

use simulator::geography::Handshake;
use simulator::{
    Arrivals, CacheContent, CacheCounts, CachedKeys, Caching, Cdn, Clients, Details, Edit,
    FailureReason, NodeId, NodeKind, Scenario, SimDuration, Simulation, Urls,
};

use crate::support::{System, clients, millis, server};
use crate::system::{at, constant, even, failed, run, totals};

const CDN: NodeId = NodeId(1);
const ORIGIN: NodeId = NodeId(2);

/// An edge that takes 1 ms and hits by chance.
fn assumed(hit_ratio: f64) -> Cdn {
    Cdn {
        caching: Caching {
            content: CacheContent::Assumed(hit_ratio),
            ..Caching::default()
        },
        ..Cdn::default()
    }
}

/// An edge that takes 1 ms and keeps what it gets.
fn keyed() -> Cdn {
    Cdn {
        caching: Caching {
            content: CacheContent::Keys(CachedKeys::default()),
            ..Caching::default()
        },
        ..Cdn::default()
    }
}

/// Users 10 ms from their edge, and 80 ms more to an origin that takes 12 ms.
fn system(users: NodeKind, cdn: Cdn) -> Scenario {
    System::new(1)
        .node("users", users)
        .node("cdn", NodeKind::Cdn(cdn))
        .node("web", NodeKind::Server(server(64, constant(12.0))))
        .link("users", "cdn", 10.0)
        .link("cdn", "web", 80.0)
        .build()
}

/// Ten requests a second, the first after 100 ms, all for one page.
fn one_page() -> NodeKind {
    NodeKind::Clients(Clients {
        rate: 10.0,
        arrivals: Arrivals::Even,
        keys: 1,
        read_share: 1.0,
        ..Clients::default()
    })
}

fn counts(simulation: &Simulation) -> CacheCounts {
    let measured = simulation.measurement();
    measured.nodes[CDN.index()].cache.expect("a network counts")
}

fn asked(simulation: &Simulation) -> u64 {
    simulation.snapshot().nodes[ORIGIN.index()].arrived
}

#[test]
fn what_is_held_near_takes_the_near_way_only() {
    let simulation = run(&system(even(10.0), assumed(1.0)), 1_050);
    let measured = simulation.measurement();
    assert_eq!(measured.response.max(), millis(1.0));
    assert_eq!(measured.user_network, millis(20.0));
    let simulation = run(&system(even(10.0), assumed(0.0)), 1_050);
    let measured = simulation.measurement();
    assert_eq!(measured.response.max(), millis(1.0 + 160.0 + 12.0));
    assert_eq!(measured.user_network, millis(20.0));
}

#[test]
fn a_connection_begins_with_round_trips_to_the_edge_alone() {
    for (handshake, network) in [(Handshake::Tls13, 60.0), (Handshake::Tls12, 80.0)] {
        let cdn = Cdn {
            handshake,
            ..assumed(0.0)
        };
        let simulation = run(&system(even(10.0), cdn), 1_050);
        let measured = simulation.measurement();
        assert_eq!(measured.user_network, millis(network), "{handshake:?}");
        // Not the page itself: that comes from the origin, over a connection that is open.
        assert_eq!(measured.response.max(), millis(173.0));
    }
}

#[test]
fn the_mean_is_the_edge_and_a_share_of_the_way_to_the_origin() {
    // Article, chapter 6, misconception 1: a round trip of 20 ms to the edge, and 160 ms more to the origin.
    for (hit_ratio, mean) in [(0.0, 180.0), (0.8, 52.0), (0.95, 28.0), (0.99, 21.6_f64)] {
        let cdn = Cdn {
            edge_time: constant(0.0),
            ..assumed(hit_ratio)
        };
        let scenario = System::new(1)
            .node("users", clients(1_000.0))
            .node("cdn", NodeKind::Cdn(cdn))
            .node("web", NodeKind::Server(server(1, constant(0.0))))
            .link("users", "cdn", 10.0)
            .link("cdn", "web", 80.0)
            .build();
        let mut simulation = Simulation::new(&scenario);
        simulation.run_until(at(1_000), u64::MAX);
        simulation.begin_measurement();
        simulation.run_until(at(41_000), u64::MAX);
        let measured = simulation.measurement();
        let got = measured.response.mean().as_millis_f64() + measured.user_network.as_millis_f64();
        // Writes always go to the origin: these are reads but for a tenth.
        let hits = 0.9 * hit_ratio;
        let expected = 20.0 + 160.0 * (1.0 - hits);
        let deviation = 160.0 * (hits * (1.0 - hits) / measured.response.count() as f64).sqrt();
        assert!(
            (got - expected).abs() < 4.5 * deviation + 1e-6,
            "{got} against {expected}"
        );
        // What the article says is for reads alone.
        assert!((20.0 + 160.0 * (1.0 - hit_ratio) - mean).abs() < 1e-9);
    }
}

#[test]
fn of_a_page_of_71_requests_the_origin_still_sees_a_few() {
    // Article, chapter 6, experiment 1: 70 of the 71 are static.
    for (hit_ratio, per_page) in [(0.0, 71.0), (0.9, 8.0), (0.99, 1.7)] {
        let cdn = Cdn {
            cacheable_share: 70.0 / 71.0,
            ..assumed(hit_ratio)
        };
        let mut simulation = Simulation::new(&system(even(1_000.0), cdn));
        simulation.run_until(at(200_000), u64::MAX);
        let requests = simulation.snapshot().nodes[CDN.index()].arrived as f64;
        let got = asked(&simulation) as f64 / requests * 71.0;
        let share = per_page / 71.0_f64;
        let bound = 4.5 * 71.0 * (share * (1.0 - share) / requests).sqrt();
        assert!(
            (got - per_page).abs() <= bound + 0.05,
            "{got} against {per_page}"
        );
    }
}

#[test]
fn an_unversioned_page_is_outdated_until_it_is_purged_or_expires() {
    let cdn = |purge_delay| Cdn {
        urls: Urls::Unversioned,
        purge_delay,
        caching: Caching {
            ttl: Some(SimDuration::from_secs(3)),
            ..keyed().caching
        },
        ..keyed()
    };
    let deployed = |cdn| {
        let mut simulation = Simulation::new(&system(one_page(), cdn));
        simulation.run_until(at(1_050), u64::MAX);
        simulation.apply(Edit::Deploy(CDN));
        simulation.run_until(at(6_050), u64::MAX);
        counts(&simulation)
    };
    // Asked for at 0.111 s and 0.211 s, there at 0.383 s for the second time, expired at 3.383 s. Requests are
    // looked up 11 ms after they are sent: outdated are those of 1.1 s to 3.3 s.
    let left = deployed(cdn(None));
    assert_eq!((left.outdated, left.expired), (23, 0));
    // Those of 1.1 s to 1.5 s.
    let purged = deployed(cdn(Some(millis(500.0))));
    assert_eq!(purged.outdated, 5);
    let versioned = Cdn {
        urls: Urls::Versioned,
        ..cdn(None)
    };
    let new = deployed(versioned);
    assert_eq!(new.outdated, 0);
    assert!(new.misses > left.misses, "edges are cold: {new:?}");
}

#[test]
fn what_was_asked_for_before_a_deployment_is_of_the_old_version() {
    // Deployed while the first answer, asked for at 111 ms, is on its way: there at 283 ms, and looked up at
    // 311 ms. The second one, asked for at 211 ms, is the new one: there at 383 ms.
    for (urls, misses, outdated) in [(Urls::Unversioned, 2, 1), (Urls::Versioned, 3, 0)] {
        let cdn = Cdn { urls, ..keyed() };
        let mut simulation = Simulation::new(&system(one_page(), cdn));
        simulation.run_until(at(150), u64::MAX);
        simulation.apply(Edit::Deploy(CDN));
        simulation.run_until(at(1_050), u64::MAX);
        let counts = counts(&simulation);
        assert_eq!(
            (counts.misses, counts.outdated),
            (misses, outdated),
            "{urls:?}"
        );
    }
}

#[test]
fn pages_outlive_their_origin() {
    // Article, chapter 6, experiment 5.
    let users = || {
        NodeKind::Clients(Clients {
            rate: 100.0,
            arrivals: Arrivals::Even,
            keys: 50,
            skew: 0.0,
            read_share: 0.8,
            ..Clients::default()
        })
    };
    let caching = |stale_if_error| Caching {
        ttl: Some(SimDuration::from_secs(5)),
        stale_if_error,
        ..keyed().caching
    };
    let alive = |stale_if_error, cacheable_share| {
        let cdn = Cdn {
            caching: caching(stale_if_error),
            cacheable_share,
            ..keyed()
        };
        let mut simulation = Simulation::new(&system(users(), cdn));
        simulation.run_until(at(20_000), u64::MAX);
        simulation.apply(Edit::Kill(ORIGIN));
        simulation.run_until(at(30_000), u64::MAX);
        simulation.begin_measurement();
        simulation.run_until(at(40_000), u64::MAX);
        let tally = simulation.measurement().tally;
        tally.answered() as f64 / (tally.answered() + tally.failed.total()) as f64
    };
    assert_eq!(alive(SimDuration::ZERO, 1.0), 0.0);
    let bound = 4.5 * (0.8_f64 * 0.2 / 1_000.0).sqrt();
    let hour = SimDuration::from_secs(3_600);
    let (all, half) = (alive(hour, 1.0), alive(hour, 0.5));
    assert!((all - 0.8).abs() < bound, "all but writes: {all}");
    assert!((half - 0.4).abs() < bound, "{half}");
}

#[test]
fn a_network_without_an_origin_has_what_it_has() {
    let scenario = System::new(1)
        .node("users", one_page())
        .node("cdn", NodeKind::Cdn(keyed()))
        .link("users", "cdn", 10.0)
        .build();
    assert_eq!(failed(&run(&scenario, 1_050), FailureReason::NoRoute), 10);
}

#[test]
fn a_network_that_dies_is_cold_when_it_is_back() {
    let mut simulation = Simulation::new(&system(one_page(), keyed()));
    simulation.run_until(at(1_050), u64::MAX);
    let entries = |simulation: &Simulation| match &simulation.snapshot().nodes[1].details {
        Details::Cdn(edges) => edges.iter().map(|edge| edge.entries).collect::<Vec<_>>(),
        other => panic!("no network: {other:?}"),
    };
    assert_eq!(entries(&simulation), [1]);
    simulation.apply(Edit::Kill(CDN));
    simulation.apply(Edit::Heal(CDN));
    assert_eq!(entries(&simulation), [0]);
    simulation.run_until(at(2_050), u64::MAX);
    assert_eq!(entries(&simulation), [1]);
    simulation.apply(Edit::Flush(CDN));
    assert_eq!(entries(&simulation), [0]);
    assert_eq!(totals(&simulation).failed.total(), 0);
}
