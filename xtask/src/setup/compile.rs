//! Compiling a tool from its published source, at a profile that is quick to build.

use std::fs;
use std::path::Path;

use crate::failure::Failure;
use crate::machine::Machine;
use crate::workspace::Workspace;

/// Whether to build with the versions that the author of the tool locked.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Lock {
    /// As its author built it.
    Authors,
    /// Whatever the registry has by now.
    Newest,
}

/// Compiles the program `package` at exactly `version` and puts it into `root/bin`.
pub(super) fn install(
    machine: &Machine,
    workspace: &Workspace,
    package: &str,
    version: &str,
    lock: Lock,
    root: &Path,
) -> Result<(), Failure> {
    // Kept until the end, so that a compilation that was interrupted goes on where it stopped.
    let target = workspace.target().join("tools");
    let tool = machine
        .cargo()
        .args([
            "install",
            "--force",
            package,
            "--version",
            &format!("={version}"),
        ])
        .arg("--root")
        .arg(root)
        .arg("--target-dir")
        .arg(&target);
    let tool = if lock == Lock::Authors {
        tool.arg("--locked")
    } else {
        tool
    };
    // Trunk's own release profile takes 9 minutes on two cores, this takes 4, and what these tools
    // do all day is wait for cargo.
    tool.env("CARGO_PROFILE_RELEASE_OPT_LEVEL", "1")
        .env("CARGO_PROFILE_RELEASE_LTO", "off")
        .env("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16")
        .env("CARGO_PROFILE_RELEASE_DEBUG", "0")
        .show()?;
    // Only disk space: the tool itself is in place.
    let _ = fs::remove_dir_all(&target);
    Ok(())
}
