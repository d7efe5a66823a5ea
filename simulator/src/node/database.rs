//! A database: answers queries, reads and writes in times of their own.

use crate::node::station;
use crate::simulation::Simulation;
use crate::step::Happening;

pub(super) fn on_call(simulation: &mut Simulation, node: u32, call: u32) {
    station::enter(simulation, node, call);
}

pub(super) fn on_served(simulation: &mut Simulation, node: u32, call: u32) {
    let Some(call) = station::done(simulation, node, call) else {
        return;
    };
    station::leave(simulation, node, call);
    let it = simulation.calls.get_mut(call);
    it.version = simulation.freshness.of(it.item, it.is_write);
    simulation.answer(call);
    station::start_waiting(simulation, node);
    station::plan_end(simulation, node);
    simulation.note_call(node, call, Happening::Finished);
}
