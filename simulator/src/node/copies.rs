//! What caches and a content delivery network have in common: they hold copies of answers, and ask a source
//! for what they do not hold.

mod content;
mod flights;

pub(crate) use content::{Content, Held};

use crate::call::{NONE, Place};
use crate::metrics::CacheMeter;
use crate::node::freshness::EVER;
use crate::node::spread::Spread;
use crate::outcome::{FailureReason, Outcome};
use crate::random::{Purpose, Stream, request_key};
use crate::scenario::Caching;
use crate::simulation::{NodeSlot, NodeState, Opening, Reply, Simulation};
use crate::step::Happening;
use crate::time::SimTime;
use flights::Flights;

/// Which of the calls that derive from a read is its refresh: no server sends so many queries.
const REFRESH: u64 = 1 << 32;

/// Copies of answers, and what is under way to fill them.
#[derive(Clone, Debug)]
pub(crate) struct Copies {
    pub(crate) content: Content,
    flights: Flights,
    pub(crate) source: Spread,
    is_single_flight: bool,
    random: Stream,
    pub(crate) meter: CacheMeter,
}

impl Copies {
    pub(crate) fn new(seed: u64, name: &str, caching: &Caching) -> Self {
        let random = Stream::new(seed, name, Purpose::Choice);
        Self {
            content: Content::new(caching, random.clone()),
            flights: Flights::default(),
            source: Spread::default(),
            is_single_flight: caching.single_flight,
            random,
            meter: CacheMeter::default(),
        }
    }

    /// Takes over edited parameters.
    pub(crate) fn configure(&mut self, now: SimTime, caching: &Caching) {
        self.is_single_flight = caching.single_flight;
        let evicted = self.content.configure(now, caching, self.random.clone());
        self.meter.total.evictions += evicted;
    }

    /// Keeps an answer that was asked for at `asked`.
    pub(crate) fn fill(&mut self, now: SimTime, item: u32, version: u64, asked: SimTime) {
        self.meter.total.evictions += self.content.fill(now, item, version, asked);
    }

    /// Its memory is gone, and so are those who waited.
    pub(crate) fn on_death(&mut self) {
        self.content.flush();
        self.flights.clear();
    }
}

/// Looks up what a read asks for and, where it is there, answers. Says whether it was.
pub(super) fn read(simulation: &mut Simulation, node: u32, call: u32) -> bool {
    let now = simulation.now();
    let it = simulation.calls.get(call);
    let (item, key) = (it.item, it.key);
    let Some(copies) = simulation.nodes[node as usize].copies_mut() else {
        return false;
    };
    let Some(held) = copies.content.look_up(now, item, key) else {
        copies.meter.total.misses += 1;
        simulation.note_call(node, call, Happening::Missed);
        return false;
    };
    copies.meter.total.hits += 1;
    serve(simulation, node, call, held);
    simulation.note_call(node, call, Happening::Hit);
    if held.wants_refresh {
        refresh(simulation, node, call);
    }
    true
}

/// Answers a call with what is held.
fn serve(simulation: &mut Simulation, node: u32, call: u32, held: Held) {
    let it = simulation.calls.get_mut(call);
    it.outcome = Outcome::Ok;
    it.version = held.version;
    if held.version == EVER {
        it.version = simulation.freshness.position();
    }
    let is_outdated = simulation.freshness.is_outdated(it.item, held.version);
    if let Some(copies) = simulation.nodes[node as usize].copies_mut() {
        let total = &mut copies.meter.total;
        total.outdated += u64::from(is_outdated);
        total.expired += u64::from(held.is_expired);
    }
    simulation.answer(call);
}

