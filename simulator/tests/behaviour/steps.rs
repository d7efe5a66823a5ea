//! What a server does for a request: queries in turn or at once, connections, workers that are kept.

use simulator::{
    ConnectionPool, Details, Edit, FailureReason, NodeId, NodeKind, QueryOrder, Scenario, Server,
    SimDuration, Simulation,
};

use crate::support::{System, database, millis, server};
use crate::system::{WEB, at, constant, even, failed, metronome, run, totals};

/// Ten requests a second at a server of 8 ms before a database of 4 ms, half a millisecond there and
/// back.
fn system(db_workers: u32, web: Server) -> Scenario {
    System::new(1)
        .node("users", metronome(None))
        .node("web", NodeKind::Server(web))
        .node("db", database(db_workers, constant(4.0)))
        .link("users", "web", 5.0)
        .link("web", "db", 0.25)
        .build()
}

fn three_queries() -> Server {
    Server {
        queries: 3,
        ..server(1, constant(8.0))
    }
}

const AT_ONCE: QueryOrder = QueryOrder::Parallel { needed: None };

/// The response time in milliseconds of a request that is alone.
fn response(db_workers: u32, web: Server) -> f64 {
    let simulation = run(&system(db_workers, web), 199);
    let response = simulation.measurement().response;
    assert_eq!(response.count(), 1);
    response.max().as_millis_f64()
}

#[test]
fn queries_at_once_take_as_long_as_the_slowest() {
    let with = |query_order| Server {
        query_order,
        ..three_queries()
    };
    for (workers, order, want) in [
        (3, QueryOrder::Sequential, 8.0 + 3.0 * 4.5),
        (3, AT_ONCE, 8.0 + 4.5),
        (2, AT_ONCE, 8.0 + 8.5),
        (1, AT_ONCE, 8.0 + 12.5),
        (1, QueryOrder::Parallel { needed: Some(2) }, 8.0 + 8.5),
        (1, QueryOrder::Parallel { needed: Some(9) }, 8.0 + 12.5),
    ] {
        assert_eq!(response(workers, with(order)), want, "{workers} {order:?}");
    }
    let none = Server {
        queries: 0,
        ..with(AT_ONCE)
    };
    assert_eq!(response(1, none), 8.0);
}

#[test]
fn the_second_service_comes_after_the_queries() {
    for (order, holds_worker, want) in [
        (QueryOrder::Sequential, false, 8.0 + 13.5 + 2.0),
        (QueryOrder::Sequential, true, 8.0 + 13.5 + 2.0),
        (
            QueryOrder::Parallel { needed: Some(1) },
            false,
            8.0 + 4.5 + 2.0,
        ),
        (AT_ONCE, true, 8.0 + 12.5 + 2.0),
    ] {
        let web = Server {
            finishing_time: Some(constant(2.0)),
            query_order: order,
            holds_worker,
            ..three_queries()
        };
        let mut simulation = run(&system(1, web.clone()), 150);
        assert_eq!(simulation.measurement().response.max(), millis(want));
        simulation.run_until(at(2_050), u64::MAX);
        let web = &simulation.measurement().nodes[1];
        assert_eq!(web.served, 20, "each is finished once");
        let busy = if holds_worker { want } else { 10.0 };
        assert!(
            (web.utilisation - 20.0 * busy / 2_050.0).abs() < 0.01,
            "{web:?}"
        );
    }
}

#[test]
fn a_thread_for_each_request_waits_with_its_worker() {
    // 12.5 ms each with the worker: the second one, 10 ms later, waits for 2.5 ms.
    let scenario = |holds_worker| {
        let web = Server {
            holds_worker,
            ..server(1, constant(8.0))
        };
        System::new(1)
            .node("users", even(100.0))
            .node("web", NodeKind::Server(web))
            .node("db", database(1, constant(4.0)))
            .link("users", "web", 0.0)
            .link("web", "db", 0.25)
            .build()
    };
    for (holds_worker, want) in [(false, 12.5), (true, 15.0)] {
        let simulation = run(&scenario(holds_worker), 36);
        assert_eq!(simulation.measurement().response.max(), millis(want));
    }
    // Without the worker kept it could answer 100 a second; so it answers 80.
    let mut simulation = run(&scenario(true), 10_000);
    let web = &simulation.measurement().nodes[1];
    assert!((web.throughput - 80.0).abs() < 0.2 && web.utilisation > 0.99);
    // Edited while threads wait: nobody is lost, and no worker.
    simulation.apply(Edit::Reconfigure(scenario(false)));
    simulation.run_until(at(30_000), u64::MAX);
    assert!(
        totals(&simulation).in_flight < 3,
        "{:?}",
        totals(&simulation)
    );
    simulation.apply(Edit::Reconfigure(scenario(true)));
    simulation.apply(Edit::Kill(WEB));
    simulation.apply(Edit::Heal(WEB));
    simulation.run_until(at(31_000), u64::MAX);
    assert!(simulation.snapshot().nodes[1].busy <= 1);
}

#[test]
fn a_failed_query_fails_the_request_unless_others_are_enough() {
    for (needed, failures) in [(None, 1), (Some(3), 1), (Some(2), 0)] {
        // Three databases, of which the second is dead.
        let web = Server {
            query_order: QueryOrder::Parallel { needed },
            ..server(1, constant(8.0))
        };
        let mut system = System::new(1)
            .node("users", metronome(None))
            .node("web", NodeKind::Server(web))
            .link("users", "web", 5.0);
        for name in ["a", "b", "c"] {
            system = system
                .node(name, database(1, constant(4.0)))
                .link("web", name, 0.25);
        }
        let mut simulation = Simulation::new(&system.build());
        simulation.apply(Edit::Kill(NodeId(3)));
        simulation.run_until(at(199), u64::MAX);
        assert_eq!(
            failed(&simulation, FailureReason::Refused),
            failures,
            "{needed:?}"
        );
        assert_eq!(totals(&simulation).ok, 1 - failures);
    }
}

