//! Queues with a limit: Erlang B, M/M/1/K, M/M/c/K.

use crate::distribution::Distribution;
use crate::theory::{erlang_b, mmck};
use crate::validation::figure::{lost, mean_response, utilisation};
use crate::validation::system::{constant, exponential, lognormal, server_with, station};
use crate::validation::{LEVEL, Law, Settling, Truth};

pub(super) fn laws() -> Vec<Option<Law>> {
    // One law of service for each row: the share of losses does not depend on it.
    let (exponential, constant) = (exponential(1.0), constant(1.0));
    let (calm, wild) = (lognormal(1.0, 0.5), lognormal(1.0, 4.0));
    vec![
        erlang("M/M/5/5 with 3 Erlang", 5, 3.0, exponential.clone()),
        erlang("M/D/10/10 with 8 Erlang", 10, 8.0, constant.clone()),
        erlang(
            "M/G/10/10 with 10 Erlang, lognormal services",
            10,
            10.0,
            wild,
        ),
        erlang("M/D/20/20 with 15 Erlang", 20, 15.0, constant),
        erlang(
            "M/G/50/50 with 40 Erlang, lognormal services",
            50,
            40.0,
            calm,
        ),
        erlang("M/M/100/100 with 90 Erlang", 100, 90.0, exponential.clone()),
        erlang("M/M/100/100 with 100 Erlang", 100, 100.0, exponential),
        limited("M/M/1/5 at 80 %", 0.8, 1, 5),
        limited("M/M/1/10 at 90 %", 0.9, 1, 10),
        limited("M/M/1/10 at 120 %", 1.2, 1, 10),
        limited("M/M/4/10 at 100 %", 4.0, 4, 10),
    ]
}

fn erlang(name: &str, servers: u32, load: f64, service: Distribution) -> Option<Law> {
    let blocking = erlang_b(load, servers);
    let busy = load * (1.0 - blocking) / f64::from(servers);
    Some(Law {
        name: name.to_owned(),
        source: "theory::erlang_b; Erlang 1917, insensitive to the law of service (Sevastyanov 1957)",
        truth: Truth::Exact,
        system: Box::new(move |seed| {
            station(seed, load, &server_with(servers, service.clone(), 0, 1))
        }),
        // Without a queue a service is what has to be forgotten, for lognormal ones a long one.
        settling: Settling::Relaxation(5.0),
        length: 14_000.0 / load,
        level: LEVEL,
        is_slow: false,
        figures: vec![
            lost(blocking, 0.15),
            utilisation(1, busy, 0.02),
            mean_response(1.0, 0.03),
        ],
    })
}

fn limited(name: &str, rate: f64, servers: u32, places: u32) -> Option<Law> {
    let theory = mmck(rate, 1.0, servers, places)?;
    let queue = places - servers;
    Some(Law {
        name: name.to_owned(),
        source: "theory::mmck; Kleinrock vol. 1, chapter 3",
        truth: Truth::Exact,
        system: Box::new(move |seed| {
            let station_kind = server_with(servers, exponential(1.0), queue, 1);
            station(seed, rate, &station_kind)
        }),
        // The slowest that a queue can forget so few places: the square of their number.
        settling: Settling::Relaxation(f64::from(places * places) / 2.0),
        length: 20_000.0 / rate,
        level: LEVEL,
        is_slow: false,
        figures: vec![
            lost(theory.blocking, 0.10),
            mean_response(theory.mean_response, 0.04),
            utilisation(1, theory.utilisation, 0.02),
        ],
    })
}
