//! Guarded calls: a call that a policy makes of several attempts.
//!
//! A guarded call stands at its caller, in the place [`Place::Guarding`], between the call that it was
//! opened for and its attempts, which are calls of their own with the guarded one as their parent. It
//! ends once, with the first result or after the last attempt; what comes later comes for nobody.
//! Calls along a link with a policy are guarded, and so are the requests of clients who try again.

mod attempt;
mod dependency;
mod record;
mod room;

pub(crate) use attempt::Attempt;
pub(crate) use dependency::Dependency;
pub(crate) use record::Guards;
pub(crate) use room::{on_caller_death, on_reconfigured};

use crate::call::{NONE, Place};
use crate::node::clients;
use crate::outcome::{FailureReason, Outcome};
use crate::random::{Draws, attempt_key};
use crate::scenario::Kind;
use crate::simulation::{NodeState, Opening, Reply, Simulation};
use crate::step::Happening;
use crate::time::SimDuration;
use dependency::Admission;

/// The occasion on which an attempt draws how long to wait before it.
const PAUSE: u32 = 4;

/// How an attempt ended.
#[derive(Clone, Copy, Debug)]
enum End {
    /// With what was learned from the callee.
    Answered(Outcome),
    /// The caller itself did not send it.
    Refused(FailureReason),
    /// The caller waited for long enough.
    TimedOut,
}

/// Opens a call along a link that has a policy.
pub(crate) fn open(simulation: &mut Simulation, opening: Opening) -> u32 {
    let caller = simulation.links[opening.link as usize].from;
    let call = begin(simulation, opening, caller);
    // Whoever opens it may still say what it is for.
    simulation.hand_over(call);
    call
}

/// The first attempt at a call along a link can leave.
pub(crate) fn on_opened(simulation: &mut Simulation, call: u32) {
    launch(simulation, call, false);
}

/// A request of clients who may need several attempts for it.
pub(super) fn open_request(simulation: &mut Simulation, node: u32, request: u32) {
    let it = simulation.requests.get(request);
    let opening = Opening {
        request,
        parent: NONE,
        link: NONE,
        key: it.key,
        item: it.item,
        is_write: it.is_write,
    };
    let call = begin(simulation, opening, node);
    launch(simulation, call, false);
}

fn begin(simulation: &mut Simulation, opening: Opening, caller: u32) -> u32 {
    let now = simulation.now();
    let call = simulation.insert_call(opening, caller);
    let record = simulation.guards.insert();
    let it = simulation.calls.get_mut(call);
    it.place = Place::Guarding;
    it.worker = record;
    it.since = now;
    it.travelled = SimDuration::ZERO;
    let deadline = dependency(simulation, call).and_then(|it| it.begin(now));
    if let Some(deadline) = deadline {
        simulation.set_call_deadline(deadline, call);
    }
    call
}

/// What the caller of a guarded call knows of whom it calls.
fn dependency(simulation: &mut Simulation, call: u32) -> Option<&mut Dependency> {
    let it = simulation.calls.get(call);
    if it.link != NONE {
        return simulation.links[it.link as usize].dependency.as_deref_mut();
    }
    match &mut simulation.nodes[it.node as usize].state {
        NodeState::Clients(clients) => clients.dependency.as_deref_mut(),
        _ => None,
    }
}

/// Sends one more attempt, unless the policy has something against it.
fn launch(simulation: &mut Simulation, call: u32, is_hedge: bool) {
    let now = simulation.now();
    let it = simulation.calls.get_mut(call);
    // Whatever was planned for the time before this attempt.
    it.stamp = it.stamp.wrapping_add(1);
    let (birth, caller, record) = (it.birth, it.node, it.worker);
    let guard = simulation.guards.get_mut(record);
    let number = guard.launch(is_hedge);
    let may_hedge = guard.may_hedge();
    let attempt = Attempt::new(call, birth, number);
    let has_room = simulation.calls.has_room();
    let Some(dependency) = dependency(simulation, call) else {
        return;
    };
    let timeout = dependency.policy().timeout;
    let hedge = dependency.hedge_delay().filter(|_| may_hedge);
    let admission = if has_room {
        dependency.admit(now, attempt)
    } else {
        Admission::Refused(FailureReason::NoConnection)
    };
    let (permit, is_let_in) = match admission {
        Admission::Refused(reason) => return refuse(simulation, attempt, reason),
        Admission::Waits(permit) => (permit, false),
        Admission::Starts(permit) => (permit, true),
    };
    simulation
        .guards
        .get_mut(record)
        .admit(number, permit, is_let_in);
    if let Some(timeout) = timeout {
        simulation.set_attempt_deadline(timeout, attempt);
    }
    if let Some(delay) = hedge {
        simulation.wake(call, now + delay);
    }
    if number > 1 {
        simulation.note_call(caller, call, Happening::SentAgain);
    }
    if is_let_in {
        send(simulation, attempt);
    }
}

