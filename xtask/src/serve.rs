//! `cargo xtask serve`: the site on this machine, reloading on change.

use crate::failure::Failure;
use crate::machine::Machine;
use crate::setup::{self, wasm_opt};
use crate::workspace::Workspace;

/// Sets up what is missing and hands over to `trunk serve`, which gets `options`.
///
/// A debug build: it optimises the engine as a release does, and is ready sooner after a change.
pub(crate) fn serve(
    machine: &Machine,
    workspace: &Workspace,
    options: &[String],
) -> Result<(), Failure> {
    setup::for_building(machine, workspace)?;
    if let Err(failure) = wasm_opt::ensure(machine) {
        println!("Note, only for release builds: {failure}.");
    }
    let ours = options
        .iter()
        .any(|it| it.starts_with("--port") || it.starts_with("-p"));
    let address = if ours {
        "the address that Trunk prints"
    } else {
        "http://127.0.0.1:8080/"
    };
    println!("Building the site, a few minutes the first time; then it is at {address}");
    machine
        .tool("trunk")
        .arg("serve")
        .args(options)
        .within(workspace.root())
        .take_over()
}
