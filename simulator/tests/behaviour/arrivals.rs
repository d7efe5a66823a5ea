//! When requests come: rates that change, bursts, and edits of both while the clock goes on.

use simulator::traffic::{Bursts, RateCurve};
use simulator::{Arrivals, Clients, Edit, NodeKind, Scenario, SimDuration, SimTime, Simulation};

use crate::support::{System, millis, server};
use crate::system::{at, constant};

fn system(users: Clients) -> Scenario {
    System::new(1)
        .node("users", NodeKind::Clients(users))
        .node("web", NodeKind::Server(server(1_000, constant(1.0))))
        .link("users", "web", 0.0)
        .build()
}

fn even(curve: RateCurve) -> Clients {
    Clients {
        curve: Some(Box::new(curve)),
        arrivals: Arrivals::Even,
        ..Clients::default()
    }
}

fn spike() -> RateCurve {
    RateCurve::Spike {
        base: 10.0,
        peak: 100.0,
        start: SimTime::from_secs(1),
        duration: SimDuration::from_secs(1),
    }
}

fn sent_by(simulation: &mut Simulation, millis: u64) -> u64 {
    simulation.run_until(at(millis), u64::MAX);
    simulation.snapshot().totals.generated
}

#[test]
fn a_spike_brings_its_requests_to_the_millisecond() {
    let mut simulation = Simulation::new(&system(even(spike())));
    for (millis, sent) in [
        (99, 0),
        (100, 1),
        (1_000, 10),
        (1_009, 10),
        (1_010, 11),
        (2_000, 110),
        (2_099, 110),
        (2_100, 111),
        (3_000, 120),
    ] {
        assert_eq!(sent_by(&mut simulation, millis), sent, "by {millis} ms");
    }
}

#[test]
fn an_edit_changes_how_long_a_unit_takes_and_not_how_many_are_left() {
    let constant_rate = |rate| Clients {
        rate,
        arrivals: Arrivals::Even,
        ..Clients::default()
    };
    let mut simulation = Simulation::new(&system(constant_rate(10.0)));
    // At 150 ms, half a unit is left: 5 ms at 100 requests per second.
    assert_eq!(sent_by(&mut simulation, 150), 1);
    let curve = RateCurve::Constant { rate: 100.0 };
    simulation.apply(Edit::Reconfigure(system(even(curve))));
    assert_eq!(sent_by(&mut simulation, 154), 1);
    assert_eq!(sent_by(&mut simulation, 155), 2);
    // At 158 ms, seven tenths are left: 700 ms at one request per second.
    sent_by(&mut simulation, 158);
    simulation.apply(Edit::Reconfigure(system(constant_rate(1.0))));
    assert_eq!(sent_by(&mut simulation, 857), 2);
    assert_eq!(sent_by(&mut simulation, 858), 3);
    // Nobody, and then somebody again.
    simulation.apply(Edit::Reconfigure(system(constant_rate(0.0))));
    assert_eq!(sent_by(&mut simulation, 5_000), 3);
    simulation.apply(Edit::Reconfigure(system(even(spike()))));
    assert_eq!(sent_by(&mut simulation, 5_099), 3);
    assert_eq!(sent_by(&mut simulation, 5_100), 4);
}

#[test]
fn a_curve_that_is_constant_draws_what_a_constant_rate_draws() {
    let times = |users: Clients| {
        let mut simulation = Simulation::new(&system(users));
        let mut times = Vec::new();
        while times.len() < 1_000 {
            let before = simulation.snapshot().totals.generated;
            simulation.step();
            if simulation.snapshot().totals.generated > before {
                times.push(simulation.now().as_nanos());
            }
        }
        times
    };
    let plain = times(Clients::default());
    let by_clock = times(Clients {
        curve: Some(Box::new(RateCurve::Constant { rate: 100.0 })),
        ..Clients::default()
    });
    for (plain, by_clock) in plain.into_iter().zip(by_clock) {
        // Whole nanoseconds add up differently: each of a thousand gaps rounds by up to one.
        assert!(plain.abs_diff(by_clock) <= 1_000, "{plain} {by_clock}");
    }
}

#[test]
fn bursts_keep_the_mean_and_make_arrivals_clump() {
    let counts = |bursts| {
        let users = Clients {
            bursts,
            ..Clients::default()
        };
        let mut simulation = Simulation::new(&system(users));
        let mut before = 0;
        let count = |second: u64| {
            let sent = sent_by(&mut simulation, 1_000 * second);
            let count = sent - std::mem::replace(&mut before, sent);
            count as f64
        };
        let counts: Vec<f64> = (1..=20_000).map(count).collect();
        let mean = counts.iter().sum::<f64>() / counts.len() as f64;
        let squares = counts.iter().map(|it| (it - mean) * (it - mean));
        (mean, squares.sum::<f64>() / counts.len() as f64 / mean)
    };
    let (mean, dispersion) = counts(None);
    // 4.5 standard errors: of the mean 10 / √20,000, of the dispersion √(2 / 20,000).
    assert!((mean - 100.0).abs() < 4.5 * 0.0707, "{mean}");
    assert!((dispersion - 1.0).abs() < 4.5 * 0.01, "{dispersion}");
    let bursts = Bursts {
        factor: 3.0,
        share: 0.2,
        mean_length: SimDuration::from_millis(500),
    };
    let (mean, dispersion) = counts(Some(bursts));
    let expected = bursts.index_of_dispersion(100.0, SimDuration::from_secs(1));
    let error = (100.0 * expected / 20_000.0).sqrt() * 2.0;
    assert!((mean - 100.0).abs() < 4.5 * error, "{mean}");
    assert!(
        (dispersion / expected - 1.0).abs() < 0.1,
        "{dispersion} {expected}"
    );
}

#[test]
fn an_edit_that_changes_nothing_changes_nothing() {
    let bursty = Clients {
        bursts: Some(Bursts::on_off(0.3, millis(200.0))),
        ..even(spike())
    };
    let scenario = system(bursty);
    let mut plain = Simulation::new(&scenario);
    let mut edited = plain.clone();
    for second in 1..20 {
        edited.run_until(at(second * 137), u64::MAX);
        edited.apply(Edit::Reconfigure(scenario.clone()));
    }
    plain.run_until(at(5_000), u64::MAX);
    edited.run_until(at(5_000), u64::MAX);
    assert_eq!(plain.fingerprint(), edited.fingerprint());
}
