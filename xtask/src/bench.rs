//! `cargo xtask bench`: how fast the engine is, natively and in wasm.
//!
//! Machines differ and are busy with other things, so natively and in wasm take turns within one
//! run, and what is compared is the median of the ratios. No test looks at these numbers.

use std::collections::BTreeMap;

use crate::failure::Failure;
use crate::machine::Machine;
use crate::parity;
use crate::setup::{node, wasm_bindgen, wasm_target};
use crate::workspace::Workspace;

const ROUNDS: usize = 5;

/// Optimised for speed on both sides, other than what is published, where size comes first.
const PROFILE: &str = "speed";

/// Prints events per second natively and in wasm, and their ratio.
pub(crate) fn bench(machine: &Machine, workspace: &Workspace) -> Result<(), Failure> {
    wasm_target::ensure(machine)?;
    node::ensure(machine)?;
    let bindgen = wasm_bindgen::ensure(machine, workspace)?;
    let wasm = parity::build_wasm(machine, workspace, &bindgen, PROFILE)?;
    let native = [
        "run",
        "--quiet",
        "-p",
        "bench",
        "--profile",
        PROFILE,
        "--",
        "throughput",
    ];
    machine
        .cargo()
        .args(["build", "-p", "bench", "--profile", PROFILE])
        .within(workspace.root())
        .show()?;

    let mut rounds: BTreeMap<String, Vec<[f64; 2]>> = BTreeMap::new();
    let mut queues: BTreeMap<String, Vec<[f64; 2]>> = BTreeMap::new();
    for round in 1..=ROUNDS {
        println!("round {round} of {ROUNDS}");
        let natively = machine
            .cargo()
            .args(native)
            .within(workspace.root())
            .read()?;
        let in_wasm = parity::run_wasm(machine, workspace, &wasm, "throughput")?;
        let mut in_wasm = speeds(&in_wasm);
        for (workload, native) in speeds(&natively) {
            let wasm = in_wasm.remove(&workload).ok_or_else(|| {
                Failure::new(format!("the workload {workload} did not run in wasm"))
            })?;
            rounds.entry(workload).or_default().push([native, wasm]);
        }
        let beside = [&native[..native.len() - 1], &["reference"]].concat();
        let beside = machine
            .cargo()
            .args(beside)
            .within(workspace.root())
            .read()?;
        for (queue, nanoseconds) in beside_bare_loops(&beside) {
            queues.entry(queue).or_default().push(nanoseconds);
        }
    }

    println!("\nmillions of events per second, median of {ROUNDS} rounds in turns\n");
    print_medians(["workload", "native", "wasm"], &rounds, 1e6, 2);
    let ratios = rounds.values().flatten().map(|it| it[0] / it[1]);
    println!(
        "\nOver all workloads, native is {:.2} times as fast as wasm.",
        geometric_mean(ratios)
    );

    println!(
        "\nnanoseconds for each customer of a queue, natively, beside a bare loop on a binary heap\n"
    );
    print_medians(["queue", "engine", "bare"], &queues, 1.0, 0);
    Ok(())
}

/// A line for each of `measured`: the medians of both in `unit`s with so many digits, and of their ratio.
fn print_medians(
    [what, first, second]: [&str; 3],
    measured: &BTreeMap<String, Vec<[f64; 2]>>,
    unit: f64,
    digits: usize,
) {
    let ratio = format!("{first} / {second}");
    println!("{what:24} {first:>8} {second:>8} {ratio:>14}");
    for (name, rounds) in measured {
        let median_of = |pick: fn(&[f64; 2]) -> f64| median(rounds.iter().map(pick).collect());
        println!(
            "{name:24} {:8.digits$} {:8.digits$} {:14.2}",
            median_of(|it| it[0]) / unit,
            median_of(|it| it[1]) / unit,
            median_of(|it| it[0] / it[1]),
        );
    }
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

/// Lines such as `reference mm1 210.5 71.2`: queue, nanoseconds in the engine and in a bare loop.
fn beside_bare_loops(printed: &str) -> BTreeMap<String, [f64; 2]> {
    let read = |line: &str| -> Option<(String, [f64; 2])> {
        let mut words = line.strip_prefix("reference ")?.split(' ');
        let queue = words.next()?.to_owned();
        let engine: f64 = words.next()?.parse().ok()?;
        let bare: f64 = words.next()?.parse().ok()?;
        Some((queue, [engine, bare]))
    };
    printed.lines().filter_map(read).collect()
}

/// The mean that is right for ratios: twice as fast and half as fast make equally fast.
fn geometric_mean(ratios: impl Iterator<Item = f64>) -> f64 {
    let (sum, count) = ratios.fold((0.0, 0.0), |(sum, count), it| (sum + it.ln(), count + 1.0));
    f64::exp(sum / count)
}

/// The middle value; of an empty list there is none.
fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(f64::NAN)
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

    #[test]
    fn a_queue_has_two_durations() {
        let read = beside_bare_loops("reference mm1 210.5 71\nreference broken 1\n");
        assert_eq!(read.len(), 1);
        assert_eq!(read.get("mm1"), Some(&[210.5, 71.0]));
    }

    #[test]
    fn ratios_of_two_and_a_half_make_one() {
        assert!((geometric_mean([2.0, 0.5].into_iter()) - 1.0).abs() < 1e-12);
    }

    #[test]
    fn the_median_is_the_middle_one() {
        assert!((median(vec![9.0, 1.0, 3.0]) - 3.0).abs() < f64::EPSILON);
        assert!(median(vec![]).is_nan());
    }
}
