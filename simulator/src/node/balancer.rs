//! A load balancer: chooses a server for each request, and learns who is fit for it.
//!
//! Its own work comes first, if it has any (`station.rs`); then a server is chosen (`choice.rs`) among
//! those that may be (`targets.rs`), which probes (`probes.rs`) and the fates of requests decide.
//! Where all are at their limit of connections, requests wait in line.

mod choice;
pub(crate) mod probes;
mod sessions;
mod targets;

use std::collections::VecDeque;

use crate::WHOLE;
use crate::balance::{Balancing, Chooser, Member, StaleLoad};
use crate::call::{Call, Calls, NONE, Place, Task};
use crate::event::Event;
use crate::node::station;
use crate::outcome::{FailureReason, Outcome};
use crate::random::{Purpose, Stream, key, request_key};
use crate::scenario::{Balancer, Blame, HealthCheck, NodeId, NodeKind, StickyMemory, WhenFull};
use crate::simulation::{NodeSlot, NodeState, Opening, Reply, Simulation};
use crate::snapshot::{BackendSnapshot, BalancerDetails};
use crate::step::Happening;
use crate::time::{SimDuration, SimTime};
use sessions::Sessions;
use targets::Targets;

/// A standby takes over: an alarm's purpose, above the generation.
const TAKE_OVER: u32 = 1 << 24;

/// Tells the further tries of a call from the queries that servers make with its key.
const TRY: u64 = 1 << 32;

/// What a balancer remembers.
#[derive(Clone, Debug)]
pub(crate) struct BalancerState {
    choice: Stream,
    /// Decides over deep probes of servers that err.
    probing: Stream,
    chooser: Chooser,
    /// By which the chooser was made.
    balancing: Balancing,
    /// Who is on its ring.
    members: Vec<Member>,
    targets: Targets,
    /// Room for those on whom a call has not been tried.
    untried: Vec<u32>,
    stale: StaleLoad,
    stale_age: SimDuration,
    sessions: Sessions,
    /// Who waits for a free connection: slots and births of calls.
    line: VecDeque<(u32, u32)>,
    /// The health check by which probes were planned.
    planned_check: Option<HealthCheck>,
    /// Whether it has been at work, so that whoever joins is new.
    is_settled: bool,
    /// Whether it wants to know how requests end.
    learns: bool,
    /// Counts its deaths.
    deaths: u32,
    tried_again: u64,
    moved_sessions: u64,
}

impl BalancerState {
    pub(crate) fn new(seed: u64, name: &str) -> Self {
        Self {
            choice: Stream::new(seed, name, Purpose::Choice),
            probing: Stream::new(seed, name, Purpose::Probes),
            chooser: Chooser::new(Balancing::RoundRobin),
            balancing: Balancing::RoundRobin,
            members: Vec::new(),
            targets: Targets::default(),
            untried: Vec::new(),
            stale: StaleLoad::default(),
            stale_age: SimDuration::ZERO,
            sessions: Sessions::default(),
            line: VecDeque::new(),
            planned_check: None,
            is_settled: false,
            learns: false,
            deaths: 0,
            tried_again: 0,
            moved_sessions: 0,
        }
    }

    /// The calls that wait for a free connection, the next one first.
    pub(crate) fn waiting<'a>(&'a self, calls: &'a Calls) -> impl Iterator<Item = &'a Call> {
        let line = self.line.iter();
        line.filter_map(|&(call, birth)| calls.find(call, birth))
    }

    /// How many wait for a free connection.
    pub(crate) fn line_length(&self) -> u32 {
        self.line.len() as u32
    }

    /// What there is to tell of it.
    pub(crate) fn details(&self) -> BalancerDetails {
        BalancerDetails {
            waiting: self.line_length(),
            tried_again: self.tried_again,
            sessions: self.sessions.count() as u32,
            moved_sessions: self.moved_sessions,
        }
    }

    /// Whether a balancer with these `rules` believes at `now` that a target is healthy.
    pub(crate) fn believes_in(&self, target: u32, rules: &Balancer, now: SimTime) -> bool {
        target == NONE || self.targets.get(target).is_believed_at(rules, now)
    }

