//! How calls get from node to node and back.

use crate::WHOLE;
use crate::call::{Call, NONE, Place, Task, mark};
use crate::event::Event;
use crate::node;
use crate::node::guard::{self, Attempt};
use crate::outcome::{FailureReason, Outcome};
use crate::random::Draws;
use crate::scenario::Kind;
use crate::sighting::{Fate, Hop, PastHop};
use crate::simulation::Simulation;
use crate::simulation::outage::LOST;
use crate::snapshot::Condition;
use crate::step::Happening;
use crate::time::{SimDuration, SimTime};
use crate::trace::Activity;

/// Tells the draw of a broken node, whether it errs, from the draw of its work.
const ERRS: u32 = 1 << 30;

/// A call to be opened.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Opening {
    pub(crate) request: u32,
    /// The call that it is for; [`NONE`] where the clients call, or nobody will wait.
    pub(crate) parent: u32,
    pub(crate) link: u32,
    pub(crate) key: u64,
    pub(crate) item: u32,
    pub(crate) is_write: bool,
}

/// What a caller learns from an answer.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Reply {
    pub(crate) link: u32,
    pub(crate) outcome: Outcome,
    /// Whether the node did not answer at all: it was dead, or died meanwhile.
    pub(crate) is_broken: bool,
    /// Up to which write of the database's log the answer is up to date.
    pub(crate) version: u64,
    /// How long the answered call was on the link, both ways.
    pub(crate) travelled: SimDuration,
    /// Whether it was asked of a cache that does not hold it.
    pub(crate) is_miss: bool,
}

impl Simulation {
    /// Opens a call and sends it off.
    pub(crate) fn open(&mut self, opening: Opening) -> u32 {
        if WHOLE && self.links[opening.link as usize].is_guarded {
            guard::open(self, opening)
        } else {
            self.send(opening)
        }
    }

    /// Sends a call off whatever the policy of its link is.
    #[inline]
    pub(crate) fn send(&mut self, opening: Opening) -> u32 {
        let link = &self.links[opening.link as usize];
        let (node, latency) = (link.to, link.way());
        let index = self.insert_call(opening, node);
        self.trace_opening(index);
        self.set_off(index, Place::Outbound, latency);
        index
    }

    /// The record of a call at `node` that is nowhere yet.
    #[inline(always)]
    pub(crate) fn insert_call(&mut self, opening: Opening, node: u32) -> u32 {
        let parent_birth = if opening.parent == NONE {
            0
        } else {
            self.calls.get(opening.parent).birth
        };
        let request = self.requests.get_mut(opening.request);
        request.calls += 1;
        let (index, call) = self.calls.insert();
        call.request = opening.request;
        call.parent = opening.parent;
        call.parent_birth = parent_birth;
        call.link = opening.link;
        call.node = node;
        call.outcome = Outcome::Ok;
        call.attempt = 0;
        call.is_awaited = true;
        call.is_broken = false;
        call.is_write = opening.is_write;
        call.marks = 0;
        call.task = Task::Ask;
        call.is_miss = false;
        call.key = opening.key;
        call.item = opening.item;
        call.version = 0;
        call.worker = NONE;
        call.opened = 0;
        call.trace = NONE;
        index
    }

    /// Opens a call for another one at the same node, of the same kind and with the same work: what
    /// nodes do that only pass requests on.
    pub(crate) fn forward(&mut self, call: u32, link: u32) {
        let it = self.calls.get_mut(call);
        it.place = Place::Waiting;
        let (request, key, item, is_write) = (it.request, it.key, it.item, it.is_write);
        let (task, version) = (it.task, it.version);
        let opening = Opening {
            request,
            parent: call,
            link,
            key,
            item,
            is_write,
        };
        if !self.calls.has_room() {
            let node = self.calls.get(call).node;
            self.fail(node, call, FailureReason::TooManyCalls);
        } else if WHOLE && task != Task::Ask {
            self.send_task(opening, task, version);
        } else {
            self.open(opening);
        }
    }

    /// Tells a cache something about an item. No policy guards that: nobody depends on the answer.
    pub(crate) fn send_task(&mut self, opening: Opening, task: Task, version: u64) {
        let call = self.send(opening);
        let call = self.calls.get_mut(call);
        (call.task, call.version) = (task, version);
    }

    /// Answers a call as the one was answered that was opened for it.
    pub(crate) fn pass_back(&mut self, call: u32, reply: Reply) {
        let it = self.calls.get_mut(call);
        it.outcome = reply.outcome;
        it.version = reply.version;
        it.is_miss = reply.is_miss;
        // Nodes that pass calls on have plain stations, if any.
        self.answer_plainly(call);
    }

