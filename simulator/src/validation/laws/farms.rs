//! Farms behind a balancer that are not simply equal and exponential: with the tails of their
//! responses, unequal servers, services that vary more, short queues, old news, and what the balancer
//! itself adds.

use crate::distribution::Distribution;
use crate::scenario::{Balancer, Link, NodeId, NodeKind, Policy, Scenario, ScenarioError};
use crate::theory::{Gaps, gim1, mg1, mm1, mmc, mmck};
use crate::validation::figure::{Figure, lost, mean_response, percentile};
use crate::validation::system::{System, exponential, lognormal, server, server_with};
use crate::validation::{LEVEL, Law, Settling, Truth, UNIT};

/// Thirty million requests of each row, in a hundred batches; the errors are half the width of the
/// interval at 99 %.
const LOOP: &str = "a bare loop over the queues, written independently, same model";

/// Means and 99th percentiles with their errors: policy, servers, utilisation in per cent.
type Tail = (Policy, u32, u32, (f64, f64), (f64, f64));

const TAILS: [Tail; 8] = [
    (
        Policy::PowerOfTwo,
        4,
        80,
        (2.332_4, 0.006_1),
        (9.362, 0.040),
    ),
    (
        Policy::PowerOfTwo,
        4,
        90,
        (3.759_3, 0.024_1),
        (14.864, 0.191),
    ),
    (
        Policy::PowerOfTwo,
        10,
        80,
        (2.073_8, 0.003_9),
        (7.951, 0.017),
    ),
    (
        Policy::PowerOfTwo,
        10,
        90,
        (2.980_9, 0.012_8),
        (10.425, 0.055),
    ),
    (
        Policy::LeastConnections,
        4,
        80,
        (1.952_3, 0.005_5),
        (8.374, 0.040),
    ),
    (
        Policy::LeastConnections,
        4,
        90,
        (3.233_4, 0.020_9),
        (13.889, 0.170),
    ),
    (
        Policy::LeastConnections,
        10,
        80,
        (1.355_2, 0.002_5),
        (5.911, 0.015),
    ),
    (
        Policy::LeastConnections,
        10,
        90,
        (1.911_7, 0.009_8),
        (7.911, 0.059),
    ),
];

/// Ten servers at 80 % with lognormal services of cv² 4.
const WILD: [Tail; 3] = [
    (
        Policy::RoundRobin,
        10,
        80,
        (8.879_2, 0.139_1),
        (68.11, 2.21),
    ),
    (
        Policy::PowerOfTwo,
        10,
        80,
        (3.012_1, 0.018_5),
        (20.857, 0.162),
    ),
    (
        Policy::LeastConnections,
        10,
        80,
        (1.692_1, 0.008_9),
        (13.861, 0.094),
    ),
];

/// Servers of these speeds, which are their weights, at 80 %.
const SPEEDS: [u32; 5] = [1, 1, 2, 2, 4];
const UNEQUAL: [Tail; 5] = [
    (
        Policy::WeightedRoundRobin,
        5,
        80,
        (1.585_4, 0.006_6),
        (9.126, 0.077),
    ),
    (
        Policy::PowerOfTwo,
        5,
        80,
        (1.787_2, 0.005_4),
        (9.678, 0.041),
    ),
    (
        Policy::LeastConnections,
        5,
        80,
        (1.008_2, 0.002_2),
        (5.844, 0.019),
    ),
    (
        Policy::WeightedLeastConnections,
        5,
        80,
        (0.914_3, 0.002_4),
        (3.851, 0.017),
    ),
    (
        Policy::WeightedPowerOfChoices,
        5,
        80,
        (1.130_3, 0.002_9),
        (4.448, 0.017),
    ),
];

/// The share lost by five servers at 90 % with three places in each queue.
const SHORT: [(Policy, (f64, f64)); 3] = [
    (Policy::RoundRobin, (0.091_71, 0.000_25)),
    (Policy::PowerOfTwo, (0.046_66, 0.000_26)),
    (Policy::LeastConnections, (0.021_75, 0.000_24)),
];

