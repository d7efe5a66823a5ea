//! Who is let in, who has to go, and who is dropped when his turn comes.

use super::{begin, class, parts};
use crate::call::mark;
use crate::node::cancellation;
use crate::node::station::line::Lines;
use crate::node::station::turn_away;
use crate::outcome::FailureReason;
use crate::scenario::Shedding;
use crate::simulation::Simulation;
use crate::step::Happening;
use crate::time::SimDuration;
use crate::trace::Activity;

/// A call comes.
#[cold]
pub(in crate::node::station) fn enter(simulation: &mut Simulation, node: u32, call: u32) {
    let class = class(simulation, call);
    let is_busy = is_busy(simulation, node, class);
    let Some((special, _)) = parts(simulation, node) else {
        return;
    };
    if let Some(most) = special.overload.most_inside {
        if special.inside >= most {
            turn_away(simulation, node, call, FailureReason::ServerLimit);
            return;
        }
        special.inside += 1;
        simulation.calls.get_mut(call).marks |= mark::COUNTED;
    }
    let station = &mut simulation.nodes[node as usize].station;
    if is_busy {
        simulation.shed(node, call);
    } else if station.busy < station.capacity() {
        begin_if_wanted(simulation, node, call, SimDuration::ZERO);
    } else if station.lines.count < station.places() {
        wait(simulation, node, call, class);
    } else if let Some(other) = less_important(simulation, node, class) {
        simulation.shed(node, other);
        wait(simulation, node, call, class);
    } else {
        turn_away(simulation, node, call, FailureReason::QueueFull);
    }
}

/// A call that is already inside comes to be served once more: nobody turns it away, but it waits for its
/// turn, unless it has kept its worker.
pub(in crate::node) fn enter_again(simulation: &mut Simulation, node: u32, call: u32) {
    let is_holding = simulation.calls.get(call).marks & mark::HOLDING != 0;
    let station = &mut simulation.nodes[node as usize].station;
    if is_holding || station.busy < station.capacity() {
        begin(simulation, node, call, SimDuration::ZERO);
    } else {
        let class = class(simulation, call);
        wait(simulation, node, call, class);
    }
}

fn wait(simulation: &mut Simulation, node: u32, call: u32, class: usize) {
    let now = simulation.now();
    let station = &mut simulation.nodes[node as usize].station;
    let ahead = station.lines.count;
    station.push(&mut simulation.calls, call, class, now);
    simulation.trace_turn(call, Activity::Queue);
    simulation.note_call(node, call, Happening::Queued { ahead });
}

fn less_important(simulation: &mut Simulation, node: u32, class: usize) -> Option<u32> {
    let station = &mut simulation.nodes[node as usize].station;
    let shedding = station.special.as_ref()?.overload.shedding;
    if shedding != Shedding::LeastImportant || station.limit == 0 {
        return None;
    }
    let lines: &mut Lines = &mut station.lines;
    lines.pop_less_important(&mut simulation.calls, class)
}

/// Whether the workers were so busy in the last window that a newcomer of this class is turned away.
fn is_busy(simulation: &mut Simulation, node: u32, class: usize) -> bool {
    let now = simulation.now();
    let slot = &mut simulation.nodes[node as usize];
    let workers = slot.station.workers;
    let Some(special) = &mut slot.station.special else {
        return false;
    };
    let Shedding::Utilisation {
        above,
        window,
        spared,
    } = special.overload.shedding
    else {
        return false;
    };
    let (since, before, _) = special.window;
    let passed = now.since(since);
    if passed >= window {
        let area = slot.meter.busy_area(now);
        let busy = area.wrapping_sub(before) as f64;
        let most = f64::from(workers) * passed.as_nanos() as f64;
        special.window = (now, area, busy >= above * most);
    }
    special.window.2 && class >= usize::from(spared)
}

/// A worker is free for a call: it begins, unless it is too late for that.
fn begin_if_wanted(simulation: &mut Simulation, node: u32, call: u32, wait: SimDuration) {
    if simulation.may_cancel && cancellation::drop_cancelled(simulation, node, call) {
        return;
    }
    let now = simulation.now();
    let Some((special, _)) = parts(simulation, node) else {
        return;
    };
    let overload = special.overload;
    if overload.drops_expired && !simulation.is_wanted(call) {
        let request = simulation.calls.get(call).request;
        if !simulation.requests.get(request).state.is_open() {
            // Its client has counted it already; here it counts as what was saved.
            let meter = &mut simulation.nodes[node as usize].meter;
            meter.failures.add(FailureReason::Expired);
        }
        simulation.fail(node, call, FailureReason::Expired);
    } else if !wait.is_zero()
        && overload.wait_limit.is_some()
        && now > simulation.calls.get(call).until
    {
        turn_away(simulation, node, call, FailureReason::WaitedTooLong);
    } else {
        begin(simulation, node, call, wait);
    }
}

/// Lets free workers take from the queue.
#[cold]
pub(in crate::node::station) fn start_waiting(simulation: &mut Simulation, node: u32) {
    let now = simulation.now();
    loop {
        let station = &mut simulation.nodes[node as usize].station;
        if station.lines.count == 0 || station.busy >= station.capacity() {
            return;
        }
        let Some(call) = station.pop(&mut simulation.calls, now) else {
            return;
        };
        let wait = now.since(simulation.calls.get(call).since);
        begin_if_wanted(simulation, node, call, wait);
    }
}
