//! The same run is the same run: today and tomorrow, original and copy.

mod support;

use simulator::{Edit, NodeId, Policy, Scenario, SimTime, Simulation};
use support::{System, check_every, exponential, server};

fn at(millis: u64) -> SimTime {
    SimTime::from_nanos(millis * 1_000_000)
}

fn run(scenario: &Scenario, until: u64) -> Simulation {
    let mut simulation = Simulation::new(scenario);
    simulation.run_until(at(until), u64::MAX);
    simulation
}

/// Probes of two servers that end at the same instants as others: ties are always pending.
fn pool(check_ms: f64, fall: u32, rise: u32) -> Scenario {
    System::new(1)
        .clients(300.0)
        .balancer(Policy::PowerOfTwo, Some(check_every(check_ms, fall, rise)))
        .link("users", "balancer", 1.0)
        .tier(2, "balancer", None, &server(1, exponential(5.0)))
        .build()
}

#[test]
fn a_copy_made_at_any_moment_goes_on_in_the_same_way() {
    let mut simulation = Simulation::new(&pool(50.0, 2, 2));
    simulation.apply(Edit::Kill(NodeId(2)));
    for events in [1, 2, 3, 5, 8, 13, 21] {
        let mut original = simulation.clone();
        for _ in 0..events {
            original.step();
        }
        let mut copy = original.clone();
        original.run_until(at(5_000), u64::MAX);
        copy.run_until(at(5_000), u64::MAX);
        assert_eq!(original.fingerprint(), copy.fingerprint());
        assert_eq!(original.snapshot(), copy.snapshot());
    }
}

#[test]
fn runs_are_the_same_as_when_this_was_written() {
    // A change here means that every run, link and number on the site has changed: intended or not?
    let hash = |scenario: &Scenario| run(scenario, 10_000).fingerprint();
    let golden = [
        (
            hash(&support::station(7, 150.0, server(2, exponential(12.0)))),
            GOLDEN[0],
        ),
        (hash(&pool(100.0, 2, 2)), GOLDEN[1]),
    ];
    for (got, want) in golden {
        assert_eq!(got, want, "{got:#018x} against {want:#018x}");
    }
}

const GOLDEN: [u64; 2] = [0x4f89_473c_f75d_1015, 0x4686_bc19_4d45_ca95];