/// A value that was simulated elsewhere, and its standard error.
type Reference = (f64, f64);

/// Ten servers at 80 % and loads that are this many services old: mean and 99th percentile.
const STALE: [(Policy, u32, Reference, Reference); 12] = [
    (Policy::PowerOfTwo, 1, (2.320_9, 0.004_0), (8.720, 0.015)),
    (Policy::PowerOfTwo, 2, (2.562_5, 0.004_5), (9.565, 0.018)),
    (Policy::PowerOfTwo, 3, (2.782_9, 0.004_8), (10.374, 0.020)),
    (Policy::PowerOfTwo, 5, (3.176_8, 0.005_7), (11.863, 0.025)),
    (Policy::PowerOfTwo, 10, (4.051_5, 0.007_3), (15.397, 0.033)),
    (Policy::PowerOfTwo, 20, (5.595_1, 0.012_2), (21.740, 0.055)),
    (
        Policy::LeastConnections,
        1,
        (2.712_7, 0.006_1),
        (12.197, 0.027),
    ),
    (
        Policy::LeastConnections,
        2,
        (3.981_7, 0.010_3),
        (18.487, 0.055),
    ),
    (
        Policy::LeastConnections,
        3,
        (5.125_7, 0.016_3),
        (24.608, 0.078),
    ),
    (
        Policy::LeastConnections,
        5,
        (7.362_7, 0.029_6),
        (37.259, 0.151),
    ),
    (
        Policy::LeastConnections,
        10,
        (13.435_3, 0.058_0),
        (71.214, 0.242),
    ),
    (
        Policy::LeastConnections,
        20,
        (28.533_7, 0.157_2),
        (143.265, 0.381),
    ),
];

pub(super) fn laws() -> Vec<Option<Law>> {
    let mut laws = vec![
        weighted_random(),
        random_of_wild_services(),
        random_with_short_queues(),
        own_work(),
    ];
    for (servers, percent) in [(4, 80), (4, 90), (10, 80), (10, 90)] {
        laws.push(in_turn(servers, percent));
        laws.push(one_connection_each(servers, percent));
    }
    laws.extend(TAILS.map(tail));
    laws.extend(WILD.map(wild));
    laws.extend(UNEQUAL.map(unequal));
    laws.extend(SHORT.map(short));
    laws.extend(STALE.map(stale));
    laws
}

/// `rate` requests for each unit over servers of these speeds and weights.
fn farm(
    seed: u64,
    rate: f64,
    balancer: &Balancer,
    speeds: &[u32],
    kind: impl Fn(f64) -> NodeKind,
) -> Result<Scenario, Vec<ScenarioError>> {
    let system = System::poisson(rate).called_by(0, 0.0, NodeKind::Balancer(balancer.clone()));
    let system = (2..).zip(speeds).fold(system, |system, (place, &speed)| {
        let link = Link {
            weight: speed,
            ..Link::new(NodeId(1), NodeId(place), crate::time::SimDuration::ZERO)
        };
        system.node(kind(1.0 / f64::from(speed))).linked(link)
    });
    system.build(seed)
}

fn by(policy: Policy) -> Balancer {
    Balancer {
        policy,
        ..Balancer::default()
    }
}

const fn name(policy: Policy) -> &'static str {
    match policy {
        Policy::WeightedRoundRobin => "Weighted round robin",
        Policy::PowerOfTwo => "Power of two",
        Policy::WeightedPowerOfChoices => "Weighted power of two",
        Policy::LeastConnections => "Least connections",
        Policy::WeightedLeastConnections => "Weighted least connections",
        _ => "Round robin",
    }
}

