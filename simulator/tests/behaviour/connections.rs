//! Limits of connections, the line before them, and the balancer's own work.

use simulator::{
    Arrivals, Balancer, Clients, Details, Edit, FailureReason, NodeId, NodeKind, Place, Scenario,
    Simulation, WhenFull,
};

use crate::support::{System, millis, server};
use crate::system::{at, constant, failed, metronome, totals};

/// The metronome's requests, every 100 ms from 100 ms on, and servers of four workers that take
/// `service_ms`.
fn limited(servers: u32, service_ms: f64, balancer: Balancer) -> Scenario {
    System::new(1)
        .node("users", metronome(None))
        .node("balancer", NodeKind::Balancer(balancer))
        .link("users", "balancer", 0.0)
        .tier(servers, "balancer", None, &server(4, constant(service_ms)))
        .build()
}

fn one_connection(waiting_limit: u32, when_full: WhenFull) -> Balancer {
    Balancer {
        connection_limit: 1,
        waiting_limit,
        when_full,
        ..Balancer::default()
    }
}

#[test]
fn those_over_the_limit_wait_in_line_and_the_line_has_an_end() {
    for when_full in [WhenFull::Fail, WhenFull::Shed] {
        let scenario = limited(1, 250.0, one_connection(2, when_full));
        let mut simulation = Simulation::new(&scenario);
        // The first is at work until 350 ms; the second and third wait.
        simulation.run_until(at(320), u64::MAX);
        let snapshot = simulation.snapshot();
        let balancer = &snapshot.nodes[1];
        assert_eq!(balancer.backends[0].in_flight, 1);
        assert_eq!((balancer.queued, balancer.queue_limit), (2, 2));
        assert!(matches!(balancer.details, Details::Balancer(it) if it.waiting == 2));
        let seen = simulation.sightings(usize::MAX).seen;
        let positions: Vec<Place> = seen.iter().map(|it| it.place).collect();
        for position in 0..2 {
            let node = NodeId(1);
            assert!(positions.contains(&Place::Queue { node, position }));
        }
        // The fourth takes the place that the second left; the fifth, at 500 ms, finds none.
        simulation.run_until(at(499), u64::MAX);
        assert_eq!(totals(&simulation).in_flight, 3);
        simulation.run_until(at(550), u64::MAX);
        let ended = totals(&simulation);
        let (lost, shed) = (ended.failed.count(FailureReason::QueueFull), ended.shed);
        let expected = if when_full == WhenFull::Fail {
            (1, 0)
        } else {
            (0, 1)
        };
        assert_eq!((lost, shed), expected);
        // The server itself never has a queue.
        assert_eq!(simulation.snapshot().nodes[2].queued, 0);
        // The second began at 350 ms, having waited for 150.
        simulation.run_until(at(601), u64::MAX);
        assert_eq!(simulation.measurement().response.max(), millis(400.0));
        assert_eq!(simulation.snapshot().nodes[1].mean_wait, millis(225.0));
    }
}

#[test]
fn a_limit_can_be_lifted_and_lowered_while_requests_wait() {
    let scenario = limited(1, 450.0, one_connection(100, WhenFull::Fail));
    let mut simulation = Simulation::new(&scenario);
    simulation.run_until(at(410), u64::MAX);
    assert_eq!(simulation.snapshot().nodes[1].queued, 3);
    let lifted = limited(1, 450.0, Balancer::default());
    simulation.apply(Edit::Reconfigure(lifted));
    let busy = |simulation: &Simulation| simulation.snapshot().nodes[2].busy;
    assert_eq!(simulation.snapshot().nodes[1].queued, 0);
    simulation.run_until(at(411), u64::MAX);
    assert_eq!(busy(&simulation), 4);
    // Those who are there finish; nobody follows before there is room.
    simulation.apply(Edit::Reconfigure(scenario));
    simulation.run_until(at(510), u64::MAX);
    assert_eq!(
        (busy(&simulation), simulation.snapshot().nodes[1].queued),
        (4, 1)
    );
    simulation.run_until(at(870), u64::MAX);
    assert_eq!(busy(&simulation), 1);
}

