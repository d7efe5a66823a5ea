//! Machines that need a while before they work.

use crate::event::Event;
use crate::node;
use crate::simulation::Simulation;
use crate::snapshot::Condition;
use crate::time::SimDuration;

/// The alarm at the end of a machine's boot time.
const READY: u32 = 2 << 24;

/// A machine is added to a running system: it is new, and there is nothing to be revived.
pub(crate) fn plug_in(simulation: &mut Simulation, node: u32) {
    simulation.nodes[node as usize].condition = Condition::Up;
    if !boot_time(simulation, node).is_zero() {
        boot(simulation, node);
    }
}

/// A dead machine is started again.
pub(crate) fn start(simulation: &mut Simulation, node: u32) {
    if boot_time(simulation, node).is_zero() {
        be_ready(simulation, node);
    } else {
        boot(simulation, node);
    }
}

/// The boot time of some machine of this name is over, perhaps of one that has died or left meanwhile.
pub(super) fn on_alarm(simulation: &mut Simulation, node: u32, alarm: u32) {
    let now = simulation.now();
    let condition = simulation.nodes[node as usize].condition;
    if alarm == READY && matches!(condition, Condition::Booting { until } if until <= now) {
        be_ready(simulation, node);
    }
}

fn boot(simulation: &mut Simulation, node: u32) {
    let until = simulation.now() + boot_time(simulation, node);
    let slot = &mut simulation.nodes[node as usize];
    slot.condition = Condition::Booting { until };
    slot.refused = 0;
    let alarm = READY;
    simulation.schedule(until, Event::Alarm { node, alarm });
}

fn be_ready(simulation: &mut Simulation, node: u32) {
    simulation.nodes[node as usize].condition = Condition::Up;
    node::on_revival(simulation, node);
}

fn boot_time(simulation: &Simulation, node: u32) -> SimDuration {
    let machine = simulation.nodes[node as usize].parameters.machine();
    machine.map_or(SimDuration::ZERO, |machine| machine.boot_time)
}
