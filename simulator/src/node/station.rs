//! Servers and databases: workers behind one first-in-first-out queue.
//!
//! A server goes on to call what it is linked to, a database answers; all else is the same.

use std::collections::VecDeque;

use crate::distribution::scaled;
use crate::event::Event;
use crate::outcome::FailureReason;
use crate::random::Draws;
use crate::request::{Station, Verdict};
use crate::scenario::{NodeKind, WhenFull};
use crate::simulation::{NodeState, Simulation};
use crate::step::Happening;
use crate::time::SimDuration;

/// What a server or database remembers.
#[derive(Clone, Debug, Default)]
pub(crate) struct StationState {
    /// The request of each busy worker; grows to the highest worker ever used.
    serving: Vec<Option<u32>>,
    busy: u32,
    queue: VecDeque<u32>,
}

impl StationState {
    pub(crate) const fn busy(&self) -> u32 {
        self.busy
    }

    pub(crate) fn queued(&self) -> u32 {
        self.queue.len() as u32
    }

    /// The waiting requests, the next one first.
    pub(crate) fn waiting(&self) -> impl Iterator<Item = u32> {
        self.queue.iter().copied()
    }

    fn take_worker(&mut self, index: u32) -> u32 {
        let free = self.serving.iter().position(Option::is_none);
        let worker = free.unwrap_or_else(|| {
            self.serving.push(None);
            self.serving.len() - 1
        });
        self.serving[worker] = Some(index);
        self.busy += 1;
        worker as u32
    }

    fn free_worker(&mut self, worker: u32) {
        if self.serving[worker as usize].take().is_some() {
            self.busy -= 1;
        }
    }
}

impl Simulation {
    fn station(&mut self, node: u32) -> &mut StationState {
        match &mut self.nodes[node as usize].state {
            NodeState::Station(state) => state,
            _ => unreachable!("only servers and databases are handled as stations"),
        }
    }

    pub(crate) fn on_request_at_station(&mut self, node: u32, index: u32) {
        let parameters = &self.nodes[node as usize].parameters;
        let (workers, limit) = (parameters.workers(), parameters.queue_limit());
        let when_full = match parameters {
            NodeKind::Server(server) => server.when_full,
            NodeKind::Database(database) => database.when_full,
            _ => return,
        };
        let state = self.station(node);
        let (busy, ahead) = (state.busy(), state.queued());
        if busy < workers {
            self.start_service(node, index, SimDuration::ZERO);
        } else if ahead < limit {
            state.queue.push_back(index);
            let since = self.now();
            self.requests.place(index, Station::Queued { node, since });
            let number = self.requests.get(index).number;
            self.note(node, Some(number), Happening::Queued { ahead });
        } else {
            match when_full {
                WhenFull::Fail => self.fail(node, index, FailureReason::QueueFull),
                WhenFull::Shed => self.shed(node, index),
            }
        }
    }

    fn start_service(&mut self, node: u32, index: u32, wait: SimDuration) {
        let slowness = self.slowness(node);
        let started = self.now();
        let request = self.requests.get_mut(index);
        request.step += 1;
        let (number, step, key, is_write) =
            (request.number, request.step, request.key, request.is_write);
        let law = match &self.nodes[node as usize].parameters {
            NodeKind::Server(server) => server.service_time,
            NodeKind::Database(database) if is_write => database.write_time,
            NodeKind::Database(database) => database.read_time,
            _ => return,
        };
        let mut service = law.sample(&mut Draws::new(key, step));
        if slowness > 1.0 {
            service = scaled(service, slowness);
        }
        let ends = started + service;
        let state = self.station(node);
        let worker = state.take_worker(index);
        let busy = state.busy();
        let meter = &mut self.nodes[node as usize].meter;
        meter.set_busy(started, busy);
        meter.waited(wait);
        let place = Station::Served {
            node,
            worker,
            started,
            ends,
        };
        let request = self.requests.place(index, place);
        self.schedule(ends, Event::ServiceEnded { request });
        self.note(node, Some(number), Happening::Started { service });
    }

