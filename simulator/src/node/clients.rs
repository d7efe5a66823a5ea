//! Clients: an open loop of users who send requests, learn the address, wait and give up.

use std::sync::Arc;

use crate::WHOLE;
use crate::call::NONE;
use crate::distribution::Sampler;
use crate::event::Event;
use crate::node::users::{self, NOBODY, Users};
use crate::outcome::{FailureReason, Outcome};
use crate::random::{Draws, Purpose, Stream, key, request_key};
use crate::request::RequestState;
use crate::scenario::{Arrivals, Clients, Kind, NodeKind, Scenario};
use crate::simulation::{NodeState, Opening, Reply, Simulation};
use crate::step::Happening;
use crate::time::{SimDuration, SimTime};
use crate::trace::Ending;
use crate::zipf::Zipf;

/// The occasion on which a request draws whether it writes.
const CLASS: u32 = 0;

/// The occasion on which a request draws its key.
const ITEM: u32 = 3;

/// What clients remember.
#[derive(Clone, Debug)]
pub(crate) struct ClientsState {
    arrivals: Stream,
    /// From which the work of every request derives.
    pub(super) work: u64,
    sent: u64,
    /// Which keys requests ask for, and by which parameters they were made.
    keys: Option<Arc<Zipf>>,
    keys_made: (u32, f64),
    /// Those of a closed loop.
    pub(super) users: Users,
    pub(super) thinking: Sampler,
    /// Whether the clients are in the present scenario.
    pub(super) is_listed: bool,
    /// The rate by which the next arrival was planned, and when it comes.
    planned_rate: f64,
    /// One over the rate, in nanoseconds.
    mean_gap: f64,
    next_arrival: SimTime,
    generation: u32,
    /// The link to a name service, and those to the system.
    names: Option<u32>,
    targets: Vec<u32>,
    /// Whose turn it is when there are several targets.
    turn: usize,
    /// Until when the address is cached.
    address_until: Option<SimTime>,
    is_looking_up: bool,
    /// Requests that wait for the look-up under way.
    resolving: Vec<u32>,
}

impl ClientsState {
    pub(crate) fn new(seed: u64, name: &str) -> Self {
        Self {
            arrivals: Stream::new(seed, name, Purpose::Arrivals),
            work: key(seed, name, Purpose::Work),
            sent: 0,
            keys: None,
            keys_made: (0, 0.0),
            users: Users::default(),
            thinking: Sampler::Deterministic { value: 0.0 },
            is_listed: false,
            planned_rate: 0.0,
            mean_gap: 0.0,
            next_arrival: SimTime::ZERO,
            generation: 0,
            names: None,
            targets: Vec::new(),
            turn: 0,
            address_until: None,
            is_looking_up: false,
            resolving: Vec::new(),
        }
    }

    /// The requests that wait for a look-up.
    pub(crate) fn resolving(&self) -> impl Iterator<Item = u32> {
        self.resolving.iter().copied()
    }

    fn gap(&mut self, clients: &Clients) -> SimDuration {
        SimDuration::from_nanos_f64(match clients.arrivals {
            Arrivals::Poisson => self.mean_gap * self.arrivals.exponential(),
            Arrivals::Even | Arrivals::Closed => self.mean_gap,
        })
    }
}

pub(super) fn parts(simulation: &mut Simulation, node: u32) -> (&mut ClientsState, &Clients) {
    let slot = &mut simulation.nodes[node as usize];
    match (&mut slot.state, &slot.parameters) {
        (NodeState::Clients(state), NodeKind::Clients(clients)) => (state, clients),
        _ => unreachable!("a slot's state and parameters are of its kind"),
    }
}

/// The next request is due.
pub(crate) fn on_arrival(simulation: &mut Simulation, node: u32, generation: u32) {
    let now = simulation.now();
    let (state, clients) = parts(simulation, node);
    if state.generation != generation {
        return;
    }
    let key = request_key(state.work, state.sent);
    state.sent += 1;
    state.next_arrival = now + state.gap(clients);
    let next = state.next_arrival;
    simulation.schedule(next, Event::Arrival { node, generation });
    generate(simulation, node, key, NOBODY);
}