#[test]
fn those_in_line_learn_that_the_last_server_is_gone() {
    let scenario = limited(2, 450.0, one_connection(100, WhenFull::Fail));
    let mut simulation = Simulation::new(&scenario);
    simulation.run_until(at(450), u64::MAX);
    assert_eq!(simulation.snapshot().nodes[1].queued, 2);
    let nobody = limited(0, 450.0, one_connection(100, WhenFull::Fail));
    simulation.apply(Edit::Reconfigure(nobody));
    simulation.run_until(at(460), u64::MAX);
    assert_eq!(failed(&simulation, FailureReason::NoHealthyBackend), 2);
    // What the servers have is finished.
    simulation.run_until(at(690), u64::MAX);
    assert_eq!(totals(&simulation).ok + totals(&simulation).late, 2);
}

#[test]
fn a_dead_balancer_loses_its_line() {
    let scenario = limited(1, 450.0, one_connection(100, WhenFull::Fail));
    let mut simulation = Simulation::new(&scenario);
    simulation.run_until(at(450), u64::MAX);
    simulation.apply(Edit::Kill(NodeId(1)));
    simulation.run_until(at(451), u64::MAX);
    assert_eq!(failed(&simulation, FailureReason::ServerDied), 4);
    assert_eq!(simulation.snapshot().nodes[1].queued, 0);
    simulation.apply(Edit::Heal(NodeId(1)));
    simulation.run_until(at(560), u64::MAX);
    assert_eq!(simulation.snapshot().nodes[1].backends[0].in_flight, 1);
}

/// A balancer with one worker, `work_ms` for each request.
fn busy_balancer(work_ms: f64, queue_limit: u32) -> Balancer {
    Balancer {
        workers: 1,
        service_time: constant(work_ms),
        queue_limit,
        ..Balancer::default()
    }
}

#[test]
fn a_balancers_own_work_takes_time_and_has_a_queue() {
    let mut simulation = Simulation::new(&limited(2, 10.0, busy_balancer(30.0, 100)));
    simulation.run_until(at(10_050), u64::MAX);
    let run = simulation.measurement();
    assert_eq!(
        (run.response.mean(), run.response.max()),
        (millis(40.0), millis(40.0))
    );
    let balancer = &run.nodes[1];
    assert_eq!(balancer.served, 100);
    assert!((balancer.utilisation - 0.3).abs() < 0.005);
    // Ten a second of which each takes 150 ms: every third is too much for a queue that is full.
    let mut simulation = Simulation::new(&limited(2, 10.0, busy_balancer(150.0, 2)));
    simulation.run_until(at(30_050), u64::MAX);
    let lost = failed(&simulation, FailureReason::QueueFull);
    assert!(lost.abs_diff(98) <= 2, "{lost}");
}

#[test]
fn a_balancer_whose_work_becomes_free_lets_everybody_through() {
    let users = NodeKind::Clients(Clients {
        rate: 100.0,
        arrivals: Arrivals::Even,
        ..Clients::default()
    });
    let system = |balancer| {
        System::new(1)
            .node("users", users.clone())
            .node("balancer", NodeKind::Balancer(balancer))
            .link("users", "balancer", 0.0)
            .tier(1, "balancer", None, &server(100, constant(1.0)))
            .build()
    };
    let mut simulation = Simulation::new(&system(busy_balancer(500.0, 1_000)));
    simulation.run_until(at(205), u64::MAX);
    assert_eq!(simulation.snapshot().nodes[1].queued, 19);
    simulation.apply(Edit::Reconfigure(system(Balancer::default())));
    simulation.run_until(at(209), u64::MAX);
    assert_eq!(simulation.snapshot().nodes[1].queued, 0);
    assert_eq!(
        totals(&simulation).answered(),
        19,
        "one is still being worked on"
    );
    simulation.run_until(at(515), u64::MAX);
    assert_eq!(totals(&simulation).answered(), 51);
}
