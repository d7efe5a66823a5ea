//! A web or application server: works on a request, then calls what it is linked to.

use crate::WHOLE;
use crate::call::{NONE, Place, Task, mark};
use crate::node::freshness::EVER;
use crate::node::spread::Spread;
use crate::node::{boot, cancellation, pool, station, steps};
use crate::outcome::{FailureReason, Outcome};
use crate::random::request_key;
use crate::scenario::{CacheWrites, Filling, Kind, NodeKind, Scenario};
use crate::simulation::{NodeState, Opening, Reply, Simulation};
use crate::step::Happening;

/// What a server does for each request after its own work, derived from its links.
#[derive(Clone, Debug, Default)]
pub(crate) struct ServerState {
    /// One after the other.
    steps: Vec<Step>,
    /// The caches that it fills itself.
    caches: Spread,
    /// What it asks of them when something is written.
    on_write: Option<Task>,
}

/// Queries to one target.
#[derive(Clone, Copy, Debug)]
struct Step {
    link: u32,
    queries: u32,
    /// Whether a cache is asked first.
    is_cached: bool,
}

pub(super) fn on_call(simulation: &mut Simulation, node: u32, call: u32) {
    station::enter(simulation, node, call);
}

pub(super) fn on_served(simulation: &mut Simulation, node: u32, call: u32) {
    if simulation.nodes[node as usize].station.is_plain() {
        station::leave(simulation, node, call);
        ask_in_turn(simulation, node, call);
        station::start_waiting(simulation, node);
        simulation.note_call(node, call, Happening::Finished);
    } else {
        on_step_served(simulation, node, call);
    }
}

/// Out of the way of servers that do without.
#[cold]
fn on_step_served(simulation: &mut Simulation, node: u32, call: u32) {
    let Some(call) = station::done(simulation, node, call) else {
        return;
    };
    if steps::on_served(simulation, node, call) {
        ask_in_turn(simulation, node, call);
    }
    station::start_waiting(simulation, node);
    station::plan_end(simulation, node);
    simulation.note_call(node, call, Happening::Finished);
}

fn ask_in_turn(simulation: &mut Simulation, node: u32, call: u32) {
    let first = match &simulation.nodes[node as usize].state {
        NodeState::Server(state) => state.steps.first(),
        _ => None,
    };
    let it = simulation.calls.get_mut(call);
    if let Some(step) = first {
        (it.next_link, it.calls_left, it.version) = (0, step.queries, EVER);
        if !is_dropped(simulation, node, call) {
            call_or_answer(simulation, node, call);
        }
    } else {
        it.version = simulation.freshness.position();
        answer(simulation, node, call);
    }
}

/// The queries are over, if there were any.
fn answer(simulation: &mut Simulation, node: u32, call: u32) {
    if simulation.nodes[node as usize].station.is_plain() {
        simulation.answer_plainly(call);
    } else {
        steps::on_answered(simulation, node, call);
    }
}

pub(super) fn on_reply(simulation: &mut Simulation, node: u32, call: u32, reply: Reply) {
    if is_dropped(simulation, node, call) {
        return;
    }
    let NodeState::Server(state) = &simulation.nodes[node as usize].state else {
        return;
    };
    if WHOLE && simulation.calls.get(call).marks & mark::PARALLEL != 0 {
        steps::on_part(simulation, node, call, reply);
    } else if !WHOLE || state.caches.is_empty() {
        take(simulation, node, call, reply);
    } else if state.caches.contains(reply.link) {
        on_cache_reply(simulation, node, call, reply);
    } else {
        on_source_reply(simulation, node, call, reply);
    }
    simulation.note_call(node, call, Happening::PassedBack);
}

/// Goes on after an answer; an error becomes the server's own answer.
fn take(simulation: &mut Simulation, node: u32, call: u32, reply: Reply) {
    let it = simulation.calls.get_mut(call);
    if reply.outcome == Outcome::Ok {
        it.version = it.version.min(reply.version);
        call_or_answer(simulation, node, call);
    } else {
        it.outcome = reply.outcome;
        simulation.answer(call);
    }
}

