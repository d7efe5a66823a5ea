//! What is kept of a guarded call besides the call itself.

use crate::outcome::FailureReason;
use crate::resilience::Permit;
use crate::time::SimDuration;

/// How far a guarded call has come. Attempts are numbered from 1, hedges included; there are eleven at
/// most, and two at a time.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Guard {
    sent: u8,
    is_hedged: bool,
    /// A bit for each attempt that is awaited, that is in the bulkhead, and that waits for it.
    awaited: u16,
    inside: u16,
    waiting: u16,
    /// Of the breaker, for the attempts under way: an even and an odd one.
    permits: [Option<Permit>; 2],
    /// Why the last attempt cannot be sent.
    pub(super) refusal: Option<FailureReason>,
    /// The last pause between two attempts.
    pub(super) pause: SimDuration,
}

/// What an attempt gives back when it is no longer under way.
#[derive(Clone, Copy, Debug)]
pub(super) struct Left {
    pub(super) permit: Option<Permit>,
    pub(super) was_inside: bool,
    pub(super) was_waiting: bool,
}

impl Guard {
    /// Attempts so far.
    pub(super) const fn sent(&self) -> u8 {
        self.sent
    }

    /// Attempts so far without the hedge.
    pub(super) const fn tries(&self) -> u8 {
        self.sent - self.is_hedged as u8
    }

    /// Whether a hedge is still possible: there is one at most.
    pub(super) const fn may_hedge(&self) -> bool {
        !self.is_hedged
    }

    pub(super) const fn awaits(&self, number: u8) -> bool {
        self.awaited & bit(number) != 0
    }

    pub(super) const fn awaits_any(&self) -> bool {
        self.awaited != 0
    }

    pub(super) const fn awaits_another_than(&self, number: u8) -> bool {
        self.awaited & !bit(number) != 0
    }

    /// The first attempt that is awaited.
    pub(super) const fn next_awaited(&self) -> Option<u8> {
        match self.awaited {
            0 => None,
            awaited => Some(awaited.trailing_zeros() as u8),
        }
    }

    /// One more attempt is awaited from now on: its number.
    pub(super) const fn launch(&mut self, is_hedge: bool) -> u8 {
        self.sent += 1;
        self.is_hedged |= is_hedge;
        self.awaited |= bit(self.sent);
        self.sent
    }

    /// An attempt may be sent, or has to wait for the bulkhead.
    pub(super) const fn admit(&mut self, number: u8, permit: Option<Permit>, is_let_in: bool) {
        self.permits[number as usize % 2] = permit;
        if is_let_in {
            self.inside |= bit(number);
        } else {
            self.waiting |= bit(number);
        }
    }

    /// An attempt need no longer wait for the bulkhead.
    pub(super) const fn let_in(&mut self, number: u8) {
        self.waiting &= !bit(number);
        self.inside |= bit(number);
    }

    /// An attempt is no longer under way.
    pub(super) const fn leave(&mut self, number: u8) -> Left {
        let bit = bit(number);
        let left = Left {
            permit: self.permits[number as usize % 2].take(),
            was_inside: self.inside & bit != 0,
            was_waiting: self.waiting & bit != 0,
        };
        self.awaited &= !bit;
        self.inside &= !bit;
        self.waiting &= !bit;
        left
    }
}

const fn bit(number: u8) -> u16 {
    1 << (number % 16)
}

/// The records of all guarded calls, in slots that are used again.
#[derive(Clone, Debug, Default)]
pub(crate) struct Guards {
    slots: Vec<Guard>,
    free: Vec<u32>,
}

impl Guards {
    pub(super) fn insert(&mut self) -> u32 {
        if let Some(slot) = self.free.pop() {
            self.slots[slot as usize] = Guard::default();
            return slot;
        }
        self.slots.push(Guard::default());
        // There are not more of them than calls.
        (self.slots.len() - 1) as u32
    }

    pub(super) fn remove(&mut self, slot: u32) {
        self.free.push(slot);
    }

    pub(super) fn get(&self, slot: u32) -> &Guard {
        &self.slots[slot as usize]
    }

    pub(super) fn get_mut(&mut self, slot: u32) -> &mut Guard {
        &mut self.slots[slot as usize]
    }
}
