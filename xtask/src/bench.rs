//! `cargo xtask bench`: how fast the engine is, natively, in wasm, and beside others.
//!
//! Machines differ and are busy with other things, so everything that is compared takes turns within one
//! run, and what is compared is the median of the ratios. No test looks at these numbers.

mod comparison;
mod instructions;
mod median;
mod model;
mod page;
mod peer;
mod subject;
mod throughput;

use std::path::PathBuf;

use self::page::Page;
use crate::failure::Failure;
use crate::machine::{Machine, program_file};
use crate::parity;
use crate::setup::{node, wasm_bindgen, wasm_target};
use crate::workspace::Workspace;

/// How often everything takes its turn.
const ROUNDS: usize = 5;

/// Optimised for speed everywhere, other than what is published, where size comes first.
const PROFILE: &str = "speed";

/// What to measure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Bench {
    /// Time: beside other simulators or without, and in a browser as well or not.
    Time { peers: bool, browser: bool },
    /// Instructions, compared with the accepted numbers or taken as those.
    Instructions { accept: bool },
}

/// Measures and prints tables.
pub(crate) fn bench(machine: &Machine, workspace: &Workspace, what: Bench) -> Result<(), Failure> {
    match what {
        Bench::Time { peers, browser } => time(machine, workspace, peers, browser),
        Bench::Instructions { accept } => instructions::measure(machine, workspace, accept),
    }
}

fn time(
    machine: &Machine,
    workspace: &Workspace,
    peers: bool,
    browser: bool,
) -> Result<(), Failure> {
    wasm_target::ensure(machine)?;
    node::ensure(machine)?;
    let bindgen = wasm_bindgen::ensure(machine, workspace)?;
    let wasm = parity::build_wasm(machine, workspace, &bindgen, PROFILE)?;
    let native = native(machine, workspace)?;
    let page = if browser {
        Some(Page::ensure(machine, workspace, &bindgen)?)
    } else {
        None
    };
    let peers = if peers {
        peer::ensure(machine, workspace)
    } else {
        Vec::new()
    };
    throughput::measure(machine, workspace, &native, &wasm)?;
    let subjects = subject::all(&native, &wasm, page.as_ref(), &peers);
    comparison::measure(machine, workspace, &native, subjects)
}

/// Builds the benchmark and gives back where it is.
fn native(machine: &Machine, workspace: &Workspace) -> Result<PathBuf, Failure> {
    machine
        .cargo()
        .args(["build", "-p", "bench", "--profile", PROFILE])
        .within(workspace.root())
        .show()?;
    let program = program_file("bench");
    Ok(workspace.target().join(PROFILE).join(program))
}
