//! Released programs, downloaded from where their authors publish them.

use std::env::consts::{ARCH, OS};

use super::staging::Staging;
use crate::failure::Failure;
use crate::machine::Machine;

/// Downloads the archive at `url` and unpacks it into `staging`.
///
/// Nothing is asked of the network where GitHub was not reachable before.
pub(super) fn download(machine: &Machine, url: &str, staging: &Staging) -> Result<(), Failure> {
    if !machine.reaches_github() {
        return Err(Failure::new("github.com is not reachable"));
    }
    let archive = staging.path().join("archive");
    machine
        .tool("curl")
        .args([
            "--fail",
            "--location",
            "--progress-bar",
            "--connect-timeout",
            "5",
        ])
        // A stalled download is given up; the tool is compiled instead.
        .args(["--speed-limit", "1000", "--speed-time", "20", "--output"])
        .arg(&archive)
        .arg(url)
        .show()?;
    machine
        .tool("tar")
        .arg("-xf")
        .arg(&archive)
        .arg("-C")
        .arg(staging.path())
        .show()
}

/// The name that Rust tools give to builds for this system, with a libc that is everywhere.
pub(super) fn triple(linux_x86_64: &'static str) -> Option<&'static str> {
    match (OS, ARCH) {
        ("linux", "x86_64") => Some(linux_x86_64),
        ("linux", "aarch64") => Some("aarch64-unknown-linux-gnu"),
        ("macos", "x86_64") => Some("x86_64-apple-darwin"),
        ("macos", "aarch64") => Some("aarch64-apple-darwin"),
        ("windows", "x86_64") => Some("x86_64-pc-windows-msvc"),
        _ => None,
    }
}
