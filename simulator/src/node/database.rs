//! A database: answers queries, reads and writes in times of their own.

use crate::node::station;
use crate::simulation::Simulation;
use crate::step::Happening;

pub(super) fn on_call(simulation: &mut Simulation, node: u32, call: u32) {
    station::enter(simulation, node, call);
}

pub(super) fn on_served(simulation: &mut Simulation, node: u32, call: u32) {
    if !simulation.nodes[node as usize].station.is_plain() {
        on_special_served(simulation, node, call);
        return;
    }
    station::leave(simulation, node, call);
    stamp(simulation, call);
    simulation.answer_plainly(call);
    station::start_waiting(simulation, node);
    simulation.note_call(node, call, Happening::Finished);
}

/// Out of the way of databases that do without.
#[cold]
fn on_special_served(simulation: &mut Simulation, node: u32, call: u32) {
    let Some(call) = station::done(simulation, node, call) else {
        return;
    };
    station::leave(simulation, node, call);
    stamp(simulation, call);
    simulation.answer(call);
    station::start_waiting(simulation, node);
    station::plan_end(simulation, node);
    simulation.note_call(node, call, Happening::Finished);
}

/// An answer is as fresh as what is stored now.
#[inline]
fn stamp(simulation: &mut Simulation, call: u32) {
    let it = simulation.calls.get_mut(call);
    it.version = simulation.freshness.of(it.item, it.is_write);
}
