//! Workers behind a queue: what servers and databases have in common.

use crate::WHOLE;
use crate::call::{Call, Calls, NONE, Place};
use crate::distribution::{Sampler, scaled};
use crate::node::cancellation;
use crate::outcome::FailureReason;
use crate::random::Draws;
use crate::scenario::{NodeKind, WhenFull};
use crate::simulation::Simulation;
use crate::snapshot::Condition;
use crate::step::Happening;
use crate::time::{SimDuration, SimTime};
use crate::trace::Activity;

/// The occasion on which a call draws its service time.
const SERVICE: u32 = 1;

/// The workers and the queue of a node; kinds without them have none.
#[derive(Clone, Debug)]
pub(crate) struct Station {
    /// A bit for each worker that is busy.
    taken: Vec<u64>,
    busy: u32,
    queued: u32,
    first: u32,
    last: u32,
    workers: u32,
    limit: u32,
    when_full: WhenFull,
    /// Of a read and of a write.
    service: [Sampler; 2],
    /// The occasion on which a call draws its service time here.
    occasion: u32,
}

impl Station {
    /// The station of a node; `draws` names the node's own draws.
    pub(crate) fn new(kind: &NodeKind, draws: u32) -> Self {
        let mut station = Self {
            taken: Vec::new(),
            busy: 0,
            queued: 0,
            first: NONE,
            last: NONE,
            workers: 0,
            limit: 0,
            when_full: WhenFull::Fail,
            service: [
                Sampler::Deterministic { value: 0.0 },
                Sampler::Deterministic { value: 0.0 },
            ],
            // What these pass on keeps its key, and the next node draws by it again.
            occasion: match kind {
                NodeKind::Balancer(_) | NodeKind::Cache(_) => draws,
                _ => SERVICE,
            },
        };
        station.configure(kind);
        station
    }

    /// Takes over edited parameters.
    pub(crate) fn configure(&mut self, kind: &NodeKind) {
        self.workers = kind.workers();
        self.limit = kind.queue_limit();
        match kind {
            NodeKind::Server(server) => {
                self.when_full = server.when_full;
                let service = Sampler::new(&server.service_time);
                self.service = [service.clone(), service];
            }
            NodeKind::Database(database) => {
                self.when_full = database.when_full;
                let (reads, writes) = (&database.read_time, &database.write_time);
                self.service = [Sampler::new(reads), Sampler::new(writes)];
            }
            NodeKind::Balancer(balancer) => {
                self.limit = balancer.queue_limit;
                self.when_full = balancer.when_full;
                let service = Sampler::new(&balancer.service_time);
                self.service = [service.clone(), service];
            }
            NodeKind::Cache(cache) => {
                self.when_full = cache.when_full;
                let service = Sampler::new(&cache.lookup_time);
                self.service = [service.clone(), service];
            }
            NodeKind::Clients(_)
            | NodeKind::Dns(_)
            | NodeKind::Cdn(_)
            | NodeKind::ObjectStore(_) => {}
        }
    }

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
        for (place, word) in (0..).zip(&mut self.taken) {
            if *word != u64::MAX {
                let bit = word.trailing_ones();
                *word |= 1 << bit;
                return place * u64::BITS + bit;
            }
        }
        self.taken.push(1);
        (self.taken.len() as u32 - 1) * u64::BITS
    }

    fn free_worker(&mut self, worker: u32) {
        self.busy -= 1;
        if let Some(word) = self.taken.get_mut((worker / u64::BITS) as usize) {
            *word &= !(1 << (worker % u64::BITS));
        }
    }

    /// Forgets who is inside.
    fn clear(&mut self) {
        self.taken.clear();
        (self.busy, self.queued) = (0, 0);
        (self.first, self.last) = (NONE, NONE);
    }

    fn push_back(&mut self, calls: &mut Calls, index: u32, now: SimTime) {
        let call = calls.get_mut(index);
        call.place = Place::Queued;
        call.since = now;
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
    if WHOLE && simulation.may_cancel && cancellation::drop_cancelled(simulation, node, call) {
        return;
    }
    let now = simulation.now();
    let station = &mut simulation.nodes[node as usize].station;
    if station.busy < station.workers {
        begin(simulation, node, call, SimDuration::ZERO);
    } else if station.queued < station.limit {
        let ahead = station.queued;
        station.push_back(&mut simulation.calls, call, now);
        simulation.trace_turn(call, Activity::Queue);
        simulation.note_call(node, call, Happening::Queued { ahead });
    } else {
        match station.when_full {
            WhenFull::Fail => simulation.fail(node, call, FailureReason::QueueFull),
            WhenFull::Shed => simulation.shed(node, call),
        }
    }
}

fn begin(simulation: &mut Simulation, node: u32, index: u32, wait: SimDuration) {
    let now = simulation.now();
    let slot = &mut simulation.nodes[node as usize];
    let call = simulation.calls.get_mut(index);
    let law = &slot.station.service[usize::from(call.is_write)];
    let mut service = law.sample(&mut Draws::new(call.key, slot.station.occasion));
    if let Condition::Slow { factor } = slot.condition {
        service = scaled(service, factor);
    }
    call.worker = slot.station.take_worker();
    slot.meter.set_busy(now, slot.station.busy);
    slot.meter.waited(wait);
    simulation.hold(index, Place::Served, now + service);
    simulation.note_call(node, index, Happening::Started { service });
}

/// A worker is done with a call, and the node with its work on it.
pub(super) fn leave(simulation: &mut Simulation, node: u32, call: u32) {
    release(simulation, node, call);
    simulation.nodes[node as usize].meter.served += 1;
}

/// A worker is done with a call.
pub(super) fn release(simulation: &mut Simulation, node: u32, call: u32) {
    let now = simulation.now();
    let worker = simulation.calls.get(call).worker;
    let slot = &mut simulation.nodes[node as usize];
    slot.station.free_worker(worker);
    slot.meter.set_busy(now, slot.station.busy);
}

/// Takes the first of the queue out, without a worker.
pub(super) fn take_waiting(simulation: &mut Simulation, node: u32) -> Option<u32> {
    let station = &mut simulation.nodes[node as usize].station;
    station.pop_front(&mut simulation.calls)
}

/// Lets free workers take from the queue. Of workers that were taken away, those who are busy finish
/// what they have.
pub(super) fn start_waiting(simulation: &mut Simulation, node: u32) {
    let now = simulation.now();
    loop {
        let station = &mut simulation.nodes[node as usize].station;
        if station.queued == 0 || station.busy >= station.workers {
            return;
        }
        let Some(call) = station.pop_front(&mut simulation.calls) else {
            return;
        };
        if WHOLE && simulation.may_cancel && cancellation::drop_cancelled(simulation, node, call) {
            continue;
        }
        let wait = now.since(simulation.calls.get(call).since);
        begin(simulation, node, call, wait);
    }
}

/// Everything inside is lost.
pub(super) fn on_death(simulation: &mut Simulation, node: u32) {
    let now = simulation.now();
    let slot = &mut simulation.nodes[node as usize];
    slot.station.clear();
    slot.meter.set_busy(now, 0);
}
