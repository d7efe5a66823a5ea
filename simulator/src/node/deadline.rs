//! How long clients wait for an answer before they give up.

use std::collections::VecDeque;

use crate::event::Event;
use crate::node::users;
use crate::outcome::FailureReason;
use crate::request::{RequestState, Requests};
use crate::simulation::Simulation;
use crate::step::Happening;
use crate::time::{SimDuration, SimTime};
use crate::trace::Ending;

/// So few deadlines more are not worth a look at whose they are.
const SLACK: usize = 64;

/// All deadlines of a run, in one lane for each length of timeout.
#[derive(Clone, Debug, Default)]
pub(crate) struct Lanes(Vec<Lane>);

/// Deadlines of one length: they end in the order in which they began, so one pending event is
/// enough for all of them, and an answered request costs no cancellation of its own.
#[derive(Clone, Debug)]
struct Lane {
    timeout: SimDuration,
    /// When, and the slot and birth of the request.
    deadlines: VecDeque<(SimTime, u32, u32)>,
    is_armed: bool,
}

impl Lane {
    /// Adds the deadline of a new request. Those of answered ones go once they are most of the lane:
    /// it stays in proportion to the requests under way, at a constant cost for each.
    ///
    /// The event that is pending stays as it is. When it comes, it would have passed over them.
    fn push(&mut self, deadline: SimTime, index: u32, birth: u32, requests: &Requests) {
        self.deadlines.push_back((deadline, index, birth));
        if self.deadlines.len() > 2 * requests.len() + SLACK {
            self.deadlines
                .retain(|&(_, index, birth)| requests.is_awaited(index, birth));
        }
    }
}

impl Simulation {
    /// Lets the client of a new request give it up after `timeout`.
    pub(super) fn set_deadline(&mut self, timeout: SimDuration, request: u32) {
        let deadline = self.now() + timeout;
        let lanes = &mut self.lanes.0;
        let known = lanes.iter().position(|lane| lane.timeout == timeout);
        let place = known.unwrap_or_else(|| {
            lanes.push(Lane {
                timeout,
                deadlines: VecDeque::new(),
                is_armed: false,
            });
            lanes.len() - 1
        });
        let lane = &mut lanes[place];
        let birth = self.requests.get(request).birth;
        lane.push(deadline, request, birth, &self.requests);
        if !std::mem::replace(&mut lane.is_armed, true) {
            let lane = place as u32;
            self.schedule(deadline, Event::Deadline { lane });
        }
    }

    /// The earliest deadline of a lane has come: its clients give up; the others wait on.
    pub(crate) fn on_deadline(&mut self, lane: u32) {
        let now = self.now();
        loop {
            let waiting = &mut self.lanes.0[lane as usize];
            let Some(&(deadline, index, birth)) = waiting.deadlines.front() else {
                waiting.is_armed = false;
                return;
            };
            let is_open = self.requests.is_awaited(index, birth);
            if is_open && deadline > now {
                self.schedule(deadline, Event::Deadline { lane });
                return;
            }
            waiting.deadlines.pop_front();
            if is_open {
                let request = self.requests.get_mut(index);
                request.state = RequestState::GivenUp;
                let (node, number, user) = (request.client, request.number, request.user);
                let meter = &mut self.nodes[node as usize].meter;
                meter.failures.add(FailureReason::TimedOut);
                self.books.failed(FailureReason::TimedOut);
                self.trace_end(index, Ending::Failed(FailureReason::TimedOut));
                self.note(node, Some(number), Happening::GaveUp);
                users::think(self, node, user);
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
        };
        let node = |name: &str, kind| Node {
            name: name.to_owned(),
            kind,
        };
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
                let awaited = deadlines
                    .iter()
                    .filter(|&&(_, index, birth)| simulation.requests.is_awaited(index, birth));
                assert_eq!(awaited.count(), simulation.requests.len());
                assert!(deadlines.iter().is_sorted());
            }
        }
        assert!(simulation.books.totals.generated > 9_000);
    }
}
