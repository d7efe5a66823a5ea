//! Several attempts at one request: when each is sent, and how the request ends, to the nanosecond.

use simulator::{
    BackOff, Clients, Edit, FailureReason, Happening, HedgingPolicy, Jitter, NodeKind, Retry,
    Scenario, Simulation, Wait,
};

use crate::support::{System, millis, server};
use crate::system::{USERS, WEB, at, constant, failed, totals};

/// When the only request of interest is sent.
const START: u64 = 10_000;

/// A request every ten seconds.
fn rarely() -> Clients {
    Clients {
        rate: 0.1,
        arrivals: simulator::Arrivals::Even,
        ..Clients::default()
    }
}

fn retry(max_attempts: u32, wait: Wait) -> Option<Box<Retry>> {
    Some(Box::new(Retry {
        back_off: BackOff {
            wait,
            jitter: Jitter::None,
        },
        ..Retry::at_once(max_attempts)
    }))
}

fn fixed(delay_ms: f64) -> Wait {
    Wait::Fixed {
        delay: millis(delay_ms),
    }
}

/// Clients and one server of many workers, 5 ms away.
fn system(users: Clients, service_ms: f64) -> Scenario {
    System::new(1)
        .node("users", NodeKind::Clients(users))
        .node("web", NodeKind::Server(server(100, constant(service_ms))))
        .link("users", "web", 5.0)
        .build()
}

/// What clients do and learn until `until`, in milliseconds after the first request: `s` sent, `a`
/// answered, `g` given up, `f` failed, `n` an answer for nobody.
fn timeline(simulation: &mut Simulation, until: u64) -> Vec<(f64, char)> {
    let mut seen = Vec::new();
    let is_next = |simulation: &Simulation| {
        let next = simulation.clone().step();
        next.is_some_and(|step| step.time <= at(START + until))
    };
    while is_next(simulation) {
        let Some(step) = simulation.step() else { break };
        let what = match step.what {
            _ if step.node != Some(USERS) => continue,
            Happening::Sent | Happening::SentAgain => 's',
            Happening::Answered { .. } => 'a',
            Happening::GaveUp => 'g',
            Happening::LearnedFailure(_) => 'f',
            Happening::AnsweredNobody => 'n',
            _ => continue,
        };
        let nanos = step.time.since(at(START)).as_nanos();
        seen.push((nanos as f64 / 1e6, what));
    }
    simulation.run_until(at(START + until), u64::MAX);
    seen
}

fn run(users: Clients, service_ms: f64) -> (Simulation, Vec<(f64, char)>) {
    let mut simulation = Simulation::new(&system(users, service_ms));
    let seen = timeline(&mut simulation, 5_000);
    (simulation, seen)
}

#[test]
fn a_timeout_is_for_one_attempt_and_pauses_lie_between() {
    let patience = Some(millis(30.0));
    let growing = Wait::Exponential {
        base: millis(10.0),
        factor: 2.0,
        cap: millis(25.0),
    };
    let tables = [
        (retry(1, Wait::None), None, vec![0.0], 30.0),
        (retry(3, Wait::None), None, vec![0.0, 30.0, 60.0], 90.0),
        (retry(3, fixed(20.0)), None, vec![0.0, 50.0, 100.0], 130.0),
        (retry(4, growing), None, vec![0.0, 40.0, 90.0, 145.0], 175.0),
        // All attempts together end in the middle of one, or in a pause.
        (retry(3, fixed(20.0)), Some(75.0), vec![0.0, 50.0], 75.0),
        (retry(3, fixed(20.0)), Some(45.0), vec![0.0], 45.0),
        (None, Some(12.5), vec![0.0], 12.5),
    ];
    for (retry, deadline, sent, given_up) in tables {
        let attempts = sent.len() as u64;
        let (simulation, seen) = run(
            Clients {
                timeout: patience,
                deadline: deadline.map(millis),
                retry,
                ..rarely()
            },
            1_000.0,
        );
        let mut expected: Vec<(f64, char)> = sent.iter().map(|&at| (at, 's')).collect();
        expected.push((given_up, 'g'));
        // Each of them is worked on to the end, and answered to nobody.
        expected.extend(sent.iter().map(|&at| (at + 1_010.0, 'n')));
        assert_eq!(seen, expected);
        assert_eq!(totals(&simulation).generated, 1);
        assert_eq!(failed(&simulation, FailureReason::TimedOut), 1);
        assert_eq!(simulation.snapshot().nodes[1].served, attempts);
        let of_clients = simulation.snapshot().nodes[0].failures;
        assert_eq!(of_clients.count(FailureReason::TimedOut), 1);
    }
}

