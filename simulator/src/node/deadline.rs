//! How long clients wait for an answer before they give up.

use std::collections::VecDeque;

use crate::event::Event;
use crate::outcome::FailureReason;
use crate::request::{Requests, Verdict};
use crate::simulation::{NodeState, Simulation};
use crate::step::Happening;
use crate::time::{SimDuration, SimTime};

/// So few deadlines more are not worth a look at whose they are.
const SLACK: usize = 64;

/// Deadlines of one length: they end in the order in which they began, so one pending event is
/// enough for all of them, and an answered request costs no cancellation of its own.
#[derive(Clone, Debug)]
pub(super) struct Lane {
    timeout: SimDuration,
    /// When, and the place and number of the request.
    deadlines: VecDeque<(SimTime, u32, u64)>,
    is_armed: bool,
}

impl Lane {
    /// Adds the deadline of a new request. Those of answered ones go once they are most of the lane:
    /// it stays in proportion to the requests under way, at a constant cost for each.
    ///
    /// The event that is pending stays as it is. When it comes, it would have passed over them.
    fn push(&mut self, deadline: SimTime, index: u32, number: u64, requests: &Requests) {
        self.deadlines.push_back((deadline, index, number));
        if self.deadlines.len() > 2 * requests.len() + SLACK {
            self.deadlines
                .retain(|&(_, index, number)| requests.is_awaited(index, number));
        }
    }
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
        let NodeState::Clients(state) = &mut self.nodes[node as usize].state else {
            return;
        };
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
        lane.push(deadline, index, number, &self.requests);
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
            let is_open = self.requests.is_awaited(index, number);
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
        };
        let node = |name: &str, kind| Node {
            name: name.to_owned(),
            kind,
        };
        let nodes = vec![
            node("users", NodeKind::Clients(users)),
            node("web", NodeKind::Server(web)),
        ];
        let links = vec![Link {
            from: NodeId(0),
            to: NodeId(1),
            latency: SimDuration::ZERO,
        }];
        let scenario = Scenario::try_new(1, SimDuration::from_millis(200), nodes, links);
        Simulation::new(&scenario.expect("every value is in range"))
    }

    #[test]
    fn answered_requests_leave_the_lane_and_the_others_stay_in_it() {
        let mut simulation = patient();
        let mut most_live = 0;
        while simulation.now() < SimTime::from_secs(10) {
            simulation.step();
            let NodeState::Clients(users) = &simulation.nodes[0].state else {
                unreachable!("the first node is the users");
            };
            most_live = most_live.max(simulation.requests.len());
            if let Some(lane) = users.lanes.first() {
                let deadlines = &lane.deadlines;
                assert!(
                    deadlines.len() <= 2 * most_live + SLACK,
                    "{}",
                    deadlines.len()
                );
                let awaited = deadlines
                    .iter()
                    .filter(|&&(_, index, number)| simulation.requests.is_awaited(index, number));
                assert_eq!(awaited.count(), simulation.requests.len());
                assert!(deadlines.iter().is_sorted());
            }
        }
        assert!(simulation.books.totals.generated > 9_000);
    }
}
