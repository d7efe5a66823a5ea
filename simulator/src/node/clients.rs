//! Clients: an open loop of users who send requests, learn the address, wait and give up.

pub(super) mod names;

use std::sync::Arc;

use crate::WHOLE;
use crate::distribution::Sampler;
use crate::event::Event;
use crate::node::arrivals::Source;
use crate::node::guard::{self, Attempt, Dependency};
use crate::node::users::{self, NOBODY, Users};
use crate::node::visits::{self, Visits};
use crate::outcome::{FailureReason, Outcome};
use crate::random::{Draws, Purpose, key, request_key};
use crate::request::RequestState;
use crate::scenario::{Clients, Kind, NodeKind, Scenario};
use crate::simulation::{NodeState, Reply, Simulation, follow_policy};
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
    /// When requests come, in an open loop.
    arrivals: Source,
    /// From which the work of every request derives.
    pub(super) work: u64,
    sent: u64,
    /// Which keys requests ask for, and by which parameters they were made.
    keys: Option<Arc<Zipf>>,
    keys_made: (u32, f64),
    /// Those of a closed loop.
    pub(super) users: Users,
    pub(super) thinking: Sampler,
    /// Those of an open loop.
    pub(super) visits: Visits,
    /// Whether the clients are in the present scenario.
    pub(super) is_listed: bool,
    /// Where they are on the map.
    region: u8,
    /// The link to a name service, and those to the system.
    names: Option<u32>,
    targets: Vec<u32>,
    /// Whose turn it is when there are several targets.
    turn: usize,
    /// Until when the address is cached.
    address_until: Option<SimTime>,
    is_looking_up: bool,
    /// Requests that wait for the look-up under way, and attempts of theirs.
    resolving: Vec<(u32, Attempt)>,
    /// Whether a request may be several attempts.
    has_attempts: bool,
    /// What is known of the system, if requests ever were.
    pub(super) dependency: Option<Box<Dependency>>,
}

impl ClientsState {
    pub(crate) fn new(seed: u64, name: &str) -> Self {
        Self {
            arrivals: Source::new(seed, name),
            work: key(seed, name, Purpose::Work),
            sent: 0,
            keys: None,
            keys_made: (0, 0.0),
            users: Users::default(),
            thinking: Sampler::Deterministic { value: 0.0 },
            visits: Visits::default(),
            is_listed: false,
            region: 0,
            names: None,
            targets: Vec::new(),
            turn: 0,
            address_until: None,
            is_looking_up: false,
            resolving: Vec::new(),
            has_attempts: false,
            dependency: None,
        }
    }

    /// The requests that wait for a look-up, and those of their attempts that do; some of them have given
    /// up.
    pub(crate) fn resolving(&self) -> impl Iterator<Item = (u32, Attempt)> {
        self.resolving.iter().copied()
    }
}

pub(super) fn parts(simulation: &mut Simulation, node: u32) -> (&mut ClientsState, &Clients) {
    let slot = &mut simulation.nodes[node as usize];
    match (&mut slot.state, &slot.parameters) {
        (NodeState::Clients(state), NodeKind::Clients(clients)) => (state, clients),
        _ => unreachable!("a slot's state and parameters are of its kind"),
    }
}

/// The next request is due, or the rate of a pattern jumps.
pub(crate) fn on_arrival(simulation: &mut Simulation, node: u32, generation: u32) {
    let now = simulation.now();
    let (state, clients) = parts(simulation, node);
    let Some((is_arrival, next)) = state.arrivals.wake(clients, generation, now) else {
        return;
    };
    let key = request_key(state.work, state.sent);
    state.sent += u64::from(is_arrival);
    let has_visits = clients.session.is_some();
    simulation.schedule(next, Event::Arrival { node, generation });
    if is_arrival {
        if WHOLE && has_visits {
            visits::begin(simulation, node, key);
        } else {
            generate(simulation, node, key, NOBODY);
        }
    }
}

