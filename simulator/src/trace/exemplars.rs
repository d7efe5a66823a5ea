//! The traces that are worth keeping, in bounded memory.

use crate::random::request_key;
use crate::time::SimDuration;
use crate::trace::{Ending, Trace};

/// How many traces of each sort are kept.
const KEPT: usize = 8;

/// The slowest, the last failed and some random requests of those that were traced: at most eight of each.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Exemplars {
    slowest: Vec<Trace>,
    failed: Vec<Trace>,
    random: Vec<Trace>,
    /// How many were traced to their end.
    seen: u64,
}

impl Exemplars {
    /// The slowest that were answered, the slowest first.
    #[must_use]
    pub fn slowest(&self) -> &[Trace] {
        &self.slowest
    }

    /// The last that failed or were shed, the last one first.
    #[must_use]
    pub fn failed(&self) -> &[Trace] {
        &self.failed
    }

    /// Some of all that ended, each as likely as the others, in the order in which they were sent.
    #[must_use]
    pub fn random(&self) -> &[Trace] {
        &self.random
    }

    /// How many requests were traced to their end.
    #[must_use]
    pub const fn seen(&self) -> u64 {
        self.seen
    }

    /// Considers one more.
    pub(super) fn consider(&mut self, trace: Trace) {
        self.seen += 1;
        self.consider_for_random(&trace);
        if let Ending::Ok | Ending::Late = trace.ending {
            let is_slower = |other: &Trace| other.latency() >= trace.latency();
            let place = self.slowest.partition_point(is_slower);
            insert(&mut self.slowest, place, trace);
        } else {
            insert(&mut self.failed, 0, trace);
        }
    }

    /// Those whose numbers hash to the least are a fair sample, whatever the order in which they end: and
    /// none of the run's own random numbers is used up.
    fn consider_for_random(&mut self, trace: &Trace) {
        let rank = |trace: &Trace| request_key(SALT, trace.request);
        if self.random.len() == KEPT {
            let worst = (0..KEPT).max_by_key(|&place| rank(&self.random[place]));
            match worst {
                Some(worst) if rank(trace) < rank(&self.random[worst]) => {
                    self.random.remove(worst);
                }
                _ => return,
            }
        }
        let place = self
            .random
            .partition_point(|other| other.request < trace.request);
        self.random.insert(place, trace.clone());
    }

    /// Whether an answered request of this latency would be among the slowest.
    #[must_use]
    pub fn is_slow(&self, latency: SimDuration) -> bool {
        let last = self.slowest.get(KEPT - 1);
        last.is_none_or(|last| last.latency() < latency)
    }
}

/// Any number will do: it makes the sample another one than that of the requests traced at all.
const SALT: u64 = 0x7261_6e64_6f6d_2121;

fn insert(kept: &mut Vec<Trace>, place: usize, trace: Trace) {
    if place < KEPT {
        kept.truncate(KEPT - 1);
        kept.insert(place, trace);
    }
}
