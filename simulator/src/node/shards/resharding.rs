//! Moving rows while the system works: batches are read at the old shard and written at the new one.

use super::moving::Move;
use super::routing::Plan;
use super::{ShardsState, parts};
use crate::call::NONE;
use crate::event::Event;
use crate::node::users::NOBODY;
use crate::outcome::Outcome;
use crate::random::request_key;
use crate::request::{Request, RequestState};
use crate::scenario::{Resharding, Shards};
use crate::simulation::{Opening, Reply, Simulation};
use crate::step::Happening;
use crate::time::{SimDuration, SimTime};

/// Rows on their way.
#[derive(Clone, Copy, Debug)]
pub(super) struct Batch {
    request: u32,
    birth: u32,
    /// Of which flow.
    flow: usize,
    /// The link to their new shard.
    to: u32,
    rows: u64,
    /// Whether they have been read.
    is_read: bool,
    /// When the next one may leave.
    next: SimTime,
}

/// So long a batch waits after a failure: a shard that is down is not asked all the time.
const PAUSE: SimDuration = SimDuration::from_millis(100);

/// Takes over edited shards and parameters.
pub(crate) fn on_reconfigured(simulation: &mut Simulation, node: u32) {
    let is_listed = simulation.nodes[node as usize].id.is_some();
    if is_listed {
        follow_plan(simulation, node);
    }
    let is_working = is_listed && !simulation.nodes[node as usize].is_dead();
    let (state, _) = parts(simulation, node);
    if state.moving.is_none() || !is_working {
        // Whatever is on its way does not count; all of it can be copied again.
        stop(state);
    } else if state.batch.is_none() {
        let now = simulation.now();
        wake(simulation, node, now);
    }
}

/// A dead router forgets what was on its way, not where everything is.
pub(crate) fn on_death(simulation: &mut Simulation, node: u32) {
    stop(parts(simulation, node).0);
}

fn stop(state: &mut ShardsState) {
    state.batch = None;
    state.generation = state.generation.wrapping_add(1);
}

/// Begins to change to the layout that the scenario asks for, unless another change is under way.
fn follow_plan(simulation: &mut Simulation, node: u32) {
    let links = simulation.nodes[node as usize].links.clone();
    let (state, shards) = parts(simulation, node);
    let (plan, resharding, rows) = (Plan::new(shards, &links), shards.resharding, shards.rows);
    if let Some(moving) = &state.moving {
        let is_wanted = state.routing.as_ref().is_some_and(|it| it.plan == plan);
        let is_unwanted = !is_wanted && moving.old.plan == plan;
        if resharding == Resharding::Instant {
            let (moved, of) = moving.progress();
            state.rows_moved += of - moved;
            state.moving = None;
            stop(state);
        } else if is_unwanted {
            stop(state);
            if let (Some(moving), Some(new)) = (state.moving.take(), state.routing.take()) {
                state.routing = Some(moving.old.clone());
                state.moving = Some(moving.reversed(new));
            }
        }
    }
    let is_followed =
        state.moving.is_some() || state.routing.as_ref().is_some_and(|it| it.plan == plan);
    if !is_followed {
        let new = plan.build(&simulation.links, &simulation.nodes);
        let (state, _) = parts(simulation, node);
        let old = state.routing.take().filter(|old| !old.links().is_empty());
        if let Some(old) = old.filter(|_| !new.links().is_empty()) {
            let moving = Move::new(old, &new, rows);
            let (_, of) = moving.progress();
            if of > 0 && resharding == Resharding::Live {
                state.moving = Some(moving);
            } else {
                state.rows_moved += of;
            }
        }
        state.routing = Some(new);
    }
    list_shards(parts(simulation, node).0);
}

/// Lists all shards that have keys.
fn list_shards(state: &mut ShardsState) {
    state.all.clear();
    if let Some(routing) = &state.routing {
        state.all.extend(routing.links());
    }
    if let Some(moving) = &state.moving {
        for link in moving.old_links() {
            if !state.all.contains(link) {
                state.all.push(*link);
            }
        }
    }
}

/// Plans the next batch.
fn wake(simulation: &mut Simulation, node: u32, at: SimTime) {
    let (state, _) = parts(simulation, node);
    state.generation = state.generation.wrapping_add(1);
    let alarm = state.generation;
    simulation.schedule(at, Event::Alarm { node, alarm });
}

/// The next batch leaves.
pub(crate) fn on_alarm(simulation: &mut Simulation, node: u32, alarm: u32) {
    let now = simulation.now();
    let has_room = simulation.calls.has_room();
    let (state, shards) = parts(simulation, node);
    if state.generation != alarm || state.batch.is_some() {
        return;
    }
    let Some((flow, ends, rows)) = state.moving.as_mut().and_then(|it| it.next(shards.batch))
    else {
        return;
    };
    if !has_room {
        wake(simulation, node, now + PAUSE);
        return;
    }
    let next = now + time_of(shards, rows);
    let (number, key) = (state.batches, request_key(state.work, state.batches));
    state.batches += 1;
    let request = simulation.requests.insert_as(&Request {
        number,
        key,
        created: now,
        client: node,
        user: NOBODY,
        calls: 0,
        state: RequestState::Ended,
        ..Request::default()
    });
    let birth = simulation.requests.get(request).birth;
    parts(simulation, node).0.batch = Some(Batch {
        request,
        birth,
        flow,
        to: ends.to,
        rows,
        is_read: false,
        next,
    });
    send(simulation, request, ends.from, false);
}

/// How long so many rows take at the allowed pace.
fn time_of(shards: &Shards, rows: u64) -> SimDuration {
    SimDuration::from_nanos(rows * 1_000_000_000 / u64::from(shards.rows_per_second.max(1)))
}

fn send(simulation: &mut Simulation, request: u32, link: u32, is_write: bool) {
    let key = request_key(simulation.requests.get(request).key, u64::from(is_write));
    simulation.open(Opening {
        request,
        parent: NONE,
        link,
        key,
        item: 0,
        is_write,
    });
}

/// A shard has read or written a batch.
pub(crate) fn on_background_reply(
    simulation: &mut Simulation,
    node: u32,
    request: u32,
    reply: Reply,
) {
    let now = simulation.now();
    let birth = simulation.requests.get(request).birth;
    let has_room = simulation.calls.has_room();
    let (state, _) = parts(simulation, node);
    let Some(batch) = state.batch.as_mut() else {
        return;
    };
    if (batch.request, batch.birth) != (request, birth) {
        return;
    }
    let Batch {
        flow,
        to,
        rows,
        next,
        ..
    } = *batch;
    if reply.outcome != Outcome::Ok || !has_room {
        state.batch = None;
        wake(simulation, node, next.max(now + PAUSE));
    } else if !batch.is_read {
        batch.is_read = true;
        send(simulation, request, to, true);
    } else {
        state.batch = None;
        state.rows_moved += rows;
        let mut is_over = true;
        if let Some(moving) = &mut state.moving {
            moving.arrived(flow, rows);
            let (moved, of) = moving.progress();
            is_over = moved == of;
        }
        if is_over {
            state.moving = None;
            // Perhaps the scenario has asked for something else meanwhile.
            on_reconfigured(simulation, node);
        } else {
            wake(simulation, node, next.max(now));
        }
        simulation.note(node, None, Happening::Copied { rows });
    }
}
