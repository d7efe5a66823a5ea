//! Servers that are worse than dead: slow ones, and those that fail at once.
//!
//! Article 3.3, E5 and E6: ten servers at 60 % of what they could do together, the first of them bad.
//! Times are in services: a service takes a millisecond.

use simulator::{
    Balancer, Blame, Condition, Details, Edit, FailureReason, HealthCheck, Measurement, NextServer,
    NodeId, NodeKind, PassiveCheck, Policy, SimDuration, SimTime, Simulation,
};

use crate::support::{System, exponential, server};
use crate::system::{WEB, at, constant, failed, single, totals};

const BAD: NodeId = NodeId(2);

fn farm(load: f64, balancer: Balancer, bad: Edit) -> Simulation {
    let scenario = System::new(1)
        .clients(load * 10_000.0)
        .node("balancer", NodeKind::Balancer(balancer))
        .link("users", "balancer", 0.0)
        .tier(10, "balancer", None, &server(1, exponential(1.0)))
        .build();
    let mut simulation = Simulation::new(&scenario);
    simulation.apply(bad);
    simulation
}

/// 200,000 requests at 60 %, after the first 5,000 services.
fn measured(mut simulation: Simulation) -> Measurement {
    simulation.run_until(SimTime::from_secs(5), u64::MAX);
    simulation.begin_measurement();
    simulation.run_until(SimTime::from_secs(38), u64::MAX);
    simulation.measurement()
}

fn by(policy: Policy) -> Balancer {
    Balancer {
        policy,
        ..Balancer::default()
    }
}

#[track_caller]
fn assert_near(what: &str, simulated: f64, expected: f64, tolerance: f64) {
    println!(
        "{what}: {simulated:.4}, the article says {expected} ± {:.0} %",
        tolerance * 100.0
    );
    assert!(
        (simulated - expected).abs() <= tolerance * expected,
        "{what}: {simulated} against {expected}"
    );
}

/// E5. Two choices and least connections notice by the load alone.
#[test]
fn a_slow_server_gets_little_from_those_who_look_at_the_load() {
    for (policy, share, p95, p99) in [
        (Policy::PowerOfTwo, 0.016, 5.2, 22.0),
        (Policy::LeastConnections, 0.016, 3.6, 8.2),
    ] {
        let run = measured(farm(0.6, by(policy), Edit::Slow(BAD, 10.0)));
        let services = |q| run.response.quantile(q).as_secs_f64() * 1e3;
        let what = |figure| format!("{policy:?}, {figure}");
        let got = run.nodes[BAD.index()].arrival_rate / 6_000.0;
        assert_near(&what("share of the slow one"), got, share, 0.10);
        assert_near(&what("p95"), services(0.95), p95, 0.04);
        assert_near(&what("p99"), services(0.99), p99, 0.06);
    }
}

#[test]
fn a_slow_server_drowns_under_those_who_do_not() {
    for policy in [Policy::Random, Policy::RoundRobin] {
        let mut simulation = farm(0.6, by(policy), Edit::Slow(BAD, 10.0));
        let mut before = 0.0;
        for second in 1..=10 {
            simulation.run_until(SimTime::from_secs(second), u64::MAX);
            let slow = &simulation.snapshot().nodes[BAD.index()];
            // A tenth of 6,000 a second comes, 100 are done.
            let queued = f64::from(slow.queued);
            assert!((queued - before - 500.0).abs() < 150.0, "{policy:?}");
            before = queued;
        }
    }
}

/// E6. It is always idle, so whoever looks for idle servers finds it.
#[test]
fn a_server_that_fails_at_once_draws_the_traffic_of_those_who_look_at_the_load() {
    for (load, policy, share) in [
        (0.6, Policy::Random, 0.10),
        (0.6, Policy::RoundRobin, 0.10),
        (0.6, Policy::PowerOfTwo, 0.157),
        (0.6, Policy::LeastConnections, 0.223),
        (0.9, Policy::PowerOfTwo, 0.183),
        (0.9, Policy::LeastConnections, 0.330),
    ] {
        let run = measured(farm(load, by(policy), Edit::Break(BAD, 1.0)));
        let errors = run.tally.failed.count(FailureReason::ServerError);
        let share_of_errors = errors as f64 / run.tally.generated as f64;
        assert_near(
            &format!("{policy:?} at {load}"),
            share_of_errors,
            share,
            0.03,
        );
        assert_eq!(run.nodes[BAD.index()].served, 0);
        if policy == Policy::LeastConnections {
            // The others never have to queue: latency without errors lies.
            let mean = run.response.mean().as_secs_f64() * 1e3;
            assert_near("mean of the successes", mean, 1.0, 0.02);
        }
    }
}

