//! Queries at once and through connections: fan-out, quorums, pools.

use crate::scenario::{ConnectionPool, NodeKind, QueryOrder, Server};
use crate::theory::{fan_out_mean, mm1, mmc, quorum_mean};
use crate::validation::figure::{mean_connection_wait, mean_response};
use crate::validation::system::{System, constant, database, exponential};
use crate::validation::{LEVEL, Law, Settling, Truth};

pub(super) fn laws() -> Vec<Option<Law>> {
    vec![
        fan_out(10, None, Some(fan_out_mean(10, 1.0))),
        fan_out(100, None, Some(fan_out_mean(100, 1.0))),
        fan_out(3, Some(2), quorum_mean(2, 3, 1.0)),
        fan_out(5, Some(3), quorum_mean(3, 5, 1.0)),
        one_connection(),
        threads(),
    ]
}

/// A server that does nothing itself.
fn asking(queries: u32, query_order: QueryOrder) -> Server {
    Server {
        workers: 1_024,
        service_time: constant(0.0),
        queue_limit: 4_000,
        queries,
        query_order,
        ..Server::default()
    }
}

/// Queries that nobody disturbs: a database with a worker for each.
fn fan_out(queries: u32, needed: Option<u32>, mean: Option<f64>) -> Option<Law> {
    let name = match needed {
        None => format!("The slowest of {queries} queries at once"),
        Some(needed) => format!("{needed} of {queries} queries at once"),
    };
    let server = asking(queries, QueryOrder::Parallel { needed });
    Some(Law {
        name,
        source: "theory::fan_out_mean and theory::quorum_mean; David and Nagaraja, Order Statistics",
        truth: Truth::Exact,
        system: Box::new(move |seed| {
            System::poisson(2.0)
                .called_by(0, 0.0, NodeKind::Server(server.clone()))
                .called_by(1, 0.0, database(1_024, exponential(1.0)))
                .build(seed)
        }),
        settling: Settling::Relaxation(3.0),
        length: 1_500.0,
        level: LEVEL,
        is_slow: false,
        figures: vec![mean_response(mean?, 0.02)],
    })
}

/// Queries that wait for the only connection: M/M/1, inside the server.
fn one_connection() -> Option<Law> {
    let theory = mm1(0.8, 1.0)?;
    let server = Server {
        connections: Some(ConnectionPool {
            size: 1,
            wait_limit: None,
        }),
        ..asking(1, QueryOrder::Sequential)
    };
    Some(Law {
        name: "A pool of one connection at 80 %".to_owned(),
        source: "theory::mm1: a query has the connection until its answer is back",
        truth: Truth::Exact,
        system: Box::new(move |seed| {
            System::poisson(0.8)
                .called_by(0, 0.0, NodeKind::Server(server.clone()))
                .called_by(1, 0.0, database(8, exponential(1.0)))
                .build(seed)
        }),
        settling: Settling::Relaxation(theory.relaxation_time()),
        length: 30_000.0,
        level: LEVEL,
        is_slow: false,
        figures: vec![
            mean_response(theory.mean_response(), 0.10),
            mean_connection_wait(1, theory.mean_wait(), 0.12),
        ],
    })
}

/// Threads that are kept while queries are out: they are the servers of an M/M/c.
fn threads() -> Option<Law> {
    let theory = mmc(3.2, 1.0, 4)?;
    let server = Server {
        workers: 4,
        holds_worker: true,
        ..asking(1, QueryOrder::Sequential)
    };
    Some(Law {
        name: "Four threads that wait for their queries at 80 %".to_owned(),
        source: "theory::mmc: a thread is busy from the beginning of its request to the answer",
        truth: Truth::Exact,
        system: Box::new(move |seed| {
            System::poisson(3.2)
                .called_by(0, 0.0, NodeKind::Server(server.clone()))
                .called_by(1, 0.0, database(1_024, exponential(1.0)))
                .build(seed)
        }),
        settling: Settling::Relaxation(theory.relaxation_time()),
        length: 20_000.0,
        level: LEVEL,
        is_slow: false,
        figures: vec![mean_response(theory.mean_response.as_secs_f64(), 0.06)],
    })
}
