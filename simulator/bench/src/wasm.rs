//! What JavaScript may call: workloads by their number, for `run.mjs`.

#![expect(
    unreachable_pub,
    reason = "wasm-bindgen exports only what is public, and this is a program"
)]

use wasm_bindgen::prelude::wasm_bindgen;

use crate::workload::{self, Workload};

/// How many workloads there are.
#[wasm_bindgen]
pub fn count() -> usize {
    workload::all().len()
}

/// The name of a workload.
#[wasm_bindgen]
pub fn name(workload: usize) -> String {
    with(workload, |it| it.name.to_owned())
}

/// Runs a workload and says how many events that took.
#[wasm_bindgen]
pub fn events(workload: usize) -> u64 {
    with(workload, |it| it.run().events())
}

/// Runs a workload and says what has to be the same natively.
#[wasm_bindgen]
pub fn fingerprint(workload: usize) -> String {
    with(workload, |it| crate::fingerprint::of(&it.run()))
}

/// A line for each sampler of random numbers, with what has to be the same natively.
#[wasm_bindgen]
pub fn draws() -> String {
    crate::fingerprint::of_draws()
}

/// A number that no workload has is answered with nothing.
fn with<T: Default>(workload: usize, answer: impl FnOnce(&Workload) -> T) -> T {
    workload::all()
        .get(workload)
        .map(answer)
        .unwrap_or_default()
}
