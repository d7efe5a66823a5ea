//! Policies of a balancer before equal servers with one exponential worker each. Round robin is in
//! `general.rs`, because it is a single queue with Erlang gaps.

use crate::scenario::Policy;
use crate::theory::{mm1, power_of_d};
use crate::validation::figure::{Figure, mean_response, percentile};
use crate::validation::system::farm;
use crate::validation::{LEVEL, Law, Settling, Truth};

/// Who simulated the numbers below with an engine of their own; the errors are at 99 %.
const PEER: &str = "a plain loop with a binary heap, written independently, same model";

pub(super) fn laws() -> Vec<Option<Law>> {
    vec![
        random(),
        mean_field(80, 200, 0.01),
        mean_field(90, 200, 0.015),
        // Farms that are too small for the limit.
        reference(
            "Power of two over 10 servers at 90 %",
            Policy::PowerOfTwo,
            10,
            90,
            3.111_5,
            0.006,
        ),
        reference(
            "Power of two over 100 servers at 50 %",
            Policy::PowerOfTwo,
            100,
            50,
            1.271_5,
            0.002,
        ),
        reference(
            "Power of two over 100 servers at 70 %",
            Policy::PowerOfTwo,
            100,
            70,
            1.627_3,
            0.002,
        ),
        reference(
            "Power of two over 100 servers at 90 %",
            Policy::PowerOfTwo,
            100,
            90,
            2.657_8,
            0.007,
        ),
        // Single runs of 300,000 requests, of which the error is a guess.
        reference(
            "Least connections over 10 servers at 80 %",
            Policy::LeastConnections,
            10,
            80,
            1.36,
            0.02,
        ),
        reference(
            "Least connections over 4 servers at 80 %",
            Policy::LeastConnections,
            4,
            80,
            1.96,
            0.02,
        ),
        reference(
            "Power of two over 4 servers at 80 %",
            Policy::PowerOfTwo,
            4,
            80,
            2.31,
            0.02,
        ),
    ]
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

fn reference(
    name: &str,
    policy: Policy,
    servers: u32,
    percent: u32,
    mean: f64,
    tolerance: f64,
) -> Option<Law> {
    let rho = f64::from(percent) / 100.0;
    let truth = Truth::Reference {
        by: PEER,
        tolerance,
    };
    let figures = vec![mean_response(mean, 0.10)];
    let farm = (policy, servers, rho);
    Some(law(
        name.to_owned(),
        "a reference run",
        truth,
        farm,
        figures,
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