/// A cache that this server fills has answered. Where it has nothing, or is in trouble, its source is asked
/// with the same work as if there were no cache.
fn on_cache_reply(simulation: &mut Simulation, node: u32, call: u32, reply: Reply) {
    let has_room = simulation.calls.has_room();
    let it = simulation.calls.get_mut(call);
    if it.is_write {
        // It has been told of a write; the source has it, so its answer does not matter.
        call_or_answer(simulation, node, call);
    } else if reply.outcome == Outcome::Ok && !reply.is_miss {
        take(simulation, node, call, reply);
    } else {
        let NodeState::Server(state) = &simulation.nodes[node as usize].state else {
            return;
        };
        match state.steps.get(it.next_link as usize) {
            Some(step) if has_room => {
                let opening = Opening {
                    request: it.request,
                    parent: call,
                    link: step.link,
                    key: request_key(it.key, u64::from(it.opened)),
                    item: it.item,
                    is_write: false,
                };
                pool::ask(simulation, opening);
            }
            Some(_) => simulation.fail(node, call, FailureReason::TooManyCalls),
            // The links have been edited meanwhile.
            None => simulation.answer(call),
        }
    }
}

/// Another node than a cache has answered: what a cache asks about is told to it.
fn on_source_reply(simulation: &mut Simulation, node: u32, call: u32, reply: Reply) {
    let has_room = simulation.calls.has_room();
    let it = simulation.calls.get_mut(call);
    let NodeState::Server(state) = &simulation.nodes[node as usize].state else {
        return;
    };
    let step = state.steps.get(it.next_link as usize);
    let is_cached = step.is_some_and(|step| step.is_cached && step.link == reply.link);
    let task = if it.is_write {
        state.on_write
    } else {
        Some(Task::Fill)
    };
    let key = request_key(it.key, u64::from(it.opened));
    let (Some(task), Some(link)) = (task, state.caches.link(it.item, key)) else {
        take(simulation, node, call, reply);
        return;
    };
    if !is_cached || !has_room || reply.outcome != Outcome::Ok {
        take(simulation, node, call, reply);
        return;
    }
    let opening = Opening {
        request: it.request,
        // A write is over when the cache knows of it; what was read is put there in the background.
        parent: if it.is_write { call } else { NONE },
        link,
        key,
        item: it.item,
        is_write: it.is_write,
    };
    let is_write = it.is_write;
    if is_write {
        it.version = it.version.min(reply.version);
    }
    simulation.send_task(opening, task, reply.version);
    if !is_write {
        take(simulation, node, call, reply);
    }
}

/// Whether nobody is called any more for a call, because it was cancelled.
#[inline]
fn is_dropped(simulation: &mut Simulation, node: u32, call: u32) -> bool {
    WHOLE && simulation.may_cancel && cancellation::drop_cancelled(simulation, node, call)
}

/// Sends the next query, or the answer after the last one.
fn call_or_answer(simulation: &mut Simulation, node: u32, call: u32) {
    let NodeState::Server(state) = &simulation.nodes[node as usize].state else {
        return;
    };
    let it = simulation.calls.get_mut(call);
    let mut step = state.steps.get(it.next_link as usize);
    if it.calls_left == 0 {
        it.next_link += 1;
        step = state.steps.get(it.next_link as usize);
        it.calls_left = step.map_or(0, |step| step.queries);
    }
    let Some(step) = step.filter(|_| it.calls_left > 0) else {
        if it.version == EVER {
            it.version = simulation.freshness.position();
        }
        answer(simulation, node, call);
        return;
    };
    it.calls_left -= 1;
    it.opened += 1;
    it.place = Place::Waiting;
    let key = request_key(it.key, u64::from(it.opened));
    let link = if WHOLE && step.is_cached && !it.is_write {
        state.caches.link(it.item, key).unwrap_or(step.link)
    } else {
        step.link
    };
    let opening = Opening {
        request: it.request,
        parent: call,
        link,
        key,
        item: it.item,
        is_write: it.is_write,
    };
    if simulation.calls.has_room() {
        pool::ask(simulation, opening);
    } else {
        simulation.fail(node, call, FailureReason::TooManyCalls);
    }
}

