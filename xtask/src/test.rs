//! `cargo xtask test`: everything that CI runs, to the end, with all failures listed there.

mod checks;
mod run;

use crate::base_path::BasePath;
use crate::build;
use crate::failure::Failure;
use crate::machine::Machine;
use crate::parity;
use crate::setup::{browser, journeys, node, trunk, wasm_bindgen, wasm_opt, wasm_target};
use crate::sizes;
use crate::workspace::Workspace;
use run::Run;

/// The journeys are made under a sub-path, as on GitHub Pages, where a forgotten base shows.
const JOURNEY_BASE: &str = "/zero-to-a-million/";

/// Sets up what is missing and runs every check, the quick ones first.
pub(crate) fn test(machine: &Machine, workspace: &Workspace) -> Result<(), Failure> {
    let mut run = Run::start();

    run.heading("tools");
    let has_wasm = run.set_up(wasm_target::ensure(machine));
    let has_node = run.set_up(node::ensure(machine));
    let browser = run.set_up(browser::ensure(machine));
    let has_packages = has_node.and_then(|()| run.set_up(journeys::ensure(machine, workspace)));
    let bindgen = run.set_up(wasm_bindgen::ensure(machine, workspace));
    let can_build = run
        .set_up(trunk::ensure(machine, workspace))
        .and_then(|()| run.set_up(wasm_opt::ensure(machine)))
        .and(has_wasm)
        .and(bindgen.clone());

    run.check("format", || checks::format(machine, workspace));
    run.check("lints, native", || checks::lints(machine, workspace));
    run.check_with("lints, wasm", has_wasm, |()| {
        checks::lints_wasm(machine, workspace)
    });
    run.tests("unit, law, property and golden tests", || {
        checks::cargo_tests(machine, workspace)
    });
    run.check("documentation", || {
        checks::documentation(machine, workspace)
    });
    run.check("content", || checks::content(machine, workspace));
    run.tests_with(
        "the engine in wasm gives the same runs",
        bindgen.zip(has_node).zip(has_wasm),
        |((bindgen, ()), ())| parity::check(machine, workspace, &bindgen),
    );

    let base = BasePath::parse(JOURNEY_BASE)?;
    let dist = workspace.target().join("journeys/dist");
    let built = run.check_with("the published site builds", can_build, |_| {
        build::release(machine, workspace, &base, &dist)
    });
    run.check_with("every page is within its size", built, |()| {
        sizes::report(&dist, &base)
    });
    run.tests_with(
        "journeys in a browser",
        built.zip(browser).zip(has_packages),
        |((_, browser), ())| checks::journeys(machine, workspace, &browser, &dist, &base),
    );

    run.finish()
}
