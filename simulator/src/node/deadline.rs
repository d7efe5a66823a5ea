//! How long clients wait for an answer before they give up.

use std::collections::VecDeque;

use crate::event::Event;
use crate::outcome::FailureReason;
use crate::request::Verdict;
use crate::simulation::Simulation;
use crate::step::Happening;
use crate::time::{SimDuration, SimTime};

/// Deadlines of one length: they end in the order in which they began, so one pending event is
/// enough for all of them, and an answered request costs no cancellation.
#[derive(Clone, Debug)]
pub(super) struct Lane {
    timeout: SimDuration,
    deadlines: VecDeque<(SimTime, u32, u64)>,
    is_armed: bool,
}

impl Simulation {
    /// Lets the client of a new request give it up after `timeout`.
    pub(super) fn set_deadline(
        &mut self,
        node: u32,
        timeout: SimDuration,
        index: u32,
        number: u64,
    ) {
        let deadline = self.now() + timeout;
        let (state, _) = self.clients(node);
        let known = state.lanes.iter().position(|lane| lane.timeout == timeout);
        let place = known.unwrap_or_else(|| {
            state.lanes.push(Lane {
                timeout,
                deadlines: VecDeque::new(),
                is_armed: false,
            });
            state.lanes.len() - 1
        });
        let lane = &mut state.lanes[place];
        lane.deadlines.push_back((deadline, index, number));
        if !std::mem::replace(&mut lane.is_armed, true) {
            self.schedule(
                deadline,
                Event::Deadline {
                    node,
                    lane: place as u32,
                },
            );
        }
    }

    /// The earliest deadline of a lane has come: its clients give up; the others wait on.
    pub(crate) fn on_deadline(&mut self, node: u32, lane: u32) {
        loop {
            let now = self.now();
            let (state, _) = self.clients(node);
            let waiting = &mut state.lanes[lane as usize];
            let Some(&(deadline, index, number)) = waiting.deadlines.front() else {
                waiting.is_armed = false;
                return;
            };
            let is_open = self
                .requests
                .numbered(index, number)
                .is_some_and(|request| request.verdict != Verdict::GivenUp);
            if is_open && deadline > now {
                self.schedule(deadline, Event::Deadline { node, lane });
                return;
            }
            let (state, _) = self.clients(node);
            state.lanes[lane as usize].deadlines.pop_front();
            if is_open {
                self.requests.get_mut(index).verdict = Verdict::GivenUp;
                self.nodes[node as usize]
                    .meter
                    .failures
                    .add(FailureReason::TimedOut);
                self.books.failed(now, FailureReason::TimedOut);
                self.note(node, Some(number), Happening::GaveUp);
            }
        }
    }
}
