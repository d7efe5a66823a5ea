//! Balancers and their health checks.

use simulator::{
    Edit, FailureReason, Happening, NodeId, NodeKind, Scenario, Simulation, WhenAllUnhealthy,
};

use crate::support::{System, server};
use crate::system::{at, constant, failed, metronome, pool, run, totals};

#[test]
fn health_checks_take_a_dead_server_out_and_let_it_in_again() {
    // Two servers, checks every second, the first one's at 0.5, 1.5, 2.5 … seconds.
    let mut simulation = Simulation::new(&pool(1_000.0, 2, 3));
    simulation.run_until(at(1_000), u64::MAX);
    let web_1 = NodeId(2);
    simulation.apply(Edit::Kill(web_1));
    simulation.run_until(at(2_400), u64::MAX);
    let backend = simulation.snapshot().nodes[1].backends[0];
    assert_eq!(
        (
            backend.healthy,
            backend.contrary_checks,
            backend.checks_to_change
        ),
        (true, 1, 2)
    );
    simulation.run_until(at(2_600), u64::MAX);
    assert!(!simulation.snapshot().nodes[1].backends[0].healthy);
    // Every second request went to it from 1.0 s to 2.5 s.
    let lost = failed(&simulation, FailureReason::Refused);
    assert!((7..=8).contains(&lost), "{lost}");
    simulation.apply(Edit::Heal(web_1));
    simulation.run_until(at(5_400), u64::MAX);
    assert!(
        !simulation.snapshot().nodes[1].backends[0].healthy,
        "two good checks of three"
    );
    simulation.run_until(at(5_600), u64::MAX);
    assert!(simulation.snapshot().nodes[1].backends[0].healthy);
    assert_eq!(failed(&simulation, FailureReason::Refused), lost);
}

#[test]
fn a_balancer_that_fails_open_uses_servers_it_believes_dead() {
    for (when_all_unhealthy, reason) in [
        (WhenAllUnhealthy::UseAll, FailureReason::Refused),
        (WhenAllUnhealthy::Refuse, FailureReason::NoHealthyBackend),
    ] {
        let scenario = pool(100.0, 1, 1);
        let mut nodes = scenario.nodes().to_vec();
        if let NodeKind::Balancer(balancer) = &mut nodes[1].kind {
            balancer.when_all_unhealthy = when_all_unhealthy;
        }
        let links = scenario.links().to_vec();
        let scenario = Scenario::try_new(1, scenario.slo(), nodes, links).expect("valid");
        let mut simulation = Simulation::new(&scenario);
        simulation.apply(Edit::Kill(NodeId(2)));
        simulation.apply(Edit::Kill(NodeId(3)));
        simulation.run_until(at(1_050), u64::MAX);
        let before = failed(&simulation, reason);
        simulation.run_until(at(2_050), u64::MAX);
        assert_eq!(failed(&simulation, reason) - before, 10);
    }
}

#[test]
fn a_balancer_that_comes_back_remembers_nothing_and_checks_again() {
    let mut simulation = Simulation::new(&pool(100.0, 1, 1));
    let (balancer, web_1) = (NodeId(1), NodeId(2));
    simulation.apply(Edit::Kill(web_1));
    simulation.run_until(at(500), u64::MAX);
    assert!(!simulation.snapshot().nodes[1].backends[0].healthy);
    simulation.apply(Edit::Kill(balancer));
    simulation.apply(Edit::Heal(balancer));
    assert!(
        simulation.snapshot().nodes[1].backends[0].healthy,
        "it has forgotten"
    );
    simulation.run_until(at(1_000), u64::MAX);
    assert!(
        !simulation.snapshot().nodes[1].backends[0].healthy,
        "and has found out again"
    );
    simulation.apply(Edit::Kill(balancer));
    while let Some(step) = simulation.step().filter(|step| step.time < at(2_000)) {
        assert!(
            !matches!(step.what, Happening::ProbeReached),
            "the dead do not probe"
        );
    }
}

#[test]
fn a_balancer_that_joins_again_checks_its_servers_anew() {
    let (checked, balancer, web_1) = (pool(100.0, 1, 1), NodeId(1), NodeId(2));
    for was_dead in [false, true] {
        let mut simulation = Simulation::new(&checked);
        simulation.run_until(at(500), u64::MAX);
        if was_dead {
            simulation.apply(Edit::Kill(balancer));
        }
        // Both servers stay; it comes back together with its links to them.
        simulation.apply(Edit::Reconfigure(without_balancer()));
        assert_eq!(probes(&mut simulation, 1_000), 0, "{was_dead}");
        simulation.apply(Edit::Reconfigure(checked.clone()));
        let of_two_servers = probes(&mut simulation, 2_000);
        assert_eq!(of_two_servers, 20, "{was_dead}");
        simulation.apply(Edit::Kill(web_1));
        simulation.run_until(at(3_000), u64::MAX);
        assert!(!simulation.snapshot().nodes[1].backends[0].healthy);
    }
}

#[test]
fn a_removed_balancer_probes_no_more_and_keeps_what_it_believed() {
    let mut simulation = Simulation::new(&pool(100.0, 1, 1));
    simulation.apply(Edit::Kill(NodeId(2)));
    // The fifth request is on its way to the balancer, which knows by now that its server is dead.
    simulation.run_until(at(500), u64::MAX);
    let refused = failed(&simulation, FailureReason::Refused);
    simulation.apply(Edit::Reconfigure(System::new(1).build()));
    assert_eq!(probes(&mut simulation, 10_000), 0);
    assert_eq!(simulation.step(), None, "nobody is left to do anything");
    assert_eq!(totals(&simulation).in_flight, 0);
    assert_eq!(failed(&simulation, FailureReason::Refused), refused);
}

/// The metronome and the two servers of [`pool`], which the users call themselves.
fn without_balancer() -> Scenario {
    System::new(1)
        .node("users", metronome(None))
        .tier(2, "users", None, &server(1, constant(1.0)))
        .build()
}

/// How many probes reach their server on the way to a time.
fn probes(simulation: &mut Simulation, until: u64) -> usize {
    let mut ahead = simulation.clone();
    simulation.run_until(at(until), u64::MAX);
    std::iter::from_fn(|| ahead.step())
        .take_while(|step| step.time <= at(until))
        .filter(|step| matches!(step.what, Happening::ProbeReached))
        .count()
}

#[test]
fn a_balancer_counts_what_passed_it() {
    let simulation = run(&pool(100.0, 1, 1), 1_050);
    assert_eq!(simulation.snapshot().nodes[1].served, 10);
}
