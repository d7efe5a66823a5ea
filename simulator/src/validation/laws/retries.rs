//! Retries: how many attempts there are, and where losses that are tried again come to rest.

use crate::resilience::{BackOff, Jitter, Wait};
use crate::scenario::Retry;
use crate::theory::{attempts, retries_on_loss, success_share};
use crate::validation::figure::{arrival_rate, lost, utilisation};
use crate::validation::system::{System, exponential, server_with, time};
use crate::validation::{LEVEL, Law, Settling, Truth};

const RETRIES: u32 = 3;

pub(super) fn laws() -> Vec<Option<Law>> {
    vec![
        timed_out("three retries where 10 % time out", 0.1),
        timed_out("three retries where 30 % time out", 0.3),
        timed_out("three retries where 50 % time out", 0.5),
        timed_out("three retries where 90 % time out", 0.9),
        lost_and_retried("M/M/100/100 with 95 Erlang and three retries", 95.0),
        lost_and_retried("M/M/100/100 with 100 Erlang and three retries", 100.0),
        lost_and_retried("M/M/100/100 with 110 Erlang and three retries", 110.0),
    ]
}

/// Whoever waits for less than -ln f mean services gives up a share f of the attempts; nobody is in
/// another one's way.
fn timed_out(name: &str, share: f64) -> Option<Law> {
    let load = 20.0;
    let offered = load * attempts(share, RETRIES)?;
    let patience = -libm::log(share);
    Some(Law {
        name: name.to_owned(),
        source: "theory::attempts, theory::success_share",
        truth: Truth::Exact,
        system: Box::new(move |seed| {
            System::retrying(load, Some(patience), Retry::at_once(RETRIES + 1))
                .called_by(0, 0.0, server_with(1_024, exponential(1.0), 0, 1))
                .build(seed)
        }),
        settling: Settling::Relaxation(5.0),
        length: 1_000.0,
        level: LEVEL,
        is_slow: false,
        figures: vec![
            arrival_rate(1, offered, 0.01),
            lost(1.0 - success_share(share, RETRIES)?, 0.8),
        ],
    })
}

/// Losses that come back after so long that the servers have forgotten what they refused them for.
fn lost_and_retried(name: &str, load: f64) -> Option<Law> {
    let theory = retries_on_loss(load, 100, RETRIES)?;
    let pause = 100.0;
    let retry = Retry {
        back_off: BackOff {
            wait: Wait::Fixed { delay: time(pause) },
            jitter: Jitter::Full,
        },
        ..Retry::at_once(RETRIES + 1)
    };
    let served = load * theory.success / 100.0;
    Some(Law {
        name: name.to_owned(),
        source: "theory::retries_on_loss; Erlang B with a fixed point",
        truth: Truth::Approximate {
            why: "attempts are not quite a Poisson stream",
            tolerance: 0.01,
        },
        system: Box::new(move |seed| {
            System::retrying(load, None, retry)
                .called_by(0, 0.0, server_with(100, exponential(1.0), 0, 1))
                .build(seed)
        }),
        settling: Settling::Relaxation(pause),
        length: 1_000.0,
        level: LEVEL,
        is_slow: false,
        figures: vec![
            arrival_rate(1, theory.offered, 0.05),
            utilisation(1, served, 0.02),
        ],
    })
}
