//! A hash of a whole run.

use crate::event::Event;
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

    pub(crate) const fn add(&mut self, at: SimTime, event: Event) {
        let (major, minor) = match event {
            Event::Arrival { node, generation } => (node, generation),
            Event::Deadline { node, lane } => (node, lane),
            Event::HopEnded { request } | Event::ServiceEnded { request } => {
                (request.index, request.moves)
            }
            Event::ProbeArrived { link, generation } => (link, generation),
            Event::ProbeEnded {
                link,
                generation,
                is_good,
            } => (
                link,
                generation.wrapping_mul(2).wrapping_add(is_good as u32),
            ),
        };
        let subject = (major as u64) << 32 | minor as u64;
        self.word(at.as_nanos());
        self.word(subject ^ event.code().rotate_right(8));
    }

    const fn word(&mut self, word: u64) {
        // FxHash's step: the fastest that still spreads every bit upwards.
        self.0 = (self.0.rotate_left(5) ^ word).wrapping_mul(0x517c_c1b7_2722_0a95);
    }
}
