//! The pending events, first by time, then in the order in which they were added.
//!
//! ```text
//!              at < horizon                    at >= horizon
//! pop ◀── near, sorted, some 30 at most ◀── far, chains by the digits of the time
//!                    └── the later half, where near is full ──▶
//! ```
//!
//! A few events are kept sorted: nothing is faster. Many are dealt by their times' digits, roughly
//! at first and finer as they come near, so that none is moved more often than a time has digits.
//! What belongs together is decided by time alone and never reordered, so equal times need no number
//! of their own to stay in order.

mod far;
mod near;
mod pool;
#[cfg(test)]
mod tests;

use far::Far;
use near::Near;

/// How many entries are kept sorted before the later half is dealt by digits.
const NEAR_LIMIT: u32 = 32;

/// Something to come: a time in nanoseconds and what the owner of the queue wants to know then.
#[derive(Clone, Copy, Debug, Default)]
struct Entry {
    at: u64,
    payload: u64,
}

/// Payloads by the time at which they are due.
///
/// Equal times come out in the order of insertion: the one rule for ties in the whole engine. A clone
/// goes on exactly as the original does.
#[derive(Clone, Debug)]
pub struct Agenda {
    near: Near,
    far: Far,
    /// What is due before this time goes to `near`, the rest to `far`. The end of time always goes to
    /// `far`.
    horizon: u64,
    /// No push is due before this time.
    now: u64,
}

impl Default for Agenda {
    fn default() -> Self {
        Self {
            near: Near::default(),
            far: Far::default(),
            horizon: u64::MAX,
            now: 0,
        }
    }
}

impl Agenda {
    /// Adds what is due `at` a time in nanoseconds, which may not lie before that of the last pop.
    #[inline]
    pub fn push(&mut self, at: u64, payload: u64) {
        debug_assert!(self.now <= at, "time never goes back");
        let entry = Entry { at, payload };
        if self.horizon <= at {
            self.far.push(entry);
            return;
        }
        self.near.insert(entry);
        if NEAR_LIMIT < self.near.len() {
            self.spill();
        }
    }

    /// Takes the next one: its time and its payload.
    #[inline]
    pub fn pop(&mut self) -> Option<(u64, u64)> {
        self.pop_until(u64::MAX)
    }

    /// Takes the next one if it is due at `limit` or before.
    ///
    /// If it is not, pushes at `limit` and later are still welcome, also such as come before
    /// everything that is pending.
    #[inline]
    pub fn pop_until(&mut self, limit: u64) -> Option<(u64, u64)> {
        if self.near.is_empty() && !self.refill(limit) {
            return None;
        }
        let Entry { at, payload } = self.near.first();
        if limit < at {
            self.now = self.now.max(limit);
            return None;
        }
        self.near.drop_first();
        self.now = at;
        Some((at, payload))
    }

    /// How many are pending.
    #[must_use]
    pub fn len(&self) -> usize {
        self.near.len() as usize + self.far.len()
    }

    /// Whether nothing is pending.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.near.is_empty() && self.far.is_empty()
    }

    /// Moves the earliest to `near`, unless all are due after `limit`.
    #[inline(never)]
    fn refill(&mut self, limit: u64) -> bool {
        let moved = self.far.move_first(limit, &mut self.near);
        self.horizon = self.far.start();
        if !moved && !self.far.is_empty() {
            self.now = self.now.max(limit);
        }
        moved
    }

    /// Moves the later half to `far`. Equal times stay together: those that are added afterwards have
    /// to meet them.
    #[cold]
    #[inline(never)]
    fn spill(&mut self) {
        self.horizon = self.near.middle().at;
        for entry in self.near.split_off(self.horizon) {
            self.far.push(entry);
        }
    }
}
