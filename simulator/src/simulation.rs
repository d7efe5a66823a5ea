//! A running system: time, events and the edits that a reader makes meanwhile.
//!
//! This file keeps the clock and hands each event to the kind of node that it concerns (`node/`); what
//! a kind does with it is not known here. Nothing here draws, waits or reads a real clock.

mod books;
mod edit;
mod hand_over;
mod ledger;
mod observe;
mod outage;
mod slot;
mod tracing;
mod travel;

pub use edit::Edit;
pub use observe::Sightings;

pub(crate) use ledger::Unpaid;
pub(crate) use slot::{LinkSlot, NodeSlot, NodeState, follow_policy};
pub(crate) use travel::{Opening, Reply};

use crate::WHOLE;
use crate::agenda::Agenda;
use crate::call::Calls;
use crate::event::Event;
use crate::fingerprint::Fingerprint;
use crate::geography::Area;
use crate::node;
use crate::node::balancer::probes;
use crate::node::deadline::Lanes;
use crate::node::freshness::Freshness;
use crate::node::guard::Guards;
use crate::request::Requests;
use crate::scenario::Scenario;
use crate::step::{Happening, Step};
use crate::time::SimTime;
use crate::trace::Recorder;
use books::Books;
use hand_over::HandOvers;
use ledger::Ledger;
use observe::PastHops;

/// A scenario being run.
///
/// The same scenario, seed and edits at the same times give the same events, bit for bit, on every
/// machine, however the run is cut into steps.
///
/// # Order
/// Events happen by time. Of simultaneous ones, first what crosses a link without latency, because that
/// is part of what caused it; then whatever was scheduled first.
#[derive(Clone, Debug)]
pub struct Simulation {
    scenario: Scenario,
    now: SimTime,
    events: u64,
    fingerprint: Fingerprint,
    agenda: Agenda,
    hand_overs: HandOvers,
    pub(crate) requests: Requests,
    pub(crate) calls: Calls,
    pub(crate) guards: Guards,
    pub(crate) lanes: Lanes,
    /// What is true now, so that copies can be told to be outdated.
    pub(crate) freshness: Freshness,
    /// Never shrinks: a removed node finishes its work and keeps its slot.
    pub(crate) nodes: Vec<NodeSlot>,
    pub(crate) links: Vec<LinkSlot>,
    /// The slot of each node of the present scenario.
    slots: Vec<u32>,
    pub(crate) books: Books,
    past_hops: PastHops,
    /// Areas that do not see each other.
    partitions: Vec<(Area, Area)>,
    ledger: Ledger,
    pub(crate) recorder: Recorder,
    /// Whether any caller cancels what it no longer awaits.
    pub(crate) may_cancel: bool,
    /// What the present event does, while somebody goes through the run step by step.
    step: Option<Step>,
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
            agenda: Agenda::default(),
            hand_overs: HandOvers::default(),
            requests: Requests::default(),
            calls: Calls::default(),
            guards: Guards::default(),
            lanes: Lanes::default(),
            freshness: Freshness::default(),
            nodes: Vec::new(),
            links: Vec::new(),
            slots: Vec::new(),
            books: Books::new(),
            past_hops: PastHops::default(),
            partitions: Vec::new(),
            ledger: Ledger::default(),
            recorder: Recorder::default(),
            may_cancel: false,
            step: None,
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
        self.step = Some(Step::beginning());
        let happened = self.next(SimTime::MAX);
        self.books.enter(self.now);
        self.step.take().filter(|_| happened)
    }

    /// Lets everything up to `target` happen, but at most `max_events` events. A target in the past
    /// changes nothing.
    pub fn run_until(&mut self, target: SimTime, max_events: u64) -> Progress {
        let mut left = max_events;
        let progress = loop {
            if left == 0 {
                break Progress::BudgetSpent;
            }
            if !self.next(target) {
                if target > self.now {
                    self.advance_clock(target);
                }
                break Progress::Reached;
            }
            left -= 1;
        };
        self.books.enter(self.now);
        progress
    }

    /// Lets the next event happen unless that is after `limit`.
    fn next(&mut self, limit: SimTime) -> bool {
        if let Some(call) = self.hand_overs.pop() {
            self.begin_step();
            self.on_handed_over(call);
            return true;
        }
        let Some((at, packed)) = self.agenda.pop_until(limit.as_nanos()) else {
            return false;
        };
        let at = SimTime::from_nanos(at);
        self.advance_clock(at);
        self.fingerprint.add(at, packed);
        self.begin_step();
        match Event::unpack(packed) {
            Event::Call { call, stamp } => self.on_call_due(call, stamp),
            Event::Arrival { node, generation } => {
                node::clients::on_arrival(self, node, generation)
            }
            Event::Thought { user, node } if WHOLE => node::users::on_thought(self, node, user),
            Event::Thought { .. } => {}
            Event::Alarm { node, alarm } => node::on_alarm(self, node, alarm),
            Event::Deadline { lane } => self.on_deadline(lane),
            Event::ProbeArrived { link, generation } => {
                probes::on_probe_arrived(self, link, generation);
            }
            Event::ProbePassed { link, generation } => {
                probes::on_probe_ended(self, link, generation, true);
            }
            Event::ProbeFailed { link, generation } => {
                probes::on_probe_ended(self, link, generation, false);
            }
        }
        true
    }

    fn begin_step(&mut self) {
        self.events += 1;
        if let Some(step) = &mut self.step {
            *step = Step {
                time: self.now,
                node: None,
                request: None,
                what: Happening::Passed,
            };
        }
    }

    #[inline]
    fn advance_clock(&mut self, to: SimTime) {
        debug_assert!(to >= self.now, "time never goes back");
        if to >= self.books.next_turn {
            self.turn(to);
        }
        self.now = to;
    }

    /// Adds an event at `at`.
    pub(crate) fn schedule(&mut self, at: SimTime, event: Event) {
        // What would happen at the end of time never happens: time could not go on from there.
        if at < SimTime::MAX {
            self.agenda.push(at.as_nanos(), event.pack());
        }
    }

    /// Remembers what the present event did, for [`Simulation::step`].
    pub(crate) fn note(&mut self, node: u32, request: Option<u64>, what: Happening) {
        if let Some(step) = &mut self.step {
            step.node = self.nodes[node as usize].id;
            step.request = request;
            step.what = what;
        }
    }

    /// Remembers what the present event did for a call.
    pub(crate) fn note_call(&mut self, node: u32, call: u32, what: Happening) {
        if self.step.is_some() {
            let request = self.calls.get(call).request;
            let number = self.requests.get(request).number;
            self.note(node, Some(number), what);
        }
    }
}
