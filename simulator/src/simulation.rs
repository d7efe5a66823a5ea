//! A running system: time, events and the edits that a reader makes meanwhile.
//!
//! This file keeps the clock, moves requests along links and hands each event to the kind of node
//! that it concerns (`node/`); what a kind does with it is not known here. Nothing here draws, waits or
//! reads a real clock.

mod books;
mod edit;
mod observe;
mod slot;

pub use edit::Edit;
pub use observe::Sightings;

pub(crate) use slot::{LinkSlot, NodeSlot, NodeState};

use crate::event::Event;
use crate::fingerprint::Fingerprint;
use crate::outcome::FailureReason;
use crate::queue::EventQueue;
use crate::request::{Requests, Station};
use crate::scenario::Scenario;
use crate::sighting::{Hop, PastHop};
use crate::step::{Happening, Step};
use crate::time::SimTime;
use books::Books;
use observe::PastHops;

/// A scenario being run.
///
/// The same scenario, seed and edits at the same times give the same events, bit for bit, on every
/// machine, however the run is cut into steps.
#[derive(Clone, Debug)]
pub struct Simulation {
    scenario: Scenario,
    now: SimTime,
    events: u64,
    fingerprint: Fingerprint,
    queue: EventQueue,
    pub(crate) requests: Requests,
    /// Never shrinks: a removed node finishes its work and keeps its slot.
    pub(crate) nodes: Vec<NodeSlot>,
    pub(crate) links: Vec<LinkSlot>,
    /// The slot of each node of the present scenario.
    slots: Vec<u32>,
    pub(crate) books: Books,
    past_hops: PastHops,
    last_step: Step,
}

/// How far a run came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Progress {
    /// The target time is reached: everything up to and including it has happened.
    Reached,
    /// The allowed number of events came first.
    BudgetSpent,
}

impl Simulation {
    /// A run of `scenario` at time zero.
    #[must_use]
    pub fn new(scenario: &Scenario) -> Self {
        let mut simulation = Self {
            scenario: scenario.clone(),
            now: SimTime::ZERO,
            events: 0,
            fingerprint: Fingerprint::default(),
            queue: EventQueue::default(),
            requests: Requests::default(),
            nodes: Vec::new(),
            links: Vec::new(),
            slots: Vec::new(),
            books: Books::new(),
            past_hops: PastHops::default(),
            last_step: Step::beginning(),
        };
        simulation.reconfigure(scenario.clone());
        simulation
    }

    /// The present moment.
    #[must_use]
    pub const fn now(&self) -> SimTime {
        self.now
    }

    /// Events processed so far.
    #[must_use]
    pub const fn events(&self) -> u64 {
        self.events
    }

    /// A hash over every event so far: equal hashes mean the identical run.
    #[must_use]
    pub const fn fingerprint(&self) -> u64 {
        self.fingerprint.value()
    }

    /// The system as it was last configured.
    #[must_use]
    pub const fn scenario(&self) -> &Scenario {
        &self.scenario
    }

    /// Lets exactly one event happen and tells what it was; `None` when nothing will ever happen
    /// again.
    pub fn step(&mut self) -> Option<Step> {
        let (at, event) = self.queue.pop()?;
        self.process(at, event);
        Some(self.last_step.clone())
    }

    /// Lets everything up to `target` happen, but at most `max_events` events. A target in the past
    /// changes nothing.
    pub fn run_until(&mut self, target: SimTime, max_events: u64) -> Progress {
        let mut left = max_events;
        while let Some(at) = self.queue.next_time().filter(|&at| at <= target) {
            if left == 0 {
                return Progress::BudgetSpent;
            }
            left -= 1;
            if let Some((_, event)) = self.queue.pop() {
                self.process(at, event);
            }
        }
        if target > self.now {
            self.advance_clock(target);
        }
        Progress::Reached
    }

    fn process(&mut self, at: SimTime, event: Event) {
        self.advance_clock(at);
        self.events += 1;
        self.fingerprint.add(at, event);
        self.last_step = Step {
            time: at,
            node: None,
            request: None,
            what: Happening::Passed,
        };
        match event {
            Event::Arrival { node, generation } => self.on_arrival_due(node, generation),
            Event::Deadline { node, lane } => self.on_deadline(node, lane),
            Event::HopEnded { request } => {
                if let Some(index) = self.requests.find(request) {
                    self.on_hop_ended(index);
                }
            }
            Event::ServiceEnded { request } => {
                if let Some(index) = self.requests.find(request) {
                    self.on_service_ended(index);
                }
            }
            Event::ProbeArrived { link, generation } => self.on_probe_arrived(link, generation),
            Event::ProbeEnded {
                link,
                generation,
                is_good,
            } => {
                self.on_probe_ended(link, generation, is_good);
            }
        }
    }