/// Derives the steps from the links: so many queries to each target in turn, but for caches that the
/// server has to fill. Those are asked before the first target that stores data, each item at one of them.
pub(super) fn on_reconfigured(simulation: &mut Simulation, node: u32) {
    let slot = &simulation.nodes[node as usize];
    let queries = match &slot.parameters {
        NodeKind::Server(server) => server.queries,
        _ => 0,
    };
    let kind = |link: &u32| simulation.nodes[behind(simulation, *link) as usize].kind;
    let cache = |link: &u32| WHOLE && aside(simulation, *link).is_some();
    let (caches, others): (Vec<u32>, Vec<u32>) = slot.links.iter().copied().partition(cache);
    let stores_data = |link: &&u32| !matches!(kind(link), Kind::Server | Kind::Cache);
    let source = others.iter().find(stores_data).or(others.first()).copied();
    let mut state = ServerState::default();
    let steps = if source.is_some() {
        let writes = caches.first().and_then(|&link| aside(simulation, link));
        state.on_write = writes.and_then(|writes| match writes {
            CacheWrites::Through => Some(Task::Fill),
            CacheWrites::Around | CacheWrites::Behind => Some(Task::Remove),
            CacheWrites::Ignored => None,
        });
        if WHOLE {
            state.caches = Spread::new(caches, &simulation.links, &simulation.nodes);
        }
        &others
    } else {
        &slot.links
    };
    let is_cached = !state.caches.is_empty();
    let step = |&link: &u32| Step {
        link,
        queries,
        is_cached: is_cached && source == Some(link),
    };
    state.steps = steps.iter().map(step).collect();
    simulation.nodes[node as usize].state = NodeState::Server(state);
    let slot = &simulation.nodes[node as usize];
    if let (NodeKind::Server(server), Some(_)) = (&slot.parameters, slot.id) {
        let connections = server.connections;
        pool::on_reconfigured(simulation, node, connections);
    }
    station::on_reconfigured(simulation, node);
}

pub(super) fn on_death(simulation: &mut Simulation, node: u32) {
    station::on_death(simulation, node);
    pool::on_death(simulation, node);
}

pub(super) fn on_alarm(simulation: &mut Simulation, node: u32, alarm: u32) {
    boot::on_alarm(simulation, node, alarm);
    pool::on_alarm(simulation, node, alarm);
}

/// How many queries a server sends; `None` where it fills a cache, so that one query depends on the other.
pub(super) fn independent_queries(simulation: &Simulation, node: u32) -> Option<u32> {
    let NodeState::Server(state) = &simulation.nodes[node as usize].state else {
        return None;
    };
    let queries = state.steps.iter().map(|step| step.queries);
    state.caches.is_empty().then(|| queries.sum())
}

/// The link of the query with this number, counted from 0.
pub(super) fn link_of_query(simulation: &Simulation, node: u32, number: u32) -> Option<u32> {
    let NodeState::Server(state) = &simulation.nodes[node as usize].state else {
        return None;
    };
    let mut before = 0;
    let mut steps = state.steps.iter();
    let step = steps.find(|step| {
        before += step.queries;
        number < before
    });
    step.map(|step| step.link)
}

/// What a link leads to, through balancers.
fn behind(simulation: &Simulation, link: u32) -> u32 {
    let mut node = simulation.links[link as usize].to;
    for _ in 0..Scenario::MAX_DEPTH {
        let slot = &simulation.nodes[node as usize];
        match slot.links.first() {
            Some(&link) if slot.kind == Kind::Balancer => {
                node = simulation.links[link as usize].to;
            }
            _ => break,
        }
    }
    node
}

/// What a write does to the cache at the end of a link, if it is one that its callers fill.
fn aside(simulation: &Simulation, link: u32) -> Option<CacheWrites> {
    match &simulation.nodes[behind(simulation, link) as usize].parameters {
        NodeKind::Cache(cache) if cache.filling == Filling::Aside => Some(cache.writes),
        _ => None,
    }
}
