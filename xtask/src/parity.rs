//! The engine in wasm against the engine here: the same runs, bit for bit.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::failure::Failure;
use crate::machine::Machine;
use crate::tally::Tally;
use crate::workspace::Workspace;

/// The fewest scenarios whose runs have to be compared.
const FEWEST: usize = 6;

/// Runs the same scenarios natively and in wasm and compares the hashes of everything that happened
/// and of what came of it.
///
/// Native code from the development profile against wasm from the release profile: neither the
/// target nor the optimiser may make a difference.
pub(crate) fn check(
    machine: &Machine,
    workspace: &Workspace,
    wasm_bindgen: &Path,
) -> Result<Tally, Failure> {
    let wasm = build_wasm(machine, workspace, wasm_bindgen, "release")?;
    let natively = machine
        .cargo()
        .args(["run", "--quiet", "-p", "bench", "--", "fingerprint"])
        .within(workspace.root())
        .read()?;
    let in_wasm = run_wasm(machine, workspace, &wasm, &["fingerprint"])?;
    let (natively, in_wasm) = (fingerprints(&natively), fingerprints(&in_wasm));
    if natively.len() < FEWEST {
        return Err(Failure::new(format!(
            "only {} scenarios were compared",
            natively.len()
        )));
    }
    let mut tally = Tally::default();
    for (scenario, native) in &natively {
        let wasm = in_wasm.get(scenario).map_or("nothing", String::as_str);
        if native == wasm {
            tally.passed += 1;
            println!("ok      {scenario:24} {native}");
        } else {
            tally.failed += 1;
            println!("FAILED  {scenario:24} natively {native}, in wasm {wasm}");
        }
    }
    Ok(tally)
}

/// Builds the benchmark for wasm and gives back the folder that Node loads it from.
pub(crate) fn build_wasm(
    machine: &Machine,
    workspace: &Workspace,
    wasm_bindgen: &Path,
    profile: &str,
) -> Result<PathBuf, Failure> {
    machine
        .cargo()
        .args([
            "build",
            "-p",
            "bench",
            "--target",
            "wasm32-unknown-unknown",
            "--profile",
            profile,
        ])
        .within(workspace.root())
        .show()?;
    let folder = workspace.target().join("bench-wasm").join(profile);
    join_wasm(machine, workspace, wasm_bindgen, profile, "nodejs", &folder)?;
    Ok(folder)
}

/// Joins the wasm that was built with the JavaScript that loads it in Node (`nodejs`) or in a page (`web`).
pub(crate) fn join_wasm(
    machine: &Machine,
    workspace: &Workspace,
    wasm_bindgen: &Path,
    profile: &str,
    loader: &str,
    folder: &Path,
) -> Result<(), Failure> {
    machine
        .tool(wasm_bindgen)
        .args(["--target", loader, "--no-typescript", "--out-dir"])
        .arg(folder)
        .arg(
            workspace
                .target()
                .join("wasm32-unknown-unknown")
                .join(profile)
                .join("bench.wasm"),
        )
        .show()
}

/// Runs the wasm benchmark in Node and gives back what it prints.
pub(crate) fn run_wasm(
    machine: &Machine,
    workspace: &Workspace,
    folder: &Path,
    words: &[&str],
) -> Result<String, Failure> {
    let module = folder.join("bench.js");
    machine
        .tool("node")
        .arg(workspace.root().join("simulator/bench/run.mjs"))
        .arg(module)
        .args(words)
        .read()
}

/// Lines such as `fingerprint mm1 120000 0123456789abcdef 0f1e2d3c4b5a6978`: a scenario, how many events
/// happened, their hash and that of their results.
fn fingerprints(printed: &str) -> BTreeMap<String, String> {
    printed
        .lines()
        .filter_map(|line| line.strip_prefix("fingerprint "))
        .filter_map(|line| line.split_once(' '))
        .map(|(scenario, rest)| (scenario.to_owned(), rest.to_owned()))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fingerprints_are_read_by_scenario() {
        let printed = "fingerprint mm1 120 ab ef\nthroughput mm1 120 9\nfingerprint dns 7 cd 01\n";
        let read = fingerprints(printed);
        assert_eq!(read.len(), 2);
        assert_eq!(read.get("mm1").map(String::as_str), Some("120 ab ef"));
    }
}