/// An attempt leaves its caller.
fn send(simulation: &mut Simulation, attempt: Attempt) {
    let it = simulation.calls.get(attempt.guard());
    let (request, link) = (it.request, it.link);
    if link == NONE {
        let node = it.node;
        return clients::names::resolve_or_send(simulation, node, request, attempt);
    }
    let opening = Opening {
        request,
        parent: attempt.guard(),
        link,
        key: attempt_key(it.key, attempt.number()),
        item: it.item,
        is_write: it.is_write,
    };
    let (task, version) = (it.task, it.version);
    let child = simulation.send(opening);
    let child = simulation.calls.get_mut(child);
    child.attempt = attempt.number();
    (child.task, child.version) = (task, version);
}

/// The caller cannot send an attempt. Its end is an event of its own, so that nothing ends while it is
/// still being opened.
pub(super) fn refuse(simulation: &mut Simulation, attempt: Attempt, reason: FailureReason) {
    let now = simulation.now();
    let record = simulation.calls.get(attempt.guard()).worker;
    let guard = simulation.guards.get_mut(record);
    if guard.awaits_another_than(attempt.number()) {
        // A hedge is an attempt to be quicker, not one to be right.
        leave(simulation, attempt, None);
    } else {
        guard.refusal = Some(reason);
        simulation.wake(attempt.guard(), now);
    }
}

/// What a guarded call was to be woken for: the end of a refused attempt, the end of a pause, or a hedge.
pub(crate) fn on_timer(simulation: &mut Simulation, call: u32) {
    let it = simulation.calls.get(call);
    let (birth, record) = (it.birth, it.worker);
    let guard = simulation.guards.get_mut(record);
    if let Some(reason) = guard.refusal.take() {
        let number = guard.sent();
        let attempt = Attempt::new(call, birth, number);
        end(simulation, attempt, End::Refused(reason));
    } else if !guard.awaits_any() {
        launch(simulation, call, false);
    } else if guard.may_hedge() && may_pay_for_hedge(simulation, call) {
        launch(simulation, call, true);
    }
}

fn may_pay_for_hedge(simulation: &mut Simulation, call: u32) -> bool {
    let now = simulation.now();
    simulation.calls.has_room()
        && is_wanted(simulation, call)
        && dependency(simulation, call).is_some_and(|it| it.may_hedge(now))
}

/// The answer to an attempt is there.
pub(crate) fn on_reply(
    simulation: &mut Simulation,
    caller: u32,
    request: u32,
    attempt: Attempt,
    reply: Reply,
) {
    let callee = simulation.links[reply.link as usize].to;
    let of_clients = simulation.nodes[caller as usize].kind == Kind::Clients;
    if of_clients && simulation.nodes[callee as usize].kind == Kind::Dns {
        clients::names::on_name(simulation, caller, request, attempt, reply);
    } else if simulation.awaits(attempt) {
        on_answer(simulation, attempt, reply);
    } else {
        let number = simulation.requests.get(request).number;
        simulation.note(caller, Some(number), Happening::AnsweredNobody);
    }
}

/// An awaited attempt has its answer.
pub(super) fn on_answer(simulation: &mut Simulation, attempt: Attempt, reply: Reply) {
    let it = simulation.calls.get_mut(attempt.guard());
    it.travelled = reply.travelled;
    it.version = reply.version;
    it.is_miss = reply.is_miss;
    it.is_broken = reply.is_broken;
    end(simulation, attempt, End::Answered(reply.outcome));
}

/// An awaited attempt has taken too long.
pub(super) fn on_timeout(simulation: &mut Simulation, attempt: Attempt) {
    end(simulation, attempt, End::TimedOut);
}

/// All attempts together have taken too long.
pub(super) fn on_deadline(simulation: &mut Simulation, call: u32) {
    let reason = timeout_reason(simulation, call);
    finish(simulation, call, Outcome::Failed(reason), true);
}

