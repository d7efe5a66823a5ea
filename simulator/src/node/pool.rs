//! Connections to the next node: queries that find none free wait in their own server.

use std::collections::VecDeque;

use crate::WHOLE;
use crate::call::{Call, NONE, Place, mark};
use crate::event::Event;
use crate::node::steps;
use crate::outcome::FailureReason;
use crate::scenario::ConnectionPool;
use crate::simulation::{Opening, Simulation};
use crate::time::{SimDuration, SimTime};

/// The alarm of the query that has waited longest for a connection; below are the bits of its link.
const IMPATIENT: u32 = 3 << 24;
const LINK: u32 = (1 << 24) - 1;

/// More than any server that makes sense lets wait: the bound keeps memory finite.
const MOST_WAITING: usize = 1_000_000;

/// The connections along one link.
#[derive(Clone, Debug)]
pub(crate) struct Pool {
    size: u32,
    wait_limit: Option<SimDuration>,
    pub(crate) in_use: u32,
    waiting: VecDeque<Waiting>,
}

/// A query that waits for a connection, of a call that waits for its answer.
#[derive(Clone, Copy, Debug)]
struct Waiting {
    parent: u32,
    parent_birth: u32,
    key: u64,
    since: SimTime,
}

impl Pool {
    /// Queries that wait.
    pub(crate) fn waiting(&self) -> u32 {
        self.waiting.len() as u32
    }
}

/// Sends a query along its link, at once or as soon as a connection is free.
#[inline]
pub(super) fn ask(simulation: &mut Simulation, opening: Opening) {
    if !WHOLE || simulation.links[opening.link as usize].pool.is_none() {
        simulation.open(opening);
    } else {
        ask_in_turn(simulation, opening);
    }
}

#[cold]
fn ask_in_turn(simulation: &mut Simulation, opening: Opening) {
    let now = simulation.now();
    let link = &mut simulation.links[opening.link as usize];
    let from = link.from;
    let Some(pool) = &mut link.pool else { return };
    if pool.in_use < pool.size {
        send(simulation, opening, SimDuration::ZERO);
        return;
    }
    if pool.waiting.len() >= MOST_WAITING {
        steps::on_lost(
            simulation,
            from,
            opening.parent,
            FailureReason::PoolExhausted,
        );
        return;
    }
    let is_first = pool.waiting.is_empty();
    pool.waiting.push_back(Waiting {
        parent: opening.parent,
        parent_birth: simulation.calls.get(opening.parent).birth,
        key: opening.key,
        since: now,
    });
    if is_first {
        set_alarm(simulation, opening.link);
    }
}

fn send(simulation: &mut Simulation, opening: Opening, wait: SimDuration) {
    let link = &mut simulation.links[opening.link as usize];
    if let Some(pool) = &mut link.pool {
        pool.in_use += 1;
    }
    let meter = &mut simulation.nodes[link.from as usize].meter;
    meter.connection_waits += 1;
    meter.connection_nanos += u128::from(wait.as_nanos());
    let call = simulation.open(opening);
    simulation.calls.get_mut(call).marks |= mark::POOLED;
}

/// A connection is free again.
#[cold]
pub(crate) fn release(simulation: &mut Simulation, link: u32) {
    if let Some(pool) = &mut simulation.links[link as usize].pool {
        pool.in_use = pool.in_use.saturating_sub(1);
        serve(simulation, link);
    }
}

/// Gives free connections to those that wait.
fn serve(simulation: &mut Simulation, link: u32) {
    let now = simulation.now();
    loop {
        let slot = &mut simulation.links[link as usize];
        let from = slot.from;
        let Some(pool) = &mut slot.pool else { return };
        if pool.in_use >= pool.size {
            return;
        }
        let Some(next) = pool.waiting.pop_front() else {
            return;
        };
        let Some(parent) = waits(simulation, next) else {
            continue;
        };
        let opening = Opening {
            request: parent.request,
            parent: next.parent,
            link,
            key: next.key,
            item: parent.item,
            is_write: parent.is_write,
        };
        if simulation.calls.has_room() {
            send(simulation, opening, now.since(next.since));
        } else {
            steps::on_lost(simulation, from, next.parent, FailureReason::TooManyCalls);
        }
    }
}

