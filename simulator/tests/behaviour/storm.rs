//! The retry storm: a spike of ten seconds at a server that has a fifth of its capacity to spare.
//!
//! The server does 100 requests per second, 80 come, and for ten seconds 200; clients wait for one
//! second. What counts is what is answered in time.

use simulator::traffic::RateCurve;
use simulator::{
    BackOff, Clients, Discipline, Edit, Jitter, NodeKind, Overload, Retry, RetryBudgetPolicy,
    RetryTokensPolicy, Scenario, Server, SimDuration, SimTime, Simulation, Wait,
};

use crate::support::{System, exponential, server};

const SEEDS: u64 = 15;

/// What clients and the server do about it.
#[derive(Clone, Default)]
struct Defence {
    retry: Option<Retry>,
    queue: Option<u32>,
    cancels: bool,
    drops_expired: bool,
    discipline: Discipline,
}

fn storm(seed: u64, defence: &Defence) -> Scenario {
    let second = SimDuration::from_secs(1);
    let spike = RateCurve::Spike {
        base: 80.0,
        peak: 200.0,
        start: SimTime::from_secs(20),
        duration: SimDuration::from_secs(10),
    };
    let users = Clients {
        curve: Some(Box::new(spike)),
        timeout: Some(second),
        retry: defence.retry.map(Box::new),
        cancels: defence.cancels,
        ..Clients::default()
    };
    let web = Server {
        queue_limit: defence.queue.unwrap_or(100_000),
        overload: Overload {
            drops_expired: defence.drops_expired,
            ..Overload::default()
        },
        discipline: defence.discipline,
        ..server(1, exponential(10.0))
    };
    System::new(seed)
        .node("users", NodeKind::Clients(users))
        .node("web", NodeKind::Server(web))
        .link("users", "web", 0.0)
        .build()
}

/// Answers per second before the spike, and from 30, 60 and 100 seconds on, until 200: medians of some
/// runs, because a server that comes back does so sooner in one and later in another.
fn goodput(defence: &Defence) -> [f64; 4] {
    let mut runs = [const { Vec::new() }; 4];
    for seed in 0..SEEDS {
        let mut simulation = Simulation::new(&storm(seed, defence));
        let mut answered = |until| {
            simulation.run_until(SimTime::from_secs(until), u64::MAX);
            simulation.snapshot().totals.answered() as f64
        };
        let at = [0, 20, 30, 60, 100, 200].map(&mut answered);
        let rates = [
            at[1] / 20.0,
            (at[3] - at[2]) / 30.0,
            (at[4] - at[3]) / 40.0,
            (at[5] - at[4]) / 100.0,
        ];
        for (runs, rate) in runs.iter_mut().zip(rates) {
            runs.push(rate);
        }
    }
    runs.map(|mut rates| {
        rates.sort_by(f64::total_cmp);
        rates[rates.len() / 2]
    })
}

/// The table is one run of another simulation: its rates scatter by √(rate / length). 4.5 standard errors
/// of that, and 5 per second more where the figure depends on when the backlog is gone.
fn assert_row(defence: &Defence, expected: [f64; 4]) {
    let got = goodput(defence);
    for ((got, want), (length, drains)) in
        got.into_iter()
            .zip(expected)
            .zip([(20.0, 0.0), (30.0, 0.0), (40.0, 5.0), (100.0, 0.0)])
    {
        let bound = 4.5 * (80.0_f64 / length).sqrt() + drains;
        let bound = if want == 0.0 { 1.0 } else { bound };
        assert!(
            (got - want).abs() < bound,
            "{got} against {want}: {expected:?}"
        );
    }
    eprintln!("{got:?} against {expected:?}");
}

#[test]
fn without_retries_the_backlog_drains_by_itself() {
    assert_row(&Defence::default(), [79.0, 0.0, 53.0, 79.0]);
}

#[test]
fn three_immediate_retries_keep_the_server_down_for_ever() {
    let defence = Defence {
        retry: Some(Retry::at_once(4)),
        ..Defence::default()
    };
    assert_row(&defence, [79.0, 0.0, 0.0, 0.0]);
    let mut simulation = Simulation::new(&storm(1, &defence));
    simulation.run_until(SimTime::from_secs(100), u64::MAX);
    let before = simulation.snapshot().nodes[1].arrived;
    simulation.run_until(SimTime::from_secs(200), u64::MAX);
    let offered = (simulation.snapshot().nodes[1].arrived - before) as f64 / 100.0;
    // Four attempts at 80 requests per second: √(80 / 100 s) · 4 is one standard error.
    assert!((offered - 320.0).abs() < 4.5 * 3.6, "{offered}");
}

