//! One server with services or gaps that are not exponential: M/G/1, M/D/1, GI/M/1, D/D/1.

use crate::distribution::Distribution;
use crate::scenario::Policy;
use crate::theory::{Gaps, gim1, md1_wait_share, mg1, mm1};
use crate::validation::figure::{mean_response, mean_wait, percentile, share_within};
use crate::validation::system::{System, constant, exponential, farm, lognormal, server, station};
use crate::validation::{LEVEL, Law, Settling, Truth};

pub(super) fn laws() -> Vec<Option<Law>> {
    let mut laws = vec![
        services("M/D/1 at 80 %", 80, constant(1.0), 0.0),
        services("M/D/1 at 90 %", 90, constant(1.0), 0.0),
        services(
            "M/G/1 at 70 %, lognormal with cv² ½",
            70,
            lognormal(1.0, 0.5),
            0.5,
        ),
        services(
            "M/G/1 at 80 %, lognormal with cv² 2",
            80,
            lognormal(1.0, 2.0),
            2.0,
        ),
        services(
            "M/G/1 at 50 %, lognormal with cv² 4",
            50,
            lognormal(1.0, 4.0),
            4.0,
        ),
        waits_of_constant_services(),
        metronome(),
    ];
    for percent in [50, 70, 80, 90] {
        laws.push(gaps(percent));
        laws.push(round_robin(percent));
    }
    laws
}

fn services(name: &str, percent: u32, service: Distribution, cv2: f64) -> Option<Law> {
    let rho = f64::from(percent) / 100.0;
    let theory = mg1(rho, 1.0, cv2)?;
    Some(Law {
        name: name.to_owned(),
        source: "theory::mg1 (Pollaczek and Khinchine); Kleinrock vol. 1, chapter 5",
        truth: Truth::Exact,
        system: Box::new(move |seed| station(seed, rho, &server(1, service.clone()))),
        settling: Settling::Relaxation(mm1(rho, 1.0)?.relaxation_time() * (1.0 + cv2)),
        length: 30_000.0,
        level: LEVEL,
        is_slow: false,
        figures: vec![
            mean_response(theory.mean_response, 0.15),
            mean_wait(1, theory.mean_wait, 0.20),
        ],
    })
}

fn waits_of_constant_services() -> Option<Law> {
    let rho = 0.8;
    let mut figures = Vec::new();
    for (services, precision) in [(1, 0.05), (2, 0.05), (5, 0.03), (8, 0.02)] {
        let share = md1_wait_share(rho, 1.0, f64::from(services))?;
        // Who waits for t has an answer one service later.
        figures.push(share_within(services + 1, share, precision));
    }
    Some(Law {
        name: "Waits of M/D/1 at 80 %".to_owned(),
        source: "theory::md1_wait_share; Erlang 1909, Franx 2001",
        truth: Truth::Exact,
        system: Box::new(move |seed| station(seed, rho, &server(1, constant(1.0)))),
        settling: Settling::Relaxation(mm1(rho, 1.0)?.relaxation_time()),
        length: 30_000.0,
        level: LEVEL,
        is_slow: false,
        figures,
    })
}

fn metronome() -> Option<Law> {
    Some(Law {
        name: "D/D/1 at 90 %".to_owned(),
        source: "nobody ever waits",
        truth: Truth::Exact,
        system: Box::new(|seed| {
            System::even(0.9)
                .called_by(0, 7.0, server(1, constant(1.0)))
                .build(seed)
        }),
        settling: Settling::Relaxation(1.0),
        length: 200.0,
        level: LEVEL,
        is_slow: false,
        figures: vec![mean_response(1.0, 1e-6), mean_wait(1, 0.0, 1.0)],
    })
}

/// Even gaps are forgotten about twice as fast as exponential ones: in heavy traffic the time grows with
/// the sum of both squared coefficients of variation.
fn gaps(percent: u32) -> Option<Law> {
    let rho = f64::from(percent) / 100.0;
    let theory = gim1(rho, Gaps::Constant, 1.0)?;
    let settling = Settling::Relaxation(0.6 * mm1(rho, 1.0)?.relaxation_time());
    Some(Law {
        name: format!("D/M/1 at {percent} %"),
        source: "theory::gim1; Kleinrock vol. 1, chapter 6",
        truth: Truth::Exact,
        system: Box::new(move |seed| {
            System::even(rho)
                .called_by(0, 0.0, server(1, exponential(1.0)))
                .build(seed)
        }),
        settling,
        length: 20_000.0,
        level: LEVEL,
        is_slow: false,
        figures: vec![
            mean_response(theory.mean_response, 0.15),
            percentile(99, theory.response_quantile(0.99), 0.30),
        ],
    })
}

fn round_robin(percent: u32) -> Option<Law> {
    let rho = f64::from(percent) / 100.0;
    let theory = gim1(rho, Gaps::Erlang { phases: 8 }, 1.0)?;
    let settling = Settling::Relaxation(0.6 * mm1(rho, 1.0)?.relaxation_time());
    Some(Law {
        name: format!("Round robin over eight servers at {percent} %"),
        source: "theory::gim1 with Erlang gaps: every server sees each eighth arrival, E8/M/1",
        truth: Truth::Exact,
        system: Box::new(move |seed| farm(seed, rho, 8, Policy::RoundRobin)),
        settling,
        length: 2_000.0,
        level: LEVEL,
        is_slow: false,
        figures: vec![
            mean_response(theory.mean_response, 0.15),
            percentile(50, theory.response_quantile(0.50), 0.15),
            percentile(99, theory.response_quantile(0.99), 0.30),
        ],
    })
}
