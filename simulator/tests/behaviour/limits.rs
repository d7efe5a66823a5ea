//! Loads, queues and times at their bounds.

use simulator::{
    Bottleneck, Edit, FailureReason, NodeKind, Scenario, Server, SimDuration, SimTime, Simulation,
};

use crate::support::{System, clients, exponential, millis, server, station};
use crate::system::{WEB, at, constant, even, failed, run, single, totals};

#[test]
fn a_thousand_times_the_capacity_stays_bounded() {
    let web = Server {
        queue_limit: 1_000,
        ..server(2, exponential(12.0))
    };
    let scenario = station(1, 166_000.0, web);
    let mut simulation = Simulation::new(&scenario);
    simulation.run_until(at(2_000), u64::MAX);
    let snapshot = simulation.snapshot();
    assert_eq!(snapshot.totals.in_flight, 1_002);
    assert!(snapshot.nodes[1].utilisation > 0.99);
    assert_eq!(snapshot.bottleneck.map(Bottleneck::node), Some(WEB));
}

#[test]
fn the_recent_past_is_from_nine_and_a_half_to_ten_seconds_long() {
    let mut simulation = Simulation::new(&single(None, server(1, constant(5.0))));
    for (now, window) in [
        (300, 300.0),
        (9_999, 9_999.0),
        (10_000, 9_500.0),
        (10_300, 9_800.0),
        (10_499, 9_999.0),
        (10_500, 9_500.0),
    ] {
        simulation.run_until(at(now), u64::MAX);
        assert_eq!(simulation.snapshot().recent.window, millis(window));
    }
}

#[test]
fn a_long_silence_is_quick_and_leaves_the_recent_past_empty() {
    let mut simulation = Simulation::new(&single(None, server(1, constant(5.0))));
    simulation.run_until(at(2_000), u64::MAX);
    simulation.apply(Edit::Reconfigure(
        System::new(1)
            .node("users", clients(0.0))
            .node("web", NodeKind::Server(server(1, constant(5.0))))
            .link("users", "web", 5.0)
            .build(),
    ));
    simulation.run_until(SimTime::from_secs(1_000_000_000), u64::MAX);
    let snapshot = simulation.snapshot();
    assert_eq!(snapshot.recent.response.count, 0);
    assert!(snapshot.recent.offered == 0.0);
    assert!(snapshot.recent.window <= SimDuration::from_secs(10));
    simulation.run_until(SimTime::MAX, u64::MAX);
    assert!(simulation.snapshot().totals.is_conserved());
}

#[test]
fn requests_under_way_are_bounded() {
    let scenario = System::new(1)
        .node("users", even(1e6))
        .node("web", NodeKind::Server(server(1, constant(1.0))))
        .link("users", "web", 60_000.0)
        .build();
    let simulation = run(&scenario, 1_500);
    assert_eq!(totals(&simulation).in_flight, Scenario::MAX_LIVE as u64);
    assert!(failed(&simulation, FailureReason::NoConnection) > 200_000);
}

#[test]
fn time_does_not_hang_at_its_end() {
    let scenario = System::new(1)
        .node("users", even(1e-12))
        .node("web", NodeKind::Server(server(1, constant(1.0))))
        .link("users", "web", 1.0)
        .build();
    let mut simulation = Simulation::new(&scenario);
    assert_eq!(
        simulation.step(),
        None,
        "the first request would come after the end of time"
    );
    simulation.apply(Edit::Kill(WEB));
}
