//! How long callers wait for an answer before they give up.

use std::collections::VecDeque;

use crate::WHOLE;
use crate::call::Place;
use crate::event::Event;
use crate::node::guard::{self, Attempt};
use crate::node::{self, clients};
use crate::simulation::Simulation;
use crate::time::{SimDuration, SimTime};

/// So few deadlines more are not worth a look at whose they are.
const SLACK: usize = 64;

/// All deadlines of a run, in one lane for each length of timeout.
#[derive(Clone, Debug, Default)]
pub(crate) struct Lanes(Vec<Lane>);

/// Deadlines of one length: they end in the order in which they began, so one pending event is
/// enough for all of them, and an answer in time costs no cancellation of its own.
#[derive(Clone, Debug)]
struct Lane {
    timeout: SimDuration,
    deadlines: VecDeque<Deadline>,
    is_armed: bool,
    /// With so many deadlines it is worth a look how many of them still matter.
    enough: usize,
}

/// A deadline in 16 bytes: for whom, the kind and the slot in one number, and the birth of the tenant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Deadline {
    at: SimTime,
    waiter: u32,
    birth: u32,
}

/// Who waits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Waiter {
    /// The client of the request in this slot.
    Request(u32),
    /// Whoever opened the call in this slot.
    Call(u32),
    /// The guarded call in this slot, for one of its attempts.
    Attempt(u32, u8),
}

/// Bits of a slot: [`Calls::MOST`](crate::call::Calls::MOST) is below 2^24.
const SLOT_BITS: u32 = 24;

impl Waiter {
    const CALL: u32 = 255;

    const fn pack(self) -> u32 {
        let (kind, slot) = match self {
            Self::Request(slot) => (0, slot),
            Self::Attempt(slot, number) => (number as u32, slot),
            Self::Call(slot) => (Self::CALL, slot),
        };
        kind << SLOT_BITS | slot
    }

    const fn unpack(packed: u32) -> Self {
        let slot = packed & ((1 << SLOT_BITS) - 1);
        match packed >> SLOT_BITS {
            0 => Self::Request(slot),
            Self::CALL => Self::Call(slot),
            number => Self::Attempt(slot, number as u8),
        }
    }
}

impl Simulation {
    /// Lets the client of a new request give it up after `timeout`.
    pub(super) fn set_deadline(&mut self, timeout: SimDuration, request: u32) {
        let birth = self.requests.get(request).birth;
        self.add_deadline(timeout, Waiter::Request(request), birth);
    }

    /// Lets whoever opened a call give it up after `timeout`: see [`node::on_timeout`].
    pub(crate) fn set_call_deadline(&mut self, timeout: SimDuration, call: u32) {
        let birth = self.calls.get(call).birth;
        self.add_deadline(timeout, Waiter::Call(call), birth);
    }

    /// Lets a guarded call give up an attempt after `timeout`.
    pub(super) fn set_attempt_deadline(&mut self, timeout: SimDuration, attempt: Attempt) {
        let waiter = Waiter::Attempt(attempt.guard(), attempt.number());
        self.add_deadline(timeout, waiter, attempt.birth());
    }

    fn add_deadline(&mut self, timeout: SimDuration, waiter: Waiter, birth: u32) {
        let at = self.now() + timeout;
        let lanes = &mut self.lanes.0;
        let known = lanes.iter().position(|lane| lane.timeout == timeout);
        let place = known.unwrap_or_else(|| {
            lanes.push(Lane {
                timeout,
                deadlines: VecDeque::new(),
                is_armed: false,
                enough: SLACK,
            });
            lanes.len() - 1
        });
        let lane = &mut lanes[place];
        lane.deadlines.push_back(Deadline {
            at,
            waiter: waiter.pack(),
            birth,
        });
        let is_enough = lane.deadlines.len() > lane.enough;
        if !std::mem::replace(&mut lane.is_armed, true) {
            let lane = place as u32;
            self.schedule(at, Event::Deadline { lane });
        }
        if is_enough {
            self.clear_lane(place);
        }
    }

    /// Removes the deadlines of what is over, once they may be half of a lane: it stays in proportion to
    /// what is under way, at a constant cost for each.
    ///
    /// The event that is pending stays as it is. When it comes, it would have passed over them.
    fn clear_lane(&mut self, place: usize) {
        let mut deadlines = std::mem::take(&mut self.lanes.0[place].deadlines);
        deadlines.retain(|deadline| self.matters(deadline));
        let lane = &mut self.lanes.0[place];
        lane.enough = 2 * deadlines.len() + SLACK;
        lane.deadlines = deadlines;
    }