    /// What it knows at `now` of a target, which is this `node`.
    pub(crate) fn backend(
        &self,
        node: NodeId,
        target: u32,
        rules: &Balancer,
        now: SimTime,
    ) -> BackendSnapshot {
        let it = self.targets.get(target);
        BackendSnapshot {
            node,
            healthy: it.is_believed_at(rules, now),
            contrary_checks: it.contrary_checks,
            checks_to_change: probes::checks_to_change(rules, it.is_healthy),
            in_flight: self.targets.in_flight[target as usize],
            weight: it.weight,
        }
    }
}

pub(super) fn parts(slot: &mut NodeSlot) -> (&mut BalancerState, &Balancer) {
    match (&mut slot.state, &slot.parameters) {
        (NodeState::Balancer(state), NodeKind::Balancer(rules)) => (state, rules),
        _ => unreachable!("a slot's state and parameters are of its kind"),
    }
}

pub(super) fn on_call(simulation: &mut Simulation, node: u32, call: u32) {
    let (_, rules) = parts(&mut simulation.nodes[node as usize]);
    if rules.workers > 0 {
        station::enter(simulation, node, call);
    } else {
        pass_on(simulation, node, call);
    }
}

/// The balancer's own work on a call is done.
pub(super) fn on_served(simulation: &mut Simulation, node: u32, call: u32) {
    station::release(simulation, node, call);
    pass_on(simulation, node, call);
    station::start_waiting(simulation, node);
}

/// Sends a call to a server, or lets it wait for one.
fn pass_on(simulation: &mut Simulation, node: u32, call: u32) {
    let now = simulation.now();
    choice::mark_new(simulation, call);
    let (state, rules) = parts(&mut simulation.nodes[node as usize]);
    if state.targets.is_due(now) {
        state.targets.refresh(rules, now);
        serve_line(simulation, node);
    }
    if !simulation.calls.has_room() {
        simulation.fail(node, call, FailureReason::TooManyCalls);
    } else if let Some(target) = choice::choose(simulation, node, call) {
        send(simulation, node, call, target);
    } else {
        wait(simulation, node, call);
    }
}

/// Nobody may be chosen for a call.
fn wait(simulation: &mut Simulation, node: u32, call: u32) {
    let now = simulation.now();
    let (state, rules) = parts(&mut simulation.nodes[node as usize]);
    if state.targets.is_hopeless() {
        simulation.fail(node, call, FailureReason::NoHealthyBackend);
    } else if state.line_length() < rules.waiting_limit {
        let ahead = state.line_length();
        let it = simulation.calls.get_mut(call);
        it.place = Place::Queued;
        it.since = now;
        state.line.push_back((call, it.birth));
        simulation.note_call(node, call, Happening::Queued { ahead });
    } else {
        match rules.when_full {
            WhenFull::Fail => simulation.fail(node, call, FailureReason::QueueFull),
            WhenFull::Shed => simulation.shed(node, call),
        }
    }
}

/// Lets those go on who wait in line, as far as they can. Where nobody is left to wait for, they fail.
fn serve_line(simulation: &mut Simulation, node: u32) {
    let now = simulation.now();
    loop {
        let slot = &mut simulation.nodes[node as usize];
        let (state, _) = parts(slot);
        let is_hopeless = state.targets.is_hopeless();
        if state.targets.eligible.is_empty() && !is_hopeless {
            return;
        }
        let Some((call, birth)) = state.line.pop_front() else {
            return;
        };
        let Some(it) = simulation.calls.find(call, birth) else {
            continue;
        };
        slot.meter.waited(now.since(it.since));
        match choice::choose(simulation, node, call) {
            Some(target) if simulation.calls.has_room() => send(simulation, node, call, target),
            Some(_) => simulation.fail(node, call, FailureReason::TooManyCalls),
            None => simulation.fail(node, call, FailureReason::NoHealthyBackend),
        }
    }
}