    /// Sends the answer to a call back along its link.
    pub(crate) fn answer(&mut self, call: u32) {
        self.answer_plainly(call);
        let marks = self.calls.get(call).marks;
        if WHOLE && marks & (mark::COUNTED | mark::HOLDING) != 0 {
            node::station::settle(self, call);
        }
    }

    /// The same for a call that keeps nothing of its node until it is answered: those of plain stations.
    pub(crate) fn answer_plainly(&mut self, call: u32) {
        let it = self.calls.get(call);
        let (link, is_good) = (it.link, it.outcome == Outcome::Ok);
        let link = &mut self.links[link as usize];
        if link.is_paid {
            link.answered += u64::from(is_good);
        }
        let latency = link.way();
        self.trace_turn(call, Activity::Network);
        self.set_off(call, Place::Inbound, latency);
    }

    fn set_off(&mut self, index: u32, place: Place, latency: SimDuration) {
        if WHOLE && latency == LOST {
            return self.lose(index, place);
        }
        let now = self.now;
        let call = self.calls.get_mut(index);
        call.place = place;
        call.since = now;
        call.until = now + latency;
        if latency.is_zero() {
            self.hand_overs.push(index);
        } else {
            self.schedule_call(index);
        }
    }

    /// Keeps a call at its node until `until`: in service or asleep.
    pub(crate) fn hold(&mut self, index: u32, place: Place, until: SimTime) {
        self.trace_turn(index, Activity::Service);
        let now = self.now;
        let call = self.calls.get_mut(index);
        call.place = place;
        call.since = now;
        call.until = until;
        self.schedule_call(index);
    }

    /// Lets a guarded call begin at this very moment, after what is happening now.
    pub(crate) fn hand_over(&mut self, index: u32) {
        self.hand_overs.push(index);
    }

    /// Lets a guarded call look after itself at `at`, and at no time that was planned before.
    pub(crate) fn wake(&mut self, index: u32, at: SimTime) {
        self.calls.get_mut(index).until = at;
        self.schedule_call(index);
    }

    /// Lets the next thing happen to a call at the end of its present place.
    fn schedule_call(&mut self, index: u32) {
        let call = self.calls.get_mut(index);
        call.stamp = call.stamp.wrapping_add(1);
        let (until, stamp) = (call.until, call.stamp);
        self.schedule(until, Event::Call { call: index, stamp });
    }

    /// A call has crossed a link without latency.
    pub(super) fn on_handed_over(&mut self, index: u32) {
        match self.calls.get(index).place {
            Place::Outbound => self.on_arrived(index),
            Place::Guarding if WHOLE => guard::on_opened(self, index),
            _ => self.on_returned(index),
        }
    }

    /// What a call was scheduled for is due: its way, its service or its pause is over.
    pub(super) fn on_call_due(&mut self, index: u32, stamp: u32) {
        let call = self.calls.get(index);
        if call.stamp != stamp {
            return;
        }
        match call.place {
            Place::Outbound => self.on_arrived(index),
            Place::Inbound => self.on_returned(index),
            Place::Served => {
                self.trace_turn(index, Activity::Waiting);
                node::on_served(self, index);
            }
            Place::Guarding if WHOLE => guard::on_timer(self, index),
            Place::Guarding | Place::Free | Place::Queued | Place::Waiting => {
                debug_assert!(false, "nothing is scheduled for a call that waits");
            }
        }
    }

    fn on_arrived(&mut self, index: u32) {
        let call = self.calls.get_mut(index);
        // By what it took and not by the link's latency, which may have been edited meanwhile.
        call.travelled = call.until.since(call.since);
        let node = call.node;
        self.trace_turn(index, Activity::Waiting);
        if self.past_hops.is_on() {
            self.remember_hop(index);
        }
        let slot = &mut self.nodes[node as usize];
        slot.meter.arrived += 1;
        match slot.condition {
            Condition::Up | Condition::Slow { .. } => node::on_call(self, node, index),
            Condition::Dead | Condition::Booting { .. } => {
                slot.refused += 1;
                let reason = node::refusal(slot);
                self.calls.get_mut(index).is_broken = true;
                self.fail(node, index, reason);
            }
            Condition::Erring { share } => {
                let key = self.calls.get(index).key;
                let mut draws = Draws::new(key, slot.draws ^ ERRS);
                if draws.uniform() <= share {
                    let reason = node::error(slot);
                    self.fail(node, index, reason);
                } else {
                    node::on_call(self, node, index);
                }
            }
        }
    }

    fn on_returned(&mut self, index: u32) {
        if self.past_hops.is_on() {
            self.remember_hop(index);
        }
        let call = self.calls.get_mut(index);
        call.travelled += call.until.since(call.since);
        self.deliver(index);
    }