/// E6, the cures: a penalty for errors, checks that look at them, and another try.
#[test]
fn who_looks_at_errors_leaves_a_failing_server_alone() {
    let least = by(Policy::LeastConnections);
    let passive = Balancer {
        passive_check: Some(PassiveCheck::default()),
        blame: Blame::AnyFailure,
        ..least.clone()
    };
    let second = SimDuration::from_secs(1);
    for (what, balancer, most) in [
        (
            "peak EWMA without a penalty",
            Balancer {
                error_penalty: SimDuration::ZERO,
                ..by(Policy::PeakEwma)
            },
            0.30,
        ),
        (
            "peak EWMA",
            Balancer {
                error_penalty: second,
                ..by(Policy::PeakEwma)
            },
            0.001,
        ),
        (
            "a shallow check",
            Balancer {
                health_check: Some(check(false)),
                ..least.clone()
            },
            0.30,
        ),
        (
            "a deep check",
            Balancer {
                health_check: Some(check(true)),
                ..least
            },
            0.0,
        ),
        ("a passive check", passive.clone(), 0.000_1),
        (
            "another try",
            Balancer {
                next_server: Some(NextServer::default()),
                ..passive
            },
            // Writes are not tried again.
            0.000_02,
        ),
    ] {
        let run = measured(farm(0.6, balancer, Edit::Break(BAD, 1.0)));
        let share = run.tally.failed.total() as f64 / run.tally.generated as f64;
        println!("{what}: {share:.5} failed");
        assert!(share <= most, "{what}: {share}");
        let is_cure = most < 0.1;
        assert_eq!(share < 0.1, is_cure, "{what}: {share}");
    }
}

fn check(is_deep: bool) -> HealthCheck {
    HealthCheck {
        interval: SimDuration::from_secs(1),
        timeout: SimDuration::from_millis(100),
        is_deep,
        ..HealthCheck::default()
    }
}

#[test]
fn half_of_the_deep_probes_of_a_server_that_errs_half_of_the_time_fail() {
    let balancer = Balancer {
        health_check: Some(HealthCheck {
            fall: 1,
            rise: 1,
            ..check(true)
        }),
        ..Balancer::default()
    };
    let mut simulation = farm(0.001, balancer, Edit::Break(BAD, 0.5));
    let mut unhealthy = 0;
    for second in 1..=400 {
        simulation.run_until(SimTime::from_secs(second), u64::MAX);
        let backend = simulation.snapshot().nodes[1].backends[0];
        unhealthy += u32::from(!backend.healthy);
    }
    // 4.5 standard deviations of a binomial(400, 1/2).
    assert!(unhealthy.abs_diff(200) <= 45, "{unhealthy}");
}

#[test]
fn a_broken_server_errs_for_its_share_at_once_and_works_on_the_rest() {
    let mut simulation = Simulation::new(&single(None, server(1, constant(5.0))));
    for no_share in [f64::NAN, 0.0, -1.0] {
        simulation.apply(Edit::Break(WEB, no_share));
        assert_eq!(simulation.snapshot().nodes[1].condition, Condition::Up);
    }
    simulation.apply(Edit::Break(WEB, 7.0));
    let share = 1.0;
    assert_eq!(
        simulation.snapshot().nodes[1].condition,
        Condition::Erring { share }
    );
    simulation.run_until(at(1_050), u64::MAX);
    assert_eq!(failed(&simulation, FailureReason::ServerError), 10);
    simulation.apply(Edit::Break(WEB, 0.3));
    simulation.run_until(SimTime::from_secs(201), u64::MAX);
    let errors = failed(&simulation, FailureReason::ServerError) - 10;
    // 4.5 standard deviations of a binomial(2,000, 0.3).
    assert!(errors.abs_diff(600) <= 92, "{errors}");
    let answers = simulation.measurement().response;
    assert_eq!(answers.max(), SimDuration::from_millis(5));
    simulation.apply(Edit::Heal(WEB));
    let before = totals(&simulation);
    simulation.run_until(SimTime::from_secs(211), u64::MAX);
    assert_eq!(totals(&simulation).ok - before.ok, 100);
    // A dead one is not broken.
    simulation.apply(Edit::Kill(WEB));
    simulation.apply(Edit::Break(WEB, 1.0));
    assert_eq!(simulation.snapshot().nodes[1].condition, Condition::Dead);
}

#[test]
fn what_a_broken_balancer_answers_is_an_error_too() {
    let mut simulation = farm(0.01, Balancer::default(), Edit::Break(NodeId(1), 1.0));
    simulation.run_until(at(1_000), u64::MAX);
    let ended = totals(&simulation);
    assert_eq!(
        ended.failed.count(FailureReason::ServerError),
        ended.generated
    );
    let snapshot = simulation.snapshot();
    let Details::Balancer(details) = snapshot.nodes[1].details else {
        panic!("a balancer has a balancer's details");
    };
    assert_eq!(details.tried_again, 0);
}
