//! A hash of a whole run.

use crate::time::SimTime;

/// A rolling hash over the time, kind and subject of every event.
///
/// Not cryptographic: it tells two different runs apart, it does not resist an attacker.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Fingerprint(u64);

impl Default for Fingerprint {
    fn default() -> Self {
        // Any value will do that is not zero: zero would not notice leading zeros.
        Self(0x243f_6a88_85a3_08d3)
    }
}

impl Fingerprint {
    pub(crate) const fn value(self) -> u64 {
        self.0
    }

    /// Adds an event in its packed form.
    pub(crate) const fn add(&mut self, at: SimTime, packed: u64) {
        // FxHash's step, the fastest that still spreads every bit upwards. The time is spread first,
        // which costs nothing: that product does not wait for the hash so far.
        let word = at.as_nanos().wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ packed;
        self.0 = (self.0.rotate_left(5) ^ word).wrapping_mul(0x517c_c1b7_2722_0a95);
    }
}
