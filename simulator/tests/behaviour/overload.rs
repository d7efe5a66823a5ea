//! What a server does when more comes than it can do.

use simulator::{
    Edit, FailureReason, NodeKind, Overload, Server, Shedding, SimDuration, Simulation, WaitLimit,
    WhenFull,
};

use crate::support::{System, database, millis, server};
use crate::system::{at, constant, even, failed, run, single, totals};

#[test]
fn what_nobody_waits_for_is_dropped_when_a_worker_would_begin_it() {
    // Ten requests a second of 250 ms each; clients wait for 130 ms, ways included. At 355 ms the second
    // one is dropped and the third begins, at 605 ms the fourth is dropped, then two, one, two.
    for (drops_expired, dropped) in [(false, 0), (true, 7)] {
        let web = Server {
            overload: Overload {
                drops_expired,
                ..Overload::default()
            },
            ..server(1, constant(250.0))
        };
        let simulation = run(&single(Some(millis(130.0)), web), 1_500);
        let nodes = simulation.measurement().nodes;
        let expired = nodes[1].failures.count(FailureReason::Expired);
        assert_eq!(expired, dropped);
        assert_eq!(
            failed(&simulation, FailureReason::Expired),
            0,
            "their clients had given up"
        );
        assert!(totals(&simulation).is_conserved());
    }
}

#[test]
fn a_server_lets_so_many_in_and_counts_those_who_wait_for_queries() {
    let web = |most| Server {
        overload: Overload {
            most_inside: Some(most),
            ..Overload::default()
        },
        when_full: WhenFull::Shed,
        ..server(5, constant(1.0))
    };
    let scenario = |most| {
        System::new(1)
            .node("users", even(100.0))
            .node("web", NodeKind::Server(web(most)))
            .node("db", database(100, constant(998.0)))
            .link("users", "web", 0.0)
            .link("web", "db", 0.5)
            .build()
    };
    // Each is inside for a second: of a hundred that come twenty are let in.
    let mut simulation = run(&scenario(20), 10_005);
    assert_eq!(totals(&simulation).in_flight, 20);
    assert_eq!(totals(&simulation).late, 180);
    simulation.apply(Edit::Reconfigure(scenario(30)));
    simulation.run_until(at(11_005), u64::MAX);
    assert_eq!(totals(&simulation).in_flight, 30);
    simulation.apply(Edit::Reconfigure(scenario(5)));
    simulation.run_until(at(13_005), u64::MAX);
    assert_eq!(totals(&simulation).in_flight, 5);
    simulation.apply(Edit::Kill(crate::system::WEB));
    simulation.apply(Edit::Heal(crate::system::WEB));
    simulation.run_until(at(13_500), u64::MAX);
    assert_eq!(totals(&simulation).in_flight, 5, "nobody of before counts");
}

#[test]
fn a_standing_queue_has_a_short_limit_on_the_wait() {
    // Twice the capacity: nobody who is served has waited for longer than 20 ms once the queue stands.
    let web = Server {
        overload: Overload {
            wait_limit: Some(WaitLimit {
                interval: SimDuration::from_millis(100),
                target: SimDuration::from_millis(20),
            }),
            ..Overload::default()
        },
        ..server(1, constant(10.0))
    };
    let scenario = System::new(1)
        .node("users", even(200.0))
        .node("web", NodeKind::Server(web))
        .link("users", "web", 0.0)
        .build();
    let mut simulation = Simulation::new(&scenario);
    simulation.run_until(at(2_000), u64::MAX);
    simulation.begin_measurement();
    simulation.run_until(at(10_000), u64::MAX);
    let measurement = simulation.measurement();
    assert!(measurement.response.max() <= millis(110.0));
    assert!((measurement.nodes[1].throughput - 100.0).abs() < 1.0);
    assert!(failed(&simulation, FailureReason::WaitedTooLong) > 700);
    assert!(simulation.snapshot().nodes[1].queued < 25);
}

#[test]
fn a_busy_server_sheds_until_it_is_less_busy() {
    let web = |spared| Server {
        overload: Overload {
            shedding: Shedding::Utilisation {
                above: 0.9,
                window: SimDuration::from_millis(500),
                spared,
            },
            ..Overload::default()
        },
        ..server(1, constant(10.0))
    };
    // At 80 % nobody is turned away; at 200 % somebody is, unless he is of a class that is spared.
    for (rate, spared, sheds) in [(80.0, 0, false), (200.0, 0, true), (200.0, 1, false)] {
        let scenario = System::new(1)
            .node("users", even(rate))
            .node("web", NodeKind::Server(web(spared)))
            .link("users", "web", 0.0)
            .build();
        let simulation = run(&scenario, 10_000);
        assert_eq!(totals(&simulation).shed > 0, sheds, "{rate} {spared}");
        if sheds {
            let queued = simulation.snapshot().nodes[1].queued;
            assert!(queued < 200, "{queued}");
        }
    }
}