fn end(simulation: &mut Simulation, attempt: Attempt, how: End) {
    let now = simulation.now();
    let call = attempt.guard();
    let (outcome, is_own) = match how {
        End::Answered(outcome) => (outcome, false),
        End::Refused(reason) => (Outcome::Failed(reason), true),
        End::TimedOut => (Outcome::Failed(timeout_reason(simulation, call)), true),
    };
    leave(simulation, attempt, Some(outcome == Outcome::Ok));
    if outcome == Outcome::Ok {
        let took = now.since(simulation.calls.get(call).since);
        if let Some(dependency) = dependency(simulation, call) {
            dependency.on_answer(took);
        }
        return finish(simulation, call, outcome, false);
    }
    let record = simulation.calls.get(call).worker;
    let guard = simulation.guards.get_mut(record);
    guard.refusal = None;
    if guard.awaits_any() {
        return;
    }
    match pause(simulation, call, how) {
        Some(pause) if pause.is_zero() => launch(simulation, call, false),
        Some(pause) => simulation.wake(call, now + pause),
        None => finish(simulation, call, outcome, is_own),
    }
}

/// How long to wait before another attempt, if there is to be one.
fn pause(simulation: &mut Simulation, call: u32, how: End) -> Option<SimDuration> {
    let now = simulation.now();
    if !is_wanted(simulation, call) {
        return None;
    }
    let it = simulation.calls.get(call);
    let (key, record) = (it.key, it.worker);
    let guard = simulation.guards.get_mut(record);
    let (tries, sent, last) = (guard.tries(), guard.sent(), guard.pause);
    let dependency = dependency(simulation, call)?;
    let retry = dependency.policy().retry?;
    let is_covered = match how {
        End::TimedOut => retry.on_timeout,
        End::Answered(Outcome::Shed) => retry.on_shed,
        End::Answered(_) | End::Refused(_) => retry.on_failure,
    };
    if !is_covered || u32::from(tries) >= retry.max_attempts || !dependency.may_retry(now) {
        return None;
    }
    let uniform = Draws::new(attempt_key(key, sent + 1), PAUSE).uniform();
    let pause = retry.back_off.delay(u32::from(tries), last, uniform);
    simulation.guards.get_mut(record).pause = pause;
    Some(pause)
}

/// An attempt is no longer under way for its caller: with a result or without, or unknown how.
fn leave(simulation: &mut Simulation, attempt: Attempt, is_success: Option<bool>) {
    let now = simulation.now();
    let call = attempt.guard();
    let record = simulation.calls.get(call).worker;
    let left = simulation.guards.get_mut(record).leave(attempt.number());
    let Some(dependency) = dependency(simulation, call) else {
        return;
    };
    let admitted = dependency.leave(now, left, is_success);
    if admitted > 0 {
        let link = simulation.calls.get(call).link;
        room::admit_waiting(simulation, link, admitted);
    }
}

/// A guarded call is over, by its caller's own doing or by the callee's.
fn finish(simulation: &mut Simulation, call: u32, outcome: Outcome, is_own: bool) {
    let it = simulation.calls.get_mut(call);
    it.outcome = outcome;
    it.is_broken &= !is_own;
    let (birth, caller, request) = (it.birth, it.node, it.request);
    let (record, link, travelled) = (it.worker, it.link, it.travelled);
    while let Some(number) = simulation.guards.get_mut(record).next_awaited() {
        let attempt = Attempt::new(call, birth, number);
        leave(simulation, attempt, None);
    }
    simulation.guards.remove(record);
    if is_own && simulation.requests.get(request).state.is_open() {
        simulation.nodes[caller as usize].meter.count(outcome);
    }
    if link == NONE {
        simulation.calls.remove(call);
        clients::conclude(simulation, caller, request, outcome, travelled);
        simulation.let_go(request);
    } else {
        simulation.deliver(call);
    }
}

/// Whether anybody still waits for what a guarded call is for. A dead caller does not.
fn is_wanted(simulation: &Simulation, call: u32) -> bool {
    let it = simulation.calls.get(call);
    if it.attempt != 0 {
        let attempt = Attempt::new(it.parent, it.parent_birth, it.attempt);
        simulation.awaits(attempt)
    } else if it.parent != NONE {
        let parent = simulation.calls.find(it.parent, it.parent_birth);
        it.is_awaited && parent.is_some_and(|parent| parent.place == Place::Waiting)
    } else {
        // What nobody waits for at all is done for its own sake.
        simulation.nodes[it.node as usize].kind != Kind::Clients
            || simulation.requests.get(it.request).state.is_open()
    }
}

/// To its clients a request has timed out; to them it is of no interest what their server waited for.
fn timeout_reason(simulation: &Simulation, call: u32) -> FailureReason {
    let caller = simulation.calls.get(call).node;
    match simulation.nodes[caller as usize].kind {
        Kind::Clients => FailureReason::TimedOut,
        _ => FailureReason::DependencyTimedOut,
    }
}