/// Asks the source for what a read has missed, or lets it wait for one that has asked already.
pub(super) fn fetch(simulation: &mut Simulation, node: u32, call: u32) {
    let now = simulation.now();
    let has_room = simulation.calls.has_room();
    let it = simulation.calls.get_mut(call);
    let (item, key) = (it.item, it.key);
    let Some(copies) = simulation.nodes[node as usize].copies_mut() else {
        return;
    };
    let Some(link) = copies.source.link(item, key) else {
        simulation.fail(node, call, FailureReason::NoRoute);
        return;
    };
    if copies.is_single_flight && item != 0 && has_room {
        it.place = Place::Waiting;
        if copies.flights.has(item, &simulation.calls) {
            copies.flights.join(item, call, &simulation.calls);
            copies.meter.total.shared += 1;
            simulation.note_call(node, call, Happening::AwaitsFill);
            return;
        }
        let calls = &simulation.calls;
        copies.flights.begin(item, Some(call), now, calls);
    }
    simulation.forward(call, link);
}

/// Asks the source in the background for what a read has found.
fn refresh(simulation: &mut Simulation, node: u32, call: u32) {
    let now = simulation.now();
    let it = simulation.calls.get(call);
    let (request, item) = (it.request, it.item);
    let key = request_key(it.key, REFRESH);
    let Some(copies) = simulation.nodes[node as usize].copies_mut() else {
        return;
    };
    let calls = &simulation.calls;
    let Some(link) = copies.source.link(item, key) else {
        return;
    };
    if copies.flights.has(item, calls) || !calls.has_room() {
        return;
    }
    copies.flights.begin(item, None, now, calls);
    copies.meter.total.refreshes += 1;
    simulation.open(Opening {
        request,
        parent: NONE,
        link,
        key,
        item,
        is_write: false,
    });
}

/// The source has answered a read.
pub(super) fn on_reply(simulation: &mut Simulation, node: u32, call: u32, reply: Reply) {
    // It was asked when the look-up was over.
    let asked = simulation.calls.get(call).until;
    let held = settle(simulation, node, asked, reply);
    let Some(copies) = simulation.nodes[node as usize].copies_mut() else {
        return;
    };
    let flight = copies.flights.end(reply.item, Some(call));
    pass_on(simulation, node, call, held, reply);
    simulation.note_call(node, call, Happening::PassedBack);
    if let Some((waiters, _)) = flight {
        release(simulation, node, waiters, held, reply);
    }
}

/// The source has answered in the background.
pub(super) fn on_background_reply(simulation: &mut Simulation, node: u32, reply: Reply) {
    let Some(copies) = simulation.nodes[node as usize].copies_mut() else {
        return;
    };
    // A node that has died meanwhile knows nothing of it.
    let Some((waiters, asked)) = copies.flights.end(reply.item, None) else {
        return;
    };
    let held = settle(simulation, node, asked, reply);
    release(simulation, node, waiters, held, reply);
}

/// Keeps what the source has answered. Where it has failed, says what can be served all the same.
fn settle(simulation: &mut Simulation, node: u32, asked: SimTime, reply: Reply) -> Option<Held> {
    let now = simulation.now();
    let copies = simulation.nodes[node as usize].copies_mut()?;
    if reply.outcome == Outcome::Ok {
        copies.fill(now, reply.item, reply.version, asked);
        None
    } else {
        copies.content.fallback(now, reply.item)
    }
}

/// Answers a call with what is held in place of a failure, or as the source did.
fn pass_on(simulation: &mut Simulation, node: u32, call: u32, held: Option<Held>, reply: Reply) {
    match held {
        Some(held) => serve(simulation, node, call, held),
        None => simulation.pass_back(call, reply),
    }
}

/// Answers all who have waited for a fill, the first one first: a failure fails all of them.
fn release(
    simulation: &mut Simulation,
    node: u32,
    waiters: Vec<flights::Waiter>,
    held: Option<Held>,
    reply: Reply,
) {
    for waiter in &waiters {
        if let Some(call) = waiter.call(&simulation.calls) {
            pass_on(simulation, node, call, held, reply);
        }
    }
    if let Some(copies) = simulation.nodes[node as usize].copies_mut() {
        copies.flights.give_back(waiters);
    }
}

impl NodeSlot {
    /// The copies of a node that holds any.
    pub(super) fn copies_mut(&mut self) -> Option<&mut Copies> {
        match &mut self.state {
            NodeState::Cache(state) => Some(&mut state.copies),
            _ => None,
        }
    }
}