/// A law of `requests` requests at `rate`.
fn law(
    name: String,
    (source, truth): (&'static str, Truth),
    (rate, requests): (f64, f64),
    figures: Vec<Figure>,
    system: impl Fn(u64) -> Result<Scenario, Vec<ScenarioError>> + Send + Sync + 'static,
) -> Option<Law> {
    Some(Law {
        name,
        source,
        truth,
        system: Box::new(system),
        settling: Settling::Mser5,
        length: requests / rate,
        level: LEVEL,
        is_slow: requests > 20_000.0,
        figures,
    })
}

/// What a reference run is worth: its greatest error.
fn reference(figures: &[(f64, f64)]) -> (&'static str, Truth) {
    let errors = figures.iter().map(|(value, error)| error / value);
    let tolerance = errors.fold(0.0, f64::max);
    let truth = Truth::Reference {
        by: LOOP,
        tolerance,
    };
    ("a reference run", truth)
}

fn tail((policy, servers, percent, mean, p99): Tail) -> Option<Law> {
    let rho = f64::from(percent) / 100.0;
    let rate = rho * f64::from(servers);
    law(
        format!(
            "The tail of {} over {servers} servers at {percent} %",
            name(policy).to_lowercase()
        ),
        reference(&[mean, p99]),
        (rate, 12_000.0),
        vec![mean_response(mean.0, 0.15), percentile(99, p99.0, 0.20)],
        move |seed| {
            let speeds = vec![1; servers as usize];
            farm(seed, rate, &by(policy), &speeds, equal)
        },
    )
}

fn equal(_: f64) -> NodeKind {
    server(1, exponential(1.0))
}

fn wild((policy, servers, percent, mean, p99): Tail) -> Option<Law> {
    let rate = f64::from(percent) / 100.0 * f64::from(servers);
    let requests = if policy == Policy::RoundRobin {
        200_000.0
    } else {
        20_000.0
    };
    law(
        format!("{} of lognormal services with cv² 4", name(policy)),
        reference(&[mean, p99]),
        (rate, requests),
        vec![mean_response(mean.0, 0.15), percentile(99, p99.0, 0.25)],
        move |seed| {
            let speeds = vec![1; servers as usize];
            let kind = |_| server(1, lognormal(1.0, 4.0));
            farm(seed, rate, &by(policy), &speeds, kind)
        },
    )
}

fn unequal((policy, _, percent, mean, p99): Tail) -> Option<Law> {
    let rate = f64::from(percent) / 100.0 * f64::from(SPEEDS.iter().sum::<u32>());
    law(
        format!("{} over servers of the speeds 1, 1, 2, 2, 4", name(policy)),
        reference(&[mean, p99]),
        (rate, 12_000.0),
        vec![mean_response(mean.0, 0.10), percentile(99, p99.0, 0.15)],
        move |seed| {
            let kind = |service| server(1, exponential(service));
            farm(seed, rate, &by(policy), &SPEEDS, kind)
        },
    )
}

fn short((policy, share): (Policy, (f64, f64))) -> Option<Law> {
    law(
        format!("{} over five short queues", name(policy)),
        reference(&[share]),
        (4.5, 40_000.0),
        vec![lost(share.0, 0.10)],
        move |seed| farm(seed, 4.5, &by(policy), &[1; 5], short_queue),
    )
}

fn short_queue(_: f64) -> NodeKind {
    server_with(1, exponential(1.0), 3, 1)
}

fn stale((policy, age, mean, p99): (Policy, u32, (f64, f64), (f64, f64))) -> Option<Law> {
    let balancer = Balancer {
        information_age: UNIT.saturating_mul(u64::from(age)),
        ..by(policy)
    };
    law(
        format!("{} by loads {age} services old", name(policy)),
        reference(&[mean, p99]),
        (8.0, 20_000.0),
        vec![mean_response(mean.0, 0.10), percentile(99, p99.0, 0.15)],
        move |seed| farm(seed, 8.0, &balancer, &[1; 10], equal),
    )
}

/// Each n-th arrival at every server.
fn in_turn(servers: u32, percent: u32) -> Option<Law> {
    let rho = f64::from(percent) / 100.0;
    let theory = gim1(rho, Gaps::Erlang { phases: servers }, 1.0)?;
    let rate = rho * f64::from(servers);
    law(
        format!("Round robin over {servers} servers at {percent} %"),
        (
            "theory::gim1 with Erlang gaps: every server sees each n-th arrival",
            Truth::Exact,
        ),
        (rate, 20_000.0),
        vec![
            mean_response(theory.mean_response, 0.20),
            percentile(99, theory.response_quantile(0.99), 0.35),
        ],
        move |seed| {
            let speeds = vec![1; servers as usize];
            farm(seed, rate, &by(Policy::RoundRobin), &speeds, equal)
        },
    )
}

/// With one connection to each server, all wait in the balancer's one line: M/M/c.
fn one_connection_each(servers: u32, percent: u32) -> Option<Law> {
    let rate = f64::from(percent) / 100.0 * f64::from(servers);
    let theory = mmc(rate, 1.0, servers)?;
    let balancer = Balancer {
        connection_limit: 1,
        waiting_limit: 10_000,
        ..Balancer::default()
    };
    law(
        format!("One connection to each of {servers} servers at {percent} %"),
        ("theory::mmc: one line before all of them", Truth::Exact),
        (rate, 20_000.0),
        vec![
            mean_response(theory.mean_in_system() / rate, 0.15),
            percentile(99, theory.response_quantile(0.99).as_secs_f64(), 0.25),
        ],
        move |seed| {
            let speeds = vec![1; servers as usize];
            farm(seed, rate, &balancer, &speeds, equal)
        },
    )
}

/// Every server is as busy as any other, and as many times as fast as it is asked as often.
fn weighted_random() -> Option<Law> {
    let (rho, total) = (0.8, f64::from(SPEEDS.iter().sum::<u32>()));
    let theory = mm1(rho, 1.0)?;
    let mean = theory.mean_response() * SPEEDS.len() as f64 / total;
    law(
        "Weighted random choice of the speeds 1, 1, 2, 2, 4".to_owned(),
        (
            "theory::mm1: parts of a Poisson stream are Poisson",
            Truth::Exact,
        ),
        (rho * total, 20_000.0),
        vec![mean_response(mean, 0.15)],
        move |seed| {
            let kind = |service| server(1, exponential(service));
            let balancer = by(Policy::WeightedRandom);
            farm(seed, rho * total, &balancer, &SPEEDS, kind)
        },
    )
}

fn random_of_wild_services() -> Option<Law> {
    let theory = mg1(0.8, 1.0, 4.0)?;
    law(
        "Random choice of ten servers, lognormal services with cv² 4".to_owned(),
        ("theory::mg1 (Pollaczek and Khinchine)", Truth::Exact),
        (8.0, 200_000.0),
        vec![mean_response(theory.mean_response, 0.15)],
        |seed| {
            let kind = |_| server(1, lognormal(1.0, 4.0));
            farm(seed, 8.0, &by(Policy::Random), &[1; 10], kind)
        },
    )
}

fn random_with_short_queues() -> Option<Law> {
    let theory = mmck(0.9, 1.0, 1, 4)?;
    law(
        "Random choice of five short queues".to_owned(),
        ("theory::mmck: each is M/M/1/4", Truth::Exact),
        (4.5, 20_000.0),
        vec![
            lost(theory.blocking, 0.05),
            mean_response(theory.mean_response, 0.05),
        ],
        |seed| farm(seed, 4.5, &by(Policy::Random), &[1; 5], short_queue),
    )
}

/// What leaves the balancer's one worker is a Poisson stream again (Burke 1956), and its work on a
/// request has nothing to do with the server's.
fn own_work() -> Option<Law> {
    let (rate, balancing) = (0.7, 0.8);
    let (first, second) = (mm1(rate, 1.0 / balancing)?, mm1(rate, 1.0)?);
    let service_time: Distribution = exponential(balancing);
    let balancer = Balancer {
        workers: 1,
        service_time,
        queue_limit: 4_000,
        ..Balancer::default()
    };
    law(
        "A balancer's own work before a server's".to_owned(),
        ("theory::mm1 twice; Burke 1956", Truth::Exact),
        (rate, 20_000.0),
        vec![mean_response(
            first.mean_response() + second.mean_response(),
            0.10,
        )],
        move |seed| farm(seed, rate, &balancer, &[1], equal),
    )
}
