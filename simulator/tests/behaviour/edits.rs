//! A system that changes while it runs.

use simulator::{Condition, Edit, NodeId, NodeKind, Scenario, Server, Simulation};

use crate::support::{System, server};
use crate::system::{at, constant, metronome, steady, totals, unchecked_pool};

#[test]
fn a_removed_server_finishes_what_it_has() {
    let scenario = |servers| unchecked_pool(servers, 150.0);
    let mut simulation = Simulation::new(&scenario(2));
    simulation.run_until(at(210), u64::MAX);
    simulation.apply(Edit::Reconfigure(scenario(1)));
    simulation.run_until(at(360), u64::MAX);
    let totals = totals(&simulation);
    assert_eq!((totals.ok, totals.failed.total()), (2, 0));
    assert_eq!(simulation.snapshot().nodes.len(), 3);
}

#[test]
fn a_server_that_joins_again_is_a_new_one() {
    let scenario = |servers| unchecked_pool(servers, 5.0);
    let mut simulation = Simulation::new(&scenario(2));
    let web_2 = NodeId(3);
    simulation.apply(Edit::Kill(web_2));
    simulation.apply(Edit::Reconfigure(scenario(2)));
    assert_eq!(
        simulation.snapshot().nodes[3].condition,
        Condition::Dead,
        "it stayed"
    );
    simulation.apply(Edit::Reconfigure(scenario(1)));
    simulation.apply(Edit::Reconfigure(scenario(2)));
    assert_eq!(simulation.snapshot().nodes[3].condition, Condition::Up);
}

#[test]
fn a_new_rate_takes_over_from_the_planned_arrival() {
    let with_rate = |rate| steady(rate, 1.0, 1.0);
    let mut simulation = Simulation::new(&with_rate(1.0));
    simulation.run_until(at(500), u64::MAX);
    // Half of the gap is over; the other half passes ten times as fast.
    simulation.apply(Edit::Reconfigure(with_rate(10.0)));
    simulation.run_until(at(549), u64::MAX);
    assert_eq!(totals(&simulation).generated, 0);
    simulation.run_until(at(550), u64::MAX);
    assert_eq!(totals(&simulation).generated, 1);
    simulation.apply(Edit::Reconfigure(with_rate(0.0)));
    simulation.run_until(at(5_000), u64::MAX);
    assert_eq!(
        totals(&simulation).generated,
        1,
        "a load of zero sends nothing"
    );
    assert_eq!(simulation.step(), None, "and nothing will ever happen");
    simulation.apply(Edit::Reconfigure(with_rate(10.0)));
    simulation.run_until(at(6_000), u64::MAX);
    assert_eq!(totals(&simulation).generated, 11);
}

#[test]
fn a_request_that_meets_more_calls_than_any_scenario_has_is_carried_through() {
    // Eight calls lead to the last server of a chain; then this one gets a chain of its own.
    let chain = |names: &[String]| {
        let queries = |queries| Server {
            queries,
            ..server(1, constant(30.0))
        };
        let mut system = System::new(1).node("users", metronome(None));
        for name in names {
            system = system.node(name, NodeKind::Server(queries(1)));
        }
        let mut caller = "users";
        for name in names {
            system = system.link(caller, name, 0.0);
            caller = name;
        }
        system.build()
    };
    let named = |numbers: std::ops::Range<usize>| -> Vec<String> {
        numbers.map(|number| format!("web-{number}")).collect()
    };
    let long: Vec<String> = named(0..Scenario::MAX_DEPTH);
    let last = named(Scenario::MAX_DEPTH - 1..2 * Scenario::MAX_DEPTH - 1);
    let mut simulation = Simulation::new(&chain(&long));
    // The first request, sent after 100 ms, is with the eighth server from 310 ms on.
    simulation.run_until(at(320), u64::MAX);
    simulation.apply(Edit::Reconfigure(chain(&last)));
    simulation.run_until(at(900), u64::MAX);
    // So it goes for the two after it, too, which the leaving servers pass on.
    assert!(
        totals(&simulation).late >= 3,
        "fifteen servers of 30 ms each"
    );

    simulation.apply(Edit::Reconfigure(System::new(1).build()));
    simulation.run_until(at(60_000), u64::MAX);
    let totals = totals(&simulation);
    assert_eq!(totals.in_flight, 0);
    assert_eq!(totals.failed.total(), 0);
    assert!(simulation.sightings(usize::MAX).seen.is_empty());
}
