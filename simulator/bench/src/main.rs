//! The engine's workloads, natively and in wasm: how fast, and whether bit for bit the same.
//!
//! Natively `bench fingerprint` and `bench throughput` print a line for each workload. In wasm there
//! is no command line and no clock, so `run.mjs` asks for the same things and prints the same lines.

mod fingerprint;
#[cfg(not(target_arch = "wasm32"))]
mod peer;
#[cfg(not(target_arch = "wasm32"))]
mod reference;
mod system;
#[cfg(target_arch = "wasm32")]
mod wasm;
mod workload;

#[cfg(not(target_arch = "wasm32"))]
fn main() -> std::process::ExitCode {
    native::main()
}

/// Nothing by itself: the exports in `wasm.rs` are called from outside.
#[cfg(target_arch = "wasm32")]
fn main() {}

#[cfg(not(target_arch = "wasm32"))]
mod native {
    use std::process::ExitCode;
    use std::time::{Duration, Instant};

    use crate::{fingerprint, peer, workload};

    /// Long enough for the clock's own grain and for a busy machine's hiccups.
    const LONG_ENOUGH: Duration = Duration::from_millis(300);

    pub(crate) fn main() -> ExitCode {
        match std::env::args().nth(1).as_deref() {
            Some("fingerprint") => fingerprint(),
            Some("throughput") => throughput(),
            Some("reference") => reference(),
            _ => {
                eprintln!("usage: bench fingerprint | throughput | reference");
                return ExitCode::from(2);
            }
        }
        ExitCode::SUCCESS
    }

    fn fingerprint() {
        for workload in workload::all() {
            let fingerprint = fingerprint::of(&workload.run());
            println!("fingerprint {} {fingerprint}", workload.name);
        }
        println!("{}", fingerprint::of_draws());
    }

    /// Nanoseconds for each customer, in the engine and in a bare loop.
    fn reference() {
        for queue in peer::QUEUES {
            let engine = nanoseconds(|| queue.in_the_engine());
            let bare = nanoseconds(|| queue.bare());
            println!("reference {} {engine} {bare}", queue.name);
        }
    }

    /// How long one customer takes.
    fn nanoseconds(serve: impl Fn() -> u64) -> f64 {
        let (start, mut served) = (Instant::now(), 0);
        while start.elapsed() < LONG_ENOUGH {
            served += serve();
        }
        start.elapsed().as_nanos() as f64 / served as f64
    }

    fn throughput() {
        for workload in workload::all() {
            let start = Instant::now();
            let mut events = 0;
            while start.elapsed() < LONG_ENOUGH {
                events += workload.run().events();
            }
            println!(
                "throughput {} {events} {}",
                workload.name,
                start.elapsed().as_nanos()
            );
        }
    }
}
