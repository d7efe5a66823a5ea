//! Processor sharing and last in, first out: the order of service.

use crate::distribution::Distribution;
use crate::scenario::{Discipline, NodeKind, Server};
use crate::theory::{mg1, mm1, mmc, processor_sharing};
use crate::validation::figure::{mean_response, mean_wait, utilisation};
use crate::validation::system::{constant, exponential, hyperexponential, server, station};
use crate::validation::{LEVEL, Law, Settling, Truth};

pub(super) fn laws() -> Vec<Option<Law>> {
    let wild = || hyperexponential(1.0, 4.0);
    vec![
        sharing("M/D/1-PS at 50 %", 50, constant(1.0), 0.0),
        sharing("M/M/1-PS at 50 %", 50, exponential(1.0), 1.0),
        sharing("M/H2/1-PS at 50 %, cv² 4", 50, wild(), 4.0),
        sharing("M/D/1-PS at 80 %", 80, constant(1.0), 0.0),
        sharing("M/M/1-PS at 80 %", 80, exponential(1.0), 1.0),
        sharing("M/H2/1-PS at 80 %, cv² 4", 80, wild(), 4.0),
        many_shared(4, 80),
        many_shared(16, 90),
        last_first(),
        last_first_constant(),
    ]
}

/// The same station with another discipline.
fn with(discipline: Discipline, kind: NodeKind) -> NodeKind {
    match kind {
        NodeKind::Server(server) => NodeKind::Server(Server {
            discipline,
            ..server
        }),
        other => other,
    }
}

const SHARED: Discipline = Discipline::Sharing { most: None };

fn sharing(name: &str, percent: u32, service: Distribution, cv2: f64) -> Option<Law> {
    let rho = f64::from(percent) / 100.0;
    let theory = processor_sharing(rho, 1.0)?;
    Some(Law {
        name: name.to_owned(),
        source: "theory::processor_sharing, insensitive to the law of service; Kleinrock vol. 2, chapter 4",
        truth: Truth::Exact,
        system: Box::new(move |seed| station(seed, rho, &with(SHARED, server(1, service.clone())))),
        settling: Settling::Relaxation(mm1(rho, 1.0)?.relaxation_time() * (1.0 + cv2)),
        length: 30_000.0,
        level: LEVEL,
        is_slow: false,
        figures: vec![
            mean_response(theory.mean_response, 0.12),
            utilisation(1, rho, 0.03),
            mean_wait(1, 0.0, 1.0),
        ],
    })
}

/// In number, and so by Little's law in mean time, as if each had a worker.
fn many_shared(servers: u32, percent: u32) -> Option<Law> {
    let rate = f64::from(servers) * f64::from(percent) / 100.0;
    let theory = mmc(rate, 1.0, servers)?;
    Some(Law {
        name: format!("M/M/{servers}-PS at {percent} %"),
        source: "theory::mmc: with exponential services the number does not depend on the order",
        truth: Truth::Exact,
        system: Box::new(move |seed| {
            station(seed, rate, &with(SHARED, server(servers, exponential(1.0))))
        }),
        settling: Settling::Relaxation(theory.relaxation_time()),
        length: 60_000.0 / rate,
        level: LEVEL,
        is_slow: false,
        figures: vec![
            mean_response(theory.mean_response.as_secs_f64(), 0.10),
            utilisation(1, f64::from(percent) / 100.0, 0.03),
        ],
    })
}

fn last_first() -> Option<Law> {
    let theory = mm1(0.8, 1.0)?;
    Some(Law {
        name: "M/M/1 at 80 %, last in, first out".to_owned(),
        source: "theory::mm1: the mean does not depend on the order (Kleinrock vol. 2, section 3.3)",
        truth: Truth::Exact,
        system: Box::new(|seed| {
            station(
                seed,
                0.8,
                &with(Discipline::Lifo, server(1, exponential(1.0))),
            )
        }),
        settling: Settling::Relaxation(theory.relaxation_time()),
        length: 30_000.0,
        level: LEVEL,
        is_slow: false,
        figures: vec![
            mean_response(theory.mean_response(), 0.10),
            mean_wait(1, theory.mean_wait(), 0.15),
        ],
    })
}

fn last_first_constant() -> Option<Law> {
    let theory = mg1(0.7, 1.0, 0.0)?;
    Some(Law {
        name: "M/D/1 at 70 %, last in, first out".to_owned(),
        source: "theory::mg1: the mean does not depend on the order (Kleinrock vol. 2, section 3.3)",
        truth: Truth::Exact,
        system: Box::new(|seed| {
            station(seed, 0.7, &with(Discipline::Lifo, server(1, constant(1.0))))
        }),
        settling: Settling::Relaxation(mm1(0.7, 1.0)?.relaxation_time()),
        length: 30_000.0,
        level: LEVEL,
        is_slow: false,
        figures: vec![mean_response(theory.mean_response, 0.10)],
    })
}