/// A new request, of a `user` of a closed loop or of [`NOBODY`] in particular.
pub(super) fn generate(simulation: &mut Simulation, node: u32, key: u64, user: u32) {
    let now = simulation.now();
    let (state, clients) = parts(simulation, node);
    let is_write = Draws::new(key, CLASS).uniform() > clients.read_share;
    let timeout = clients.timeout;
    let item = match &state.keys {
        Some(keys) => keys.rank(Draws::new(key, ITEM).bits()),
        None => 0,
    };
    let number = simulation.books.totals.generated;
    simulation.books.generated();
    simulation.nodes[node as usize].meter.arrived += 1;
    if simulation.requests.len() >= Scenario::MAX_LIVE || !simulation.calls.has_room() {
        let reason = FailureReason::NoConnection;
        simulation.books.failed(reason);
        simulation.nodes[node as usize].meter.failures.add(reason);
        simulation.note(node, Some(number), Happening::Failed(reason));
        users::think(simulation, node, user);
        return;
    }
    let trace = simulation.trace_begin(number, key, is_write);
    let (index, request) = simulation.requests.insert();
    request.number = number;
    request.key = key;
    request.item = item;
    request.session = 0;
    request.region = 0;
    request.created = now;
    request.client = node;
    request.user = user;
    request.trace = trace;
    request.name_time = SimDuration::ZERO;
    request.calls = 0;
    request.state = RequestState::Open;
    request.is_write = is_write;
    if let Some(timeout) = timeout {
        simulation.set_deadline(timeout, index);
    }
    resolve_or_send(simulation, node, index);
}

fn resolve_or_send(simulation: &mut Simulation, node: u32, index: u32) {
    let now = simulation.now();
    let (state, _) = parts(simulation, node);
    let Some(names) = state.names else {
        send(simulation, node, index, Happening::Sent);
        return;
    };
    if state.address_until.is_some_and(|until| now < until) {
        send(simulation, node, index, Happening::Sent);
        return;
    }
    let is_shared = !ttl(simulation, names).is_zero();
    let (state, _) = parts(simulation, node);
    if is_shared && state.is_looking_up {
        state.resolving.push(index);
        simulation.requests.get_mut(index).state = RequestState::Resolving;
        note(simulation, node, index, Happening::AwaitsName);
    } else {
        state.is_looking_up = true;
        send_along(simulation, index, names);
        note(simulation, node, index, Happening::AskedName);
    }
}

/// Sends a request whose address is known, to each target in turn as DNS round robin does.
fn send(simulation: &mut Simulation, node: u32, index: u32, what: Happening) {
    let (state, _) = parts(simulation, node);
    let Some(&link) = state.targets.get(state.turn).or(state.targets.first()) else {
        fail(simulation, node, index, FailureReason::NoRoute);
        simulation.nodes[node as usize]
            .meter
            .failures
            .add(FailureReason::NoRoute);
        return;
    };
    state.turn = if state.turn + 1 < state.targets.len() {
        state.turn + 1
    } else {
        0
    };
    let now = simulation.now();
    let request = simulation.requests.get_mut(index);
    request.state = RequestState::Open;
    // DNS took the time until now.
    request.name_time = now.since(request.created);
    send_along(simulation, index, link);
    note(simulation, node, index, what);
}

fn send_along(simulation: &mut Simulation, request: u32, link: u32) {
    let it = simulation.requests.get(request);
    let (key, item, is_write) = (it.key, it.item, it.is_write);
    simulation.open(Opening {
        request,
        parent: NONE,
        link,
        key,
        item,
        is_write,
    });
}

/// An answer reaches its clients, from DNS or from the system.
pub(super) fn on_reply(simulation: &mut Simulation, node: u32, index: u32, reply: Reply) {
    let from = simulation.links[reply.link as usize].to;
    if simulation.nodes[from as usize].kind == Kind::Dns {
        on_name(simulation, node, index, reply);
        return;
    }
    let now = simulation.now();
    let slo = simulation.scenario().slo();
    let request = simulation.requests.get_mut(index);
    if !request.state.is_open() {
        note(simulation, node, index, Happening::AnsweredNobody);
        return;
    }
    request.state = RequestState::Ended;
    let user = request.user;
    match reply.outcome {
        Outcome::Ok => {
            let network = request.name_time + reply.travelled;
            let response = now.since(request.created).saturating_sub(network);
            let on_time = response <= slo;
            simulation.books.answered(now, response, network, on_time);
            simulation.nodes[node as usize].meter.served += 1;
            let ending = if on_time { Ending::Ok } else { Ending::Late };
            simulation.trace_end(index, ending);
            note(
                simulation,
                node,
                index,
                Happening::Answered { response, on_time },
            );
        }
        Outcome::Failed(reason) => {
            simulation.books.failed(reason);
            simulation.trace_end(index, Ending::Failed(reason));
            note(simulation, node, index, Happening::LearnedFailure(reason));
        }
        Outcome::Shed => {
            simulation.books.shed();
            simulation.trace_end(index, Ending::Shed);
            note(simulation, node, index, Happening::LearnedShed);
        }
    }
    users::think(simulation, node, user);
}