    pub(crate) fn on_service_done(&mut self, node: u32, worker: u32, index: u32) {
        let now = self.now();
        let state = self.station(node);
        state.free_worker(worker);
        let busy = state.busy();
        let slot = &mut self.nodes[node as usize];
        slot.meter.set_busy(now, busy);
        slot.meter.served += 1;
        let queries = match &slot.parameters {
            NodeKind::Server(server) => server.queries,
            _ => 0,
        };
        if let Some(call) = self.requests.get_mut(index).call() {
            (call.next_link, call.calls_left) = (0, queries);
        }
        self.call_or_answer(node, index);
        self.start_waiting(node);
        let number = self.requests.get(index).number;
        self.note(node, Some(number), Happening::Finished);
    }

    /// Sends the next query, or the answer after the last one.
    fn call_or_answer(&mut self, node: u32, index: u32) {
        let queries = match &self.nodes[node as usize].parameters {
            NodeKind::Server(server) => server.queries,
            _ => 0,
        };
        let links = &self.nodes[node as usize].links;
        let Some(call) = self.requests.get_mut(index).call() else {
            return;
        };
        if call.calls_left == 0 {
            call.next_link += 1;
            call.calls_left = queries;
        }
        match links.get(call.next_link as usize).copied() {
            Some(link) if call.calls_left > 0 => {
                call.calls_left -= 1;
                self.send(index, link);
            }
            _ => self.answer(index),
        }
    }

    pub(crate) fn on_answer_at_server(&mut self, node: u32, index: u32) {
        if !self.remembers(node, index) {
            self.fail(node, index, FailureReason::ServerDied);
            return;
        }
        let request = self.requests.get(index);
        let number = request.number;
        // An error of a dependency becomes the server's own answer.
        if request.has_failed {
            self.answer(index);
        } else {
            self.call_or_answer(node, index);
        }
        self.note(node, Some(number), Happening::PassedBack);
    }

    /// Lets free workers take from the queue.
    fn start_waiting(&mut self, node: u32) {
        let workers = self.nodes[node as usize].parameters.workers();
        let now = self.now();
        while self.station(node).busy() < workers {
            let Some(index) = self.station(node).queue.pop_front() else {
                return;
            };
            let wait = match self.requests.get(index).place {
                Station::Queued { since, .. } => now.since(since),
                _ => SimDuration::ZERO,
            };
            self.start_service(node, index, wait);
        }
    }

    /// Everything inside is lost, and the callers' connections break.
    pub(crate) fn on_death_of_station(&mut self, node: u32) {
        let now = self.now();
        let state = self.station(node);
        let queued = std::mem::take(&mut state.queue);
        let served = std::mem::take(&mut state.serving).into_iter().flatten();
        let lost: Vec<u32> = served.chain(queued).collect();
        state.busy = 0;
        self.nodes[node as usize].meter.set_busy(now, 0);
        for index in lost {
            self.fail(node, index, FailureReason::ServerDied);
        }
    }

    /// More workers take from the queue at once; fewer finish what they have.
    pub(crate) fn on_reconfigured_station(&mut self, node: u32) {
        self.start_waiting(node);
    }

    /// A request reaches a dead node.
    pub(crate) fn refuse(&mut self, node: u32, index: u32) {
        let reason = match self.nodes[node as usize].parameters {
            NodeKind::Dns(_) => FailureReason::NameNotResolved,
            _ => FailureReason::Refused,
        };
        self.fail(node, index, reason);
    }

    /// A request fails at `node`; the bad news travels back.
    pub(crate) fn fail(&mut self, node: u32, index: u32, reason: FailureReason) {
        let request = self.requests.get_mut(index);
        let number = request.number;
        request.has_failed = true;
        // The first reason counts, and nobody's request counts for nobody.
        if request.verdict == Verdict::Open {
            request.verdict = Verdict::Failed(reason);
            self.nodes[node as usize].meter.failures.add(reason);
        }
        self.answer(index);
        self.note(node, Some(number), Happening::Failed(reason));
    }

    fn shed(&mut self, node: u32, index: u32) {
        let request = self.requests.get_mut(index);
        let number = request.number;
        request.has_failed = true;
        if request.verdict == Verdict::Open {
            request.verdict = Verdict::Shed;
            self.nodes[node as usize].meter.shed += 1;
        }
        self.answer(index);
        self.note(node, Some(number), Happening::Shed);
    }
}
