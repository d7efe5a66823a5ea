//! A station that is more than plain: another order of service, more care under overload, a machine of
//! another speed.

mod admission;
mod edited;

use crate::call::{Calls, Place, mark};
use crate::distribution::{Sampler, scaled};
use crate::event::Event;
use crate::random::Draws;
use crate::resilience::{NextServed, StandingQueue, StandingQueuePolicy};
use crate::scenario::{CLASSES, Discipline, NodeKind, Overload, Shedding, WaitLimit};
use crate::simulation::Simulation;
use crate::step::Happening;
use crate::time::{SimDuration, SimTime};
use crate::trace::Activity;

use super::Station;
use super::line::Order;
use super::pauses::Schedule;
use super::sharing::Sharing;

pub(in crate::node) use admission::enter_again;
pub(super) use admission::{enter, start_waiting};
pub(in crate::node) use edited::on_reconfigured;

/// The occasion on which a call draws its time after the queries.
const FINISHING: u32 = 16;

/// What makes a station more than plain.
#[derive(Clone, Debug)]
pub(super) struct Special {
    discipline: Discipline,
    overload: Overload,
    /// One over the speed.
    stretch: f64,
    pauses: Option<Schedule>,
    finishing: Option<Sampler>,
    /// Whether those in service share the workers. Where that has been edited away they go on sharing
    /// until there are no more of them than workers, which is the same as having one each.
    is_shared: bool,
    sharing: Sharing,
    standing: StandingQueue,
    /// When the present window of utilisation began, what the workers had done by then, and whether that
    /// was too much in the one before.
    window: (SimTime, u64, bool),
    /// How many are inside that count.
    inside: u32,
    /// Whether those who wait have got a limit each.
    is_limited: bool,
}

impl Special {
    fn new(now: SimTime) -> Self {
        let mut standing = StandingQueue::default();
        standing.on_empty(now);
        Self {
            discipline: Discipline::Fifo,
            overload: Overload::default(),
            stretch: 1.0,
            pauses: None,
            finishing: None,
            is_shared: false,
            sharing: Sharing::default(),
            standing,
            window: (now, 0, false),
            inside: 0,
            is_limited: false,
        }
    }

    /// Who is served next.
    pub(super) fn order(&self, now: SimTime) -> Order {
        match self.discipline {
            Discipline::Fifo | Discipline::Sharing { .. } => Order::First,
            Discipline::Lifo => Order::Last,
            Discipline::Priority => Order::MostImportant,
            Discipline::AdaptiveLifo { interval } => {
                let target = interval;
                let policy = StandingQueuePolicy { interval, target };
                match self.standing.next_served(policy, now) {
                    NextServed::First => Order::First,
                    NextServed::Last => Order::Last,
                }
            }
        }
    }

    /// Whether there is a line for each class of importance.
    fn is_by_class(&self) -> bool {
        self.discipline == Discipline::Priority
            || self.overload.shedding == Shedding::LeastImportant
    }

    fn running_time(&self, now: SimTime) -> u64 {
        self.pauses
            .map_or(now.as_nanos(), |pauses| pauses.running_time(now))
    }

    fn end(&self, now: SimTime, work: SimDuration) -> SimTime {
        self.pauses
            .map_or(now + work, |pauses| pauses.end(now, work))
    }

    pub(super) fn clear(&mut self, now: SimTime) {
        self.sharing.clear();
        self.standing.on_empty(now);
        self.inside = 0;
    }
}

impl Station {
    /// Those who share the workers.
    pub(super) fn sharing(&self) -> Option<&Sharing> {
        let special = self.special.as_ref()?;
        special.is_shared.then_some(&special.sharing)
    }

    /// When a call will be done that shares the workers, as things stand; `end` is what its `until` says.
    pub(crate) fn shared_end(&self, end: SimTime, now: SimTime) -> Option<SimTime> {
        let special = self.special.as_ref().filter(|special| special.is_shared)?;
        let due = special.sharing.due(end.as_nanos(), self.workers);
        let left = due.saturating_sub(special.running_time(now));
        Some(special.end(now, SimDuration::from_nanos(left)))
    }

    /// Shares out what the workers have done until now.
    pub(super) fn advance(&mut self, now: SimTime) {
        if let Some(special) = &mut self.special {
            let now = special.running_time(now);
            special.sharing.advance(now, self.workers);
        }
    }

    /// Takes over the parameters of a station that is more than plain.
    pub(super) fn configure_special(&mut self, kind: &NodeKind, now: SimTime) {
        let (discipline, overload, machine, finishing) = match kind {
            NodeKind::Server(it) => (
                it.discipline,
                it.overload,
                it.machine,
                it.finishing_time.as_ref(),
            ),
            NodeKind::Database(it) => (it.discipline, it.overload, it.machine, None),
            _ => return,
        };
        let is_plain = discipline == Discipline::Fifo
            && overload == Overload::default()
            && (machine.speed, machine.pauses) == (1.0, None)
            && finishing.is_none();
        if is_plain && self.special.is_none() {
            return;
        }
        let luck = self.luck;
        let special = self
            .special
            .get_or_insert_with(|| Box::new(Special::new(now)));
        special.discipline = discipline;
        special.overload = overload;
        special.stretch = 1.0 / machine.speed;
        special.pauses = machine.pauses.map(|pauses| Schedule::new(pauses, luck));
        special.finishing = finishing.map(Sampler::new);
        // The new pauses count the running time in their own way.
        let running_time = special.running_time(now);
        special.sharing.set_time(running_time);
    }

    /// How many are served at once.
    fn capacity(&self) -> u32 {
        match self.special.as_ref().map(|special| special.discipline) {
            Some(Discipline::Sharing { most: Some(most) }) => most,
            Some(Discipline::Sharing { most: None }) => self.workers + self.limit,
            _ => self.workers,
        }
    }

