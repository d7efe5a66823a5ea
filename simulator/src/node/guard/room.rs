//! Who waits for a place in a bulkhead, and what becomes of them when it changes or its caller dies.

use super::{Dependency, send};
use crate::call::Place;
use crate::simulation::Simulation;

/// So many of the attempts that wait for a link's bulkhead go on.
pub(super) fn admit_waiting(simulation: &mut Simulation, link: u32, admitted: u32) {
    for _ in 0..admitted {
        let next = loop {
            let dependency = simulation.links[link as usize].dependency.as_deref_mut();
            let Some(attempt) = dependency.and_then(Dependency::next_waiting) else {
                return;
            };
            // Others have given up meanwhile.
            if simulation.awaits(attempt) {
                break attempt;
            }
        };
        let record = simulation.calls.get(next.guard()).worker;
        simulation.guards.get_mut(record).let_in(next.number());
        send(simulation, next);
    }
}

/// A dead caller forgets its guarded calls and all that it knew of whom it called.
pub(crate) fn on_caller_death(simulation: &mut Simulation, node: u32) {
    let now = simulation.now();
    let mut is_guarding = false;
    for link in simulation.links.iter_mut().filter(|link| link.from == node) {
        if let Some(dependency) = &mut link.dependency {
            dependency.forget(now);
            is_guarding = true;
        }
    }
    if !is_guarding {
        return;
    }
    let calls = simulation.calls.iter();
    let guarded = calls.filter(|(_, it)| it.place == Place::Guarding && it.node == node);
    let guarded: Vec<u32> = guarded.map(|(call, _)| call).collect();
    for call in guarded {
        let it = simulation.calls.get(call);
        let (record, request) = (it.worker, it.request);
        simulation.guards.remove(record);
        simulation.calls.remove(call);
        simulation.let_go(request);
    }
}

/// A link's policy may have changed: those go on who now may.
pub(crate) fn on_reconfigured(simulation: &mut Simulation, link: u32) {
    let dependency = &mut simulation.links[link as usize].dependency;
    if let Some(dependency) = dependency {
        let admitted = dependency.admit_more();
        admit_waiting(simulation, link, admitted);
    }
}