#[test]
fn an_answer_to_an_attempt_that_timed_out_comes_for_nobody() {
    // The server answers each of them, 20 ms too late.
    let (simulation, seen) = run(
        Clients {
            timeout: Some(millis(30.0)),
            retry: retry(2, Wait::None),
            ..rarely()
        },
        40.0,
    );
    let expected = [
        (0.0, 's'),
        (30.0, 's'),
        (50.0, 'n'),
        (60.0, 'g'),
        (80.0, 'n'),
    ];
    assert_eq!(seen, expected);
    assert_eq!(totals(&simulation).answered(), 0);
}

#[test]
fn errors_are_tried_again_too_and_the_response_time_includes_everything() {
    let users = Clients {
        retry: retry(3, fixed(10.0)),
        ..rarely()
    };
    let mut simulation = Simulation::new(&system(users, 1.0));
    simulation.apply(Edit::Kill(WEB));
    let mut seen = timeline(&mut simulation, 25);
    simulation.apply(Edit::Heal(WEB));
    seen.extend(timeline(&mut simulation, 1_000));
    // Refused after 10 ms, a pause; refused again; a pause; then there and back and 1 ms of work.
    assert_eq!(seen, [(0.0, 's'), (20.0, 's'), (40.0, 's'), (51.0, 'a')]);
    let response = simulation.measurement().response;
    assert_eq!((response.count(), response.max()), (1, millis(41.0)));
    assert_eq!(totals(&simulation).failed.total(), 0);

    // Without the last attempt it would have failed for the reason that it learned last.
    let users = Clients {
        retry: retry(2, fixed(10.0)),
        ..rarely()
    };
    let mut simulation = Simulation::new(&system(users, 1.0));
    simulation.apply(Edit::Kill(WEB));
    assert_eq!(
        timeline(&mut simulation, 1_000),
        [(0.0, 's'), (20.0, 's'), (30.0, 'f')]
    );
    assert_eq!(failed(&simulation, FailureReason::Refused), 1);
}

#[test]
fn only_what_is_covered_is_tried_again() {
    let ends = |on_timeout, on_failure, is_dead: bool| {
        let users = Clients {
            timeout: Some(millis(30.0)),
            retry: Some(Box::new(Retry {
                on_timeout,
                on_failure,
                ..Retry::at_once(3)
            })),
            ..rarely()
        };
        let mut simulation = Simulation::new(&system(users, 1_000.0));
        if is_dead {
            simulation.apply(Edit::Kill(WEB));
        }
        let seen = timeline(&mut simulation, 900);
        seen.iter().filter(|(_, what)| *what == 's').count()
    };
    assert_eq!(ends(true, false, false), 3);
    assert_eq!(ends(true, false, true), 1);
    assert_eq!(ends(false, true, false), 1);
    assert_eq!(ends(false, true, true), 3);
}

#[test]
fn a_request_that_cannot_be_sent_ends_after_its_last_attempt() {
    let users = Clients {
        retry: retry(3, fixed(10.0)),
        ..rarely()
    };
    let alone = System::new(1)
        .node("users", NodeKind::Clients(users))
        .build();
    let mut simulation = Simulation::new(&alone);
    simulation.run_until(at(START + 19), u64::MAX);
    assert_eq!(totals(&simulation).in_flight, 1);
    simulation.run_until(at(START + 20), u64::MAX);
    assert_eq!(failed(&simulation, FailureReason::NoRoute), 1);
    assert_eq!(totals(&simulation).in_flight, 0);
}

/// A slow server and a quick one, in turn.
fn two_servers(hedge: Option<HedgingPolicy>, cancels: bool) -> Scenario {
    let users = Clients {
        hedge,
        cancels,
        ..rarely()
    };
    System::new(1)
        .node("users", NodeKind::Clients(users))
        .node("slow", NodeKind::Server(server(1, constant(100.0))))
        .node("quick", NodeKind::Server(server(1, constant(10.0))))
        .link("users", "slow", 5.0)
        .link("users", "quick", 5.0)
        .build()
}

#[test]
fn a_hedge_is_sent_after_its_delay_and_the_first_answer_wins() {
    let delay = |delay_ms| {
        Some(HedgingPolicy::Fixed {
            delay: millis(delay_ms),
        })
    };
    let tables = [
        // In time for the quick server to win, at once, too late to be sent, and too late to win.
        (
            30.0,
            vec![(0.0, 's'), (30.0, 's'), (50.0, 'a'), (110.0, 'n')],
        ),
        (0.0, vec![(0.0, 's'), (0.0, 's'), (20.0, 'a'), (110.0, 'n')]),
        (110.1, vec![(0.0, 's'), (110.0, 'a')]),
        (
            95.0,
            vec![(0.0, 's'), (95.0, 's'), (110.0, 'a'), (115.0, 'n')],
        ),
    ];
    for (delay_ms, expected) in tables {
        let mut simulation = Simulation::new(&two_servers(delay(delay_ms), false));
        assert_eq!(timeline(&mut simulation, 1_000), expected, "{delay_ms} ms");
        assert_eq!(totals(&simulation).answered(), 1);
    }
}