/// DNS has answered for the request that asked, and for those that waited for its look-up.
fn on_name(simulation: &mut Simulation, node: u32, asked_for: u32, reply: Reply) {
    let until = simulation.now() + ttl(simulation, reply.link);
    let has_failed = reply.outcome != Outcome::Ok;
    let (state, _) = parts(simulation, node);
    state.is_looking_up = false;
    if !has_failed {
        state.address_until = Some(until);
    }
    let waiting = std::mem::take(&mut state.resolving);
    for index in waiting.into_iter().chain([asked_for]) {
        let request = simulation.requests.get(index);
        if !request.state.is_open() {
            if request.calls == 0 {
                simulation.requests.remove(index);
            }
        } else if has_failed {
            let reason = FailureReason::NameNotResolved;
            // The look-up itself was counted where it failed.
            if index != asked_for {
                simulation.nodes[node as usize].meter.failures.add(reason);
            }
            fail(simulation, node, index, reason);
        } else {
            send(simulation, node, index, Happening::NameLearned);
        }
    }
}

/// A request fails before it has left its clients.
fn fail(simulation: &mut Simulation, node: u32, index: u32, reason: FailureReason) {
    simulation.books.failed(reason);
    simulation.trace_end(index, Ending::Failed(reason));
    note(simulation, node, index, Happening::LearnedFailure(reason));
    let request = simulation.requests.get_mut(index);
    request.state = RequestState::Ended;
    let (user, is_last) = (request.user, request.calls == 0);
    if is_last {
        simulation.requests.remove(index);
    }
    users::think(simulation, node, user);
}

fn note(simulation: &mut Simulation, node: u32, request: u32, what: Happening) {
    let number = simulation.requests.get(request).number;
    simulation.note(node, Some(number), what);
}

fn ttl(simulation: &Simulation, link: u32) -> SimDuration {
    let to = simulation.links[link as usize].to;
    match &simulation.nodes[to as usize].parameters {
        NodeKind::Dns(dns) => dns.ttl,
        _ => SimDuration::ZERO,
    }
}

/// Takes over edited links and an edited rate: the planned arrival moves as if the clock ran faster
/// or slower, which is exact for a Poisson process.
pub(super) fn on_reconfigured(simulation: &mut Simulation, node: u32) {
    let now = simulation.now();
    let links = &simulation.nodes[node as usize].links;
    let leads_to_names = |link: &u32| {
        let to = simulation.links[*link as usize].to;
        simulation.nodes[to as usize].kind == Kind::Dns
    };
    let (names, targets): (Vec<u32>, Vec<u32>) = links.iter().copied().partition(leads_to_names);
    let is_listed = simulation.nodes[node as usize].id.is_some();
    let (state, clients) = parts(simulation, node);
    state.names = names.first().copied();
    state.targets = targets;
    state.is_listed = is_listed;
    let keys = (clients.keys, clients.skew);
    if WHOLE && state.keys_made != keys {
        state.keys_made = keys;
        state.keys = Zipf::try_new(clients.keys, clients.skew).ok().map(Arc::new);
    }
    let is_open = is_listed && clients.arrivals != Arrivals::Closed;
    let rate = if is_open { clients.rate } else { 0.0 };
    let before = std::mem::replace(&mut state.planned_rate, rate);
    if rate != before {
        state.generation = state.generation.wrapping_add(1);
        state.mean_gap = 1e9 / rate;
    }
    if rate != before && rate > 0.0 {
        state.next_arrival = if before > 0.0 {
            let left = state.next_arrival.since(now).as_nanos() as f64;
            now + SimDuration::from_nanos_f64(left * (before / rate))
        } else {
            now + state.gap(clients)
        };
        let (at, generation) = (state.next_arrival, state.generation);
        simulation.schedule(at, Event::Arrival { node, generation });
    }
    users::invite(simulation, node);
}