/// A new request, of a `user` of a closed loop or of [`NOBODY`] in particular.
pub(super) fn generate(simulation: &mut Simulation, node: u32, key: u64, user: u32) {
    let now = simulation.now();
    let (state, clients) = parts(simulation, node);
    let session = users::session(state, user);
    let region = state.region;
    let uniform = Draws::new(key, CLASS).uniform();
    let (class, is_write) = match &clients.mix {
        Some(mix) if WHOLE => {
            let class = mix.choose(uniform);
            // There are at most 32.
            (
                class as u8,
                mix.classes().get(class).is_some_and(|it| it.is_write),
            )
        }
        _ => (0, uniform > clients.read_share),
    };
    let (timeout, has_attempts) = (clients.timeout, state.has_attempts);
    let item = match &state.keys {
        Some(keys) if WHOLE => keys.rank(Draws::new(key, ITEM).bits()),
        _ => 0,
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
    request.session = session;
    request.class = class;
    request.region = region;
    request.created = now;
    request.client = node;
    request.user = user;
    request.trace = trace;
    request.name_time = SimDuration::ZERO;
    request.calls = 0;
    request.state = RequestState::Open;
    request.is_write = is_write;
    request.priority = 0;
    if WHOLE && has_attempts {
        guard::open_request(simulation, node, index);
        return;
    }
    if let Some(timeout) = timeout {
        simulation.set_deadline(timeout, index);
    }
    names::resolve_or_send(simulation, node, index, Attempt::NONE);
}

/// An answer reaches its clients, from DNS or from the system.
pub(super) fn on_reply(simulation: &mut Simulation, node: u32, index: u32, reply: Reply) {
    let from = simulation.links[reply.link as usize].to;
    if simulation.nodes[from as usize].kind == Kind::Dns {
        names::on_name(simulation, node, index, Attempt::NONE, reply);
    } else if simulation.requests.get(index).state.is_open() {
        conclude(simulation, node, index, reply.outcome, reply.travelled);
    } else {
        note(simulation, node, index, Happening::AnsweredNobody);
    }
}

/// The client of an open request has learned how it ended. The answer took `travelled` on the way
/// between the client and the system.
#[inline(always)]
pub(super) fn conclude(
    simulation: &mut Simulation,
    node: u32,
    index: u32,
    outcome: Outcome,
    travelled: SimDuration,
) {
    let now = simulation.now();
    let slo = simulation.scenario().slo();
    let request = simulation.requests.get_mut(index);
    request.state = RequestState::Ended;
    let user = request.user;
    match outcome {
        Outcome::Ok => {
            let network = request.name_time + travelled;
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
            let what = match reason {
                FailureReason::TimedOut => Happening::GaveUp,
                _ => Happening::LearnedFailure(reason),
            };
            note(simulation, node, index, what);
        }
        Outcome::Shed => {
            simulation.books.shed();
            simulation.trace_end(index, Ending::Shed);
            note(simulation, node, index, Happening::LearnedShed);
        }
    }
    users::think(simulation, node, user);
}

/// The client of an open request without attempts has waited for long enough.
pub(super) fn give_up(simulation: &mut Simulation, index: u32) {
    simulation.trace_end(index, Ending::Failed(FailureReason::TimedOut));
    let request = simulation.requests.get_mut(index);
    request.state = RequestState::GivenUp;
    let (node, number, user) = (request.client, request.number, request.user);
    let meter = &mut simulation.nodes[node as usize].meter;
    meter.failures.add(FailureReason::TimedOut);
    simulation.books.failed(FailureReason::TimedOut);
    simulation.note(node, Some(number), Happening::GaveUp);
    users::think(simulation, node, user);
}

fn note(simulation: &mut Simulation, node: u32, request: u32, what: Happening) {
    let number = simulation.requests.get(request).number;
    simulation.note(node, Some(number), what);
}

/// Takes over edited links, keys and arrivals.
pub(super) fn on_reconfigured(simulation: &mut Simulation, node: u32) {
    let now = simulation.now();
    let links = &simulation.nodes[node as usize].links;
    let leads_to_names = |link: &u32| {
        let to = simulation.links[*link as usize].to;
        simulation.nodes[to as usize].kind == Kind::Dns
    };
    let (names, targets): (Vec<u32>, Vec<u32>) = links.iter().copied().partition(leads_to_names);
    let is_listed = simulation.nodes[node as usize].id.is_some();
    let place = simulation.nodes[node as usize].place;
    let (state, clients) = parts(simulation, node);
    state.region = place.map_or(0, |place| place.region);
    state.names = names.first().copied();
    state.targets = targets;
    state.is_listed = is_listed;
    let keys = (clients.keys, clients.skew);
    if WHOLE && let Some(session) = &clients.session {
        state.visits.thinking = Sampler::new(&session.think_time);
    }
    if WHOLE && state.keys_made != keys {
        state.keys_made = keys;
        state.keys = Zipf::try_new(clients.keys, clients.skew).ok().map(Arc::new);
    }
    let policy = clients.has_attempts().then(|| clients.attempts());
    state.has_attempts = policy.is_some();
    if WHOLE {
        follow_policy(&mut state.dependency, policy.as_ref(), now);
    }
    if let Some((at, generation)) = state.arrivals.plan(clients, is_listed, now) {
        simulation.schedule(at, Event::Arrival { node, generation });
    }
    users::invite(simulation, node);
}