#[test]
fn a_hedge_after_the_95th_percentile_costs_a_twentieth() {
    let users = Clients {
        rate: 200.0,
        hedge: Some(HedgingPolicy::Quantile {
            percent: 95,
            initial: millis(20.0),
        }),
        ..Clients::default()
    };
    let exponential = crate::support::exponential(10.0);
    let scenario = System::new(3)
        .node("users", NodeKind::Clients(users))
        .node("web", NodeKind::Server(server(1_000, exponential)))
        .link("users", "web", 0.0)
        .build();
    let mut simulation = Simulation::new(&scenario);
    simulation.run_until(at(20_000), u64::MAX);
    simulation.begin_measurement();
    let arrived = |simulation: &Simulation| simulation.snapshot().nodes[1].arrived;
    let before = (arrived(&simulation), totals(&simulation).generated);
    simulation.run_until(at(520_000), u64::MAX);
    let sent = arrived(&simulation) - before.0;
    let asked = totals(&simulation).generated - before.1;
    let extra = sent as f64 / asked as f64 - 1.0;
    // The running quantile scatters by 5 %, so the share does by about 0.007.
    assert!((extra - 0.05).abs() < 0.01, "{extra}");
    let p99 = simulation.snapshot().measured.response.p99;
    // Above q = 30 ms, the rate of answers doubles: P(T > t) = 0.05 e^(-2 (t - q) / 10 ms).
    let expected = 29.96 + 5.0 * libm::log(5.0);
    let got = p99.as_secs_f64() * 1e3;
    assert!((got / expected - 1.0).abs() < 0.05, "{got} {expected}");
}

#[test]
fn attempts_follow_from_the_share_that_fails() {
    // A share e^(-t) of exponential answers takes longer than t, and each attempt draws its own.
    // (1 - f⁴) / (1 - f): the retries' law.
    for (share, attempts) in [(0.1, 1.111), (0.3, 1.417), (0.5, 1.875), (0.9, 3.439)] {
        let patience = -10.0 * libm::log(share);
        let users = Clients {
            rate: 500.0,
            timeout: Some(millis(patience)),
            retry: retry(4, Wait::None),
            ..Clients::default()
        };
        let scenario = System::new(5)
            .node("users", NodeKind::Clients(users))
            .node(
                "web",
                NodeKind::Server(server(1_000, crate::support::exponential(10.0))),
            )
            .link("users", "web", 0.0)
            .build();
        let mut simulation = Simulation::new(&scenario);
        simulation.run_until(at(200_000), u64::MAX);
        let snapshot = simulation.snapshot();
        let requests = snapshot.totals.generated as f64;
        let got = snapshot.nodes[1].arrived as f64 / requests;
        // The number of attempts has a variance below 1.5: 4.5 standard errors.
        let bound = 4.5 * (1.5 / requests).sqrt();
        assert!((got - attempts).abs() < bound + 0.0005, "{share}: {got}");
        let lost = snapshot.totals.failed.total() as f64 / requests;
        let expected = share * share * share * share;
        let bound = 4.5 * (expected / requests).sqrt();
        assert!((lost - expected).abs() < bound, "{share}: {lost}");
    }
}

#[test]
fn retries_change_no_arrival_and_no_work_of_first_attempts() {
    let first_arrivals = |retry: Option<Box<Retry>>| {
        let users = Clients {
            rate: 100.0,
            timeout: Some(millis(10.0)),
            retry,
            ..Clients::default()
        };
        let scenario = System::new(9)
            .node("users", NodeKind::Clients(users))
            .node(
                "web",
                NodeKind::Server(server(1_000, crate::support::exponential(10.0))),
            )
            .link("users", "web", 0.0)
            .build();
        let mut simulation = Simulation::new(&scenario);
        let mut services = Vec::new();
        let mut is_first = false;
        while services.len() < 500 {
            let step = simulation.step().expect("they go on");
            match step.what {
                Happening::Sent => is_first = true,
                Happening::Started { service } if is_first => {
                    services.push((step.time, service));
                    is_first = false;
                }
                _ => {}
            }
        }
        services
    };
    assert_eq!(first_arrivals(None), first_arrivals(retry(3, fixed(1.0))));
}

#[test]
fn an_edit_meanwhile_ends_requests_once() {
    let users = |retry| Clients {
        timeout: Some(millis(30.0)),
        retry,
        ..rarely()
    };
    // Without retries from now on: the attempt under way is the last one.
    let mut simulation = Simulation::new(&system(users(retry(3, fixed(20.0))), 1_000.0));
    simulation.run_until(at(START + 60), u64::MAX);
    simulation.apply(Edit::Reconfigure(system(users(None), 1_000.0)));
    assert_eq!(timeline(&mut simulation, 900), [(80.0, 'g')]);
    assert_eq!(totals(&simulation).in_flight, 0);
}
