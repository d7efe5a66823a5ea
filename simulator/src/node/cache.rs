//! A cache: answers what it holds, and passes writes on.

pub(crate) mod behind;

use crate::call::{NONE, Task};
use crate::event::Event;
use crate::node::copies::{self, Copies};
use crate::node::freshness::EVER;
use crate::node::spread::Spread;
use crate::node::station;
use crate::outcome::{FailureReason, Outcome};
use crate::request::RequestState;
use crate::scenario::{Cache, CacheWrites, Filling, NodeKind, Scenario};
use crate::simulation::{NodeState, Opening, Reply, Simulation};
use crate::step::Happening;
use crate::time::SimDuration;
use behind::{Behind, Write};

/// The purpose of this kind's only alarm: waiting writes are due.
const WRITES_DUE: u32 = 1 << 24;

/// What a cache remembers.
#[derive(Clone, Debug)]
pub(crate) struct CacheState {
    pub(crate) copies: Copies,
    pub(crate) behind: Behind,
    filling: Filling,
    writes: CacheWrites,
    write_delay: SimDuration,
    write_batch: u64,
}

impl CacheState {
    pub(crate) fn new(seed: u64, name: &str, cache: &Cache) -> Self {
        Self {
            copies: Copies::new(seed, name, &cache.caching),
            behind: Behind::default(),
            filling: cache.filling,
            writes: cache.writes,
            write_delay: cache.write_delay,
            write_batch: u64::from(cache.write_batch),
        }
    }

    const fn alarm(&self) -> u32 {
        WRITES_DUE | self.behind.generation & (WRITES_DUE - 1)
    }
}

fn state(simulation: &mut Simulation, node: u32) -> &mut CacheState {
    match &mut simulation.nodes[node as usize].state {
        NodeState::Cache(state) => state,
        _ => unreachable!("a slot's state is of its kind"),
    }
}

pub(super) fn on_call(simulation: &mut Simulation, node: u32, call: u32) {
    station::enter(simulation, node, call);
}

pub(super) fn on_served(simulation: &mut Simulation, node: u32, call: u32) {
    station::leave(simulation, node, call);
    let now = simulation.now();
    let it = simulation.calls.get(call);
    let (task, item, version, is_write) = (it.task, it.item, it.version, it.is_write);
    match task {
        Task::Ask if is_write => write(simulation, node, call),
        Task::Ask => read(simulation, node, call),
        Task::Fill => {
            state(simulation, node).copies.fill(now, item, version, now);
            simulation.answer(call);
        }
        Task::Remove => {
            state(simulation, node).copies.content.remove(item);
            simulation.answer(call);
        }
    }
    station::start_waiting(simulation, node);
}

fn read(simulation: &mut Simulation, node: u32, call: u32) {
    if copies::read(simulation, node, call) {
        return;
    }
    match state(simulation, node).filling {
        Filling::ReadThrough => copies::fetch(simulation, node, call),
        Filling::Aside => {
            simulation.calls.get_mut(call).is_miss = true;
            simulation.answer(call);
        }
    }
}

fn write(simulation: &mut Simulation, node: u32, call: u32) {
    let it = simulation.calls.get(call);
    let (item, key) = (it.item, it.key);
    let state = state(simulation, node);
    if state.writes == CacheWrites::Behind && state.behind.has_room() {
        write_later(simulation, node, call);
    } else if let Some(link) = state.copies.source.link(item, key) {
        simulation.forward(call, link);
        simulation.note_call(node, call, Happening::PassedOn);
    } else {
        simulation.fail(node, call, FailureReason::NoRoute);
    }
}

/// Answers a write at once.
fn write_later(simulation: &mut Simulation, node: u32, call: u32) {
    let now = simulation.now();
    let it = simulation.calls.get_mut(call);
    let (item, key) = (it.item, it.key);
    it.version = simulation.freshness.position();
    let request = simulation.requests.get(it.request).clone();
    let state = state(simulation, node);
    let is_first = state.behind.len() == 0;
    state.behind.push(Write { item, key, request });
    // Until the source has it, nothing there outdates it.
    state.copies.fill(now, item, EVER, now);
    let is_batch = state.behind.len() >= state.write_batch;
    let (at, alarm) = (now + state.write_delay, state.alarm());
    simulation.answer(call);
    simulation.note_call(node, call, Happening::Finished);
    if is_batch {
        write_batch(simulation, node);
    } else if is_first {
        simulation.schedule(at, Event::Alarm { node, alarm });
    }
}

