//! The engine's workloads, natively and in wasm: how fast, and whether bit for bit the same.
//!
//! Natively `bench` prints lines of words for `cargo xtask bench` to read. In wasm there is no command line and
//! no clock, so `run.mjs` asks for the same things and prints the same lines.

mod fingerprint;
mod hold;
#[cfg_attr(
    target_arch = "wasm32",
    expect(dead_code, reason = "what theory says is only asked natively")
)]
mod model;
#[cfg(not(target_arch = "wasm32"))]
mod native;
mod reference;
mod system;
#[cfg(target_arch = "wasm32")]
mod wasm;
mod workload;

#[cfg(not(target_arch = "wasm32"))]
fn main() -> std::process::ExitCode {
    native::main()
}

/// Nothing by itself: the exports in `wasm.rs` are called from outside.
#[cfg(target_arch = "wasm32")]
fn main() {}
