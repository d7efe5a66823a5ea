//! Workers behind a queue: what servers and databases have in common.
//!
//! The plain station is here: first in, first out, until the queue is full. Whatever else is asked of one
//! is in [`special`], out of the way of the plain one.

mod line;
mod pauses;
mod sharing;
mod special;

use crate::WHOLE;
use crate::call::{Call, Calls, Place, mark};
use crate::distribution::{Sampler, scaled};
use crate::node::{cancellation, steps};
use crate::outcome::FailureReason;
use crate::random::Draws;
use crate::scenario::{NodeKind, WhenFull};
use crate::simulation::Simulation;
use crate::snapshot::Condition;
use crate::step::Happening;
use crate::time::{SimDuration, SimTime};
use crate::trace::Activity;
use line::{Lines, Order};
use special::Special;

pub(super) use special::{enter_again, on_reconfigured};

/// The occasion on which a call draws its service time.
const SERVICE: u32 = 1;

/// The workers and the queue of a node; kinds without them have none.
#[derive(Clone, Debug)]
pub(crate) struct Station {
    /// A bit for each worker that is busy.
    taken: Vec<u64>,
    busy: u32,
    lines: Lines,
    workers: u32,
    limit: u32,
    when_full: WhenFull,
    /// Of a read and of a write.
    service: [Sampler; 2],
    /// The occasion on which a call draws its service time here.
    occasion: u32,
    /// What makes it more than plain.
    special: Option<Box<Special>>,
    /// Whether it is not [`Special`], and its server does no more for a call than one service and one
    /// query after the other; and has never been otherwise.
    is_plain: bool,
    /// The node's own number.
    luck: u64,
}

impl Station {
    /// The station of a node; `draws` names the node's own draws, and `luck` is its own number.
    pub(crate) fn new(kind: &NodeKind, draws: u32, luck: u64) -> Self {
        let mut station = Self {
            taken: Vec::new(),
            busy: 0,
            lines: Lines::default(),
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
            special: None,
            is_plain: true,
            luck,
        };
        station.configure(kind, SimTime::ZERO);
        station
    }

    /// Takes over edited parameters; [`on_reconfigured`] does what follows for those inside.
    pub(crate) fn configure(&mut self, kind: &NodeKind, now: SimTime) {
        self.advance(now);
        self.workers = kind.workers();
        self.limit = kind.queue_limit();
        match kind {
            NodeKind::Server(server) => {
                self.when_full = server.when_full;
                self.is_plain &= !steps::has_steps(server);
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
            | NodeKind::Shards(_)
            | NodeKind::ObjectStore(_) => {}
        }
        self.configure_special(kind, now);
        self.is_plain &= self.special.is_none();
    }

    /// Whether nothing but what is in this file concerns it.
    pub(super) const fn is_plain(&self) -> bool {
        !WHOLE || self.is_plain
    }

    const fn is_special(&self) -> bool {
        WHOLE && self.special.is_some()
    }

    /// Workers that work.
    pub(crate) fn busy(&self) -> u32 {
        match self.sharing() {
            Some(sharing) => sharing.len().min(self.workers),
            None => self.busy,
        }
    }

    /// Calls that no worker works on: with processor sharing as many as there are more than workers.
    pub(crate) fn queued(&self) -> u32 {
        let shared = self.sharing().map_or(0, |sharing| sharing.len());
        self.lines.count + shared.saturating_sub(self.workers)
    }

    /// The waiting calls, the next one first.
    pub(crate) fn waiting<'a>(
        &self,
        calls: &'a Calls,
        now: SimTime,
    ) -> impl Iterator<Item = &'a Call> {
        let order = match &self.special {
            Some(special) => special.order(now),
            None => Order::First,
        };
        self.lines.iter(calls, order).map(|(_, call)| call)
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
    fn clear(&mut self, now: SimTime) {
        self.taken.clear();
        self.busy = 0;
        self.lines = Lines::default();
        if let Some(special) = &mut self.special {
            special.clear(now);
        }
    }
}

