//! Active checks: probes to every server at every interval.

use super::parts;
use crate::WHOLE;
use crate::event::Event;
use crate::scenario::{Balancer, HealthCheck};
use crate::simulation::Simulation;
use crate::snapshot::Condition;
use crate::step::Happening;
use crate::time::SimDuration;

/// How many contradicting probes change the belief about a server; none without checks.
pub(super) fn checks_to_change(rules: &Balancer, is_healthy: bool) -> u32 {
    let threshold = |check: &HealthCheck| if is_healthy { check.fall } else { check.rise };
    rules.health_check.as_ref().map_or(0, threshold)
}

/// Drops every planned probe. A balancer that is back finds nothing planned and plans anew.
pub(super) fn stop(simulation: &mut Simulation, node: u32) {
    let (state, _) = parts(&mut simulation.nodes[node as usize]);
    state.planned_check = None;
    for target in state.targets.all_mut().filter(|it| it.is_watched) {
        target.is_watched = false;
        target.probe_generation += 1;
    }
}

/// Plans the probes of the targets at the ends of a balancer's links: of all of them when the check
/// was edited, else of those that are not watched yet. Probes of several servers are spread over the
/// interval.
pub(super) fn plan(simulation: &mut Simulation, node: u32) {
    let now = simulation.now();
    let slot = &mut simulation.nodes[node as usize];
    let links = slot.links.clone();
    let (state, rules) = parts(slot);
    let check = rules.health_check.clone();
    let is_same = state.planned_check == check;
    state.planned_check.clone_from(&check);
    for (place, &link) in links.iter().enumerate() {
        let slot = &simulation.links[link as usize];
        let (target, latency) = (slot.target, slot.latency);
        let (state, _) = parts(&mut simulation.nodes[node as usize]);
        let target = state.targets.get_mut(target);
        if is_same && target.is_watched {
            continue;
        }
        target.is_watched = true;
        target.probe_generation += 1;
        if check.is_none() {
            target.is_healthy = true;
            target.contrary_checks = 0;
        }
        let generation = target.probe_generation;
        if let Some(check) = &check {
            let share = check.interval.as_nanos() / links.len() as u64 * (place as u64 + 1);
            let first = now + SimDuration::from_nanos(share) + latency;
            simulation.schedule(first, Event::ProbeArrived { link, generation });
        }
    }
}

/// A probe reaches its server, which answers it at once whatever its load: a health endpoint does no
/// work. So a slow server passes; a dead one or a long way fails, and where the check is deep, so does
/// a server that errs.
pub(crate) fn on_probe_arrived(simulation: &mut Simulation, link: u32, generation: u32) {
    let now = simulation.now();
    let slot = &simulation.links[link as usize];
    let (from, to, latency) = (slot.from, slot.to, slot.latency);
    let is_cut = WHOLE && slot.is_cut;
    let target = slot.target;
    let condition = simulation.nodes[to as usize].condition;
    let (state, rules) = parts(&mut simulation.nodes[from as usize]);
    if state.targets.get(target).probe_generation != generation {
        return;
    }
    let Some(check) = &rules.health_check else {
        return;
    };
    let round_trip = if is_cut {
        SimDuration::MAX
    } else {
        latency + latency
    };
    let answers = match condition {
        Condition::Dead | Condition::Booting { .. } => false,
        Condition::Erring { share } if check.is_deep => state.probing.uniform() > share,
        Condition::Erring { .. } | Condition::Slow { .. } | Condition::Up => true,
    };
    let learned = now + check.timeout.min(round_trip).saturating_sub(latency);
    let next = now + check.interval;
    let ended = if answers && round_trip <= check.timeout {
        Event::ProbePassed { link, generation }
    } else {
        Event::ProbeFailed { link, generation }
    };
    simulation.schedule(learned, ended);
    simulation.schedule(next, Event::ProbeArrived { link, generation });
    simulation.note(to, None, Happening::ProbeReached);
}

/// The balancer learns how a probe went, and changes its belief after enough contradictions.
pub(crate) fn on_probe_ended(
    simulation: &mut Simulation,
    link: u32,
    generation: u32,
    is_good: bool,
) {
    let now = simulation.now();
    let slot = &simulation.links[link as usize];
    let (from, to, target) = (slot.from, slot.to, slot.target);
    let is_dead = simulation.nodes[from as usize].is_dead();
    let (state, rules) = parts(&mut simulation.nodes[from as usize]);
    let it = state.targets.get_mut(target);
    if it.probe_generation != generation || is_dead {
        return;
    }
    let needed = checks_to_change(rules, it.is_healthy);
    let mut changed = false;
    if it.is_healthy == is_good {
        it.contrary_checks = 0;
    } else {
        it.contrary_checks += 1;
        changed = it.contrary_checks >= needed;
        if changed {
            it.is_healthy = is_good;
            it.contrary_checks = 0;
            state.targets.refresh(rules, now);
        }
    }
    let probed = simulation.nodes[to as usize].id;
    if changed {
        super::serve_line(simulation, from);
    }
    simulation.note(
        from,
        None,
        Happening::Probed {
            target: probed,
            is_good,
            changed,
        },
    );
}