/// Sends a call to a target, for the first time or again.
fn send(simulation: &mut Simulation, node: u32, call: u32, target: u32) {
    let now = simulation.now();
    let (state, rules) = parts(&mut simulation.nodes[node as usize]);
    let link = state.targets.sent(target, rules, now);
    let it = simulation.calls.get_mut(call);
    let tries = it.opened;
    it.opened += 1;
    it.since = now;
    if tries == 0 {
        simulation.forward(call, link);
    } else {
        it.place = Place::Waiting;
        let (task, version) = (it.task, it.version);
        let opening = Opening {
            request: it.request,
            parent: call,
            link,
            key: request_key(it.key, TRY | u64::from(tries)),
            item: it.item,
            is_write: it.is_write,
        };
        if WHOLE && task != Task::Ask {
            simulation.send_task(opening, task, version);
        } else {
            simulation.open(opening);
        }
    }
    let to = simulation.nodes[simulation.links[link as usize].to as usize].id;
    simulation.note_call(node, call, Happening::Forwarded { to });
}

pub(super) fn on_reply(simulation: &mut Simulation, node: u32, call: u32, reply: Reply) {
    let target = simulation.links[reply.link as usize].target;
    let (state, rules) = parts(&mut simulation.nodes[node as usize]);
    state.targets.returned(target, rules);
    let has_line = !state.line.is_empty();
    if state.learns && learn_and_try_again(simulation, node, call, target, reply) {
        return;
    }
    if reply.outcome == Outcome::Ok {
        simulation.nodes[node as usize].meter.served += 1;
    }
    simulation.pass_back(call, reply);
    if has_line {
        serve_line(simulation, node);
    }
    simulation.note_call(node, call, Happening::PassedBack);
}

/// Learns from how a request to a target went; a failed one may be tried on another target. Tells
/// whether it is.
fn learn_and_try_again(
    simulation: &mut Simulation,
    node: u32,
    call: u32,
    target: u32,
    reply: Reply,
) -> bool {
    let now = simulation.now();
    let it = simulation.calls.get(call);
    let took = now.since(it.since);
    let (tries, is_write) = (it.opened, it.is_write);
    let (state, rules) = parts(&mut simulation.nodes[node as usize]);
    let is_blamed = match reply.outcome {
        Outcome::Failed(_) => reply.is_broken || rules.blame == Blame::AnyFailure,
        Outcome::Ok | Outcome::Shed => false,
    };
    let is_error = reply.outcome != Outcome::Ok;
    state.chooser.observe(now, target, took, is_error);
    state.targets.learn(target, rules, now, !is_blamed);
    let did_nothing = reply.outcome == Outcome::Failed(FailureReason::Refused) && reply.is_broken;
    let may_try = rules.next_server.is_some_and(|next| {
        tries <= next.tries && (!is_write || next.repeats_writes || did_nothing)
    });
    if !is_blamed || !may_try || !simulation.calls.has_room() {
        return false;
    }
    choice::mark_tried(simulation, call, target);
    let Some(next) = choice::choose(simulation, node, call) else {
        return false;
    };
    let (state, _) = parts(&mut simulation.nodes[node as usize]);
    state.tried_again += 1;
    send(simulation, node, call, next);
    // The connection that failed is free, and what was learnt may have changed who may be chosen.
    serve_line(simulation, node);
    true
}

/// A dead balancer forgets what it had under way and what it believed, and probes no more. If it has
/// a standby, that one takes over in a while.
pub(super) fn on_death(simulation: &mut Simulation, node: u32) {
    let now = simulation.now();
    station::on_death(simulation, node);
    probes::stop(simulation, node);
    let (state, rules) = parts(&mut simulation.nodes[node as usize]);
    state.targets.forget();
    state.line.clear();
    state.chooser = Chooser::new(state.balancing);
    state.members.clear();
    state.stale = StaleLoad::default();
    state.is_settled = false;
    let memory = rules.sticky.map(|sticky| sticky.memory);
    if memory == Some(StickyMemory::Table) {
        state.sessions.clear();
    }
    state.deaths = state.deaths.wrapping_add(1) % TAKE_OVER;
    let alarm = TAKE_OVER | state.deaths;
    if let Some(after) = rules.standby_after {
        simulation.schedule(now + after, Event::Alarm { node, alarm });
    }
}

