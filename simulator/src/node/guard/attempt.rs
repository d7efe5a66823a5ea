//! Which attempt of which guarded call.

use crate::call::{NONE, Place};
use crate::simulation::Simulation;

/// One attempt of a guarded call. It may be remembered for longer than the call lives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Attempt {
    /// The slot and the birth of the guarded call.
    pub(crate) guard: u32,
    pub(crate) birth: u32,
    /// 1 for the first one.
    pub(crate) number: u8,
}

impl Attempt {
    /// In place of an attempt: the call is not guarded.
    pub(crate) const NONE: Self = Self {
        guard: NONE,
        birth: 0,
        number: 0,
    };

    pub(crate) const fn is_guarded(self) -> bool {
        self.guard != NONE
    }
}

impl Simulation {
    /// Whether the caller still waits for this attempt.
    pub(crate) fn awaits(&self, attempt: Attempt) -> bool {
        let guard = self.calls.find(attempt.guard, attempt.birth);
        guard.is_some_and(|it| {
            it.place == Place::Guarding && self.guards.get(it.worker).awaits(attempt.number)
        })
    }
}
