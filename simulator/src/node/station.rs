//! Workers behind a queue: what servers and databases have in common.

use crate::call::{Call, Calls, NONE, Place};
use crate::distribution::{Distribution, scaled};
use crate::outcome::FailureReason;
use crate::random::Draws;
use crate::scenario::{NodeKind, WhenFull};
use crate::simulation::Simulation;
use crate::step::Happening;
use crate::time::SimDuration;

/// The occasion on which a call draws its service time.
const SERVICE: u32 = 1;

/// The workers and the queue of a node; kinds without them keep it empty.
#[derive(Clone, Debug)]
pub(crate) struct Station {
    /// A bit for each worker that is busy.
    workers: Vec<u64>,
    busy: u32,
    queued: u32,
    first: u32,
    last: u32,
}

impl Default for Station {
    fn default() -> Self {
        Self {
            workers: Vec::new(),
            busy: 0,
            queued: 0,
            first: NONE,
            last: NONE,
        }
    }
}

impl Station {
    pub(crate) const fn busy(&self) -> u32 {
        self.busy
    }

    pub(crate) const fn queued(&self) -> u32 {
        self.queued
    }

    /// The waiting calls, the next one first.
    pub(crate) fn waiting<'a>(&self, calls: &'a Calls) -> impl Iterator<Item = &'a Call> {
        let get = |index: u32| (index != NONE).then(|| calls.get(index));
        std::iter::successors(get(self.first), move |call| get(call.next))
    }

    /// The first free worker begins.
    fn take_worker(&mut self) -> u32 {
        self.busy += 1;
        for (place, word) in (0..).zip(&mut self.workers) {
            if *word != u64::MAX {
                let bit = word.trailing_ones();
                *word |= 1 << bit;
                return place * u64::BITS + bit;
            }
        }
        self.workers.push(1);
        (self.workers.len() as u32 - 1) * u64::BITS
    }

    fn free_worker(&mut self, worker: u32) {
        self.workers[(worker / u64::BITS) as usize] &= !(1 << (worker % u64::BITS));
        self.busy -= 1;
    }

    fn push_back(&mut self, calls: &mut Calls, index: u32) {
        let call = calls.get_mut(index);
        (call.previous, call.next) = (self.last, NONE);
        match self.last {
            NONE => self.first = index,
            last => calls.get_mut(last).next = index,
        }
        self.last = index;
        self.queued += 1;
    }

    fn pop_front(&mut self, calls: &mut Calls) -> Option<u32> {
        let index = self.first;
        if index == NONE {
            return None;
        }
        self.first = calls.get(index).next;
        match self.first {
            NONE => self.last = NONE,
            first => calls.get_mut(first).previous = NONE,
        }
        self.queued -= 1;
        Some(index)
    }
}

/// A call takes a worker, or its place in the queue, or is told that there is none.
pub(super) fn enter(simulation: &mut Simulation, node: u32, call: u32) {
    let now = simulation.now();
    let slot = &mut simulation.nodes[node as usize];
    let (workers, limit) = (slot.parameters.workers(), slot.parameters.queue_limit());
    if slot.station.busy < workers {
        begin(simulation, node, call, SimDuration::ZERO);
        return;
    }
    let ahead = slot.station.queued;
    if ahead < limit {
        slot.station.push_back(&mut simulation.calls, call);
        let it = simulation.calls.get_mut(call);
        it.place = Place::Queued;
        it.since = now;
        simulation.note_call(node, call, Happening::Queued { ahead });
        return;
    }
    match slot.parameters.when_full() {
        WhenFull::Fail => simulation.fail(node, call, FailureReason::QueueFull),
        WhenFull::Shed => simulation.shed(node, call),
    }
}

fn begin(simulation: &mut Simulation, node: u32, index: u32, wait: SimDuration) {
    let now = simulation.now();
    let slot = &mut simulation.nodes[node as usize];
    let call = simulation.calls.get_mut(index);
    let law: Distribution = match &slot.parameters {
        NodeKind::Server(server) => server.service_time,
        NodeKind::Database(database) if call.is_write => database.write_time,
        NodeKind::Database(database) => database.read_time,
        _ => return,
    };
    let mut service = law.sample(&mut Draws::new(call.key, SERVICE));
    let slowness = slot.slowness();
    if slowness > 1.0 {
        service = scaled(service, slowness);
    }
    call.worker = slot.station.take_worker();
    slot.meter.set_busy(now, slot.station.busy);
    slot.meter.waited(wait);
    simulation.hold(index, Place::Served, now + service);
    simulation.note_call(node, index, Happening::Started { service });
}

/// A worker is done with a call.
pub(super) fn leave(simulation: &mut Simulation, node: u32, call: u32) {
    let now = simulation.now();
    let worker = simulation.calls.get(call).worker;
    let slot = &mut simulation.nodes[node as usize];
    slot.station.free_worker(worker);
    slot.meter.set_busy(now, slot.station.busy);
    slot.meter.served += 1;
}

/// Lets free workers take from the queue. Of workers that were taken away, those who are busy finish
/// what they have.
pub(super) fn start_waiting(simulation: &mut Simulation, node: u32) {
    let now = simulation.now();
    loop {
        let slot = &mut simulation.nodes[node as usize];
        if slot.station.busy >= slot.parameters.workers() {
            return;
        }
        let Some(call) = slot.station.pop_front(&mut simulation.calls) else {
            return;
        };
        let wait = now.since(simulation.calls.get(call).since);
        begin(simulation, node, call, wait);
    }
}

/// Everything inside is lost.
pub(super) fn on_death(simulation: &mut Simulation, node: u32) {
    let now = simulation.now();
    let slot = &mut simulation.nodes[node as usize];
    slot.station = Station::default();
    slot.meter.set_busy(now, 0);
}