pub(super) fn on_alarm(simulation: &mut Simulation, node: u32, alarm: u32) {
    if state(simulation, node).alarm() == alarm && !simulation.nodes[node as usize].is_dead() {
        write_batch(simulation, node);
    }
}

/// Sends what waits to the source, each write as a call of its own that nobody waits for.
fn write_batch(simulation: &mut Simulation, node: u32) {
    for write in state(simulation, node).behind.take() {
        let link = state(simulation, node)
            .copies
            .source
            .link(write.item, write.key);
        let has_room =
            simulation.requests.len() < Scenario::MAX_LIVE && simulation.calls.has_room();
        match link {
            Some(link) if has_room => {
                let mut request = write.request;
                request.state = RequestState::Ended;
                (request.calls, request.key) = (0, write.key);
                let request = simulation.requests.insert_as(&request);
                simulation.open(Opening {
                    request,
                    parent: NONE,
                    link,
                    key: write.key,
                    item: write.item,
                    is_write: true,
                });
            }
            _ => write_again(simulation, node, write),
        }
    }
}

/// A write has not reached the source: it waits for the next batch, unless a later one of its item does.
fn write_again(simulation: &mut Simulation, node: u32, write: Write) {
    let now = simulation.now();
    let state = state(simulation, node);
    if state.behind.has(write.item) {
        return;
    }
    let is_first = state.behind.len() == 0;
    state.behind.push(write);
    if is_first {
        // An immediate attempt would fail in the same way, for ever at the same moment.
        let delay = state.write_delay.max(SimDuration::from_millis(1));
        let alarm = state.alarm();
        simulation.schedule(now + delay, Event::Alarm { node, alarm });
    }
}

pub(super) fn on_reply(simulation: &mut Simulation, node: u32, call: u32, reply: Reply) {
    let it = simulation.calls.get(call);
    let item = it.item;
    if !it.is_write {
        copies::on_reply(simulation, node, call, reply);
        return;
    }
    let now = simulation.now();
    if reply.outcome == Outcome::Ok {
        let state = state(simulation, node);
        match state.writes {
            CacheWrites::Through => state.copies.fill(now, item, reply.version, now),
            CacheWrites::Around | CacheWrites::Behind => state.copies.content.remove(item),
            CacheWrites::Ignored => {}
        }
    }
    simulation.pass_back(call, reply);
    simulation.note_call(node, call, Happening::PassedBack);
}

/// The source has answered what nobody waits for: a refresh, or a write of a batch.
pub(super) fn on_background_reply(simulation: &mut Simulation, node: u32, call: u32, reply: Reply) {
    if simulation.nodes[node as usize].is_dead() {
        return;
    }
    let it = simulation.calls.get(call);
    if !it.is_write {
        copies::on_background_reply(simulation, node, call, reply);
        return;
    }
    let (now, item, key) = (simulation.now(), it.item, it.key);
    if reply.outcome != Outcome::Ok {
        let request = simulation.requests.get(it.request).clone();
        let write = Write { item, key, request };
        write_again(simulation, node, write);
        return;
    }
    let state = state(simulation, node);
    if !state.behind.has(item) && state.copies.content.holds(now, item) {
        state.copies.fill(now, item, reply.version, now);
    }
}

/// Its memory is gone, with the writes that it has promised.
pub(super) fn on_death(simulation: &mut Simulation, node: u32) {
    station::on_death(simulation, node);
    copies::on_death(simulation, node);
    let state = state(simulation, node);
    state.copies.meter.total.lost_writes += state.behind.take().len() as u64;
}

pub(super) fn on_reconfigured(simulation: &mut Simulation, node: u32) {
    let now = simulation.now();
    let slot = &simulation.nodes[node as usize];
    let source = Spread::new(slot.links.clone(), &simulation.links, &simulation.nodes);
    let slot = &mut simulation.nodes[node as usize];
    let (NodeKind::Cache(cache), NodeState::Cache(state)) = (&slot.parameters, &mut slot.state)
    else {
        return;
    };
    state.filling = cache.filling;
    state.writes = cache.writes;
    state.write_delay = cache.write_delay;
    state.write_batch = u64::from(cache.write_batch);
    state.copies.configure(now, &cache.caching);
    state.copies.source = source;
    let is_due = state.behind.len() >= state.write_batch || cache.writes != CacheWrites::Behind;
    if is_due && !slot.is_dead() {
        write_batch(simulation, node);
    }
    station::start_waiting(simulation, node);
}
