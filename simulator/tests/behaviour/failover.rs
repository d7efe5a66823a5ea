//! Dead servers and dead balancers: how many requests that costs.

use simulator::{
    Balancer, Condition, Details, Edit, FailureReason, Happening, HealthCheck, NextServer, NodeId,
    NodeKind, PassiveCheck, Scenario, SimDuration, SimTime, Simulation, Sticky, WhenAllUnhealthy,
};

use crate::support::{System, exponential, millis, server};
use crate::system::{at, constant, failed, metronome, totals};

const BALANCER: NodeId = NodeId(1);
const WEB_1: NodeId = NodeId(2);

/// Four servers with room to spare, and Poisson arrivals that a balancer deals out in turn.
fn four(rate: f64, balancer: Balancer) -> Scenario {
    System::new(1)
        .clients(rate)
        .node("balancer", NodeKind::Balancer(balancer))
        .link("users", "balancer", 20.0)
        .tier_at(0.25, 4, "balancer", None, &server(8, exponential(8.0)))
        .build()
}

fn checked(interval_s: u64, timeout_s: u64, fall: u32) -> Balancer {
    Balancer {
        health_check: Some(HealthCheck {
            interval: SimDuration::from_secs(interval_s),
            timeout: SimDuration::from_secs(timeout_s),
            fall,
            ..HealthCheck::default()
        }),
        ..Balancer::default()
    }
}

fn killed_at(scenario: &Scenario, kill_ms: u64, until_s: u64) -> Simulation {
    let mut simulation = Simulation::new(scenario);
    simulation.run_until(at(kill_ms), u64::MAX);
    simulation.apply(Edit::Kill(WEB_1));
    simulation.run_until(SimTime::from_secs(until_s), u64::MAX);
    simulation
}

/// Article 3.3, E2: what fails is λ/N for as long as nobody notices.
#[test]
fn a_dead_one_of_four_costs_a_quarter_of_the_traffic_until_it_is_noticed() {
    for (rate, balancer, kill_ms, window) in [
        // Probed at 7.5 s and every 30 s after: killed half way between, found dead by the second
        // probe after that. These are the check's own values at an AWS Application Load Balancer.
        (400.0, checked(30, 5, 2), 22_500, 45.0),
        (1_000.0, checked(30, 5, 2), 22_500, 45.0),
        // Probed at 1 s and every 4 s after.
        (400.0, checked(4, 2, 2), 11_000, 6.0),
        (1_000.0, checked(4, 2, 2), 11_000, 6.0),
    ] {
        let simulation = killed_at(&four(rate, balancer), kill_ms, 100);
        let refused = failed(&simulation, FailureReason::Refused) as f64;
        let (expected, arrivals) = (rate / 4.0 * window, rate * window);
        // Every fourth of a Poisson number of arrivals.
        let bound = 4.5 * arrivals.sqrt() / 4.0 + 1.0;
        println!("{rate}/s for {window} s: {refused} failed, theory {expected}");
        assert!((refused - expected).abs() < bound, "{refused} {expected}");
        // Besides, what it had inside: about 100/s · 8 ms.
        assert!(failed(&simulation, FailureReason::ServerDied) < 10);
    }
}

/// The same with nginx's `max_fails` 1, `fail_timeout` 10 s and `proxy_next_upstream`.
#[test]
fn passive_failover_hides_a_dead_server_and_tries_it_once_in_a_while() {
    let balancer = Balancer {
        passive_check: Some(PassiveCheck::default()),
        next_server: Some(NextServer::default()),
        ..Balancer::default()
    };
    let simulation = killed_at(&four(400.0, balancer), 5_000, 50);
    // A write that was inside when it died is not repeated.
    assert!(totals(&simulation).failed.total() <= 1);
    let balancer = &simulation.snapshot().nodes[BALANCER.index()];
    let Details::Balancer(details) = balancer.details else {
        panic!("a balancer has a balancer's details");
    };
    // One try after each 10 s, and those that were inside or on their way in the beginning.
    let tries = details.tried_again;
    assert!((4..=10).contains(&tries), "{tries}");
    let is_healthy: Vec<bool> = balancer.backends.iter().map(|it| it.healthy).collect();
    assert_eq!(is_healthy, [false, true, true, true]);
}

#[test]
fn without_a_next_server_each_try_of_a_dead_one_fails() {
    let balancer = Balancer {
        passive_check: Some(PassiveCheck::default()),
        ..Balancer::default()
    };
    let simulation = killed_at(&four(400.0, balancer), 5_000, 50);
    let refused = failed(&simulation, FailureReason::Refused);
    assert!((4..=6).contains(&refused), "{refused}");
}

