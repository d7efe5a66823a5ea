//! Which attempt of which guarded call.

use crate::call::Place;
use crate::simulation::Simulation;

/// One attempt of a guarded call, in eight bytes. It may be remembered for longer than the call lives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Attempt {
    /// The number above the slot.
    tag: u32,
    birth: u32,
}

/// Bits of a slot: [`Calls::MOST`](crate::call::Calls::MOST) is well below 2^24.
const SLOT_BITS: u32 = 24;

impl Attempt {
    /// In place of an attempt: the call is not guarded.
    pub(crate) const NONE: Self = Self::new(0, 0, 0);

    /// An attempt, 1 for the first one, of the guarded call in that slot with that birth.
    pub(crate) const fn new(guard: u32, birth: u32, number: u8) -> Self {
        let tag = (number as u32) << SLOT_BITS | guard;
        Self { tag, birth }
    }

    pub(crate) const fn is_guarded(self) -> bool {
        self.tag >> SLOT_BITS != 0
    }

    /// The slot of the guarded call.
    pub(crate) const fn guard(self) -> u32 {
        self.tag & ((1 << SLOT_BITS) - 1)
    }

    /// The birth of the guarded call.
    pub(crate) const fn birth(self) -> u32 {
        self.birth
    }

    /// 1 for the first one.
    pub(crate) const fn number(self) -> u8 {
        (self.tag >> SLOT_BITS) as u8
    }
}

impl Simulation {
    /// Whether the caller still waits for this attempt.
    pub(crate) fn awaits(&self, attempt: Attempt) -> bool {
        let guard = self.calls.find(attempt.guard(), attempt.birth);
        guard.is_some_and(|it| {
            it.place == Place::Guarding && self.guards.get(it.worker).awaits(attempt.number())
        })
    }
}
