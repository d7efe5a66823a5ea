//! The wasm-bindgen command, which has to be the very version that Cargo.lock names.

use std::path::PathBuf;

use super::compile::{self, Lock, Source};
use super::prebuilt;
use super::staging::Staging;
use crate::failure::Failure;
use crate::machine::{Machine, program_file};
use crate::progress::setting_up;
use crate::workspace::Workspace;

/// Makes sure that Trunk finds the matching wasm-bindgen, and gives back where it is.
pub(crate) fn ensure(machine: &Machine, workspace: &Workspace) -> Result<PathBuf, Failure> {
    let version = workspace.locked_version("wasm-bindgen")?;
    if let Some(on_path) = machine.find("wasm-bindgen")
        && is(machine.version_of(&on_path), &version)
    {
        return Ok(on_path);
    }
    // Not into cargo's bin folder: other projects on this machine need other versions.
    let folder = machine
        .trunk_cache()
        .join(format!("wasm-bindgen-{version}"));
    let program = folder.join(program_file("wasm-bindgen"));
    if is(machine.version_of(&program), &version) {
        return Ok(program);
    }
    let url = released_url(&version).filter(|_| machine.reaches_github());
    setting_up(
        &format!("wasm-bindgen {version}"),
        "it joins the compiled wasm and JavaScript, and Cargo.lock names this version",
        if url.is_some() {
            "ready-made, seconds"
        } else {
            "compiled, about 2 minutes on two cores"
        },
    );
    let staging = Staging::inside(machine.trunk_cache())?;
    if let Some((url, unpacked)) = url
        && prebuilt::download(machine, &url, &staging).is_ok()
        && is(
            machine.version_of(staging.path().join(&unpacked).join("wasm-bindgen")),
            &version,
        )
    {
        staging.publish(unpacked, &folder)?;
        return Ok(program);
    }
    let source = Source {
        package: "wasm-bindgen-cli",
        version: version.clone(),
        // Its own lock file names a crate version that registries no longer offer.
        lock: Lock::Newest,
        // Without its runner of browser tests, which brings a web server and TLS.
        only: &["--bin", "wasm-bindgen", "--no-default-features"],
        // It reads and writes megabytes of wasm after every change.
        opt_level: "1",
    };
    let compiled = compile::install(machine, workspace, &source, staging.path());
    compiled
        .and_then(|()| staging.publish("bin", &folder))
        .map_err(|failure| {
            Failure::new(format!(
                "wasm-bindgen could not be set up ({failure}): \
             type `cargo install wasm-bindgen-cli --version {version}`"
            ))
        })?;
    Ok(program)
}

fn is(printed: Option<String>, version: &str) -> bool {
    printed.is_some_and(|it| it.split_whitespace().nth(1) == Some(version))
}

/// Where the release is, and the folder inside its archive.
fn released_url(version: &str) -> Option<(String, String)> {
    let folder = format!(
        "wasm-bindgen-{version}-{}",
        prebuilt::triple("x86_64-unknown-linux-musl")?
    );
    Some((
        format!(
            "https://github.com/wasm-bindgen/wasm-bindgen/releases/download/{version}/{folder}.tar.gz"
        ),
        folder,
    ))
}
