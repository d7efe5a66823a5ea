//! Events per second of the workloads whose runs are compared bit for bit, natively and in wasm.

use std::collections::BTreeMap;
use std::path::Path;

use super::ROUNDS;
use super::median::{geometric_mean, median};
use crate::failure::Failure;
use crate::machine::Machine;
use crate::parity;
use crate::workspace::Workspace;

/// Prints events per second natively and in wasm, and their ratio.
pub(super) fn measure(
    machine: &Machine,
    workspace: &Workspace,
    native: &Path,
    wasm: &Path,
) -> Result<(), Failure> {
    let mut rounds: BTreeMap<String, Vec<[f64; 2]>> = BTreeMap::new();
    for round in 1..=ROUNDS {
        println!("workloads, round {round} of {ROUNDS}");
        let natively = machine.tool(native).arg("throughput").read()?;
        let in_wasm = parity::run_wasm(machine, workspace, wasm, &["throughput"])?;
        let mut in_wasm = speeds(&in_wasm);
        for (workload, native) in speeds(&natively) {
            let wasm = in_wasm.remove(&workload).ok_or_else(|| {
                Failure::new(format!("the workload {workload} did not run in wasm"))
            })?;
            rounds.entry(workload).or_default().push([native, wasm]);
        }
    }

    println!("\nmillions of events per second, median of {ROUNDS} rounds in turns\n");
    println!(
        "{:24} {:>8} {:>8} {:>14}",
        "workload", "native", "wasm", "native / wasm"
    );
    for (workload, rounds) in &rounds {
        println!(
            "{workload:24} {:8.2} {:8.2} {:14.2}",
            median(rounds.iter().map(|it| it[0])) / 1e6,
            median(rounds.iter().map(|it| it[1])) / 1e6,
            median(rounds.iter().map(|it| it[0] / it[1])),
        );
    }
    let ratios = rounds.values().flatten().map(|it| it[0] / it[1]);
    println!(
        "\nOver all workloads, native is {:.2} times as fast as wasm.\n",
        geometric_mean(ratios)
    );
    Ok(())
}

/// Lines such as `throughput mm1 120000 9000000`: workload, events, nanoseconds.
fn speeds(printed: &str) -> BTreeMap<String, f64> {
    let read = |line: &str| -> Option<(String, f64)> {
        let mut words = line.strip_prefix("throughput ")?.split(' ');
        let workload = words.next()?.to_owned();
        let events: f64 = words.next()?.parse().ok()?;
        let nanoseconds: f64 = words.next()?.parse().ok()?;
        Some((workload, events * 1e9 / nanoseconds))
    };
    printed.lines().filter_map(read).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn speed_is_events_over_time() {
        let read = speeds("throughput mm1 1000 500\nfingerprint mm1 1 ab\nthroughput broken x y\n");
        assert_eq!(read.len(), 1);
        assert!(read.get("mm1").is_some_and(|it| (it - 2e9).abs() < 1.0));
    }
}
