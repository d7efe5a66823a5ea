//! How clients learn the address and send: they ask DNS first, and share its answer.

use super::{note, parts};
use crate::WHOLE;
use crate::call::NONE;
use crate::node::guard::{self, Attempt};
use crate::node::users;
use crate::outcome::{FailureReason, Outcome};
use crate::random::attempt_key;
use crate::request::RequestState;
use crate::scenario::NodeKind;
use crate::simulation::{Opening, Reply, Simulation};
use crate::step::Happening;
use crate::time::SimDuration;

/// Sends a request, or one attempt of it, as soon as the address is known.
#[inline(always)]
pub(in crate::node) fn resolve_or_send(
    simulation: &mut Simulation,
    node: u32,
    index: u32,
    attempt: Attempt,
) {
    let now = simulation.now();
    let (state, _) = parts(simulation, node);
    let Some(names) = state.names else {
        send(simulation, node, index, attempt, false);
        return;
    };
    if state.address_until.is_some_and(|until| now < until) {
        send(simulation, node, index, attempt, false);
        return;
    }
    let is_shared = !ttl(simulation, names).is_zero();
    let (state, _) = parts(simulation, node);
    if is_shared && state.is_looking_up {
        state.resolving.push((index, attempt));
        simulation.requests.get_mut(index).state = RequestState::Resolving;
        note(simulation, node, index, Happening::AwaitsName);
    } else {
        state.is_looking_up = true;
        send_along(simulation, index, attempt, names);
        note(simulation, node, index, Happening::AskedName);
    }
}

/// Sends a request whose address is known, to each target in turn as DNS round robin does.
fn send(simulation: &mut Simulation, node: u32, index: u32, attempt: Attempt, was_asked: bool) {
    let (state, _) = parts(simulation, node);
    let Some(&link) = state.targets.get(state.turn).or(state.targets.first()) else {
        fail(simulation, node, index, attempt, FailureReason::NoRoute);
        return;
    };
    state.turn = if state.turn + 1 < state.targets.len() {
        state.turn + 1
    } else {
        0
    };
    let now = simulation.now();
    let request = simulation.requests.get_mut(index);
    request.state = RequestState::Open;
    if attempt.number() <= 1 {
        // DNS took the time until now.
        request.name_time = now.since(request.created);
    }
    send_along(simulation, index, attempt, link);
    let what = match attempt.number() {
        _ if was_asked => Happening::NameLearned,
        0 | 1 => Happening::Sent,
        _ => Happening::SentAgain,
    };
    note(simulation, node, index, what);
}

#[inline(always)]
fn send_along(simulation: &mut Simulation, request: u32, attempt: Attempt, link: u32) {
    let it = simulation.requests.get(request);
    let (mut key, item, is_write) = (it.key, it.item, it.is_write);
    let is_guarded = WHOLE && attempt.is_guarded();
    let mut parent = NONE;
    if is_guarded {
        parent = attempt.guard();
        key = attempt_key(key, attempt.number());
    }
    let call = simulation.open(Opening {
        request,
        parent,
        link,
        key,
        item,
        is_write,
    });
    if is_guarded {
        simulation.calls.get_mut(call).attempt = attempt.number();
    }
}

/// DNS has answered for the request that asked, and for those that waited for its look-up.
pub(in crate::node) fn on_name(
    simulation: &mut Simulation,
    node: u32,
    asked_for: u32,
    asking: Attempt,
    reply: Reply,
) {
    let until = simulation.now() + ttl(simulation, reply.link);
    let has_failed = reply.outcome != Outcome::Ok;
    let (state, _) = parts(simulation, node);
    state.is_looking_up = false;
    if !has_failed {
        state.address_until = Some(until);
    }
    let waiting = std::mem::take(&mut state.resolving);
    for (index, attempt) in waiting {
        if has_given_up(simulation, index, attempt) {
            continue;
        }
        if has_failed {
            fail(
                simulation,
                node,
                index,
                attempt,
                FailureReason::NameNotResolved,
            );
        } else {
            send(simulation, node, index, attempt, true);
        }
    }
    if has_given_up(simulation, asked_for, asking) {
        return;
    }
    if !has_failed {
        send(simulation, node, asked_for, asking, true);
    } else if asking.is_guarded() {
        guard::on_answer(simulation, asking, reply);
    } else {
        // The look-up itself was counted where it failed.
        end(simulation, node, asked_for, FailureReason::NameNotResolved);
    }
}

/// Whether nobody waits any more for a request, or for one attempt of it, that waited for a name.
fn has_given_up(simulation: &mut Simulation, index: u32, attempt: Attempt) -> bool {
    if attempt.is_guarded() {
        return !simulation.awaits(attempt);
    }
    let request = simulation.requests.get(index);
    if request.state.is_open() {
        return false;
    }
    if request.calls == 0 {
        simulation.requests.remove(index);
    }
    true
}

/// A request, or one attempt of it, fails before it has left its clients.
fn fail(
    simulation: &mut Simulation,
    node: u32,
    index: u32,
    attempt: Attempt,
    reason: FailureReason,
) {
    if attempt.is_guarded() {
        guard::refuse(simulation, attempt, reason);
    } else {
        let meter = &mut simulation.nodes[node as usize].meter;
        meter.failures.add(reason);
        end(simulation, node, index, reason);
    }
}

fn end(simulation: &mut Simulation, node: u32, index: u32, reason: FailureReason) {
    simulation.books.failed(reason);
    note(simulation, node, index, Happening::LearnedFailure(reason));
    let request = simulation.requests.get_mut(index);
    request.state = RequestState::Ended;
    let (user, is_last) = (request.user, request.calls == 0);
    if is_last {
        simulation.requests.remove(index);
    }
    users::think(simulation, node, user);
}

fn ttl(simulation: &Simulation, link: u32) -> SimDuration {
    let to = simulation.links[link as usize].to;
    match &simulation.nodes[to as usize].parameters {
        NodeKind::Dns(dns) => dns.ttl,
        _ => SimDuration::ZERO,
    }
}
