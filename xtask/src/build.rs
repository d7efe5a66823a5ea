//! `cargo xtask build`: the publishable site.

use std::fs;
use std::path::Path;

use crate::base_path::BasePath;
use crate::failure::Failure;
use crate::machine::Machine;
use crate::setup::{self, wasm_opt};
use crate::sizes;
use crate::workspace::Workspace;

/// Sets up what is missing, writes `dist/`, and prints what it weighs.
pub(crate) fn build(
    machine: &Machine,
    workspace: &Workspace,
    base: &BasePath,
) -> Result<(), Failure> {
    setup::for_building(machine, workspace)?;
    wasm_opt::ensure(machine)?;
    let dist = workspace.root().join("dist");
    release(machine, workspace, base, &dist)?;
    println!("\nWhat the files of {base} weigh:\n");
    sizes::report(&dist, base)?;
    println!(
        "\nThe site is in {}, to be published under {base}",
        dist.display()
    );
    Ok(())
}

/// Builds the site for `base` into `dist`, with tools that are already there.
pub(crate) fn release(
    machine: &Machine,
    workspace: &Workspace,
    base: &BasePath,
    dist: &Path,
) -> Result<(), Failure> {
    machine
        .tool("trunk")
        .args([
            "build",
            "--release",
            "--public-url",
            base.as_str(),
            "--dist",
        ])
        .arg(dist)
        .within(workspace.root())
        .show()?;
    // Without it GitHub Pages would run Jekyll over the files and drop some of them.
    let marker = dist.join(".nojekyll");
    fs::write(&marker, "").map_err(|error| Failure::file("write", &marker, &error))
}