/// Article 3.2 E3: the line is queries × round trip.
#[test]
fn one_query_after_the_other_costs_a_round_trip_each() {
    for (queries, latency, want) in [
        (1, 0.25, 0.5),
        (30, 0.25, 15.0),
        (30, 1.0, 60.0),
        (30, 40.0, 2_400.0),
        (50, 40.0, 4_000.0),
    ] {
        let web = Server {
            queries,
            ..server(1, constant(0.0))
        };
        let scenario = System::new(1)
            .node("users", even(0.1))
            .node("web", NodeKind::Server(web))
            .node("db", database(1, constant(0.0)))
            .link("users", "web", 5.0)
            .link("web", "db", latency)
            .build();
        let simulation = run(&scenario, 19_000);
        assert_eq!(simulation.measurement().response.max(), millis(want));
    }
}

/// A server that could do more than its database, which manages 500 a second; 1,000 come.
fn pooled(size: u32, wait_limit: Option<SimDuration>) -> Scenario {
    let web = Server {
        connections: (size > 0).then_some(ConnectionPool { size, wait_limit }),
        ..server(10, constant(1.0))
    };
    System::new(1)
        .node("users", even(1_000.0))
        .node("web", NodeKind::Server(web))
        .node("db", database(2, constant(4.0)))
        .link("users", "web", 0.0)
        .link("web", "db", 0.25)
        .build()
}

/// Article 3.2 E4: a connection is held for 4 ms and half a millisecond: 222 a second, 444, and with
/// three the database's own 500.
#[test]
fn a_pool_of_connections_limits_what_reaches_the_database() {
    for (size, want) in [(1, 222.2), (2, 444.4), (3, 500.0), (50, 500.0), (0, 500.0)] {
        let simulation = run(&pooled(size, None), 20_000);
        let measurement = simulation.measurement();
        let got = measurement.nodes[2].throughput;
        assert!((got - want).abs() < 0.5, "{size}: {got}");
        // More connections only move the queue to the database.
        let db = &simulation.snapshot().nodes[2];
        let seen = &simulation.snapshot().nodes[1].details;
        match seen {
            Details::Server(seen) => {
                assert_eq!(seen.connections_in_use, size);
                assert!(seen.waiting_for_connection > 9_000);
                assert!(db.queued <= size.saturating_sub(2));
                assert!(measurement.nodes[1].mean_connection_wait > millis(4_000.0));
            }
            other => assert!(size == 0 && db.queued > 9_000, "{other:?}"),
        }
    }
}

#[test]
fn a_query_waits_only_so_long_for_a_connection() {
    // Three queries at once through one connection, held for 4.5 ms each: the third waits for 9 ms.
    for (limit, ok, reason) in [(9.5, 1, 0), (8.0, 0, 1)] {
        let web = Server {
            query_order: AT_ONCE,
            connections: Some(ConnectionPool {
                size: 1,
                wait_limit: Some(millis(limit)),
            }),
            ..three_queries()
        };
        let simulation = run(&system(3, web), 199);
        assert_eq!(totals(&simulation).ok, ok);
        assert_eq!(failed(&simulation, FailureReason::PoolExhausted), reason);
        let mean = simulation.measurement().nodes[1].mean_connection_wait;
        let waits = if ok == 1 { millis(4.5) } else { millis(2.25) };
        assert_eq!(mean, waits);
    }
}

#[test]
fn a_pool_is_edited_killed_and_healed_while_queries_wait_for_it() {
    let mut simulation = run(&pooled(1, None), 1_000);
    let waiting = |simulation: &Simulation| match simulation.snapshot().nodes[1].details {
        Details::Server(seen) => (seen.connections_in_use, seen.waiting_for_connection),
        _ => (0, 0),
    };
    assert!(waiting(&simulation).1 > 700);
    simulation.apply(Edit::Reconfigure(pooled(10, None)));
    assert_eq!(waiting(&simulation).0, 10);
    simulation.apply(Edit::Reconfigure(pooled(2, Some(millis(500.0)))));
    simulation.run_until(at(1_100), u64::MAX);
    assert_eq!(waiting(&simulation).0, 2);
    simulation.run_until(at(3_000), u64::MAX);
    // 1,000 come a second, 444 are sent; none waits for longer than half a second.
    assert!(waiting(&simulation).1 <= 501, "{:?}", waiting(&simulation));
    assert!(failed(&simulation, FailureReason::PoolExhausted) > 1_000);
    simulation.apply(Edit::Kill(WEB));
    assert_eq!(waiting(&simulation), (0, 0));
    simulation.apply(Edit::Heal(WEB));
    simulation.run_until(at(4_000), u64::MAX);
    assert_eq!(waiting(&simulation).0, 2);
    simulation.apply(Edit::Reconfigure(pooled(0, None)));
    assert_eq!(simulation.snapshot().nodes[1].details, Details::None);
    simulation.apply(Edit::Reconfigure(pooled(4, None)));
    assert!(
        waiting(&simulation).0 > 100,
        "those on the way have connections too"
    );
    let quiet = pooled(4, None);
    let mut nodes = quiet.nodes().to_vec();
    nodes[0].kind = even(0.0);
    let quiet = Scenario::try_new(1, millis(200.0), nodes, quiet.links().to_vec());
    simulation.apply(Edit::Reconfigure(quiet.expect("valid")));
    simulation.run_until(at(60_000), u64::MAX);
    assert_eq!(
        (totals(&simulation).in_flight, waiting(&simulation)),
        (0, (0, 0))
    );
}
