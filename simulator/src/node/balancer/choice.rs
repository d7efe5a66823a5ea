//! Which server a call is for: the one that its session is bound to, or else as the policy says.

use super::BalancerState;
use crate::WHOLE;
use crate::balance::Candidates;
use crate::scenario::{Balancer, Policy, Sticky};
use crate::simulation::Simulation;
use crate::time::SimTime;

/// What a choice depends on.
#[derive(Clone, Copy, Debug)]
struct Question {
    /// What is hashed.
    key: u64,
    /// The session; 0 for none.
    session: u64,
    /// A bit for each target on which the call has been tried, by its index modulo 64: among more
    /// than 64 targets, a few that were not tried are passed over with those that were.
    tried: u64,
}

/// The server for a call, if there is one that may be chosen.
pub(super) fn choose(simulation: &mut Simulation, node: u32, call: u32) -> Option<u32> {
    let now = simulation.now();
    let it = simulation.calls.get(call);
    let tried = u64::from(it.calls_left) << 32 | u64::from(it.next_link);
    let (key, item, request) = (it.key, it.item, it.request);
    let (state, rules) = super::parts(&mut simulation.nodes[node as usize]);
    let mut question = Question {
        key,
        session: 0,
        tried,
    };
    if WHOLE && (rules.sticky.is_some() || hashes(rules.policy)) {
        question.session = simulation.requests.get(request).session;
        if question.session != 0 {
            question.key = question.session;
        } else if item != 0 {
            question.key = u64::from(item);
        }
    }
    match rules.sticky {
        Some(sticky) if WHOLE && question.session != 0 => {
            choose_for_session(state, rules, sticky, now, question)
        }
        _ => choose_by_policy(state, rules, now, question),
    }
}

/// Remembers that a call was tried on a target.
pub(super) fn mark_tried(simulation: &mut Simulation, call: u32, target: u32) {
    let it = simulation.calls.get_mut(call);
    if target % 64 < 32 {
        it.next_link |= 1 << (target % 32);
    } else {
        it.calls_left |= 1 << (target % 32);
    }
}

/// A call that has been tried nowhere.
pub(super) fn mark_new(simulation: &mut Simulation, call: u32) {
    let it = simulation.calls.get_mut(call);
    (it.next_link, it.calls_left) = (0, 0);
}

const fn hashes(policy: Policy) -> bool {
    matches!(
        policy,
        Policy::HashModulo | Policy::HashRing | Policy::Rendezvous
    )
}

const fn is_tried(tried: u64, target: u32) -> bool {
    tried >> (target % 64) & 1 == 1
}

fn choose_for_session(
    state: &mut BalancerState,
    rules: &Balancer,
    sticky: Sticky,
    now: SimTime,
    question: Question,
) -> Option<u32> {
    let bound = state.sessions.find(question.session, now);
    let kept = bound.filter(|&target| {
        state.targets.may_keep(target, rules) && !is_tried(question.tried, target)
    });
    let chosen = kept.or_else(|| choose_by_policy(state, rules, now, question))?;
    if bound.is_some() && kept.is_none() {
        state.moved_sessions += 1;
    }
    let sessions = &mut state.sessions;
    sessions.bind(question.session, chosen, now, sticky.lifetime);
    Some(chosen)
}

fn choose_by_policy(
    state: &mut BalancerState,
    rules: &Balancer,
    now: SimTime,
    question: Question,
) -> Option<u32> {
    let targets = &state.targets;
    let mut eligible = &targets.eligible;
    if WHOLE && question.tried != 0 {
        let is_left = |target: &&u32| !is_tried(question.tried, **target);
        state.untried.clear();
        state
            .untried
            .extend(targets.eligible.iter().filter(is_left));
        eligible = &state.untried;
    }
    let live = &targets.in_flight;
    let candidates = Candidates {
        eligible,
        weights: &targets.weights,
        in_flight: state.stale.view(rules.information_age, now, live),
    };
    let random = &mut state.choice;
    state.chooser.choose(now, question.key, &candidates, random)
}
