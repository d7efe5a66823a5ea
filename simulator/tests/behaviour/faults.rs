//! Dead and slow nodes.

use simulator::{Condition, Edit, FailureReason, Simulation};

use crate::support::{millis, server};
use crate::system::{WEB, at, constant, failed, single, totals};

#[test]
fn a_dead_server_refuses_at_once_and_loses_what_it_has() {
    let mut simulation = Simulation::new(&single(None, server(1, constant(50.0))));
    simulation.run_until(at(120), u64::MAX);
    simulation.apply(Edit::Kill(WEB));
    simulation.run_until(at(250), u64::MAX);
    assert_eq!(failed(&simulation, FailureReason::ServerDied), 1);
    assert_eq!(failed(&simulation, FailureReason::Refused), 1);
    assert_eq!(simulation.snapshot().nodes[1].condition, Condition::Dead);
    simulation.apply(Edit::Heal(WEB));
    simulation.run_until(at(499), u64::MAX);
    assert_eq!(totals(&simulation).ok, 2, "a healed server works again");
}

#[test]
fn a_slow_server_takes_its_factor_longer_from_the_next_service_on() {
    let mut simulation = Simulation::new(&single(None, server(1, constant(5.0))));
    simulation.run_until(at(107), u64::MAX);
    simulation.apply(Edit::Slow(WEB, 10.0));
    simulation.run_until(at(300), u64::MAX);
    let response = simulation.measurement().response;
    assert_eq!(
        (response.mean(), response.max()),
        (millis(27.5), millis(50.0))
    );
}

#[test]
fn only_a_factor_slows_and_only_what_lives() {
    let mut simulation = Simulation::new(&single(None, server(1, constant(5.0))));
    for no_factor in [f64::NAN, 1.0, 0.0, -3.0] {
        simulation.apply(Edit::Slow(WEB, no_factor));
        assert_eq!(simulation.snapshot().nodes[1].condition, Condition::Up);
    }
    simulation.apply(Edit::Slow(WEB, 1e9));
    assert_eq!(
        simulation.snapshot().nodes[1].condition,
        Condition::Slow { factor: 1_000.0 }
    );
    simulation.apply(Edit::Kill(WEB));
    simulation.apply(Edit::Slow(WEB, 10.0));
    assert_eq!(simulation.snapshot().nodes[1].condition, Condition::Dead);
}