#[test]
fn exponential_back_off_with_jitter_changes_nothing_for_independent_clients() {
    let back_off = BackOff {
        wait: Wait::Exponential {
            base: SimDuration::from_millis(100),
            factor: 2.0,
            cap: SimDuration::from_secs(20),
        },
        jitter: Jitter::Full,
    };
    let defence = Defence {
        retry: Some(Retry {
            back_off,
            ..Retry::at_once(4)
        }),
        ..Defence::default()
    };
    assert_row(&defence, [79.0, 0.0, 0.0, 0.0]);
}

#[test]
fn tokens_for_a_tenth_of_the_successes_let_the_server_come_back_at_once() {
    let tokens = RetryTokensPolicy {
        capacity: 10,
        per_success: 0.1,
    };
    let defence = Defence {
        retry: Some(Retry {
            tokens: Some(tokens),
            ..Retry::at_once(4)
        }),
        ..Defence::default()
    };
    assert_row(&defence, [79.0, 0.0, 52.0, 79.0]);
}

#[test]
fn a_budget_of_a_tenth_of_the_requests_drains_at_the_rest() {
    let budget = RetryBudgetPolicy {
        share: 0.1,
        minimum_rate: 0,
        window: SimDuration::from_secs(10),
    };
    let defence = Defence {
        retry: Some(Retry {
            budget: Some(budget),
            ..Retry::at_once(4)
        }),
        ..Defence::default()
    };
    // 1,200 wait after the spike, and 88 come where 100 are served: after 1,100 / 12 = 92 s the wait is
    // below a second, of which the last window has (200 - 122) · 80 / 100 answers a second.
    assert_row(&defence, [79.0, 0.0, 0.0, 62.0]);
}

#[test]
fn a_short_queue_is_best() {
    for retry in [None, Some(Retry::at_once(4))] {
        let defence = Defence {
            retry,
            queue: Some(50),
            ..Defence::default()
        };
        assert_row(&defence, [79.0, 80.0, 79.0, 79.0]);
    }
}

#[test]
fn dropping_expired_work_brings_the_server_back_in_spite_of_retries() {
    let defence = Defence {
        retry: Some(Retry::at_once(4)),
        drops_expired: true,
        ..Defence::default()
    };
    assert_row(&defence, [79.0, 48.0, 80.0, 79.0]);
    let defence = Defence {
        drops_expired: true,
        ..Defence::default()
    };
    assert_row(&defence, [79.0, 80.0, 80.0, 79.0]);
}

#[test]
fn the_newest_first_serves_those_who_still_wait() {
    let defence = Defence {
        discipline: Discipline::Lifo,
        ..Defence::default()
    };
    assert_row(&defence, [79.0, 80.0, 79.0, 79.0]);
}

#[test]
fn dropping_cancelled_work_brings_the_server_back_in_spite_of_retries() {
    let defence = Defence {
        retry: Some(Retry::at_once(4)),
        cancels: true,
        ..Defence::default()
    };
    assert_row(&defence, [79.0, 48.0, 80.0, 79.0]);
    // Without retries there is nothing to come back from.
    let defence = Defence {
        cancels: true,
        ..Defence::default()
    };
    assert_row(&defence, [79.0, 80.0, 80.0, 79.0]);
}

#[test]
fn a_collapsed_server_stays_down_at_a_quarter_of_its_capacity() {
    // λ (1 + R) = 4 · 24 = 96 of 100: it drains at 4 per second, while 30,000 wait.
    let defence = Defence {
        retry: Some(Retry::at_once(4)),
        ..Defence::default()
    };
    let mut simulation = Simulation::new(&storm(1, &defence));
    simulation.run_until(SimTime::from_secs(100), u64::MAX);
    let mut less = simulation.scenario().nodes().to_vec();
    if let NodeKind::Clients(users) = &mut less[0].kind {
        (users.rate, users.curve) = (24.0, None);
    }
    let less = Scenario::try_new(
        1,
        SimDuration::from_millis(200),
        less,
        simulation.scenario().links().to_vec(),
    );
    simulation.apply(Edit::Reconfigure(less.expect("every value is in range")));
    let before = simulation.snapshot().totals.answered();
    simulation.run_until(SimTime::from_secs(300), u64::MAX);
    assert_eq!(simulation.snapshot().totals.answered(), before);
}
