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
    let remap = without_paths(&machine.library_sources());
    machine
        .tool("trunk")
        // Of a failed build, Trunk's own inside would be the last fifty lines.
        .env("RUST_BACKTRACE", "0")
        .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS", remap)
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

/// The compiler's options by which the published wasm does not name folders of this machine: where a
/// library panics it says in which file, and what counts is the file's place in the library.
fn without_paths(sources: &Path) -> String {
    let folders = fs::read_dir(sources).into_iter().flatten().flatten();
    let mut options: Vec<String> = folders
        .filter_map(|folder| folder.path().into_os_string().into_string().ok())
        // Options are parted by spaces.
        .filter(|folder| !folder.contains(' '))
        .map(|folder| format!("--remap-path-prefix={folder}/="))
        .collect();
    options.sort_unstable();
    options.join(" ")
}
