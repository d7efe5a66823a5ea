//! DNS: how often a shared name is looked up, and what that costs.

use crate::theory::name_cache;
use crate::validation::figure::{arrival_rate, mean_network};
use crate::validation::system::{System, constant, dns, server};
use crate::validation::{LEVEL, Law, Settling, Truth};

pub(super) fn laws() -> Vec<Option<Law>> {
    vec![
        names("Look-ups of a name kept for 40 services", 40.0),
        names("Look-ups of a name that is not kept", 0.0),
    ]
}

fn names(name: &str, ttl: f64) -> Option<Law> {
    let (rate, work, way, network) = (0.5, 3.0, 0.5, 2.0);
    let theory = name_cache(rate, work + 2.0 * way, ttl)?;
    Some(Law {
        name: name.to_owned(),
        source: "theory::name_cache: renewal cycles of a look-up, a time to live and a gap",
        truth: Truth::Exact,
        system: Box::new(move |seed| {
            System::poisson(rate)
                .called_by(0, way, dns(work, ttl))
                .called_by(0, network, server(8, constant(1.0)))
                .build(seed)
        }),
        settling: Settling::Relaxation(50.0),
        length: 20_000.0,
        level: LEVEL,
        is_slow: false,
        figures: vec![
            mean_network(theory.mean_delay + 2.0 * network, 0.05),
            arrival_rate(1, theory.lookup_rate, 0.05),
        ],
    })
}