/// A standby's time has come.
pub(super) fn on_alarm(simulation: &mut Simulation, node: u32, alarm: u32) {
    let slot = &mut simulation.nodes[node as usize];
    let is_dead = slot.is_dead();
    let (state, _) = parts(slot);
    if is_dead && alarm == TAKE_OVER | state.deaths {
        simulation.revive(node);
        simulation.note(node, None, Happening::TookOver);
    }
}

pub(super) fn on_revival(simulation: &mut Simulation, node: u32) {
    on_reconfigured(simulation, node);
}

/// Takes over edited parameters and links. A server that joins is believed to be healthy until
/// something says otherwise.
pub(super) fn on_reconfigured(simulation: &mut Simulation, node: u32) {
    if simulation.nodes[node as usize].id.is_none() {
        // Its beliefs stay, for what is still on the way through it.
        probes::stop(simulation, node);
        let (state, _) = parts(&mut simulation.nodes[node as usize]);
        state.is_settled = false;
        return;
    }
    if simulation.nodes[node as usize].is_dead() {
        // It finds out when it is back.
        return;
    }
    let balancing = parts(&mut simulation.nodes[node as usize]).1.balancing();
    let (state, _) = parts(&mut simulation.nodes[node as usize]);
    if state.balancing != balancing {
        state.balancing = balancing;
        state.chooser = Chooser::new(balancing);
        state.members.clear();
    }
    list_targets(simulation, node);
    probes::plan(simulation, node);
    let now = simulation.now();
    let (state, rules) = parts(&mut simulation.nodes[node as usize]);
    if state.stale_age != rules.information_age {
        state.stale_age = rules.information_age;
        state.stale.refresh();
    }
    if rules.sticky.is_none() {
        state.sessions.clear();
    }
    state.learns = rules.passive_check.is_some()
        || rules.next_server.is_some()
        || matches!(balancing, Balancing::PeakEwma(_));
    state.is_settled = true;
    state.targets.refresh(rules, now);
    let is_free = rules.workers == 0;
    serve_line(simulation, node);
    // Without workers nobody has to wait for one.
    while is_free && let Some(call) = station::take_waiting(simulation, node) {
        pass_on(simulation, node, call);
    }
    station::start_waiting(simulation, node);
}

/// Finds the targets at the ends of the balancer's links.
fn list_targets(simulation: &mut Simulation, node: u32) {
    let now = simulation.now();
    let links = simulation.nodes[node as usize].links.clone();
    let mut targets = Vec::with_capacity(links.len());
    let mut members = Vec::with_capacity(links.len());
    for &link in &links {
        let slot = &mut simulation.links[link as usize];
        let (state, _) = parts(&mut simulation.nodes[node as usize]);
        if slot.target == NONE {
            slot.target = state.targets.add(link);
        }
        let (target, weight, to) = (slot.target, slot.weight, slot.to);
        let joined = state.is_settled.then_some(now);
        let it = state.targets.get_mut(target);
        it.weight = weight;
        if !it.is_watched {
            it.begin(joined);
            state.chooser.forget(target);
        }
        targets.push(target);
        members.push(Member {
            target,
            identity: key(0, &simulation.nodes[to as usize].name, Purpose::Choice),
            weight: weight.max(1),
        });
    }
    let (state, _) = parts(&mut simulation.nodes[node as usize]);
    let before = state.targets.listed().to_vec();
    state.targets.list(&targets);
    for target in before.into_iter().filter(|it| !targets.contains(it)) {
        let it = state.targets.get_mut(target);
        if std::mem::take(&mut it.is_watched) {
            it.probe_generation += 1;
        }
    }
    if state.members != members {
        state.chooser.set_members(&members);
        state.members = members;
    }
}

#[cfg(test)]
mod tests;
