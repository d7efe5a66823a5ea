//! Trunk, which builds the playground, serves the site, and reloads it on change.

use super::compile::{self, Lock, Source};
use super::prebuilt;
use super::staging::Staging;
use crate::failure::Failure;
use crate::machine::{Machine, program_file};
use crate::progress::setting_up;
use crate::workspace::Workspace;

/// 0.22 needs a newer Rust than this workspace does. Named in Trunk.toml as well.
const VERSION: &str = "0.21.14";

/// Makes sure that `trunk` can be typed.
pub(crate) fn ensure(machine: &Machine, workspace: &Workspace) -> Result<(), Failure> {
    let present = machine.version_of("trunk");
    if present.as_deref().is_some_and(is_new_enough) {
        return Ok(());
    }
    let has_binstall = machine.find("cargo-binstall").is_some();
    let ready_made = (has_binstall || released_url().is_some()) && machine.reaches_github();
    setting_up(
        &format!("Trunk {VERSION}"),
        "it builds and serves the site",
        if ready_made {
            "ready-made, seconds"
        } else {
            "compiled, about 3 minutes on two cores"
        },
    );
    if ready_made && (has_binstall && binstall(machine).is_ok() || download(machine).is_ok()) {
        return Ok(());
    }
    // Into cargo's own folder, so that it can be typed by hand and later checkouts find it.
    let home = machine.cargo_bin();
    let root = home.parent().unwrap_or(&home);
    let source = Source {
        package: "trunk",
        version: VERSION.to_owned(),
        lock: Lock::Authors,
        only: &[],
        // It copies files and waits for cargo: optimised, it would be no quicker.
        opt_level: "0",
    };
    compile::install(machine, workspace, &source, root).map_err(|failure| {
        Failure::new(format!(
            "Trunk could not be set up ({failure}): type `cargo install --locked trunk --version {VERSION}`"
        ))
    })
}

fn binstall(machine: &Machine) -> Result<(), Failure> {
    machine
        .cargo()
        .args([
            "binstall",
            "--no-confirm",
            "--force",
            "--disable-strategies",
            "compile",
        ])
        .arg(format!("trunk@{VERSION}"))
        .show()
}

fn download(machine: &Machine) -> Result<(), Failure> {
    let url = released_url().ok_or_else(|| Failure::new("there is no release for this system"))?;
    let bin = machine.cargo_bin();
    let staging = Staging::inside(&bin)?;
    prebuilt::download(machine, &url, &staging)?;
    let program = program_file("trunk");
    // A release may have been linked against a newer libc than this machine has.
    match machine.version_of(staging.path().join(&program)) {
        Some(version) if is_new_enough(&version) => staging.publish(&program, &bin.join(&program)),
        _ => Err(Failure::new("the released Trunk does not run here")),
    }
}

fn released_url() -> Option<String> {
    let triple = prebuilt::triple("x86_64-unknown-linux-musl")?;
    let suffix = if cfg!(windows) { "zip" } else { "tar.gz" };
    Some(format!(
        "https://github.com/trunk-rs/trunk/releases/download/v{VERSION}/trunk-{triple}.{suffix}"
    ))
}

/// Whether `trunk --version` printed a version that the site is known to build with, or a later one.
fn is_new_enough(printed: &str) -> bool {
    let numbers = |text: &str| -> Vec<u32> {
        text.split(['.', '-'])
            .map_while(|part| part.parse().ok())
            .collect()
    };
    let version = printed.split_whitespace().nth(1).unwrap_or_default();
    numbers(version) >= numbers(VERSION)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn older_versions_of_trunk_are_replaced() {
        for (printed, expected) in [
            ("trunk 0.21.14\n", true),
            ("trunk 0.21.13\n", false),
            ("trunk 0.20.3\n", false),
            ("trunk 0.22.1\n", true),
            ("trunk 1.0.0\n", true),
            ("trunk\n", false),
            ("", false),
        ] {
            assert_eq!(is_new_enough(printed), expected, "{printed:?}");
        }
    }
}