    /// The caller learns how a call ended, and the call is over.
    pub(crate) fn deliver(&mut self, index: u32) {
        let call = self.calls.get(index);
        let (request, link) = (call.request, call.link);
        let (parent, birth, is_awaited) = (call.parent, call.parent_birth, call.is_awaited);
        let reply = Reply {
            link,
            outcome: call.outcome,
            is_broken: call.is_broken,
            version: call.version,
            travelled: call.travelled,
            is_miss: call.is_miss,
        };
        let number = call.attempt;
        let from = self.links[link as usize].from;
        self.trace_close(index);
        self.calls.remove(index);
        if WHOLE && number != 0 {
            let attempt = Attempt::new(parent, birth, number);
            guard::on_reply(self, from, request, attempt, reply);
        } else if parent == NONE {
            node::on_root_reply(self, from, index, request, reply);
        } else {
            // What a call leaves in its slot stays there until the next one comes.
            if WHOLE && self.calls.get(index).marks & mark::POOLED != 0 {
                node::pool::release(self, link);
            }
            // The parent may have been answered meanwhile: its node died, or others were enough.
            let waits = |call: &Call| call.place == Place::Waiting;
            if is_awaited && self.calls.find(parent, birth).is_some_and(waits) {
                node::on_reply(self, from, parent, reply);
            }
        }
        self.let_go(request);
    }

    /// One call less works for a request; after the last one it is forgotten, if its client has done
    /// with it.
    pub(crate) fn let_go(&mut self, index: u32) {
        let request = self.requests.get_mut(index);
        request.calls -= 1;
        if request.calls == 0 && !request.state.is_open() {
            self.requests.remove(index);
        }
    }

    /// Whether anybody waits for what a call is going to bring: its client, or a node that works in the
    /// background. A write for somebody who has got enough answers meanwhile is wanted, a read is not.
    pub(crate) fn is_wanted(&self, index: u32) -> bool {
        let mut call = self.calls.get(index);
        let is_write = call.is_write;
        // As deep as the chain of calls.
        loop {
            let attempt = Attempt::new(call.parent, call.parent_birth, call.attempt);
            if !call.is_awaited || call.attempt != 0 && !self.awaits(attempt) {
                return false;
            }
            if call.parent == NONE {
                // What clients guard has no link yet.
                let is_clients = call.link == NONE || {
                    let from = self.links[call.link as usize].from;
                    self.nodes[from as usize].kind == Kind::Clients
                };
                return !is_clients || self.requests.get(call.request).state.is_open();
            }
            match self.calls.find(call.parent, call.parent_birth) {
                Some(parent) if parent.place != Place::Inbound => call = parent,
                _ => return is_write,
            }
        }
    }

    /// A call fails at `node`; the bad news travels back.
    pub(crate) fn fail(&mut self, node: u32, call: u32, reason: FailureReason) {
        self.end_badly(
            node,
            call,
            Outcome::Failed(reason),
            Happening::Failed(reason),
        );
    }

    /// A call is turned away at `node`.
    pub(crate) fn shed(&mut self, node: u32, call: u32) {
        self.end_badly(node, call, Outcome::Shed, Happening::Shed);
    }

    fn end_badly(&mut self, node: u32, index: u32, outcome: Outcome, what: Happening) {
        let call = self.calls.get_mut(index);
        call.outcome = outcome;
        let request = call.request;
        // Nobody's request counts for nobody.
        if self.requests.get(request).state.is_open() {
            self.nodes[node as usize].meter.count(outcome);
        }
        self.answer(index);
        self.note_call(node, index, what);
    }

    fn remember_hop(&mut self, index: u32) {
        let call = self.calls.get(index);
        let link = &self.links[call.link as usize];
        let (from, to) = (
            self.nodes[link.from as usize].id,
            self.nodes[link.to as usize].id,
        );
        if let (Some(from), Some(to)) = (from, to) {
            let request = self.requests.get(call.request);
            self.past_hops.push(PastHop {
                request: request.number,
                is_write: call.is_write,
                fate: self.fate(call),
                hop: Hop {
                    from,
                    to,
                    is_answer: call.place == Place::Inbound,
                    departed: call.since,
                    arrives: call.until,
                },
            });
        }
    }

    /// How the client of a call sees it.
    pub(super) fn fate(&self, call: &Call) -> Fate {
        let state = self.requests.get(call.request).state;
        if !state.is_open() {
            Fate::GivenUp
        } else if call.outcome != Outcome::Ok {
            Fate::Failed
        } else {
            state.fate()
        }
    }
}
