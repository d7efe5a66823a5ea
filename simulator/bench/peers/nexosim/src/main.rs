//! The benchmark models on NeXosim: components with ports, in one thread.
//!
//! Usage: on-nexosim MODEL CUSTOMERS SEED; prints one line of JSON.

mod cache;
mod clients;
mod draw;
mod queue;
mod station;
mod web;

use std::process::ExitCode;
use std::time::Instant;

use nexosim::simulation::SimulationError;

/// As in this crate's manifest.
const VERSION: &str = "1.0.0";

/// How many customers left, and how long all of them stayed.
#[derive(Clone, Copy, Default, serde::Serialize, serde::Deserialize)]
pub(crate) struct Stay {
    pub(crate) customers: u64,
    pub(crate) seconds: f64,
}

impl Stay {
    pub(crate) fn end(&mut self, seconds: f64) {
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
    match run(model, customers, seed) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::from(2),
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Whether there is such a model.
fn run(model: &str, customers: u64, seed: u64) -> Result<bool, SimulationError> {
    let begin = Instant::now();
    let stay = match model {
        "mm1" => queue::run(seed, 0.9, 1, customers)?,
        "mm16" => queue::run(seed, 14.4, 16, customers)?,
        "web" => web::run(seed, customers)?,
        _ => return Ok(false),
    };
    let seconds = begin.elapsed().as_secs_f64();
    let Stay { customers, .. } = stay;
    let mean = stay.seconds / customers as f64;
    println!(
        r#"{{"name": "NeXosim", "version": "{VERSION}", "model": "{model}", "customers": {customers}, "seconds": {seconds}, "mean": {mean}}}"#
    );
    Ok(true)
}
