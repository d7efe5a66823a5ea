//! Clients: an open loop of users who send requests, learn the address, wait and give up.

use crate::event::Event;
use crate::node::deadline::Lane;
use crate::outcome::FailureReason;
use crate::random::{Draws, Purpose, Stream, key, request_key};
use crate::request::{Station, Verdict};
use crate::scenario::{Arrivals, Clients, Kind, NodeKind, Scenario};
use crate::simulation::{NodeState, Simulation};
use crate::step::Happening;
use crate::time::{SimDuration, SimTime};

/// The occasion on which a request draws whether it writes; services count from 1.
const CLASS_STEP: u32 = 0;

/// What clients remember.
#[derive(Clone, Debug)]
pub(crate) struct ClientsState {
    arrivals: Stream,
    /// From which the work of every request derives.
    work: u64,
    sent: u64,
    /// The rate by which the next arrival was planned, and when it comes.
    planned_rate: f64,
    next_arrival: SimTime,
    generation: u32,
    /// Whose turn it is when there are several targets.
    turn: usize,
    pub(super) lanes: Vec<Lane>,
    /// Until when the address is cached.
    address_until: Option<SimTime>,
    is_looking_up: bool,
    /// Requests that wait for the look-up under way: place and number.
    resolving: Vec<(u32, u64)>,
}

impl ClientsState {
    pub(crate) fn new(seed: u64, name: &str) -> Self {
        Self {
            arrivals: Stream::new(seed, name, Purpose::Arrivals),
            work: key(seed, name, Purpose::Work),
            sent: 0,
            planned_rate: 0.0,
            next_arrival: SimTime::ZERO,
            generation: 0,
            turn: 0,
            lanes: Vec::new(),
            address_until: None,
            is_looking_up: false,
            resolving: Vec::new(),
        }
    }

    /// The requests that wait for a look-up.
    pub(crate) fn resolving(&self) -> impl Iterator<Item = u32> {
        self.resolving.iter().map(|&(index, _)| index)
    }

    fn gap(&mut self, clients: &Clients) -> SimDuration {
        let mean = 1e9 / clients.rate;
        SimDuration::from_nanos_f64(match clients.arrivals {
            Arrivals::Poisson => mean * self.arrivals.exponential(),
            Arrivals::Even => mean,
        })
    }
}

impl Simulation {
    pub(super) fn clients(&mut self, node: u32) -> (&mut ClientsState, &Clients) {
        let slot = &mut self.nodes[node as usize];
        match (&mut slot.state, &slot.parameters) {
            (NodeState::Clients(state), NodeKind::Clients(clients)) => (state, clients),
            _ => unreachable!(
                "a slot's state and parameters are of one kind, and only clients arrive here"
            ),
        }
    }

    /// The next request is due.
    pub(crate) fn on_arrival_due(&mut self, node: u32, generation: u32) {
        let now = self.now();
        let (state, clients) = self.clients(node);
        if state.generation != generation {
            return;
        }
        let number = state.sent;
        state.sent += 1;
        let key = request_key(state.work, number);
        let is_write = Draws::new(key, CLASS_STEP).uniform() > clients.read_share;
        let timeout = clients.timeout;
        let clients = clients.clone();
        let gap = state.gap(&clients);
        state.next_arrival = now + gap;
        let next = state.next_arrival;
        self.schedule(next, Event::Arrival { node, generation });

        let run_number = self.books.totals.generated;
        if self.requests.len() >= Scenario::MAX_LIVE {
            self.books.generated(now);
            self.books.failed(now, FailureReason::NoConnection);
            let meter = &mut self.nodes[node as usize].meter;
            meter.arrived += 1;
            meter.failures.add(FailureReason::NoConnection);
            self.note(
                node,
                Some(run_number),
                Happening::Failed(FailureReason::NoConnection),
            );
            return;
        }
        let index = self.requests.insert(run_number, key, is_write, node, now);
        self.books.generated(now);
        self.nodes[node as usize].meter.arrived += 1;
        if let Some(timeout) = timeout {
            self.set_deadline(node, timeout, index, run_number);
        }
        self.resolve_or_send(node, index);
    }

    fn resolve_or_send(&mut self, node: u32, index: u32) {
        let number = self.requests.get(index).number;
        let Some(dns) = self.first_link_to(node, Kind::Dns) else {
            self.send_from_clients(node, index, Happening::Sent);
            return;
        };
        let now = self.now();
        let is_shared = self.dns_ttl(dns) > SimDuration::ZERO;
        let (state, _) = self.clients(node);
        if state.address_until.is_some_and(|until| now < until) {
            self.send_from_clients(node, index, Happening::Sent);
        } else if is_shared && state.is_looking_up {
            state.resolving.push((index, number));
            self.requests.place(index, Station::Resolving);
            self.note(node, Some(number), Happening::AwaitsName);
        } else {
            state.is_looking_up = true;
            self.send(index, dns);
            self.note(node, Some(number), Happening::AskedName);
        }
    }