/// The call of a waiting query, if it waits too.
fn waits(simulation: &Simulation, query: Waiting) -> Option<&Call> {
    let parent = simulation.calls.find(query.parent, query.parent_birth);
    parent.filter(|parent| parent.place == Place::Waiting)
}

/// Lets an event come when the first one has waited for too long.
fn set_alarm(simulation: &mut Simulation, link: u32) {
    let now = simulation.now();
    let slot = &simulation.links[link as usize];
    let node = slot.from;
    let first = slot.pool.as_ref().and_then(|pool| {
        let first = pool.waiting.front()?;
        Some(first.since + pool.wait_limit?)
    });
    if let Some(due) = first {
        let alarm = IMPATIENT | (link & LINK);
        // A limit that has been edited may be over already.
        simulation.schedule(due.max(now), Event::Alarm { node, alarm });
    }
}

/// Perhaps some have waited for too long.
pub(super) fn on_alarm(simulation: &mut Simulation, node: u32, alarm: u32) {
    let now = simulation.now();
    let link = alarm & LINK;
    if alarm & !LINK != IMPATIENT {
        return;
    }
    loop {
        let Some(pool) = &mut simulation.links[link as usize].pool else {
            return;
        };
        let Some(limit) = pool.wait_limit else { return };
        let Some(first) = pool.waiting.front().copied() else {
            return;
        };
        if first.since + limit > now {
            set_alarm(simulation, link);
            return;
        }
        pool.waiting.pop_front();
        if waits(simulation, first).is_some() {
            steps::on_lost(simulation, node, first.parent, FailureReason::PoolExhausted);
        }
    }
}

/// Forgets who waited, and which connections were in use: the server is dead.
pub(super) fn on_death(simulation: &mut Simulation, node: u32) {
    let links = &mut simulation.links;
    let has_pool = |link: &u32| links[*link as usize].pool.is_some();
    let pooled: Vec<u32> = (0..links.len() as u32)
        .filter(|&link| links[link as usize].from == node)
        .filter(has_pool)
        .collect();
    for &link in &pooled {
        if let Some(pool) = &mut links[link as usize].pool {
            pool.waiting.clear();
            pool.in_use = 0;
        }
    }
    if !pooled.is_empty() {
        for call in simulation.calls.iter_mut() {
            if pooled.contains(&call.link) {
                call.marks &= !mark::POOLED;
            }
        }
    }
}

/// Takes over edited parameters: everybody who waits goes on waiting, or is sent if there is room now.
pub(super) fn on_reconfigured(
    simulation: &mut Simulation,
    node: u32,
    connections: Option<ConnectionPool>,
) {
    for place in 0..simulation.nodes[node as usize].links.len() {
        let link = simulation.nodes[node as usize].links[place];
        let pool = &mut simulation.links[link as usize].pool;
        match (pool.as_mut(), connections) {
            (None, None) => {}
            (None, Some(wanted)) => {
                let in_use = mark_all(simulation, link);
                simulation.links[link as usize].pool = Some(Box::new(Pool {
                    size: wanted.size,
                    wait_limit: wanted.wait_limit,
                    in_use,
                    waiting: VecDeque::new(),
                }));
            }
            (Some(pool), Some(wanted)) => {
                (pool.size, pool.wait_limit) = (wanted.size, wanted.wait_limit);
                serve(simulation, link);
                set_alarm(simulation, link);
            }
            (Some(pool), None) => {
                pool.size = u32::MAX;
                serve(simulation, link);
                simulation.links[link as usize].pool = None;
            }
        }
    }
}

/// Everybody on the way along a link has one of the new connections.
fn mark_all(simulation: &mut Simulation, link: u32) -> u32 {
    let mut count = 0;
    for call in simulation.calls.iter_mut() {
        // An attempt is covered by the guarded call that it is made for.
        if call.link == link && call.parent != NONE && call.attempt == 0 {
            call.marks |= mark::POOLED;
            count += 1;
        }
    }
    count
}
