//! What a caller does about one dependency: timeouts, retries, hedges, breaker, bulkhead, rate limit.

use simulator::{
    BreakerPolicy, BulkheadPolicy, CallPolicy, Clients, Edit, FailureReason, HedgingPolicy, NodeId,
    NodeKind, RateLimit, Retry, Scenario, ScenarioError, Server, SimDuration, Simulation, Trip,
};

use crate::support::{System, database, millis, server};
use crate::system::{at, constant, failed, run, totals};

const WEB: NodeId = NodeId(1);
const DB: NodeId = NodeId(2);

/// Even arrivals, 5 ms away from a server that works for 1 ms and queries a database of `workers` once,
/// over a link with a policy.
fn system(rate: f64, workers: u32, query_ms: f64, policy: CallPolicy) -> Scenario {
    let users = Clients {
        rate,
        arrivals: simulator::Arrivals::Even,
        ..Clients::default()
    };
    let mut system = System::new(1)
        .node("users", NodeKind::Clients(users))
        .node("web", NodeKind::Server(server(100, constant(1.0))))
        .node("db", database(workers, constant(query_ms)))
        .link("users", "web", 5.0);
    system = system.link("web", "db", 0.5);
    system.with_policy(policy).build()
}

fn served(simulation: &Simulation, node: NodeId) -> u64 {
    simulation.snapshot().nodes[node.index()].served
}

fn arrived(simulation: &Simulation, node: NodeId) -> u64 {
    simulation.snapshot().nodes[node.index()].arrived
}

#[test]
fn a_policy_that_does_nothing_changes_nothing() {
    let bare = run(&system(10.0, 1, 50.0, CallPolicy::default()), 5_000);
    let mut plain = system(10.0, 1, 50.0, CallPolicy::default());
    let mut links = plain.links().to_vec();
    links[1].policy = None;
    plain = Scenario::try_new(1, plain.slo(), plain.nodes().to_vec(), links).expect("sound");
    let plain = run(&plain, 5_000);
    // Guarded calls have records and beginnings of their own, so the fingerprint and the events differ.
    assert_eq!(bare.snapshot().totals, plain.snapshot().totals);
    assert_eq!(bare.snapshot().nodes, plain.snapshot().nodes);
    assert_eq!(bare.measurement().response, plain.measurement().response);
}

#[test]
fn a_server_tries_again_and_then_answers_with_the_failure() {
    let policy = CallPolicy {
        timeout: Some(millis(10.0)),
        retry: Some(Retry {
            back_off: simulator::BackOff {
                wait: simulator::Wait::Fixed { delay: millis(5.0) },
                jitter: simulator::Jitter::None,
            },
            ..Retry::at_once(3)
        }),
        ..CallPolicy::default()
    };
    // The request reaches the server at 105 ms; attempts leave at 106, 121 and 136 ms; the last one times
    // out at 146 ms, and the client knows at 151 ms.
    let mut simulation = Simulation::new(&system(10.0, 100, 50.0, policy));
    for (micros, queries) in [
        (106_499, 0),
        (106_500, 1),
        (121_499, 1),
        (121_500, 2),
        (136_499, 2),
        (136_500, 3),
        (150_999, 3),
    ] {
        simulation.run_until(simulator::SimTime::from_nanos(micros * 1_000), u64::MAX);
        assert_eq!(arrived(&simulation, DB), queries, "{micros} µs");
        assert_eq!(totals(&simulation).in_flight, 1);
    }
    simulation.run_until(at(151), u64::MAX);
    assert_eq!(failed(&simulation, FailureReason::DependencyTimedOut), 1);
    let web = &simulation.snapshot().nodes[WEB.index()];
    assert_eq!(web.failures.count(FailureReason::DependencyTimedOut), 1);
    // The database does all three.
    simulation.run_until(at(199), u64::MAX);
    assert_eq!(served(&simulation, DB), 3);
}

#[test]
fn all_attempts_together_have_a_deadline() {
    let policy = CallPolicy {
        deadline: Some(millis(25.0)),
        timeout: Some(millis(10.0)),
        retry: Some(Retry::at_once(10)),
        ..CallPolicy::default()
    };
    // From 106 ms: attempts at 106, 116 and 126 ms, the end at 131 ms.
    let mut simulation = Simulation::new(&system(10.0, 100, 50.0, policy));
    simulation.run_until(at(135), u64::MAX);
    assert_eq!(totals(&simulation).in_flight, 1);
    simulation.run_until(at(136), u64::MAX);
    assert_eq!(failed(&simulation, FailureReason::DependencyTimedOut), 1);
    assert_eq!(arrived(&simulation, DB), 3);
}

