//! Putting a scenario together in a few words.

use simulator::{
    Arrivals, Balancer, Cache, CacheContent, Caching, Clients, Database, Distribution, Dns,
    HealthCheck, Link, Node, NodeId, NodeKind, Policy, Scenario, Server, SimDuration, WhenFull,
};

/// A scenario in the making.
pub(crate) struct System {
    seed: u64,
    nodes: Vec<Node>,
    links: Vec<Link>,
}

impl System {
    pub(crate) fn new(seed: u64) -> Self {
        Self {
            seed,
            nodes: Vec::new(),
            links: Vec::new(),
        }
    }

    pub(crate) fn node(mut self, name: &str, kind: NodeKind) -> Self {
        self.nodes.push(Node::new(name, kind));
        self
    }

    /// Links two nodes that were added before.
    pub(crate) fn link(mut self, from: &str, to: &str, latency_micros: u64) -> Self {
        let (from, to) = (self.id(from), self.id(to));
        let latency = SimDuration::from_micros(latency_micros);
        self.links.push(Link::new(from, to, latency));
        self
    }

    pub(crate) fn scenario(self) -> Scenario {
        Scenario::try_new(
            self.seed,
            SimDuration::from_millis(200),
            self.nodes,
            self.links,
        )
        .expect("the workloads are valid scenarios")
    }

    fn id(&self, name: &str) -> NodeId {
        let place = self.nodes.iter().position(|it| it.name == name);
        let place = place.expect("the workloads link nodes that they have");
        NodeId(u32::try_from(place).expect("there are few nodes"))
    }
}

/// Independent users, nine of ten requests reading.
pub(crate) fn users(rate: f64, timeout: Option<SimDuration>) -> NodeKind {
    NodeKind::Clients(Clients {
        rate,
        arrivals: Arrivals::Poisson,
        read_share: 0.9,
        timeout,
        ..Clients::default()
    })
}

/// Independent users who only read.
pub(crate) fn readers(rate: f64) -> NodeKind {
    NodeKind::Clients(Clients {
        rate,
        read_share: 1.0,
        ..Clients::default()
    })
}

/// A metronome instead of people.
pub(crate) fn even_users(rate: f64) -> NodeKind {
    NodeKind::Clients(Clients {
        rate,
        arrivals: Arrivals::Even,
        read_share: 0.5,
        timeout: None,
        ..Clients::default()
    })
}

pub(crate) fn server(workers: u32, service_time: Distribution, queries: u32) -> NodeKind {
    NodeKind::Server(Server {
        workers,
        service_time,
        queue_limit: 1_000,
        when_full: WhenFull::Shed,
        queries,
        ..Server::default()
    })
}

pub(crate) fn database(
    workers: u32,
    read_time: Distribution,
    write_time: Distribution,
) -> NodeKind {
    NodeKind::Database(Database {
        workers,
        read_time,
        write_time,
        queue_limit: 1_000,
        when_full: WhenFull::Fail,
        ..Database::default()
    })
}

pub(crate) fn balancer(policy: Policy, health_check: Option<HealthCheck>) -> NodeKind {
    NodeKind::Balancer(Balancer {
        policy,
        health_check,
        ..Balancer::default()
    })
}

/// A cache with room for any number of look-ups at once and a given share of hits.
pub(crate) fn cache(lookup_micros: u64, hit_ratio: f64) -> NodeKind {
    NodeKind::Cache(Cache {
        workers: 1_024,
        lookup_time: exactly(lookup_micros),
        caching: Caching {
            content: CacheContent::Assumed(hit_ratio),
            ..Caching::default()
        },
        ..Cache::default()
    })
}

pub(crate) fn dns(ttl: SimDuration) -> NodeKind {
    NodeKind::Dns(Dns {
        lookup_time: SimDuration::from_millis(20),
        ttl,
    })
}

pub(crate) fn exponential(mean_micros: u64) -> Distribution {
    Distribution::Exponential {
        mean: SimDuration::from_micros(mean_micros),
    }
}

pub(crate) fn exactly(mean_micros: u64) -> Distribution {
    Distribution::Deterministic {
        mean: SimDuration::from_micros(mean_micros),
    }
}

pub(crate) fn heavy_tailed(mean_micros: u64, cv2: f64) -> Distribution {
    Distribution::Lognormal {
        mean: SimDuration::from_micros(mean_micros),
        cv2,
    }
}
