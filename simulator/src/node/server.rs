//! A web or application server: works on a request, then calls what it is linked to.

use crate::call::Place;
use crate::node::station;
use crate::outcome::{FailureReason, Outcome};
use crate::random::request_key;
use crate::scenario::NodeKind;
use crate::simulation::{Opening, Reply, Simulation};
use crate::step::Happening;

pub(super) fn on_call(simulation: &mut Simulation, node: u32, call: u32) {
    station::enter(simulation, node, call);
}

pub(super) fn on_served(simulation: &mut Simulation, node: u32, call: u32) {
    station::leave(simulation, node, call);
    let queries = queries(simulation, node);
    let it = simulation.calls.get_mut(call);
    (it.next_link, it.calls_left) = (0, queries);
    call_or_answer(simulation, node, call);
    station::start_waiting(simulation, node);
    simulation.note_call(node, call, Happening::Finished);
}

pub(super) fn on_reply(simulation: &mut Simulation, node: u32, call: u32, reply: Reply) {
    if reply.outcome == Outcome::Ok {
        call_or_answer(simulation, node, call);
    } else {
        // An error of a dependency becomes the server's own answer.
        simulation.calls.get_mut(call).outcome = reply.outcome;
        simulation.answer(call);
    }
    simulation.note_call(node, call, Happening::PassedBack);
}

/// Sends the next query, or the answer after the last one.
fn call_or_answer(simulation: &mut Simulation, node: u32, call: u32) {
    let queries = queries(simulation, node);
    let has_room = simulation.calls.has_room();
    let it = simulation.calls.get_mut(call);
    if it.calls_left == 0 {
        it.next_link += 1;
        it.calls_left = queries;
    }
    let links = &simulation.nodes[node as usize].links;
    match links.get(it.next_link as usize).copied() {
        Some(_) if !has_room => {
            simulation.fail(node, call, FailureReason::TooManyCalls);
        }
        Some(link) if it.calls_left > 0 => {
            it.calls_left -= 1;
            it.opened += 1;
            it.place = Place::Waiting;
            let opening = Opening {
                request: it.request,
                parent: call,
                link,
                key: request_key(it.key, u64::from(it.opened)),
                item: it.item,
                is_write: it.is_write,
            };
            simulation.open(opening);
        }
        _ => simulation.answer(call),
    }
}

fn queries(simulation: &Simulation, node: u32) -> u32 {
    match &simulation.nodes[node as usize].parameters {
        NodeKind::Server(server) => server.queries,
        _ => 0,
    }
}
