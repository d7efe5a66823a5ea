//! The one chain of causes that a request waited for.

use crate::scenario::NodeId;
use crate::time::SimTime;
use crate::trace::{Activity, Trace};

/// A part of a request's latency.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Leg {
    /// What took the time.
    pub activity: Activity,
    /// The node at which it was spent; of a journey, the called one. `None` at the clients, and for a
    /// node that has been removed.
    pub node: Option<NodeId>,
    /// The place of its call in [`Trace::calls`]; `None` at the clients.
    pub call: Option<usize>,
    /// From when.
    pub start: SimTime,
    /// Until when.
    pub end: SimTime,
}

impl Trace {
    /// What the request waited for, from beginning to end, without gap or overlap: so the durations add up
    /// to [`Trace::latency`] exactly.
    ///
    /// Where a node waits for calls, that is what the last of them to return waited for; before that call
    /// was sent, for the one that returned last by then, and so on. Legs of no length are left out.
    #[must_use]
    pub fn path(&self) -> Vec<Leg> {
        let mut legs = Vec::new();
        self.trace_back(None, self.created, self.ended, &mut legs);
        legs.reverse();
        legs
    }

    /// Adds, the last one first, what calls of `parent` did from `start` to `end`.
    fn trace_back(&self, parent: Option<usize>, start: SimTime, end: SimTime, legs: &mut Vec<Leg>) {
        let idle = if parent.is_some() {
            Activity::Waiting
        } else {
            Activity::Pause
        };
        let mut until = end;
        while start < until {
            let Some((place, returned)) = self.last_returned(parent, start, until) else {
                self.add(idle, parent, start, until, legs);
                return;
            };
            self.add(idle, parent, returned, until, legs);
            let call = &self.calls[place];
            for span in call.spans.iter().rev() {
                // A call may have been opened before its parent began to wait, for nobody at first.
                let from = span.start.max(start);
                let to = span.end.min(returned);
                if to <= from {
                    continue;
                }
                if span.activity == Activity::Waiting {
                    self.trace_back(Some(place), from, to, legs);
                } else {
                    self.add(span.activity, Some(place), from, to, legs);
                }
            }
            until = call.sent.max(start);
        }
    }

    /// The call of `parent` that returned last, after `start` and until `end`, and when.
    fn last_returned(
        &self,
        parent: Option<usize>,
        start: SimTime,
        end: SimTime,
    ) -> Option<(usize, SimTime)> {
        let calls = self.calls.iter().enumerate();
        let returned = calls.filter(|(_, call)| {
            // One of no length takes no time and would never end.
            call.parent == parent
                && start < call.returned
                && call.returned <= end
                && call.sent < call.returned
        });
        returned
            .max_by_key(|(place, call)| (call.returned, *place))
            .map(|(place, call)| (place, call.returned))
    }

    fn add(
        &self,
        activity: Activity,
        call: Option<usize>,
        start: SimTime,
        end: SimTime,
        legs: &mut Vec<Leg>,
    ) {
        if start < end {
            legs.push(Leg {
                activity,
                node: call.and_then(|place| self.calls[place].to),
                call,
                start,
                end,
            });
        }
    }
}
