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

/// A program to be compiled.
pub(super) struct Source {
    pub(super) package: &'static str,
    pub(super) version: String,
    pub(super) lock: Lock,
    /// Arguments to cargo that leave out what is not needed here.
    pub(super) only: &'static [&'static str],
    /// How much to optimise: less compiles sooner.
    pub(super) opt_level: &'static str,
}

/// Compiles the program and puts it into `root/bin`.
pub(super) fn install(
    machine: &Machine,
    workspace: &Workspace,
    source: &Source,
    root: &Path,
) -> Result<(), Failure> {
    // Kept until the end, so that a compilation that was interrupted goes on where it stopped.
    let target = workspace.target().join("tools");
    let tool = machine
        .cargo()
        .args(["install", "--force", source.package])
        .args(["--version", &format!("={}", source.version)])
        .args(source.only)
        .arg("--root")
        .arg(root)
        .arg("--target-dir")
        .arg(&target);
    let tool = if source.lock == Lock::Authors {
        tool.arg("--locked")
    } else {
        tool
    };
    // Their own release profiles take several times as long to build.
    tool.env("CARGO_PROFILE_RELEASE_OPT_LEVEL", source.opt_level)
        .env("CARGO_PROFILE_RELEASE_LTO", "off")
        .env("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16")
        .env("CARGO_PROFILE_RELEASE_DEBUG", "0")
        .show()?;
    // Only disk space: the tool itself is in place.
    let _ = fs::remove_dir_all(&target);
    Ok(())
}
