//! Who gets how much: weights, slow start, draining, joins and leaves.

use simulator::{
    Balancer, Edit, FailureReason, NodeId, NodeKind, Policy, Scenario, Server, SimDuration,
    SimTime, Simulation, SlowStart,
};

use crate::support::{System, exponential, server};
use crate::system::{at, constant, even, failed, totals};

/// A thousand even requests a second to quick servers with these weights.
fn weighted(weights: &[u32], balancer: Balancer) -> Scenario {
    let mut system = System::new(1)
        .node("users", even(1_000.0))
        .node("balancer", NodeKind::Balancer(balancer))
        .link("users", "balancer", 0.0);
    for (place, &weight) in weights.iter().enumerate() {
        let name = format!("web-{place}");
        let web = NodeKind::Server(Server {
            queue_limit: 1_000,
            ..server(8, constant(1.0))
        });
        system = system
            .node(&name, web)
            .link("balancer", &name, 0.0)
            .weigh(&name, weight);
    }
    system.build()
}

fn by(policy: Policy) -> Balancer {
    Balancer {
        policy,
        ..Balancer::default()
    }
}

/// How many requests each server has got.
fn arrived(simulation: &Simulation) -> Vec<u64> {
    let nodes = &simulation.snapshot().nodes;
    nodes[2..].iter().map(|node| node.arrived).collect()
}

#[test]
fn weights_are_shares_where_weights_count() {
    let weights = [1, 1, 2, 2, 4];
    let run = |policy| {
        let mut simulation = Simulation::new(&weighted(&weights, by(policy)));
        simulation.run_until(at(20_000), u64::MAX);
        arrived(&simulation)
    };
    assert_eq!(
        run(Policy::WeightedRoundRobin),
        [2_000, 2_000, 4_000, 4_000, 8_000]
    );
    assert_eq!(run(Policy::RoundRobin), [4_000; 5]);
    for (count, weight) in run(Policy::WeightedRandom).iter().zip(weights) {
        let share = f64::from(weight) / 10.0;
        let bound = 4.5 * (20_000.0 * share * (1.0 - share)).sqrt();
        assert!((*count as f64 - 20_000.0 * share).abs() < bound, "{count}");
    }
}

#[test]
fn weight_zero_drains_whatever_the_policy() {
    for policy in Policy::ALL {
        let mut simulation = Simulation::new(&weighted(&[1, 1, 1], by(policy)));
        simulation.run_until(at(1_000), u64::MAX);
        let before = arrived(&simulation)[1];
        simulation.apply(Edit::Reconfigure(weighted(&[1, 0, 1], by(policy))));
        simulation.run_until(at(2_000), u64::MAX);
        assert_eq!(arrived(&simulation)[1], before, "{policy:?}");
        let backend = simulation.snapshot().nodes[1].backends[1];
        assert_eq!(
            (backend.weight, backend.in_flight, backend.healthy),
            (0, 0, true)
        );
        assert_eq!(totals(&simulation).failed.total(), 0, "{policy:?}");
        simulation.apply(Edit::Reconfigure(weighted(&[1, 1, 1], by(policy))));
        simulation.run_until(at(4_000), u64::MAX);
        // Without items and sessions, hashing hashes every request anew.
        assert!(arrived(&simulation)[1] > before + 200, "{policy:?}");
        // Nobody is left: that is no reason to use those who are being drained.
        simulation.apply(Edit::Reconfigure(weighted(&[0, 0, 0], by(policy))));
        simulation.run_until(at(4_100), u64::MAX);
        let refused = failed(&simulation, FailureReason::NoHealthyBackend);
        assert_eq!(refused, 100, "{policy:?}");
    }
}

/// Article 3.7, E3: a rolling deploy that kills server after server.
#[test]
fn a_deploy_loses_what_is_inside_a_server_unless_it_is_drained() {
    let four = |weights: &[u32]| {
        let mut system = System::new(7)
            .clients(800.0)
            .node("balancer", NodeKind::Balancer(by(Policy::RoundRobin)))
            .link("users", "balancer", 0.0);
        for (place, &weight) in weights.iter().enumerate() {
            let name = format!("web-{place}");
            let web = NodeKind::Server(server(2, exponential(8.0)));
            system = system
                .node(&name, web)
                .link("balancer", &name, 0.0)
                .weigh(&name, weight);
        }
        system.build()
    };
    for drains in [false, true] {
        let mut simulation = Simulation::new(&four(&[1; 4]));
        let mut inside = 0;
        for place in 0..4 {
            let start = 2_000 * (place as u64 + 1);
            simulation.run_until(at(start), u64::MAX);
            if drains {
                let mut weights = [1; 4];
                weights[place] = 0;
                simulation.apply(Edit::Reconfigure(four(&weights)));
                simulation.run_until(at(start + 1_000), u64::MAX);
            }
            let web = NodeId(2 + place as u32);
            let snapshot = simulation.snapshot();
            let old = &snapshot.nodes[web.index()];
            inside += u64::from(old.busy + old.queued);
            simulation.apply(Edit::Kill(web));
            // The new version is there at once.
            simulation.apply(Edit::Heal(web));
            simulation.apply(Edit::Reconfigure(four(&[1; 4])));
        }
        simulation.run_until(at(12_000), u64::MAX);
        assert_eq!(failed(&simulation, FailureReason::ServerDied), inside);
        assert_eq!(totals(&simulation).failed.total(), inside);
        // λ/N · W four times over: 200/s, 8 ms and some waiting each.
        assert_eq!(inside == 0, drains, "{inside}");
        assert!(inside < 60, "{inside}");
    }
}

