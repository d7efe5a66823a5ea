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
use crate::request::Requests;
use crate::scenario::Caching;
use crate::simulation::{NodeSlot, NodeState, Opening, Reply, Simulation};
use crate::step::Happening;
use crate::time::SimTime;
use flights::{Flights, Waiter};

/// Which of the calls that derive from a read is its refresh: no server sends so many queries.
const REFRESH: u64 = 1 << 33;

/// Copies of answers, and what is under way to fill them.
#[derive(Clone, Debug)]
pub(crate) struct Copies {
    pub(crate) content: Content,
    flights: Flights,
    pub(crate) source: Spread,
    is_single_flight: bool,
    random: Stream,
    /// What was asked for before this is outdated, and perhaps not to be kept.
    valid_from: SimTime,
    drops_invalid: bool,
    pub(crate) meter: CacheMeter,
}

/// What the source was asked for.
#[derive(Clone, Copy, Debug)]
struct Asked {
    request: u32,
    item: u32,
    at: SimTime,
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
            valid_from: SimTime::ZERO,
            drops_invalid: false,
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
        if self.drops_invalid && asked < self.valid_from {
            return;
        }
        self.meter.total.evictions += self.content.fill(now, item, version, asked);
    }

    /// The source has a new version: what was asked for before is outdated, and nobody asks for it any more
    /// where it is to be dropped.
    pub(crate) fn invalidate(&mut self, now: SimTime, drops: bool) {
        self.valid_from = now;
        self.drops_invalid = drops;
        if drops {
            self.content.flush();
        }
    }
}

/// Looks up what a read asks for and, where it is there, answers. Says whether it was.
pub(super) fn read(simulation: &mut Simulation, node: u32, call: u32) -> bool {
    let now = simulation.now();
    let it = simulation.calls.get(call);
    let (request, item, key) = (it.request, it.item, it.key);
    let slot = &mut simulation.nodes[node as usize];
    let Some(copies) = slot.copies_for(request, &simulation.requests) else {
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
    let lacks_a_write = simulation.freshness.is_outdated(it.item, held.version);
    let slot = &mut simulation.nodes[node as usize];
    if let Some(copies) = slot.copies_for(it.request, &simulation.requests) {
        let is_old = held.asked < copies.valid_from;
        let total = &mut copies.meter.total;
        total.outdated += u64::from(lacks_a_write || is_old);
        total.expired += u64::from(held.is_expired);
    }
    simulation.answer(call);
}

/// Asks the source for what a read has missed, or lets it wait for one that has asked already.
pub(super) fn fetch(simulation: &mut Simulation, node: u32, call: u32) {
    let now = simulation.now();
    let has_room = simulation.calls.has_room();
    let it = simulation.calls.get_mut(call);
    let (request, item, key) = (it.request, it.item, it.key);
    let slot = &mut simulation.nodes[node as usize];
    let Some(copies) = slot.copies_for(request, &simulation.requests) else {
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
    let slot = &mut simulation.nodes[node as usize];
    let Some(copies) = slot.copies_for(request, &simulation.requests) else {
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
    let it = simulation.calls.get(call);
    let asked = Asked {
        request: it.request,
        item: it.item,
        at: it.until,
    };
    let held = settle(simulation, node, asked, reply);
    let slot = &mut simulation.nodes[node as usize];
    let copies = slot.copies_for(asked.request, &simulation.requests);
    let flight = copies.and_then(|copies| copies.flights.end(asked.item, Some(call)));
    pass_on(simulation, node, call, held, reply);
    simulation.note_call(node, call, Happening::PassedBack);
    if let Some((waiters, _)) = flight {
        release(simulation, node, asked.request, waiters, held, reply);
    }
}

/// The source has answered in the background.
pub(super) fn on_background_reply(simulation: &mut Simulation, node: u32, call: u32, reply: Reply) {
    let it = simulation.calls.get(call);
    let (request, item) = (it.request, it.item);
    let slot = &mut simulation.nodes[node as usize];
    let Some(copies) = slot.copies_for(request, &simulation.requests) else {
        return;
    };
    // A node that has died meanwhile knows nothing of it.
    let Some((waiters, at)) = copies.flights.end(item, None) else {
        return;
    };
    let asked = Asked { request, item, at };
    let held = settle(simulation, node, asked, reply);
    release(simulation, node, request, waiters, held, reply);
}

/// Keeps what the source has answered. Where it has failed, says what can be served all the same.
fn settle(simulation: &mut Simulation, node: u32, asked: Asked, reply: Reply) -> Option<Held> {
    let now = simulation.now();
    let slot = &mut simulation.nodes[node as usize];
    let copies = slot.copies_for(asked.request, &simulation.requests)?;
    if reply.outcome == Outcome::Ok {
        copies.fill(now, asked.item, reply.version, asked.at);
        None
    } else {
        copies.content.fallback(now, asked.item)
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
    request: u32,
    waiters: Vec<Waiter>,
    held: Option<Held>,
    reply: Reply,
) {
    for waiter in &waiters {
        if let Some(call) = waiter.call(&simulation.calls) {
            pass_on(simulation, node, call, held, reply);
        }
    }
    let slot = &mut simulation.nodes[node as usize];
    if let Some(copies) = slot.copies_for(request, &simulation.requests) {
        copies.flights.give_back(waiters);
    }
}

/// A node forgets what it holds, at all its edges.
pub(super) fn on_flush(simulation: &mut Simulation, node: u32) {
    for copies in simulation.nodes[node as usize].copies_mut() {
        copies.content.flush();
    }
}

/// Its memory is gone, and so are those who waited.
pub(super) fn on_death(simulation: &mut Simulation, node: u32) {
    for copies in simulation.nodes[node as usize].copies_mut() {
        copies.content.flush();
        copies.flights.clear();
    }
}

impl NodeSlot {
    /// The copies of a node that holds some for this request: those near its clients.
    pub(super) fn copies_for(&mut self, request: u32, requests: &Requests) -> Option<&mut Copies> {
        match &mut self.state {
            NodeState::Cache(state) => Some(&mut state.copies),
            NodeState::Cdn(state) => {
                let region = requests.get(request).region;
                state.edges.get_mut(usize::from(region))
            }
            _ => None,
        }
    }

    /// All copies of a node, by region where it has several edges.
    pub(crate) fn copies(&self) -> &[Copies] {
        match &self.state {
            NodeState::Cache(state) => std::slice::from_ref(&state.copies),
            NodeState::Cdn(state) => &state.edges,
            _ => &[],
        }
    }

    /// The same, to be changed.
    pub(crate) fn copies_mut(&mut self) -> &mut [Copies] {
        match &mut self.state {
            NodeState::Cache(state) => std::slice::from_mut(&mut state.copies),
            NodeState::Cdn(state) => &mut state.edges,
            _ => &mut [],
        }
    }
}
