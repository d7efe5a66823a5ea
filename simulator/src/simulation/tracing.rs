//! What a run tells of single requests.

use crate::call::{NONE, Place};
use crate::simulation::Simulation;
use crate::trace::{Activity, Ending, Exemplars};

impl Simulation {
    /// Traces one request of `every` from now on, on average: 1 for all of them, 0 for none. Which ones
    /// depends on what each request brings, not on the system that it meets.
    ///
    /// At most 4,096 are traced at once; while these are under way, others are not.
    pub fn trace(&mut self, every: u64) {
        self.recorder.set_every(every);
    }

    /// The traces that are worth keeping: the slowest, failed ones, and some at random.
    #[must_use]
    pub const fn exemplars(&self) -> &Exemplars {
        &self.recorder.exemplars
    }

    /// A request begins: the place of its trace, or [`NONE`].
    #[inline]
    pub(crate) fn trace_begin(&mut self, number: u64, key: u64, is_write: bool) -> u32 {
        if self.recorder.is_on() {
            self.recorder.begin(number, key, is_write, self.now())
        } else {
            NONE
        }
    }

    /// A call was opened.
    #[inline]
    pub(super) fn trace_opening(&mut self, index: u32) {
        if self.recorder.is_on() {
            self.trace_opening_of_traced(index);
        }
    }

    #[inline(never)]
    fn trace_opening_of_traced(&mut self, index: u32) {
        let call = self.calls.get(index);
        if self.requests.get(call.request).trace == NONE {
            return;
        }
        // Attempts are calls of whoever makes them.
        let mut parent = call.parent;
        while parent != NONE && self.calls.get(parent).place == Place::Guarding {
            parent = self.calls.get(parent).parent;
        }
        if parent != NONE {
            parent = self.calls.get(parent).trace;
            if parent == NONE {
                // Its trace is full: what it opens is not traced either.
                return;
            }
        }
        let link = &self.links[call.link as usize];
        let id = |slot: u32| self.nodes[slot as usize].id;
        let (from, to) = (id(link.from), id(link.to));
        let trace = self.requests.get(call.request).trace;
        let place = self.recorder.open(trace, parent, from, to, self.now());
        self.calls.get_mut(index).trace = place;
    }

    /// A call does something else from now on.
    #[inline]
    pub(crate) fn trace_turn(&mut self, index: u32, activity: Activity) {
        if self.recorder.is_on() {
            self.trace_turn_of_traced(index, activity);
        }
    }

    #[inline(never)]
    fn trace_turn_of_traced(&mut self, index: u32, activity: Activity) {
        let call = self.calls.get(index);
        if call.trace == NONE {
            return;
        }
        let trace = self.requests.get(call.request).trace;
        self.recorder.turn(trace, call.trace, activity, self.now());
    }

    /// The answer to a call is back.
    #[inline]
    pub(super) fn trace_close(&mut self, index: u32) {
        if self.recorder.is_on() {
            self.trace_close_of_traced(index);
        }
    }

    #[inline(never)]
    fn trace_close_of_traced(&mut self, index: u32) {
        let call = self.calls.get(index);
        if call.trace != NONE {
            let trace = self.requests.get(call.request).trace;
            self.recorder.close(trace, call.trace, self.now());
        }
    }

    /// A request is over for its client.
    #[inline]
    pub(crate) fn trace_end(&mut self, request: u32, ending: Ending) {
        if self.recorder.is_on() {
            self.trace_end_of_traced(request, ending);
        }
    }

    #[inline(never)]
    fn trace_end_of_traced(&mut self, request: u32, ending: Ending) {
        let now = self.now();
        let request = self.requests.get_mut(request);
        if request.trace != NONE {
            let trace = std::mem::replace(&mut request.trace, NONE);
            self.recorder.end(trace, ending, now);
        }
    }
}
