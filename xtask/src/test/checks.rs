//! The single checks that `cargo xtask test` is made of.

use std::fs;
use std::path::Path;

use crate::base_path::BasePath;
use crate::failure::Failure;
use crate::machine::{Machine, program_file};
use crate::tally::Tally;
use crate::tool::Tool;
use crate::workspace::Workspace;

pub(super) fn format(machine: &Machine, workspace: &Workspace) -> Result<(), Failure> {
    cargo(machine, workspace, &["fmt", "--all", "--check"]).show()
}

pub(super) fn lints(machine: &Machine, workspace: &Workspace) -> Result<(), Failure> {
    let arguments = [
        "clippy",
        "--workspace",
        "--all-targets",
        "--",
        "-D",
        "warnings",
    ];
    cargo(machine, workspace, &arguments).show()
}

/// The crates that run in the browser have code that only exists there; the playground also without
/// the page, as articles load it.
pub(super) fn lints_wasm(machine: &Machine, workspace: &Workspace) -> Result<(), Failure> {
    for features in [&["-p", "bench"][..], &["--no-default-features"]] {
        cargo(machine, workspace, &["clippy", "-p", "playground"])
            .args(features)
            .args(["--target", "wasm32-unknown-unknown", "--", "-D", "warnings"])
            .show()?;
    }
    Ok(())
}

pub(super) fn cargo_tests(machine: &Machine, workspace: &Workspace) -> Result<Tally, Failure> {
    let mut tally = Tally::default();
    let content = cargo(
        machine,
        workspace,
        &["test", "--workspace", "--no-fail-fast"],
    )
    .watch(|line| tally.read_cargo(line))?;
    Ok(believed(tally, content))
}

pub(super) fn documentation(machine: &Machine, workspace: &Workspace) -> Result<(), Failure> {
    cargo(machine, workspace, &["doc", "--workspace", "--no-deps"])
        .env("RUSTDOCFLAGS", "-D warnings")
        .show()
}

/// Every page: links, claims, figures.
pub(super) fn content(machine: &Machine, workspace: &Workspace) -> Result<(), Failure> {
    cargo(
        machine,
        workspace,
        &["run", "--quiet", "-p", "site", "--", "check"],
    )
    .show()
}

/// What readers do, in a real browser, on the site as it is published.
pub(super) fn journeys(
    machine: &Machine,
    workspace: &Workspace,
    browser: &Path,
    dist: &Path,
    base: &BasePath,
) -> Result<Tally, Failure> {
    let folder = workspace.root().join("e2e");
    // One journey compares a run in the page with the same run on the command line.
    cargo(
        machine,
        workspace,
        &["build", "--quiet", "-p", "diagram", "--bin", "simulate"],
    )
    .show()?;
    let simulate = workspace
        .target()
        .join("debug")
        .join(program_file("simulate"));
    let pictures = workspace.target().join("journeys/failed");
    // Those of an earlier run would only mislead.
    let _ = fs::remove_dir_all(&pictures);
    let mut tally = Tally::default();
    let content = machine
        .tool("node")
        .args(["--test", "--test-reporter=spec"])
        .args(journey_files(&folder.join("journeys"))?)
        .env("CHROMIUM", browser)
        .env("DIST", dist)
        .env("BASE_PATH", base.as_str())
        .env("SIMULATE", simulate)
        .env("ARTIFACTS", pictures)
        .within(&folder)
        .watch(|line| tally.read_node(line))?;
    Ok(believed(tally, content))
}

fn journey_files(folder: &Path) -> Result<Vec<String>, Failure> {
    let entries = fs::read_dir(folder).map_err(|error| Failure::file("list", folder, &error))?;
    let mut files: Vec<String> = entries
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
        .filter(|name| name.ends_with(".test.js"))
        .map(|name| format!("journeys/{name}"))
        .collect();
    files.sort();
    Ok(files)
}

/// A runner that fails without naming a test, such as one that did not compile, is a failure.
fn believed(tally: Tally, content: bool) -> Tally {
    let is_unexplained = !content && tally.failed == 0;
    Tally {
        failed: tally.failed + u64::from(is_unexplained),
        ..tally
    }
}

fn cargo(machine: &Machine, workspace: &Workspace, arguments: &[&str]) -> Tool {
    machine.cargo().args(arguments).within(workspace.root())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_runner_that_fails_without_a_failed_test_is_not_believed() {
        let three = Tally {
            passed: 3,
            failed: 0,
        };
        assert_eq!(believed(three, true), three);
        assert_eq!(
            believed(three, false),
            Tally {
                passed: 3,
                failed: 1
            }
        );
        let one = Tally {
            passed: 2,
            failed: 1,
        };
        assert_eq!(believed(one, false), one);
    }
}
