//! Notes what happens to traced requests while they are under way.

use crate::WHOLE;
use crate::call::NONE;
use crate::scenario::NodeId;
use crate::time::SimTime;
use crate::trace::{Activity, Ending, Exemplars, Span, Trace, TracedCall};

/// So many requests are traced at once; those that come when all places are taken are not.
const MOST_LIVE: usize = 4_096;
/// So many calls of a request are kept.
const MOST_CALLS: usize = 1_024;
/// So many spans of a call are kept; the last one then goes on until the call ends.
const MOST_SPANS: usize = 1_024;

/// The traces under way and those that are kept.
#[derive(Clone, Debug, Default)]
pub(crate) struct Recorder {
    /// One request of so many is traced; 0 for none.
    every: u64,
    /// Whether anything was ever to be traced.
    is_on: bool,
    live: Vec<Option<Trace>>,
    free: Vec<u32>,
    pub(crate) exemplars: Exemplars,
}

impl Recorder {
    pub(crate) const fn set_every(&mut self, every: u64) {
        self.every = every;
        self.is_on |= every > 0;
    }

    #[inline]
    pub(crate) const fn is_on(&self) -> bool {
        WHOLE && self.is_on
    }

    /// Begins to trace a request, if it is one of those and there is room. The place, or [`NONE`].
    #[inline(never)]
    pub(crate) fn begin(&mut self, request: u64, key: u64, is_write: bool, now: SimTime) -> u32 {
        if self.every == 0 || !key.is_multiple_of(self.every) {
            return NONE;
        }
        let trace = Trace {
            request,
            is_write,
            created: now,
            ended: now,
            ending: Ending::Ok,
            calls: Vec::new(),
            is_cut: false,
        };
        if let Some(place) = self.free.pop() {
            self.live[place as usize] = Some(trace);
            return place;
        }
        if self.live.len() == MOST_LIVE {
            return NONE;
        }
        self.live.push(Some(trace));
        (self.live.len() - 1) as u32
    }

    /// Notes that a call was opened. Its place in the trace, or [`NONE`].
    pub(crate) fn open(
        &mut self,
        trace: u32,
        parent: u32,
        from: Option<NodeId>,
        to: Option<NodeId>,
        now: SimTime,
    ) -> u32 {
        let Some(trace) = self.get(trace) else {
            return NONE;
        };
        if trace.calls.len() == MOST_CALLS {
            trace.is_cut = true;
            return NONE;
        }
        let network = Span {
            activity: Activity::Network,
            start: now,
            end: SimTime::MAX,
        };
        trace.calls.push(TracedCall {
            parent: (parent != NONE).then_some(parent as usize),
            from,
            to,
            sent: now,
            returned: SimTime::MAX,
            spans: vec![network],
        });
        (trace.calls.len() - 1) as u32
    }

    /// Notes that a call does something else from now on.
    pub(crate) fn turn(&mut self, trace: u32, call: u32, activity: Activity, now: SimTime) {
        let Some(call) = self.call(trace, call) else {
            return;
        };
        let Some(last) = call.spans.last_mut() else {
            return;
        };
        if last.start == now {
            // It took no time.
            last.activity = activity;
        } else if last.activity != activity && call.spans.len() < MOST_SPANS {
            if let Some(last) = call.spans.last_mut() {
                last.end = now;
            }
            call.spans.push(Span {
                activity,
                start: now,
                end: SimTime::MAX,
            });
        }
    }

    /// Notes that a call's answer is back.
    pub(crate) fn close(&mut self, trace: u32, call: u32, now: SimTime) {
        if let Some(call) = self.call(trace, call) {
            call.end(now);
        }
    }

    /// Ends a trace with its request.
    pub(crate) fn end(&mut self, place: u32, ending: Ending, now: SimTime) {
        let taken = self.live.get_mut(place as usize).and_then(Option::take);
        let Some(mut trace) = taken else {
            return;
        };
        self.free.push(place);
        for call in &mut trace.calls {
            if call.returned == SimTime::MAX {
                call.end(now);
            }
        }
        trace.ended = now;
        trace.ending = ending;
        self.exemplars.consider(trace);
    }

    fn get(&mut self, trace: u32) -> Option<&mut Trace> {
        self.live.get_mut(trace as usize)?.as_mut()
    }

    fn call(&mut self, trace: u32, call: u32) -> Option<&mut TracedCall> {
        self.get(trace)?.calls.get_mut(call as usize)
    }
}

impl TracedCall {
    fn end(&mut self, now: SimTime) {
        self.returned = now;
        if let Some(last) = self.spans.last_mut() {
            last.end = now;
        }
        self.spans.retain(|span| span.start < span.end);
    }
}
