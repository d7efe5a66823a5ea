//! Several stations that pass requests on: tandems, Jackson's and Kelly's networks.

use crate::scenario::Policy;
use crate::theory::{Station, jackson, mmc};
use crate::validation::figure::{arrival_rate, mean_response, mean_wait};
use crate::validation::system::{System, balancer, database, exponential, server, server_with};
use crate::validation::{LEVEL, Law, Settling, Truth};

pub(super) fn laws() -> Vec<Option<Law>> {
    vec![tandem(), repeated_queries(), network()]
}

/// The relaxation time of a station that is busy for 70 % at most, and its neighbours'.
const RELAXATION: f64 = 60.0;

fn tandem() -> Option<Law> {
    let (web, db) = (mmc(1.2, 1.0, 2)?, mmc(1.2, 2.0, 1)?);
    let mean = web.mean_response.as_secs_f64() + db.mean_response.as_secs_f64();
    Some(Law {
        name: "Web tier and database in a row".to_owned(),
        source: "theory::mmc twice; Burke 1956: what leaves M/M/c is Poisson",
        truth: Truth::Exact,
        system: Box::new(|seed| {
            System::poisson(1.2)
                .called_by(0, 3.0, server(2, exponential(1.0)))
                .called_by(1, 0.25, database(1, exponential(0.5)))
                .build(seed)
        }),
        settling: Settling::Relaxation(RELAXATION),
        length: 10_000.0,
        level: LEVEL,
        is_slow: false,
        figures: vec![
            mean_response(mean + 0.5, 0.04),
            mean_wait(1, web.mean_wait.as_secs_f64(), 0.15),
            mean_wait(2, db.mean_wait.as_secs_f64(), 0.15),
        ],
    })
}

fn repeated_queries() -> Option<Law> {
    let (web, db) = (mmc(0.6, 1.0, 1)?, mmc(1.8, 3.0, 1)?);
    let mean = web.mean_response.as_secs_f64() + 3.0 * db.mean_response.as_secs_f64();
    Some(Law {
        name: "Three queries for each request".to_owned(),
        source: "theory::jackson; Kelly 1979, chapter 3: fixed routes with repeated visits",
        truth: Truth::Exact,
        system: Box::new(|seed| {
            System::poisson(0.6)
                .called_by(0, 0.0, server_with(1, exponential(1.0), 1_000, 3))
                .called_by(1, 0.1, database(1, exponential(1.0 / 3.0)))
                .build(seed)
        }),
        settling: Settling::Relaxation(RELAXATION),
        length: 12_000.0,
        level: LEVEL,
        is_slow: false,
        figures: vec![
            mean_response(mean + 3.0 * 0.2, 0.04),
            mean_wait(2, db.mean_wait.as_secs_f64(), 0.15),
            arrival_rate(2, 1.8, 0.02),
        ],
    })
}

fn network() -> Option<Law> {
    // Three servers of different speed, each taking a third at random, before one database.
    let station = |service_rate, servers| Station {
        service_rate,
        servers,
    };
    let stations = [
        station(1.0, 1),
        station(2.0, 1),
        station(0.5, 2),
        station(3.0, 1),
    ];
    let to_database = vec![0.0, 0.0, 0.0, 1.0];
    let routing = [
        to_database.clone(),
        to_database.clone(),
        to_database,
        vec![0.0; 4],
    ];
    let theory = jackson(&[0.6, 0.6, 0.6, 0.0], &routing, &stations)?;
    Some(Law {
        name: "Three unequal servers before a database".to_owned(),
        source: "theory::jackson; Jackson 1957",
        truth: Truth::Exact,
        system: Box::new(|seed| {
            System::poisson(1.8)
                .called_by(0, 0.0, balancer(Policy::Random))
                .called_by(1, 0.0, server(1, exponential(1.0)))
                .called_by(1, 0.0, server(1, exponential(0.5)))
                .called_by(1, 0.0, server(2, exponential(2.0)))
                .called_by(2, 0.0, database(1, exponential(1.0 / 3.0)))
                .link(3, 5, 0.0)
                .link(4, 5, 0.0)
                .build(seed)
        }),
        settling: Settling::Relaxation(RELAXATION),
        length: 10_000.0,
        level: LEVEL,
        is_slow: false,
        figures: vec![
            mean_response(theory.mean_response, 0.04),
            arrival_rate(5, 1.8, 0.02),
        ],
    })
}
