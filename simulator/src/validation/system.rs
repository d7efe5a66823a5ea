//! The systems of the laws, in the fewest words. Everything is in [`UNIT`]s: rates for each unit,
//! times in units.

use crate::distribution::Distribution;
use crate::scenario::{
    Arrivals, Balancer, Clients, Database, Dns, Link, Node, NodeId, NodeKind, Policy, Retry,
    Scenario, ScenarioError, Server, WhenFull,
};
use crate::time::SimDuration;
use crate::validation::UNIT;

/// A queue that is never full at the utilisations of the laws, and short enough for the 200 servers of
/// a farm: a single one at 95 % would hold so many for a share of 10⁻⁸⁹ of the time.
const LONG_QUEUE: u32 = 4_000;

/// A system that is being put together; the clients are always node 0.
pub(super) struct System {
    nodes: Vec<Node>,
    links: Vec<Link>,
}

impl System {
    /// Clients who send `rate` requests for each unit at exponential gaps.
    pub(super) fn poisson(rate: f64) -> Self {
        Self::with_clients(rate, Arrivals::Poisson)
    }

    /// Clients who send `rate` requests for each unit like a metronome.
    pub(super) fn even(rate: f64) -> Self {
        Self::with_clients(rate, Arrivals::Even)
    }

    /// Clients at exponential gaps who wait for each attempt for `patience` units and then try again.
    pub(super) fn retrying(rate: f64, patience: Option<f64>, retry: Retry) -> Self {
        Self::of(Clients {
            timeout: patience.map(time),
            retry: Some(Box::new(retry)),
            ..clients(rate, Arrivals::Poisson)
        })
    }

    /// Clients at exponential gaps for keys of which a few are asked for by many; this share of the requests
    /// reads, and the others write.
    pub(super) fn with_keys(rate: f64, reads: f64, keys: u32, exponent: f64) -> Self {
        Self::of(Clients {
            keys,
            skew: exponent,
            read_share: reads,
            ..clients(rate, Arrivals::Poisson)
        })
    }

    fn with_clients(rate: f64, arrivals: Arrivals) -> Self {
        Self::of(clients(rate, arrivals))
    }

    fn of(clients: Clients) -> Self {
        let system = Self {
            nodes: Vec::new(),
            links: Vec::new(),
        };
        system.node(NodeKind::Clients(clients))
    }

    /// One more node, which nobody calls yet.
    pub(super) fn node(mut self, kind: NodeKind) -> Self {
        let name = format!("node-{}", self.nodes.len());
        self.nodes.push(Node::new(name, kind));
        self
    }

    /// One more node, which the one at the place `caller` calls over a link of `latency` units.
    pub(super) fn called_by(self, caller: u32, latency: f64, kind: NodeKind) -> Self {
        let place = self.nodes.len() as u32;
        self.node(kind).link(caller, place, latency)
    }

    /// `count` more nodes that are all called by `caller`.
    pub(super) fn many_called_by(self, caller: u32, count: u32, kind: &NodeKind) -> Self {
        (0..count).fold(self, |system, _| {
            system.called_by(caller, 0.0, kind.clone())
        })
    }

    /// A link from one place to another of `latency` units.
    pub(super) fn link(self, from: u32, to: u32, latency: f64) -> Self {
        self.linked(Link::new(NodeId(from), NodeId(to), time(latency)))
    }

    /// Any link.
    pub(super) fn linked(mut self, link: Link) -> Self {
        self.links.push(link);
        self
    }

    /// The scenario for a seed.
    pub(super) fn build(self, seed: u64) -> Result<Scenario, Vec<ScenarioError>> {
        // The objective decides between answers that are on time and late; no law asks.
        Scenario::try_new(seed, SimDuration::from_secs(1), self.nodes, self.links)
    }
}

fn clients(rate: f64, arrivals: Arrivals) -> Clients {
    Clients {
        rate: rate / UNIT.as_secs_f64(),
        arrivals,
        read_share: 1.0,
        ..Clients::default()
    }
}

pub(super) fn time(units: f64) -> SimDuration {
    SimDuration::from_nanos_f64(units * UNIT.as_nanos() as f64)
}

pub(super) fn exponential(mean: f64) -> Distribution {
    Distribution::Exponential { mean: time(mean) }
}

pub(super) fn constant(mean: f64) -> Distribution {
    Distribution::Deterministic { mean: time(mean) }
}

pub(super) fn lognormal(mean: f64, cv2: f64) -> Distribution {
    let mean = time(mean);
    Distribution::Lognormal { mean, cv2 }
}

pub(super) fn hyperexponential(mean: f64, cv2: f64) -> Distribution {
    let mean = time(mean);
    Distribution::Hyperexponential { mean, cv2 }
}

/// Workers behind one queue without limit that ask each node behind them once.
pub(super) fn server(workers: u32, service_time: Distribution) -> NodeKind {
    server_with(workers, service_time, LONG_QUEUE, 1)
}

/// Workers behind a queue for so many, that ask each node behind them so often.
pub(super) fn server_with(
    workers: u32,
    service_time: Distribution,
    queue_limit: u32,
    queries: u32,
) -> NodeKind {
    NodeKind::Server(Server {
        workers,
        service_time,
        queue_limit,
        when_full: WhenFull::Fail,
        queries,
        ..Server::default()
    })
}

pub(super) fn database(workers: u32, service_time: Distribution) -> NodeKind {
    NodeKind::Database(Database {
        workers,
        read_time: service_time.clone(),
        write_time: service_time,
        queue_limit: LONG_QUEUE,
        when_full: WhenFull::Fail,
        ..Database::default()
    })
}

pub(super) fn balancer(policy: Policy) -> NodeKind {
    NodeKind::Balancer(Balancer {
        policy,
        ..Balancer::default()
    })
}

pub(super) fn dns(lookup: f64, ttl: f64) -> NodeKind {
    NodeKind::Dns(Dns {
        lookup_time: time(lookup),
        ttl: time(ttl),
    })
}

/// Poisson arrivals at one station.
pub(super) fn station(
    seed: u64,
    rate: f64,
    kind: &NodeKind,
) -> Result<Scenario, Vec<ScenarioError>> {
    let system = System::poisson(rate);
    system.called_by(0, 0.0, kind.clone()).build(seed)
}

/// Poisson arrivals, at `rate` for each server, behind a balancer of `count` servers with one
/// exponential worker each. The balancer is node 1.
pub(super) fn farm(
    seed: u64,
    rate: f64,
    count: u32,
    policy: Policy,
) -> Result<Scenario, Vec<ScenarioError>> {
    System::poisson(rate * f64::from(count))
        .called_by(0, 0.0, balancer(policy))
        .many_called_by(1, count, &server(1, exponential(1.0)))
        .build(seed)
}
