//! One queue before equal workers: M/M/c.

use super::run::{ARRIVAL, Run};
use super::station::Station;
use super::{Outcome, SECOND};

const SERVICE: u32 = 1;

/// `customers` who come at random with `rate` a second to `workers`, each busy for a second on average.
pub(crate) fn queue(seed: u64, rate: f64, workers: u32, customers: u64) -> Outcome {
    let mut run = Run::open(seed, customers);
    let mut station = Station::new(workers);
    run.arrive(SECOND / rate);
    while let Some((kind, request)) = run.next() {
        if kind == ARRIVAL {
            run.arrive(SECOND / rate);
            if station.take_in(&mut run, request) {
                serve(&mut run, request);
            }
        } else {
            if let Some(next) = station.let_go(&run) {
                serve(&mut run, next);
            }
            run.leave(request);
        }
    }
    run.outcome
}

fn serve(run: &mut Run, request: u32) {
    let service = run.exponential(SECOND);
    run.schedule(service, SERVICE, request);
}
