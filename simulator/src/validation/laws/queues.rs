//! M/M/1 and M/M/c: means, percentiles, waits.

use crate::theory::{mm1, mmc};
use crate::validation::figure::{mean_response, mean_wait, percentile, utilisation};
use crate::validation::system::{exponential, server, station};
use crate::validation::{LEVEL, Law, Settling, Truth};

pub(super) fn laws() -> Vec<Option<Law>> {
    let one = [
        (50, 20_000.0, 0.05),
        (70, 20_000.0, 0.07),
        (80, 30_000.0, 0.10),
        (90, 40_000.0, 0.15),
        (95, 100_000.0, 0.20),
    ];
    let mut laws: Vec<_> = one
        .into_iter()
        .map(|(percent, length, precision)| one_server(percent, length, precision))
        .collect();
    for servers in [2, 4, 8, 16, 64] {
        for percent in [50, 70, 80, 90, 95] {
            laws.push(many_servers(servers, percent));
        }
    }
    laws
}

fn one_server(percent: u32, length: f64, precision: f64) -> Option<Law> {
    let rho = f64::from(percent) / 100.0;
    let theory = mm1(rho, 1.0)?;
    let quantile = |q| theory.response_quantile(q);
    Some(Law {
        name: format!("M/M/1 at {percent} %"),
        source: "theory::mm1; Kleinrock vol. 1, section 3.2",
        truth: Truth::Exact,
        system: Box::new(move |seed| station(seed, rho, &server(1, exponential(1.0)))),
        settling: Settling::Relaxation(theory.relaxation_time()),
        length,
        level: LEVEL,
        is_slow: percent > 90,
        figures: vec![
            mean_response(theory.mean_response(), precision),
            mean_wait(1, theory.mean_wait(), 2.0 * precision),
            utilisation(1, rho, 0.02),
            percentile(50, quantile(0.50), precision),
            percentile(95, quantile(0.95), 1.5 * precision),
            percentile(99, quantile(0.99), 2.0 * precision),
        ],
    })
}

fn many_servers(servers: u32, percent: u32) -> Option<Law> {
    let rho = f64::from(percent) / 100.0;
    let rate = rho * f64::from(servers);
    let theory = mmc(rate, 1.0, servers)?;
    let quantile = |q| theory.response_quantile(q).as_secs_f64();
    // From the number, because waits in nanoseconds are too coarse where hardly anybody waits.
    let wait = theory.mean_waiting() / rate;
    let mut figures = vec![
        mean_response(1.0 + wait, 0.15),
        percentile(50, quantile(0.50), 0.15),
        percentile(99, quantile(0.99), 0.25),
    ];
    // Where hardly anybody waits, no run is long enough to measure it.
    if wait > 1e-3 {
        figures.push(mean_wait(1, wait, 0.25 + 0.01 / wait));
    }
    let requests = match percent {
        ..90 => 10_000.0,
        // So busy, a percentile of a run that is shorter is too low in the mean of many.
        90 => 60_000.0,
        _ => 120_000.0,
    };
    Some(Law {
        name: format!("M/M/{servers} at {percent} %"),
        source: "theory::mmc (Erlang C); Harchol-Balter, chapter 14",
        truth: Truth::Exact,
        system: Box::new(move |seed| station(seed, rate, &server(servers, exponential(1.0)))),
        settling: Settling::Relaxation(theory.relaxation_time()),
        length: requests / rate,
        level: LEVEL,
        is_slow: percent > 90,
        figures,
    })
}
