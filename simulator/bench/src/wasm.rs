//! What JavaScript may call: workloads by their number, models by their names, for `run.mjs`.

#![expect(
    unreachable_pub,
    reason = "wasm-bindgen exports only what is public, and this is a program"
)]

use wasm_bindgen::prelude::wasm_bindgen;

use crate::hold::{self, Case, Queue};
use crate::model::{Model, Subject};
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

/// Runs a share of a model's customers and says how many were served; of an unknown model, nobody.
#[wasm_bindgen]
pub fn model(subject: &str, name: &str, share: f64) -> u64 {
    match (Subject::named(subject), Model::named(name)) {
        (Some(subject), Some(model)) => model.run(subject, (model.customers as f64 * share) as u64),
        _ => 0,
    }
}

/// A queue of pending events in its steady state.
#[wasm_bindgen]
pub struct Hold {
    case: Case,
    turn: Box<dyn FnMut(u32) -> u64>,
}

#[wasm_bindgen]
impl Hold {
    /// The engine's queue or a heap in one of the cases; nothing behind the last one.
    pub fn begin(case: usize, is_heap: bool) -> Option<Hold> {
        let queue = if is_heap { Queue::Heap } else { Queue::Agenda };
        let case = hold::cases().nth(case)?;
        let turn = case.begin(queue);
        Some(Self { case, turn })
    }

    /// Its law and how many events are pending.
    pub fn name(&self) -> String {
        format!("{}-{}", self.case.law, self.case.pending)
    }

    /// How many turns can be timed.
    pub fn turns(&self) -> u32 {
        self.case.turns()
    }

    /// How often they should be timed.
    pub fn rounds(&self) -> usize {
        hold::ROUNDS
    }

    /// Takes and adds so many events, and gives back what depends on them all.
    pub fn turn(&mut self, times: u32) -> u64 {
        (self.turn)(times)
    }
}

/// How many bytes of memory there are now: as many as there ever were, because wasm gives none back.
#[wasm_bindgen]
pub fn memory_bytes() -> usize {
    const PAGE: usize = 65_536;
    std::arch::wasm32::memory_size::<0>() * PAGE
}

/// A number that no workload has is answered with nothing.
fn with<T: Default>(workload: usize, answer: impl FnOnce(&Workload) -> T) -> T {
    workload::all()
        .get(workload)
        .map(answer)
        .unwrap_or_default()
}