#[test]
fn a_hedge_reaches_a_second_worker() {
    let policy = CallPolicy {
        hedge: Some(HedgingPolicy::Fixed {
            delay: millis(20.0),
        }),
        ..CallPolicy::default()
    };
    let simulation = run(&system(10.0, 2, 50.0, policy), 199);
    // Both take the same time, so the first one wins: 5 + 1 + 0.5 + 50 + 0.5 + 5 ms.
    assert_eq!(simulation.measurement().response.max(), millis(52.0));
    assert_eq!(arrived(&simulation, DB), 2);
    assert_eq!(totals(&simulation).answered(), 1);
}

#[test]
fn an_open_breaker_spares_the_dependency_and_a_probe_closes_it() {
    let policy = CallPolicy {
        breaker: Some(BreakerPolicy {
            trip: Trip::Consecutive { failures: 2 },
            open_for: SimDuration::from_secs(1),
            probes: 1,
        }),
        ..CallPolicy::default()
    };
    let mut simulation = Simulation::new(&system(10.0, 1, 1.0, policy));
    simulation.apply(Edit::Kill(DB));
    // Refused at 107 and 207 ms; open until 1,207 ms; the next query is that of the request of 1.3 s.
    simulation.run_until(at(1_250), u64::MAX);
    assert_eq!(failed(&simulation, FailureReason::Refused), 2);
    assert_eq!(failed(&simulation, FailureReason::BreakerOpen), 10);
    assert_eq!(arrived(&simulation, DB), 2);
    let web = &simulation.snapshot().nodes[WEB.index()];
    assert_eq!(web.failures.count(FailureReason::BreakerOpen), 10);
    // That one fails, too: open until 2,307 ms.
    simulation.run_until(at(2_350), u64::MAX);
    assert_eq!(failed(&simulation, FailureReason::Refused), 3);
    assert_eq!(failed(&simulation, FailureReason::BreakerOpen), 20);
    // The next one, at 2,406 ms, finds it healed.
    simulation.apply(Edit::Heal(DB));
    simulation.run_until(at(3_050), u64::MAX);
    assert_eq!(failed(&simulation, FailureReason::BreakerOpen), 20);
    assert_eq!(totals(&simulation).answered(), 7);
}

#[test]
fn a_bulkhead_holds_so_many_and_lets_so_many_wait() {
    let policy = CallPolicy {
        bulkhead: Some(BulkheadPolicy {
            max_concurrent: 1,
            max_waiting: 1,
        }),
        ..CallPolicy::default()
    };
    // A query takes 24.2 + 1 ms. Requests come every 10 ms, so queries are to leave at 16, 26, 36 ... ms:
    // the first starts, the second waits until 41.2, the third is refused, the fourth waits until 66.4,
    // the fifth and the sixth are refused, and the seventh, at 76, waits until 91.6.
    let scenario = system(100.0, 10, 24.2, policy.clone());
    let simulation = run(&scenario, 79);
    assert_eq!(failed(&simulation, FailureReason::BulkheadFull), 3);
    assert_eq!(arrived(&simulation, DB), 3);
    assert_eq!(totals(&simulation).answered(), 2);
    let mut later = simulation.clone();
    later.run_until(at(10_000), u64::MAX);
    // One after the other: one every 25.2 ms.
    let queries = arrived(&later, DB);
    assert!((394..=397).contains(&queries), "{queries}");
    // Without it, those who wait go on at once.
    let mut freed = simulation;
    freed.apply(Edit::Reconfigure(system(
        100.0,
        10,
        24.2,
        CallPolicy::default(),
    )));
    freed.run_until(at(81), u64::MAX);
    assert_eq!(arrived(&freed, DB), 4);
}