    /// Whether somebody still waits for what a deadline is for.
    fn matters(&self, deadline: &Deadline) -> bool {
        let birth = deadline.birth;
        match Waiter::unpack(deadline.waiter) {
            Waiter::Request(slot) => self.requests.is_awaited(slot, birth),
            Waiter::Call(slot) => self.calls.find(slot, birth).is_some_and(|it| it.is_awaited),
            Waiter::Attempt(guard, number) => self.awaits(Attempt::new(guard, birth, number)),
        }
    }

    /// The earliest deadline of a lane has come: those whose it is give up; the others wait on.
    pub(crate) fn on_deadline(&mut self, lane: u32) {
        let now = self.now();
        loop {
            let waiting = &mut self.lanes.0[lane as usize];
            let Some(&deadline) = waiting.deadlines.front() else {
                waiting.is_armed = false;
                return;
            };
            let matters = self.matters(&deadline);
            if matters && deadline.at > now {
                self.schedule(deadline.at, Event::Deadline { lane });
                return;
            }
            self.lanes.0[lane as usize].deadlines.pop_front();
            if matters {
                self.give_up(deadline);
            }
        }
    }

    fn give_up(&mut self, deadline: Deadline) {
        let birth = deadline.birth;
        match Waiter::unpack(deadline.waiter) {
            Waiter::Request(slot) => clients::give_up(self, slot),
            Waiter::Attempt(..) if !WHOLE => {}
            Waiter::Attempt(guard, number) => {
                guard::on_timeout(self, Attempt::new(guard, birth, number))
            }
            Waiter::Call(slot) => {
                let call = self.calls.get_mut(slot);
                if WHOLE && call.place == Place::Guarding {
                    return guard::on_deadline(self, slot);
                }
                call.is_awaited = false;
                let (parent, birth, link) = (call.parent, call.parent_birth, call.link);
                let parent_waits = self
                    .calls
                    .find(parent, birth)
                    .is_some_and(|it| it.place == Place::Waiting);
                if parent_waits {
                    let from = self.links[link as usize].from;
                    node::on_timeout(self, from, parent, slot);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::distribution::Distribution;
    use crate::scenario::{
        Arrivals, Clients, Link, Node, NodeId, NodeKind, Scenario, Server, WhenFull,
    };

    /// A thousand requests a second, some of them a hundred times as long as most, and an hour's
    /// patience.
    fn patient() -> Simulation {
        let users = Clients {
            rate: 1_000.0,
            arrivals: Arrivals::Poisson,
            read_share: 1.0,
            timeout: Some(SimDuration::from_secs(3_600)),
            ..Clients::default()
        };
        let web = Server {
            workers: 100,
            service_time: Distribution::Lognormal {
                mean: SimDuration::from_millis(50),
                cv2: 10.0,
            },
            queue_limit: 1_000,
            when_full: WhenFull::Fail,
            queries: 0,
            ..Server::default()
        };
        let node = |name: &str, kind| Node::new(name, kind);
        let nodes = vec![
            node("users", NodeKind::Clients(users)),
            node("web", NodeKind::Server(web)),
        ];
        let links = vec![Link::new(NodeId(0), NodeId(1), SimDuration::ZERO)];
        let scenario = Scenario::try_new(1, SimDuration::from_millis(200), nodes, links);
        Simulation::new(&scenario.expect("every value is in range"))
    }

    #[test]
    fn answered_requests_leave_the_lane_and_the_others_stay_in_it() {
        let mut simulation = patient();
        let mut most_live = 0;
        while simulation.now() < SimTime::from_secs(10) {
            simulation.step();
            most_live = most_live.max(simulation.requests.len());
            if let Some(lane) = simulation.lanes.0.first() {
                let deadlines = &lane.deadlines;
                assert!(
                    deadlines.len() <= 2 * most_live + SLACK,
                    "{}",
                    deadlines.len()
                );
                let awaited = deadlines.iter().filter(|it| simulation.matters(it));
                assert_eq!(awaited.count(), simulation.requests.len());
                assert!(deadlines.iter().is_sorted_by_key(|it| it.at));
            }
        }
        assert!(simulation.books.totals.generated > 9_000);
    }
}
