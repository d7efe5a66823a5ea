//! Setting up what is missing, once for the machine.
//!
//! Every step first looks, and costs nothing where the tool is there. A missing tool is taken
//! ready-made where the machine can get it and compiled otherwise, at a profile that is quick to
//! build. Tools arrive in a folder of their own, are tried there, and are moved into place in one
//! go: a step that fails leaves nothing half-installed.

pub(crate) mod browser;
mod compile;
pub(crate) mod journeys;
pub(crate) mod node;
mod packages;
pub(crate) mod peers;
mod prebuilt;
mod staging;
pub(crate) mod trunk;
pub(crate) mod valgrind;
pub(crate) mod wasm_bindgen;
pub(crate) mod wasm_opt;
pub(crate) mod wasm_target;

use crate::failure::Failure;
use crate::machine::Machine;
use crate::workspace::Workspace;

/// Makes sure of one tool.
type Step = fn(&Machine, &Workspace) -> Result<(), Failure>;

const FOR_BUILDING: [Step; 3] = [
    |machine, _| wasm_target::ensure(machine),
    trunk::ensure,
    |machine, workspace| wasm_bindgen::ensure(machine, workspace).map(drop),
];

const FOR_TESTS_AND_RELEASES: [Step; 4] = [
    |machine, _| wasm_opt::ensure(machine),
    |machine, _| node::ensure(machine),
    journeys::ensure,
    |machine, _| browser::ensure(machine).map(drop),
];

/// What `trunk build` and `trunk serve` need. The first failure ends it: without all there is no building.
pub(crate) fn for_building(machine: &Machine, workspace: &Workspace) -> Result<(), Failure> {
    FOR_BUILDING
        .iter()
        .try_for_each(|step| step(machine, workspace))
}

/// What all commands need, with every failure reported at the end.
pub(crate) fn everything(machine: &Machine, workspace: &Workspace) -> Result<(), Failure> {
    let failures: Vec<String> = FOR_BUILDING
        .iter()
        .chain(&FOR_TESTS_AND_RELEASES)
        .filter_map(|step| step(machine, workspace).err())
        .map(|failure| failure.to_string())
        .collect();
    if failures.is_empty() {
        println!("Everything is set up.");
        return Ok(());
    }
    Err(Failure::new(failures.join("\nerror: ")))
}
