//! Look-ups of addresses.

use simulator::{Edit, FailureReason, NodeId, NodeKind, Place, Simulation};

use crate::support::{System, dns, server};
use crate::system::{USERS, at, constant, even, failed, metronome, run, totals};

#[test]
fn one_look_up_serves_everybody_until_it_expires() {
    let scenario = System::new(1)
        .node("users", even(100.0))
        .node("web", NodeKind::Server(server(4, constant(1.0))))
        .node("dns", dns(20.0, 500.0))
        .link("users", "web", 1.0)
        .link("users", "dns", 15.0)
        .build();
    let mut simulation = Simulation::new(&scenario);
    // The first request asks at 10 ms; the answer takes 15 + 20 + 15 ms; four others wait for it.
    simulation.run_until(at(59), u64::MAX);
    let waiting = simulation.sightings(100).seen;
    let resolving = waiting
        .iter()
        .filter(|s| matches!(s.place, Place::Resolving { node: USERS, .. }));
    assert_eq!(resolving.count(), 4);
    simulation.run_until(at(1_000), u64::MAX);
    assert_eq!(
        simulation.snapshot().nodes[2].arrived,
        2,
        "at 10 ms and after 560 ms"
    );
    // With a dead name server, cached addresses work until they expire.
    simulation.apply(Edit::Kill(NodeId(2)));
    simulation.run_until(at(1_100), u64::MAX);
    assert_eq!(totals(&simulation).failed.total(), 0);
    simulation.run_until(at(2_000), u64::MAX);
    assert!(failed(&simulation, FailureReason::NameNotResolved) > 50);
}

#[test]
fn an_address_that_is_never_cached_is_asked_for_every_time() {
    let scenario = System::new(1)
        .node("users", metronome(None))
        .node("web", NodeKind::Server(server(1, constant(1.0))))
        .node("dns", dns(250.0, 0.0))
        .link("users", "web", 1.0)
        .link("users", "dns", 1.0)
        .build();
    assert_eq!(run(&scenario, 1_005).snapshot().nodes[2].arrived, 10);
}