#[test]
fn a_server_that_is_taken_out_finishes_what_it_has() {
    let slow = |names: &[&str]| {
        let mut system = System::new(1)
            .node("users", even(10.0))
            .node("balancer", NodeKind::Balancer(by(Policy::RoundRobin)))
            .link("users", "balancer", 0.0);
        for name in names {
            let web = NodeKind::Server(server(8, constant(450.0)));
            system = system.node(name, web).link("balancer", name, 0.0);
        }
        system.build()
    };
    let mut simulation = Simulation::new(&slow(&["a", "b"]));
    simulation.run_until(at(450), u64::MAX);
    simulation.apply(Edit::Reconfigure(slow(&["b"])));
    simulation.run_until(at(2_000), u64::MAX);
    assert_eq!(totals(&simulation).failed.total(), 0);
    assert_eq!(totals(&simulation).answered(), 15);
}

/// A newcomer's weight grows from a tenth to one beside a weight of one, so it gets
/// ∫ w/(w + 1) = 0.1/1.1 · 0.1 + 0.9 - ln(2/1.1) = 0.3113 of what comes in the window.
#[test]
fn a_newcomer_gets_its_share_little_by_little() {
    const EXPECTED: f64 = 0.311_25;
    let start = |window_s| SlowStart {
        window: SimDuration::from_secs(window_s),
        minimum: 0.1,
    };
    for (policy, error) in [
        (Policy::RoundRobin, 0.002),
        (Policy::WeightedRoundRobin, 0.002),
        // 4.5 standard errors over 20,000 requests.
        (Policy::Random, 0.015),
    ] {
        let balancer = Balancer {
            slow_start: Some(start(20)),
            ..by(policy)
        };
        let mut simulation = Simulation::new(&weighted(&[1], balancer.clone()));
        simulation.run_until(at(5_000), u64::MAX);
        simulation.apply(Edit::Reconfigure(weighted(&[1, 1], balancer)));
        simulation.run_until(at(25_000), u64::MAX);
        let share = arrived(&simulation)[1] as f64 / 20_000.0;
        println!("{policy:?}: {share:.4}, theory {EXPECTED}");
        assert!((share - EXPECTED).abs() < error, "{policy:?}: {share}");
        // Then it gets all of its half.
        let before = arrived(&simulation)[1];
        simulation.run_until(at(45_000), u64::MAX);
        let share = (arrived(&simulation)[1] - before) as f64 / 20_000.0;
        assert!(
            (share - 0.5).abs() < error.max(0.001),
            "{policy:?}: {share}"
        );
    }
}

#[test]
fn a_server_that_is_healthy_again_starts_slowly_and_those_of_the_beginning_do_not() {
    let balancer = Balancer {
        slow_start: Some(SlowStart {
            window: SimDuration::from_secs(100),
            minimum: 0.1,
        }),
        health_check: Some(crate::support::check_every(1_000.0, 1, 1)),
        ..by(Policy::RoundRobin)
    };
    let mut simulation = Simulation::new(&weighted(&[1, 1], balancer));
    simulation.run_until(at(1_000), u64::MAX);
    assert_eq!(arrived(&simulation), [500, 500]);
    simulation.apply(Edit::Kill(NodeId(2)));
    simulation.run_until(at(4_000), u64::MAX);
    simulation.apply(Edit::Heal(NodeId(2)));
    // Probed in the middle of each second.
    simulation.run_until(at(4_500), u64::MAX);
    let before = arrived(&simulation)[0];
    simulation.run_until(at(9_500), u64::MAX);
    let got = arrived(&simulation)[0] - before;
    // A tenth, in whole 256ths, beside one.
    assert!(got.abs_diff(5_000 * 25 / (25 + 256)) <= 2, "{got}");
}

/// What a choice costs must not grow with the number of servers: 240 of them, all of whom get the same.
#[test]
fn many_servers_all_have_their_turn() {
    let mut simulation = Simulation::new(&weighted(&[1; 240], by(Policy::RoundRobin)));
    simulation.run_until(SimTime::from_secs(24), u64::MAX);
    assert!(arrived(&simulation).iter().all(|&count| count == 100));
}
