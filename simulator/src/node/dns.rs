//! DNS: answers where the system is. Clients cache the answer themselves (`clients.rs`).

use crate::call::Place;
use crate::distribution::scaled;
use crate::scenario::NodeKind;
use crate::simulation::Simulation;
use crate::step::Happening;
use crate::time::SimDuration;

/// Name servers have room for every question: a place for each, no queue.
pub(super) fn on_call(simulation: &mut Simulation, node: u32, call: u32) {
    let slot = &simulation.nodes[node as usize];
    let lookup_time = match &slot.parameters {
        NodeKind::Dns(dns) => dns.lookup_time,
        _ => SimDuration::ZERO,
    };
    let until = simulation.now() + scaled(lookup_time, slot.slowness());
    simulation.hold(call, Place::Served, until);
    simulation.note_call(node, call, Happening::LookedUp);
}

pub(super) fn on_served(simulation: &mut Simulation, node: u32, call: u32) {
    simulation.nodes[node as usize].meter.served += 1;
    simulation.answer(call);
    simulation.note_call(node, call, Happening::NameAnswered);
}