    /// How many may wait.
    fn places(&self) -> u32 {
        match self.special.as_ref().map(|special| special.discipline) {
            Some(Discipline::Sharing { most: None }) => 0,
            _ => self.limit,
        }
    }

    pub(super) fn one_less_inside(&mut self) {
        if let Some(special) = &mut self.special {
            special.inside = special.inside.saturating_sub(1);
        }
    }

    /// A call waits from now on.
    fn push(&mut self, calls: &mut Calls, index: u32, class: usize, now: SimTime) {
        let Some(special) = &mut self.special else {
            return;
        };
        if self.lines.count == 0 {
            special.standing.on_empty(now);
        }
        let line = if special.is_by_class() { class } else { 0 };
        // Until it is served, when a wait is too long is kept where its end will be.
        let call = calls.get_mut(index);
        call.until = match special.overload.wait_limit {
            Some(limit) if call.marks & mark::FINISHING == 0 => {
                now + special.standing.longest_wait(policy(limit), now)
            }
            _ => SimTime::MAX,
        };
        self.lines.push_back(calls, line, index, now);
    }

    fn pop(&mut self, calls: &mut Calls, now: SimTime) -> Option<u32> {
        let special = self.special.as_mut()?;
        let call = self.lines.pop(calls, special.order(now));
        if self.lines.count == 0 {
            special.standing.on_empty(now);
        }
        call
    }
}

const fn policy(limit: WaitLimit) -> StandingQueuePolicy {
    StandingQueuePolicy {
        interval: limit.interval,
        target: limit.target,
    }
}

fn parts(simulation: &mut Simulation, node: u32) -> Option<(&mut Special, u32)> {
    let station = &mut simulation.nodes[node as usize].station;
    Some((station.special.as_mut()?, station.workers))
}

fn class(simulation: &Simulation, call: u32) -> usize {
    let request = simulation.calls.get(call).request;
    usize::from(simulation.requests.get(request).priority).min(CLASSES - 1)
}

fn begin(simulation: &mut Simulation, node: u32, index: u32, wait: SimDuration) {
    let now = simulation.now();
    let slot = &mut simulation.nodes[node as usize];
    let slowness = slot.slowness();
    let station = &mut slot.station;
    let call = simulation.calls.get_mut(index);
    if call.marks & mark::HOLDING == 0 {
        call.worker = station.take_worker();
    }
    let Some(special) = &mut station.special else {
        return;
    };
    let mut work = match &special.finishing {
        Some(law) if call.marks & mark::FINISHING != 0 => {
            law.sample(&mut Draws::new(call.key, FINISHING))
        }
        // The time after the queries has been edited away meanwhile.
        None if call.marks & mark::FINISHING != 0 => SimDuration::ZERO,
        _ => station.service[usize::from(call.is_write)]
            .sample(&mut Draws::new(call.key, station.occasion)),
    };
    let factor = slowness * special.stretch;
    if factor != 1.0 {
        work = scaled(work, factor);
    }
    if special.is_shared {
        special
            .sharing
            .advance(special.running_time(now), station.workers);
        let end = special.sharing.enter(index, work.as_nanos());
        call.place = Place::Served;
        call.since = now;
        // What the shared clock will show.
        call.until = SimTime::from_nanos(end);
        simulation.trace_turn(index, Activity::Service);
    } else {
        let end = special.end(now, work);
        simulation.hold(index, Place::Served, end);
    }
    let slot = &mut simulation.nodes[node as usize];
    slot.meter.set_busy(now, slot.station.busy());
    slot.meter.waited(wait);
    simulation.note_call(node, index, Happening::Started { service: work });
    plan_end(simulation, node);
}

/// Sees to it that an event comes when the next one of those is done who share the workers. One that
/// comes earlier stays: then it is looked again.
#[cold]
pub(super) fn plan_end(simulation: &mut Simulation, node: u32) {
    let now = simulation.now();
    let Some((special, workers)) = parts(simulation, node) else {
        return;
    };
    let Some((call, left)) = special.sharing.next(workers) else {
        return;
    };
    let due = special.end(now, SimDuration::from_nanos(left));
    if special.sharing.planned.is_none_or(|planned| due < planned) {
        special.sharing.planned = Some(due);
        let it = simulation.calls.get_mut(call);
        it.stamp = it.stamp.wrapping_add(1);
        let stamp = it.stamp;
        simulation.schedule(due, Event::Call { call, stamp });
    }
}

/// The next of those who share the workers, if it is done, when an event of `call` comes.
#[cold]
pub(super) fn next_done(simulation: &mut Simulation, node: u32, call: u32) -> Option<u32> {
    let done = leave_if_done(simulation, node);
    if done != Some(call) {
        simulation.trace_turn(call, Activity::Service);
        if let Some(done) = done {
            simulation.trace_turn(done, Activity::Waiting);
        }
    }
    done
}

fn leave_if_done(simulation: &mut Simulation, node: u32) -> Option<u32> {
    let now = simulation.now();
    let (special, workers) = parts(simulation, node)?;
    if special.sharing.planned != Some(now) {
        // An event that was planned before one that comes earlier.
        return None;
    }
    special.sharing.planned = None;
    special.sharing.advance(special.running_time(now), workers);
    let Some(call) = special.sharing.leave() else {
        plan_end(simulation, node);
        return None;
    };
    let it = simulation.calls.get_mut(call);
    it.stamp = it.stamp.wrapping_add(1);
    let slot = &mut simulation.nodes[node as usize];
    slot.meter.set_busy(now, slot.station.busy());
    Some(call)
}
