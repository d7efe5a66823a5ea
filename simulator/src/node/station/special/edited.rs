//! Edited parameters of a special station: everybody stays.

use super::{Special, plan_end};
use crate::call::{Call, Calls, Place, mark};
use crate::node::station::start_waiting;
use crate::scenario::{CLASSES, Discipline};
use crate::simulation::Simulation;
use crate::time::{SimDuration, SimTime};

/// Does for those inside what edited parameters mean for them.
pub(in crate::node) fn on_reconfigured(simulation: &mut Simulation, node: u32) {
    let now = simulation.now();
    let slot = &mut simulation.nodes[node as usize];
    if let Some(special) = &mut slot.station.special {
        let requests = &simulation.requests;
        let (lines, is_by_class) = (&mut slot.station.lines, special.is_by_class());
        lines.file(&mut simulation.calls, |call| {
            let priority = usize::from(requests.get(call.request).priority);
            if is_by_class {
                priority.min(CLASSES - 1)
            } else {
                0
            }
        });
        let limit = special.overload.wait_limit;
        if limit.is_some() != special.is_limited {
            special.is_limited = limit.is_some();
            let interval = limit.map_or(SimDuration::MAX, |limit| limit.interval);
            let inside = simulation.calls.iter_mut();
            let waiting = inside.filter(|call| call.node == node && call.place == Place::Queued);
            for call in waiting {
                call.until = call.since + interval;
            }
        }
        if let Some(_most) = special.overload.most_inside {
            special.inside = count_in(&mut simulation.calls, node);
        }
        let shares = matches!(special.discipline, Discipline::Sharing { .. });
        if shares && !special.is_shared {
            special.is_shared = true;
            let running_time = special.running_time(now);
            special.sharing.advance(running_time, slot.station.workers);
            join(&mut simulation.calls, node, special, now);
        }
        if !shares && special.is_shared && special.sharing.len() == 0 {
            special.is_shared = false;
        }
        slot.meter.set_busy(now, slot.station.busy());
    }
    start_waiting(simulation, node);
    plan_end(simulation, node);
}

/// Everybody inside counts from now on.
fn count_in(calls: &mut Calls, node: u32) -> u32 {
    let mut count = 0;
    for call in calls.iter_mut().filter(|call| call.node == node) {
        if matches!(call.place, Place::Queued | Place::Served | Place::Waiting) {
            call.marks |= mark::COUNTED;
            count += 1;
        }
    }
    count
}

/// Those who have a worker of their own share them from now on.
fn join(calls: &mut Calls, node: u32, special: &mut Special, now: SimTime) {
    let is_served = |call: &Call| call.node == node && call.place == Place::Served;
    let served: Vec<u32> = calls
        .iter()
        .filter(|(_, call)| is_served(call))
        .map(|(index, _)| index)
        .collect();
    for index in served {
        let call = calls.get_mut(index);
        let done = special.running_time(now);
        let left = special.running_time(call.until).saturating_sub(done);
        // The end that is planned no longer counts.
        call.stamp = call.stamp.wrapping_add(1);
        call.until = SimTime::from_nanos(special.sharing.enter(index, left));
    }
}