    /// Sends a request whose address is known, to each target in turn as DNS round robin does.
    fn send_from_clients(&mut self, node: u32, index: u32, what: Happening) {
        let is_target = |link: &&u32| {
            let to = self.links[**link as usize].to;
            self.nodes[to as usize].parameters.kind() != Kind::Dns
        };
        let targets: Vec<u32> = self.nodes[node as usize]
            .links
            .iter()
            .filter(is_target)
            .copied()
            .collect();
        let request = self.requests.get_mut(index);
        let number = request.number;
        if targets.is_empty() {
            self.fail_at_clients(node, index, FailureReason::NoRoute);
            return;
        }
        let (state, _) = self.clients(node);
        let link = targets[state.turn % targets.len()];
        state.turn = (state.turn + 1) % targets.len();
        let now = self.now();
        let request = self.requests.get_mut(index);
        // DNS took the time until now; each way over the users' own network is added when it is over.
        request.user_network = now.since(request.created);
        self.send(index, link);
        self.note(node, Some(number), what);
    }

    /// An answer reaches its clients, from DNS or from the system.
    pub(crate) fn on_answer_at_clients(&mut self, node: u32, index: u32, link: u32) {
        let from = self.links[link as usize].to;
        if self.nodes[from as usize].parameters.kind() == Kind::Dns {
            self.on_name_answered(node, index, link);
            return;
        }
        let now = self.now();
        let slo = self.scenario().slo();
        let request = self.requests.get(index);
        let (number, verdict, network) = (request.number, request.verdict, request.user_network);
        let response = now.since(request.created).saturating_sub(network);
        match verdict {
            Verdict::Open => {
                let on_time = response <= slo;
                self.books.answered(now, response, network, on_time);
                self.nodes[node as usize].meter.served += 1;
                self.note(
                    node,
                    Some(number),
                    Happening::Answered { response, on_time },
                );
            }
            Verdict::Failed(reason) => {
                self.books.failed(now, reason);
                self.note(node, Some(number), Happening::LearnedFailure(reason));
            }
            Verdict::Shed => {
                self.books.shed(now);
                self.note(node, Some(number), Happening::LearnedShed);
            }
            Verdict::GivenUp => self.note(node, Some(number), Happening::AnsweredNobody),
        }
        self.requests.remove(index);
    }

    fn on_name_answered(&mut self, node: u32, index: u32, link: u32) {
        let until = self.now() + self.dns_ttl(link);
        let has_failed = self.requests.get(index).has_failed;
        let (state, _) = self.clients(node);
        state.is_looking_up = false;
        if !has_failed {
            state.address_until = Some(until);
        }
        let waiting = std::mem::take(&mut state.resolving);
        for index in waiting.into_iter().map(|(index, _)| index).chain([index]) {
            if self.requests.get(index).verdict == Verdict::GivenUp {
                self.requests.remove(index);
            } else if has_failed {
                self.fail_at_clients(node, index, FailureReason::NameNotResolved);
            } else {
                self.send_from_clients(node, index, Happening::NameLearned);
            }
        }
    }

    /// A request fails before it has left its clients.
    fn fail_at_clients(&mut self, node: u32, index: u32, reason: FailureReason) {
        let request = self.requests.get(index);
        let (number, verdict) = (request.number, request.verdict);
        // A look-up that failed was counted where it failed.
        if verdict == Verdict::Open {
            self.nodes[node as usize].meter.failures.add(reason);
        }
        self.books.failed(self.now(), reason);
        self.note(node, Some(number), Happening::LearnedFailure(reason));
        self.requests.remove(index);
    }

    fn dns_ttl(&self, link: u32) -> SimDuration {
        let to = self.links[link as usize].to;
        match &self.nodes[to as usize].parameters {
            NodeKind::Dns(dns) => dns.ttl,
            _ => SimDuration::ZERO,
        }
    }

    fn first_link_to(&self, node: u32, kind: Kind) -> Option<u32> {
        self.nodes[node as usize]
            .links
            .iter()
            .copied()
            .find(|&link| {
                let to = self.links[link as usize].to;
                self.nodes[to as usize].parameters.kind() == kind
            })
    }

    /// Takes over an edited rate: the planned arrival moves as if the clock ran faster or slower,
    /// which is exact for a Poisson process.
    pub(crate) fn on_reconfigured_clients(&mut self, node: u32) {
        let now = self.now();
        let is_listed = self.nodes[node as usize].id.is_some();
        let (state, clients) = self.clients(node);
        let clients = clients.clone();
        let rate = if is_listed { clients.rate } else { 0.0 };
        let before = std::mem::replace(&mut state.planned_rate, rate);
        if rate == before {
            return;
        }
        state.generation = state.generation.wrapping_add(1);
        if rate <= 0.0 {
            return;
        }
        state.next_arrival = if before > 0.0 {
            let left = state.next_arrival.since(now).as_nanos() as f64;
            now + SimDuration::from_nanos_f64(left * (before / rate))
        } else {
            now + state.gap(&clients)
        };
        let (at, generation) = (state.next_arrival, state.generation);
        self.schedule(at, Event::Arrival { node, generation });
    }
}
