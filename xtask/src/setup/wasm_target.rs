//! The compiler's ability to make wasm.

use std::path::Path;

use crate::failure::Failure;
use crate::machine::Machine;
use crate::progress::setting_up;

const TARGET: &str = "wasm32-unknown-unknown";

/// Makes sure that rustc can build for wasm.
pub(crate) fn ensure(machine: &Machine) -> Result<(), Failure> {
    // Asks the compiler, not rustup: a compiler from elsewhere may have the target too.
    let libraries = machine
        .tool("rustc")
        .args(["--target", TARGET, "--print", "target-libdir"])
        .read()?;
    if Path::new(libraries.trim()).is_dir() {
        return Ok(());
    }
    setting_up(
        &format!("the target {TARGET}"),
        "the playground and the engine run in the browser",
        "a few seconds",
    );
    machine
        .tool("rustup")
        .args(["target", "add", TARGET])
        .show()
        .map_err(|failure| {
            Failure::new(format!(
                "the wasm target is missing ({failure}): type `rustup target add {TARGET}`, \
             or install your distribution's standard library of Rust for wasm32"
            ))
        })
}