#[test]
fn a_call_is_tried_on_different_servers_and_not_too_often() {
    for (tries, dead, answered) in [(1, 1, 10), (1, 2, 5), (2, 2, 10), (3, 3, 10), (10, 4, 0)] {
        let balancer = Balancer {
            next_server: Some(NextServer {
                tries,
                repeats_writes: false,
            }),
            ..Balancer::default()
        };
        let scenario = System::new(1)
            .node("users", metronome(None))
            .node("balancer", NodeKind::Balancer(balancer))
            .link("users", "balancer", 1.0)
            .tier(4, "balancer", None, &server(1, constant(1.0)))
            .build();
        let mut simulation = Simulation::new(&scenario);
        for server in 0..dead {
            simulation.apply(Edit::Kill(NodeId(2 + server)));
        }
        // In turn: of two dead neighbours, whoever falls to the first is tried on the second.
        simulation.run_until(at(1_050), u64::MAX);
        let ok = totals(&simulation).ok;
        let lost = totals(&simulation).failed.total();
        assert_eq!(ok + lost, 10);
        if (tries, dead) == (1, 2) {
            // Who begins with the second dead one goes on to a living one; its turn moves with tries.
            assert!(ok > 4 && lost > 0, "{ok} {lost}");
        } else {
            assert_eq!(ok, answered, "{tries} tries, {dead} dead");
        }
    }
}

#[test]
fn a_write_that_may_have_been_done_is_not_repeated_unless_told_so() {
    for (repeats_writes, is_refused, ok) in [(false, false, 0), (true, false, 1), (false, true, 1)]
    {
        let balancer = Balancer {
            next_server: Some(NextServer {
                tries: 1,
                repeats_writes,
            }),
            ..Balancer::default()
        };
        let NodeKind::Clients(users) = metronome(None) else {
            unreachable!("the metronome is a kind of clients");
        };
        let writers = simulator::Clients {
            read_share: 0.0,
            ..users
        };
        let scenario = System::new(1)
            .node("users", NodeKind::Clients(writers))
            .node("balancer", NodeKind::Balancer(balancer))
            .link("users", "balancer", 1.0)
            .tier(2, "balancer", None, &server(1, constant(20.0)))
            .build();
        let mut simulation = Simulation::new(&scenario);
        // The first request is with the first server from 101 ms on.
        simulation.run_until(at(if is_refused { 50 } else { 110 }), u64::MAX);
        simulation.apply(Edit::Kill(WEB_1));
        simulation.run_until(at(190), u64::MAX);
        assert_eq!(totals(&simulation).ok, ok, "{repeats_writes} {is_refused}");
        assert_eq!(totals(&simulation).failed.total(), 1 - ok);
    }
}

/// Article 3.3, E3: all checks fail although every server works, because the way is longer than a
/// probe may take.
#[test]
fn checks_that_all_fail_cost_nothing_when_open_and_everything_when_closed() {
    for (when_all_unhealthy, fails) in [
        (WhenAllUnhealthy::UseAll, false),
        (WhenAllUnhealthy::Refuse, true),
    ] {
        let balancer = Balancer {
            health_check: Some(HealthCheck {
                interval: millis(100.0),
                timeout: millis(5.0),
                ..HealthCheck::default()
            }),
            when_all_unhealthy,
            ..Balancer::default()
        };
        let scenario = System::new(1)
            .node("users", metronome(None))
            .node("balancer", NodeKind::Balancer(balancer))
            .link("users", "balancer", 1.0)
            .tier_at(10.0, 2, "balancer", None, &server(1, constant(1.0)))
            .build();
        let mut simulation = Simulation::new(&scenario);
        simulation.run_until(at(1_050), u64::MAX);
        let before = totals(&simulation);
        simulation.run_until(at(2_050), u64::MAX);
        let after = totals(&simulation);
        assert_eq!(after.ok - before.ok, if fails { 0 } else { 10 });
        let refused = failed(&simulation, FailureReason::NoHealthyBackend);
        assert_eq!(refused > 0, fails);
    }
}

#[test]
fn a_standby_takes_over_after_a_while_and_has_a_standby_of_its_own() {
    let balancer = Balancer {
        sticky: Some(Sticky::default()),
        standby_after: Some(millis(500.0)),
        ..Balancer::default()
    };
    let scenario = System::new(1)
        .node("users", metronome(None))
        .node("balancer", NodeKind::Balancer(balancer))
        .link("users", "balancer", 1.0)
        .tier(2, "balancer", None, &server(1, constant(1.0)))
        .build();
    let mut simulation = Simulation::new(&scenario);
    for (second, refused) in [(1, 5), (3, 10)] {
        simulation.run_until(at(second * 1_000 + 50), u64::MAX);
        simulation.apply(Edit::Kill(BALANCER));
        simulation.run_until(at(second * 1_000 + 549), u64::MAX);
        let condition = |simulation: &Simulation| simulation.snapshot().nodes[1].condition;
        assert_eq!(condition(&simulation), Condition::Dead);
        let step = simulation.step().expect("the standby's time has come");
        assert_eq!(step.what, Happening::TookOver);
        assert_eq!(condition(&simulation), Condition::Up);
        simulation.run_until(at(second * 1_000 + 1_500), u64::MAX);
        assert_eq!(failed(&simulation, FailureReason::Refused), refused);
    }
    // Healed and killed again before the first standby's time: the second one has its own.
    simulation.run_until(at(5_000), u64::MAX);
    simulation.apply(Edit::Kill(BALANCER));
    simulation.run_until(at(5_300), u64::MAX);
    simulation.apply(Edit::Heal(BALANCER));
    simulation.apply(Edit::Kill(BALANCER));
    simulation.run_until(at(5_700), u64::MAX);
    assert_eq!(simulation.snapshot().nodes[1].condition, Condition::Dead);
    simulation.run_until(at(5_800), u64::MAX);
    assert_eq!(simulation.snapshot().nodes[1].condition, Condition::Up);
}
