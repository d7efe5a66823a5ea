//! What a server does for a request besides one service and one query after the other: queries all at
//! once, a second service after them, a worker that is kept all the time.

use crate::call::{Place, mark};
use crate::node::freshness::EVER;
use crate::node::{pool, server, station};
use crate::outcome::{FailureReason, Outcome};
use crate::random::request_key;
use crate::scenario::{NodeKind, QueryOrder, Server};
use crate::simulation::{Opening, Reply, Simulation};

/// Whether a server needs this file.
pub(super) const fn has_steps(server: &Server) -> bool {
    server.holds_worker
        || server.finishing_time.is_some()
        || matches!(server.query_order, QueryOrder::Parallel { .. })
}

fn parameters(simulation: &Simulation, node: u32) -> Option<&Server> {
    match &simulation.nodes[node as usize].parameters {
        NodeKind::Server(server) => Some(server),
        _ => None,
    }
}

/// A worker has done what it had to: before the queries, or after them. Returns whether the queries
/// are to be sent one after the other now.
pub(super) fn on_served(simulation: &mut Simulation, node: u32, call: u32) -> bool {
    let Some(server) = parameters(simulation, node) else {
        return false;
    };
    let (holds, order) = (server.holds_worker, server.query_order);
    let has_more = server.finishing_time.is_some();
    let it = simulation.calls.get_mut(call);
    let is_finishing = it.marks & mark::FINISHING != 0;
    if it.marks & mark::HOLDING != 0 {
        // It goes on keeping its worker.
    } else if holds && !is_finishing {
        it.marks |= mark::HOLDING;
    } else if has_more && !is_finishing {
        station::release(simulation, node, call);
    } else {
        station::leave(simulation, node, call);
    }
    if is_finishing {
        simulation.answer(call);
        return false;
    }
    if let QueryOrder::Parallel { needed } = order
        && let Some(all) = server::independent_queries(simulation, node)
    {
        ask_all(simulation, node, call, all, needed);
        return false;
    }
    true
}

/// Sends all queries at once.
fn ask_all(simulation: &mut Simulation, node: u32, call: u32, all: u32, needed: Option<u32>) {
    simulation.calls.get_mut(call).version = EVER;
    if all == 0 {
        on_answered(simulation, node, call);
        return;
    }
    let needed = needed.unwrap_or(all).clamp(1, all);
    let it = simulation.calls.get_mut(call);
    it.marks |= mark::PARALLEL;
    it.place = Place::Waiting;
    (it.calls_left, it.next_link) = (needed, all - needed);
    let birth = it.birth;
    for number in 0..all {
        let Some(link) = server::link_of_query(simulation, node, number) else {
            return;
        };
        let is_waiting = simulation.calls.find(call, birth);
        if is_waiting.is_none_or(|it| it.place != Place::Waiting) {
            // So many found no connection that the others do not matter.
            return;
        }
        if !simulation.calls.has_room() {
            simulation.fail(node, call, FailureReason::TooManyCalls);
            return;
        }
        let it = simulation.calls.get_mut(call);
        it.opened += 1;
        let opening = Opening {
            request: it.request,
            parent: call,
            link,
            key: request_key(it.key, u64::from(it.opened)),
            item: it.item,
            is_write: it.is_write,
        };
        pool::ask(simulation, opening);
    }
}

/// One of the queries that are out at once has come back.
pub(super) fn on_part(simulation: &mut Simulation, node: u32, call: u32, reply: Reply) {
    let it = simulation.calls.get_mut(call);
    if reply.outcome == Outcome::Ok {
        it.version = it.version.min(reply.version);
        it.calls_left -= 1;
        if it.calls_left == 0 {
            on_answered(simulation, node, call);
        }
    } else if it.next_link > 0 {
        it.next_link -= 1;
    } else {
        it.outcome = reply.outcome;
        simulation.answer(call);
    }
}

/// A query could not even be sent.
pub(super) fn on_lost(simulation: &mut Simulation, node: u32, call: u32, reason: FailureReason) {
    let it = simulation.calls.get_mut(call);
    if it.marks & mark::PARALLEL != 0 && it.next_link > 0 {
        it.next_link -= 1;
    } else {
        simulation.fail(node, call, reason);
    }
}

/// The queries are over.
#[cold]
pub(super) fn on_answered(simulation: &mut Simulation, node: u32, call: u32) {
    let has_more = parameters(simulation, node).is_some_and(|it| it.finishing_time.is_some());
    let position = simulation.freshness.position();
    let it = simulation.calls.get_mut(call);
    if it.version == EVER {
        it.version = position;
    }
    if has_more {
        simulation.calls.get_mut(call).marks |= mark::FINISHING;
        station::enter_again(simulation, node, call);
    } else {
        simulation.answer(call);
    }
}
