//! wasm-opt, which takes a third off the published wasm. Only release builds need it.

use std::env::consts::{ARCH, OS};
use std::fs;

use super::staging::Staging;
use super::{node, prebuilt};
use crate::failure::Failure;
use crate::machine::{Machine, program_file};
use crate::progress::setting_up;

/// Named in Trunk.toml as well. Those of Linux distributions are years too old for today's rustc.
const VERSION: &str = "132";

/// Makes sure that Trunk finds wasm-opt.
pub(crate) fn ensure(machine: &Machine) -> Result<(), Failure> {
    // The layout is Trunk's own, so it finds what is put there as if it had downloaded it.
    let folder = machine
        .trunk_cache()
        .join(format!("wasm-opt-version_{VERSION}"));
    let program = folder.join("bin").join(program_file("wasm-opt"));
    if is_right(machine.version_of("wasm-opt")) || is_right(machine.version_of(&program)) {
        return Ok(());
    }
    setting_up(
        &format!("wasm-opt {VERSION}"),
        "it makes the published wasm a third smaller",
        "ready-made, seconds",
    );
    let staging = Staging::inside(machine.trunk_cache())?;
    let unpacked = download(machine, &staging).or_else(|_| from_npm(machine, &staging));
    unpacked
        .and_then(|name| staging.publish(name, &folder))
        .map_err(|failure| {
            Failure::new(format!(
                "wasm-opt {VERSION} could not be set up ({failure}): \
             type `npm install --global binaryen@{VERSION}`"
            ))
        })
}

fn is_right(printed: Option<String>) -> bool {
    printed.is_some_and(|it| it.split_whitespace().nth(2) == Some(VERSION))
}

/// Takes the authors' release; gives back the folder that holds `bin/wasm-opt`.
fn download(machine: &Machine, staging: &Staging) -> Result<String, Failure> {
    let system = match (OS, ARCH) {
        ("macos", "aarch64") => "arm64-macos".to_owned(),
        _ => format!("{ARCH}-{OS}"),
    };
    let url = format!(
        "https://github.com/WebAssembly/binaryen/releases/download/\
         version_{VERSION}/binaryen-version_{VERSION}-{system}.tar.gz"
    );
    prebuilt::download(machine, &url, staging)?;
    let folder = format!("binaryen-version_{VERSION}");
    let program = staging
        .path()
        .join(&folder)
        .join("bin")
        .join(program_file("wasm-opt"));
    if is_right(machine.version_of(program)) {
        Ok(folder)
    } else {
        Err(Failure::new("the released wasm-opt does not run here"))
    }
}

/// Takes the same program as its authors publish it for Node.
fn from_npm(machine: &Machine, staging: &Staging) -> Result<String, Failure> {
    if cfg!(windows) {
        return Err(Failure::new(
            "the one for Node cannot be started by Trunk on Windows",
        ));
    }
    node::ensure(machine)?;
    machine
        .tool("npm")
        .args([
            "install",
            "--silent",
            "--no-save",
            "--ignore-scripts",
            "--no-audit",
            "--no-fund",
        ])
        .arg("--prefix")
        .arg(staging.path())
        .arg(format!("binaryen@{VERSION}"))
        .show()?;
    // The package has ten programs of 10 MB; only this one and what says how to read it is kept.
    let package = staging.path().join("node_modules/binaryen/bin");
    let bin = staging.path().join("wasm-opt/bin");
    fs::create_dir_all(&bin).map_err(|error| Failure::file("create", &bin, &error))?;
    for name in ["wasm-opt", "package.json"] {
        let to = bin.join(name);
        fs::rename(package.join(name), &to).map_err(|error| Failure::file("move", &to, &error))?;
    }
    if is_right(machine.version_of(bin.join("wasm-opt"))) {
        Ok("wasm-opt".to_owned())
    } else {
        Err(Failure::new("the one for Node does not run here"))
    }
}