    fn advance_clock(&mut self, to: SimTime) {
        debug_assert!(to >= self.now, "time never goes back");
        if to >= self.books.recent.next_roll() {
            self.roll(to);
        }
        // What happens at that very moment is not measured yet, as if the run had been stopped there.
        if to > self.books.measured_from {
            self.begin_measurement_at(self.books.measured_from);
        }
        self.now = to;
    }

    /// Adds an event at `at`.
    pub(crate) fn schedule(&mut self, at: SimTime, event: Event) {
        // What would happen at the end of time never happens: time could not go on from there.
        if at < SimTime::MAX {
            self.queue.push(at, event);
        }
    }

    /// Remembers what the present event did, for [`Simulation::step`].
    pub(crate) fn note(&mut self, node: u32, request: Option<u64>, what: Happening) {
        let node = self.nodes[node as usize].id;
        self.last_step = Step {
            time: self.now,
            node,
            request,
            what,
        };
    }

    /// Sends a request along a link. `false` where its chain of calls would become too long: then it
    /// has failed at the node that wanted to send it.
    pub(crate) fn send(&mut self, index: u32, link: u32) -> bool {
        if self.requests.get_mut(index).push_call(link) {
            self.travel(index, link, false);
            return true;
        }
        let from = self.links[link as usize].from;
        self.fail(from, index, FailureReason::TooManyCalls);
        false
    }

    /// Sends a request back along the link by which it came.
    pub(crate) fn answer(&mut self, index: u32) {
        if let Some(link) = self.requests.get_mut(index).call().map(|call| call.link) {
            self.travel(index, link, true);
        }
    }

    fn travel(&mut self, index: u32, link: u32, is_answer: bool) {
        let departed = self.now;
        let arrives = departed + self.links[link as usize].latency;
        let place = Station::Travelling {
            link,
            is_answer,
            departed,
            arrives,
        };
        let request = self.requests.place(index, place);
        self.schedule(arrives, Event::HopEnded { request });
    }

    fn on_hop_ended(&mut self, index: u32) {
        let request = self.requests.get(index);
        let Station::Travelling {
            link,
            is_answer,
            departed,
            arrives,
        } = request.place
        else {
            return;
        };
        let slot = &self.links[link as usize];
        let (from, to) = (slot.from, slot.to);
        if let NodeState::Clients(_) = self.nodes[from as usize].state {
            // By what it took and not by the link's latency, which may have been edited meanwhile.
            self.requests.get_mut(index).user_network += arrives.since(departed);
        }
        let request = self.requests.get(index);
        if let (Some(from), Some(to)) = (self.nodes[from as usize].id, self.nodes[to as usize].id) {
            self.past_hops.push(PastHop {
                request: request.number,
                is_write: request.is_write,
                fate: request.verdict.fate(),
                hop: Hop {
                    from,
                    to,
                    is_answer,
                    departed,
                    arrives,
                },
            });
        }
        if is_answer {
            self.on_answer(from, index);
        } else {
            self.on_request(to, index);
        }
    }

    fn on_request(&mut self, node: u32, index: u32) {
        let slot = &mut self.nodes[node as usize];
        slot.meter.arrived += 1;
        let life = slot.life;
        if let Some(call) = self.requests.get_mut(index).call() {
            call.life = life;
        }
        if self.is_dead(node) {
            self.nodes[node as usize].refused += 1;
            self.refuse(node, index);
            return;
        }
        match self.nodes[node as usize].state {
            NodeState::Balancer(_) => self.on_request_at_balancer(node, index),
            NodeState::Station(_) => self.on_request_at_station(node, index),
            NodeState::Dns => self.on_request_at_dns(node, index),
            NodeState::Clients(_) => debug_assert!(false, "nobody calls clients"),
        }
    }

    fn on_answer(&mut self, node: u32, index: u32) {
        let Some(call) = self.requests.get_mut(index).pop_call() else {
            return;
        };
        match self.nodes[node as usize].state {
            NodeState::Clients(_) => self.on_answer_at_clients(node, index, call.link),
            NodeState::Balancer(_) => self.on_answer_at_balancer(node, index, call.link),
            NodeState::Station(_) => self.on_answer_at_server(node, index),
            NodeState::Dns => debug_assert!(false, "DNS calls nobody"),
        }
    }

    fn on_service_ended(&mut self, index: u32) {
        let Station::Served { node, worker, .. } = self.requests.get(index).place else {
            return;
        };
        match self.nodes[node as usize].state {
            NodeState::Dns => self.on_lookup_done(node, index),
            _ => self.on_service_done(node, worker, index),
        }
    }

    /// Whether the node that handles a request is still in the life in which it took it: one that
    /// died since has lost it.
    pub(crate) fn remembers(&mut self, node: u32, index: u32) -> bool {
        let slot = &self.nodes[node as usize];
        let (life, is_dead) = (slot.life, self.is_dead(node));
        !is_dead
            && self
                .requests
                .get_mut(index)
                .call()
                .is_some_and(|call| call.life == life)
    }
}
