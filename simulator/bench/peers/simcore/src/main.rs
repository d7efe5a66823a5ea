//! The benchmark models on SimCore: typed events, and components that call each other where no time passes.
//!
//! Usage: on-simcore MODEL CUSTOMERS SEED; prints one line of JSON.

mod queue;
mod station;
mod web;

use std::process::ExitCode;
use std::time::Instant;

use simcore::Simulation;

/// As in this crate's manifest.
const VERSION: &str = "0.1.0";

/// How many customers left, and how long all of them stayed.
#[derive(Clone, Copy, Default)]
struct Stay {
    customers: u64,
    seconds: f64,
}

impl Stay {
    fn end(&mut self, seconds: f64) {
        self.customers += 1;
        self.seconds += seconds;
    }
}

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let [model, customers, seed] = words.as_slice() else {
        return ExitCode::from(2);
    };
    let (Ok(customers), Ok(seed)) = (customers.parse(), seed.parse()) else {
        return ExitCode::from(2);
    };
    let begin = Instant::now();
    let simulation = Simulation::new(seed);
    let stay = match model.as_str() {
        "mm1" => queue::run(simulation, 0.9, 1, customers),
        "mm16" => queue::run(simulation, 14.4, 16, customers),
        "web" => web::run(simulation, customers),
        _ => return ExitCode::from(2),
    };
    let seconds = begin.elapsed().as_secs_f64();
    let Stay { customers, .. } = stay;
    let mean = stay.seconds / customers as f64;
    println!(
        r#"{{"name": "SimCore", "version": "{VERSION}", "model": "{model}", "customers": {customers}, "seconds": {seconds}, "mean": {mean}}}"#
    );
    ExitCode::SUCCESS
}