/// A call takes a worker, or its place in the queue, or is told that there is none.
pub(super) fn enter(simulation: &mut Simulation, node: u32, call: u32) {
    let now = simulation.now();
    let station = &mut simulation.nodes[node as usize].station;
    if station.is_special() {
        special::enter(simulation, node, call);
    } else if station.busy < station.workers {
        begin(simulation, node, call, SimDuration::ZERO);
    } else if station.lines.count < station.limit {
        let ahead = station.lines.count;
        station.lines.push_back(&mut simulation.calls, 0, call, now);
        simulation.trace_turn(call, Activity::Queue);
        simulation.note_call(node, call, Happening::Queued { ahead });
    } else {
        turn_away(simulation, node, call, FailureReason::QueueFull);
    }
}

/// There is no place for a call.
fn turn_away(simulation: &mut Simulation, node: u32, call: u32, reason: FailureReason) {
    match simulation.nodes[node as usize].station.when_full {
        WhenFull::Fail => simulation.fail(node, call, reason),
        WhenFull::Shed => simulation.shed(node, call),
    }
}

fn begin(simulation: &mut Simulation, node: u32, index: u32, wait: SimDuration) {
    if WHOLE && simulation.may_cancel && cancellation::drop_cancelled(simulation, node, index) {
        return;
    }
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
#[inline]
pub(super) fn leave(simulation: &mut Simulation, node: u32, call: u32) {
    release(simulation, node, call);
    simulation.nodes[node as usize].meter.served += 1;
}

/// A worker is done with a call.
#[inline]
pub(super) fn release(simulation: &mut Simulation, node: u32, call: u32) {
    let now = simulation.now();
    let worker = simulation.calls.get(call).worker;
    let slot = &mut simulation.nodes[node as usize];
    slot.station.free_worker(worker);
    slot.meter.set_busy(now, slot.station.busy());
}

/// The call whose service is over, when that of `call` was due: where all share the workers perhaps
/// another one, or none yet.
#[inline]
pub(super) fn done(simulation: &mut Simulation, node: u32, call: u32) -> Option<u32> {
    if simulation.nodes[node as usize].station.sharing().is_none() {
        Some(call)
    } else {
        special::next_done(simulation, node, call)
    }
}

/// Takes the first of the queue out, without a worker.
pub(super) fn take_waiting(simulation: &mut Simulation, node: u32) -> Option<u32> {
    let station = &mut simulation.nodes[node as usize].station;
    station.lines.pop_front(&mut simulation.calls)
}

/// Where all share the workers, sees to it that an event comes when the next one is done.
#[inline]
pub(super) fn plan_end(simulation: &mut Simulation, node: u32) {
    if simulation.nodes[node as usize].station.is_special() {
        special::plan_end(simulation, node);
    }
}

/// Lets free workers take from the queue. Of workers that were taken away, those who are busy finish
/// what they have.
pub(super) fn start_waiting(simulation: &mut Simulation, node: u32) {
    if simulation.nodes[node as usize].station.is_special() {
        special::start_waiting(simulation, node);
        return;
    }
    let now = simulation.now();
    loop {
        let station = &mut simulation.nodes[node as usize].station;
        if station.lines.count == 0 || station.busy >= station.workers {
            return;
        }
        let Some(call) = station.lines.pop_front(&mut simulation.calls) else {
            return;
        };
        let wait = now.since(simulation.calls.get(call).since);
        begin(simulation, node, call, wait);
    }
}

/// A call is answered that counted as inside, or that kept its worker until now.
#[cold]
pub(crate) fn settle(simulation: &mut Simulation, index: u32) {
    let call = simulation.calls.get_mut(index);
    let (node, marks) = (call.node, call.marks);
    call.marks &= !(mark::COUNTED | mark::HOLDING);
    let slot = &mut simulation.nodes[node as usize];
    if matches!(slot.condition, Condition::Dead) {
        // All that was inside is forgotten.
        return;
    }
    if marks & mark::COUNTED != 0 {
        slot.station.one_less_inside();
    }
    if marks & mark::HOLDING != 0 {
        leave(simulation, node, index);
        start_waiting(simulation, node);
    }
}

/// Everything inside is lost.
pub(super) fn on_death(simulation: &mut Simulation, node: u32) {
    let now = simulation.now();
    let slot = &mut simulation.nodes[node as usize];
    slot.station.clear(now);
    slot.meter.set_busy(now, 0);
}

#[cfg(test)]
mod tests;
