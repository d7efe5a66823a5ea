//! Sharded stores: independent queues behind a hash, and reads that wait for the slowest of all shards.

use crate::scenario::{NodeKind, ShardLayout, Shards};
use crate::theory::{fan_out_mean, mmc};
use crate::validation::figure::{arrival_rate, mean_response, mean_wait, percentile};
use crate::validation::system::{System, database, exponential};
use crate::validation::{LEVEL, Law, Settling, Truth};

pub(super) fn laws() -> Vec<Option<Law>> {
    vec![point_queries(), scatter_gather()]
}

fn router(scatter_share: f64) -> NodeKind {
    NodeKind::Shards(Shards {
        layout: ShardLayout::Modulo,
        scatter_share,
        ..Shards::default()
    })
}

fn point_queries() -> Option<Law> {
    let shard = mmc(0.7, 1.0, 1)?;
    Some(Law {
        name: "Four shards with keys of their own".to_owned(),
        source: "theory::mmc; a Poisson stream divided by independent hashes is four of them",
        truth: Truth::Exact,
        system: Box::new(|seed| {
            System::poisson(4.0 * 0.7)
                .called_by(0, 0.0, router(0.0))
                .many_called_by(1, 4, &database(1, exponential(1.0)))
                .build(seed)
        }),
        settling: Settling::Relaxation(40.0),
        length: 10_000.0,
        level: LEVEL,
        is_slow: false,
        figures: vec![
            mean_response(shard.mean_response.as_secs_f64(), 0.05),
            mean_wait(2, shard.mean_wait.as_secs_f64(), 0.15),
            arrival_rate(5, 0.7, 0.02),
        ],
    })
}

fn scatter_gather() -> Option<Law> {
    let shards = 16;
    // The last of n exponential answers is in by t with (1-e^-t)^n.
    let quantile = |q: f64| -libm::log1p(-libm::pow(q, 1.0 / f64::from(shards)));
    Some(Law {
        name: "Reads of sixteen shards at once".to_owned(),
        source: "theory::fan_out_mean; workers for everybody, so nobody waits",
        truth: Truth::Exact,
        system: Box::new(move |seed| {
            System::poisson(1.0)
                .called_by(0, 0.0, router(1.0))
                .many_called_by(1, shards, &database(64, exponential(1.0)))
                .build(seed)
        }),
        settling: Settling::Relaxation(5.0),
        length: 2_000.0,
        level: LEVEL,
        is_slow: false,
        figures: vec![
            mean_response(fan_out_mean(shards, 1.0), 0.02),
            percentile(99, quantile(0.99), 0.05),
            arrival_rate(2, 1.0, 0.04),
        ],
    })
}
