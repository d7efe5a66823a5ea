//! Policies of a balancer before equal servers with one exponential worker each. Round robin is in
//! `general.rs`, because it is a single queue with Erlang gaps.

use crate::scenario::Policy;
use crate::theory::{mm1, power_of_d};
use crate::validation::figure::{Figure, mean_response, percentile};
use crate::validation::system::farm;
use crate::validation::{LEVEL, Law, Settling, Truth};

/// Where the numbers below are from. Drawing both servers anew, so that they can be the same, is another
/// policy: 3.11 instead of 2.98 for ten servers at 90 %.
const CHAIN: &str = "the Markov chain of the queues' lengths, a hundred million jumps from a bare loop; \
                     two choices are two different servers";

/// Farms that are too small for the limit: policy, servers, utilisation in per cent, mean response, and
/// half the width of its interval at 99 %.
const SMALL_FARMS: [(Policy, u32, u32, f64, f64); 8] = [
    (Policy::PowerOfTwo, 4, 80, 2.329_4, 0.006_0),
    (Policy::PowerOfTwo, 10, 80, 2.074_3, 0.004_6),
    (Policy::PowerOfTwo, 10, 90, 2.984_0, 0.012_7),
    (Policy::PowerOfTwo, 100, 50, 1.268_2, 0.001_2),
    (Policy::PowerOfTwo, 100, 70, 1.621_1, 0.002_6),
    (Policy::PowerOfTwo, 100, 90, 2.647_7, 0.006_8),
    (Policy::LeastConnections, 4, 80, 1.953_6, 0.004_3),
    (Policy::LeastConnections, 10, 80, 1.356_7, 0.002_2),
];

pub(super) fn laws() -> Vec<Option<Law>> {
    let limits = [
        random(),
        mean_field(80, 200, 0.01),
        mean_field(90, 200, 0.015),
    ];
    limits
        .into_iter()
        .chain(SMALL_FARMS.map(reference))
        .collect()
}

fn random() -> Option<Law> {
    let theory = mm1(0.8, 1.0)?;
    Some(Law {
        name: "Random over ten servers at 80 %".to_owned(),
        source: "theory::mm1: parts of a Poisson stream are Poisson",
        truth: Truth::Exact,
        system: Box::new(|seed| farm(seed, 0.8, 10, Policy::Random)),
        settling: Settling::Relaxation(theory.relaxation_time()),
        length: 2_000.0,
        level: LEVEL,
        is_slow: false,
        figures: vec![
            mean_response(theory.mean_response(), 0.07),
            percentile(99, theory.response_quantile(0.99), 0.15),
        ],
    })
}

fn mean_field(percent: u32, servers: u32, tolerance: f64) -> Option<Law> {
    let rho = f64::from(percent) / 100.0;
    let why = "the limit of infinitely many servers: with n, the mean is longer by an order of 1/n";
    let truth = Truth::Approximate { why, tolerance };
    Some(law(
        format!("Power of two over {servers} servers at {percent} %"),
        "theory::power_of_d; Mitzenmacher 2001",
        truth,
        (Policy::PowerOfTwo, servers, rho),
        vec![mean_response(power_of_d(rho, 2)?, 0.05)],
    ))
}

fn reference((policy, servers, percent, mean, error): (Policy, u32, u32, f64, f64)) -> Option<Law> {
    let rho = f64::from(percent) / 100.0;
    let chosen = match policy {
        Policy::LeastConnections => "Least connections",
        _ => "Power of two",
    };
    let tolerance = error / mean;
    Some(law(
        format!("{chosen} over {servers} servers at {percent} %"),
        "a reference run",
        Truth::Reference {
            by: CHAIN,
            tolerance,
        },
        (policy, servers, rho),
        vec![mean_response(mean, 0.10)],
    ))
}

fn law(
    name: String,
    source: &'static str,
    truth: Truth,
    (policy, servers, rho): (Policy, u32, f64),
    figures: Vec<Figure>,
) -> Law {
    Law {
        name,
        source,
        truth,
        system: Box::new(move |seed| farm(seed, rho, servers, policy)),
        settling: Settling::Mser5,
        length: f64::max(12_000.0 / (rho * f64::from(servers)), 100.0),
        level: LEVEL,
        is_slow: false,
        figures,
    }
}