#[test]
fn who_times_out_makes_room_for_the_next() {
    let policy = CallPolicy {
        timeout: Some(millis(30.0)),
        bulkhead: Some(BulkheadPolicy {
            max_concurrent: 1,
            max_waiting: 10,
        }),
        ..CallPolicy::default()
    };
    // The database never answers in time. The first query holds the place for 30 ms, and each of the others
    // for the last 10 ms of its own 30.
    let simulation = run(&system(100.0, 10, 1_000.0, policy), 10_000);
    let timed_out = failed(&simulation, FailureReason::DependencyTimedOut);
    assert!(timed_out > 990, "{timed_out}");
    let queries = arrived(&simulation, DB);
    assert!((996..=998).contains(&queries), "{queries}");
    assert_eq!(failed(&simulation, FailureReason::BulkheadFull), 0);
}

#[test]
fn a_rate_limit_lets_so_many_pass() {
    let policy = CallPolicy {
        rate_limit: Some(RateLimit {
            rate: 5.0,
            burst: 1,
        }),
        ..CallPolicy::default()
    };
    let simulation = run(&system(10.0, 1, 1.0, policy), 10_050);
    // Every second one of a hundred.
    assert_eq!(failed(&simulation, FailureReason::RateLimited), 50);
    assert_eq!(totals(&simulation).answered(), 50);
}

#[test]
fn a_dead_caller_forgets_what_it_guarded() {
    let policy = CallPolicy {
        timeout: Some(millis(10.0)),
        retry: Some(Retry::at_once(10)),
        bulkhead: Some(BulkheadPolicy {
            max_concurrent: 2,
            max_waiting: 10,
        }),
        ..CallPolicy::default()
    };
    let mut simulation = Simulation::new(&system(100.0, 100, 50.0, policy));
    simulation.run_until(at(500), u64::MAX);
    let before = arrived(&simulation, DB);
    simulation.apply(Edit::Kill(WEB));
    simulation.run_until(at(1_000), u64::MAX);
    assert_eq!(
        totals(&simulation).in_flight,
        1,
        "the one that is on its way"
    );
    // At most those on the half-millisecond way.
    assert!(arrived(&simulation, DB) <= before + 2);
    simulation.apply(Edit::Heal(WEB));
    simulation.run_until(at(2_000), u64::MAX);
    assert!(arrived(&simulation, DB) > before + 100);
}

#[test]
fn layers_of_retries_multiply() {
    // Three attempts at each of three links, and a dead end: 3³ calls.
    let policy = || CallPolicy {
        retry: Some(Retry::at_once(3)),
        ..CallPolicy::default()
    };
    let tier = |name: &str, system: System| {
        let web = Server {
            queries: 1,
            ..server(100, constant(0.1))
        };
        system.node(name, NodeKind::Server(web))
    };
    let users = Clients {
        rate: 10.0,
        arrivals: simulator::Arrivals::Even,
        retry: Some(Box::new(Retry::at_once(3))),
        ..Clients::default()
    };
    let mut system = System::new(1).node("users", NodeKind::Clients(users));
    for name in ["a", "b", "c"] {
        system = tier(name, system);
    }
    let scenario = system
        .link("users", "a", 0.0)
        .link("a", "b", 0.0)
        .with_policy(policy())
        .link("b", "c", 0.0)
        .with_policy(policy())
        .build();
    let mut simulation = Simulation::new(&scenario);
    simulation.apply(Edit::Kill(NodeId(3)));
    simulation.run_until(at(199), u64::MAX);
    let arrived: Vec<u64> = simulation
        .snapshot()
        .nodes
        .iter()
        .map(|it| it.arrived)
        .collect();
    assert_eq!(arrived, [1, 3, 9, 27]);
    assert_eq!(failed(&simulation, FailureReason::Refused), 1);
}

#[test]
fn a_policy_out_of_range_is_reported_with_its_link() {
    let policy = CallPolicy {
        timeout: Some(SimDuration::ZERO),
        retry: Some(Retry::at_once(11)),
        ..CallPolicy::default()
    };
    let sound = system(10.0, 1, 1.0, CallPolicy::default());
    let mut links = sound.links().to_vec();
    links[1].policy = Some(Box::new(policy));
    let faults = Scenario::try_new(1, sound.slo(), sound.nodes().to_vec(), links);
    let fault = |parameter, range| ScenarioError::LinkOutOfRange {
        link: 1,
        parameter,
        range,
    };
    assert_eq!(
        faults.expect_err("two faults"),
        [
            fault("timeout", "more than 0, at most 1 h"),
            fault("max_attempts", "1 to 10")
        ]
    );
}
