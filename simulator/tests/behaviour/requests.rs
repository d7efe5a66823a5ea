//! The life of a request: what takes it how long, and how it ends.

use simulator::{Edit, FailureReason, Fate, NodeKind, Place, Policy, Server, Simulation};

use crate::support::{System, check_every, database, millis, server};
use crate::system::{WEB, at, constant, failed, metronome, run, single, totals};

#[test]
fn a_request_takes_its_links_its_service_and_its_queries() {
    let scenario = System::new(1)
        .node("users", metronome(None))
        .node(
            "web",
            NodeKind::Server(Server {
                queries: 3,
                ..server(1, constant(8.0))
            }),
        )
        .node("db", database(1, constant(4.0)))
        .link("users", "web", 20.0)
        .link("web", "db", 0.25)
        .build();
    let simulation = run(&scenario, 199);
    let response = simulation.measurement().response;
    // 8 ms, then three times 4 ms and there and back.
    assert_eq!(
        (response.count(), response.max()),
        (1, millis(8.0 + 3.0 * 4.5))
    );
    assert_eq!(simulation.measurement().user_network, millis(40.0));
    assert_eq!(simulation.snapshot().nodes[2].arrived, 3);
}

#[test]
fn a_given_up_request_is_still_worked_on_for_nobody() {
    let simulation = run(&single(Some(millis(30.0)), server(1, constant(60.0))), 140);
    assert_eq!(failed(&simulation, FailureReason::TimedOut), 1);
    assert_eq!(
        totals(&simulation).in_flight,
        0,
        "the client does not wait for it"
    );
    let seen = simulation.sightings(10).seen;
    assert_eq!(seen.len(), 1);
    assert_eq!(seen[0].fate, Fate::GivenUp);
    assert!(matches!(
        seen[0].place,
        Place::Service {
            node: WEB,
            worker: 0,
            ..
        }
    ));
    let mut later = simulation;
    later.run_until(at(199), u64::MAX);
    assert!(later.sightings(10).seen.is_empty());
    assert_eq!(
        failed(&later, FailureReason::TimedOut),
        1,
        "it is counted once"
    );
}

#[test]
fn late_answers_are_throughput_but_not_goodput() {
    let simulation = run(&single(None, server(1, constant(90.0))), 1_000);
    assert_eq!(totals(&simulation).late, 0);
    let slow = single(None, server(2, constant(201.0)));
    let simulation = run(&slow, 2_000);
    let snapshot = simulation.snapshot();
    assert!(
        snapshot.totals.late > 5 && snapshot.totals.ok == 0,
        "the objective is 200 ms"
    );
    assert!(snapshot.recent.throughput > 0.0);
    assert!(snapshot.recent.goodput == 0.0);
}

#[test]
fn without_any_server_every_request_fails_with_a_reason() {
    let lonely = System::new(1).node("users", metronome(None)).build();
    assert_eq!(failed(&run(&lonely, 1_050), FailureReason::NoRoute), 10);
    let empty_pool = System::new(1)
        .node("users", metronome(None))
        .balancer(Policy::LeastConnections, Some(check_every(50.0, 1, 1)))
        .link("users", "balancer", 1.0)
        .build();
    assert_eq!(
        failed(&run(&empty_pool, 1_050), FailureReason::NoHealthyBackend),
        10
    );
}

#[test]
fn an_edited_network_counts_for_what_each_way_took() {
    let with_network = |latency| {
        System::new(1)
            .node("users", metronome(None))
            .node("web", NodeKind::Server(server(1, constant(50.0))))
            .link("users", "web", latency)
            .build()
    };
    let mut simulation = Simulation::new(&with_network(20.0));
    simulation.run_until(at(130), u64::MAX);
    simulation.apply(Edit::Reconfigure(with_network(0.0)));
    simulation.run_until(at(199), u64::MAX);
    assert_eq!(simulation.measurement().response.max(), millis(50.0));
    assert_eq!(simulation.measurement().user_network, millis(20.0));
}
