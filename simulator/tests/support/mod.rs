//! Small systems for tests, in the fewest words.

#![allow(
    dead_code,
    unreachable_pub,
    reason = "each test binary uses some of it"
)]

use simulator::{
    Arrivals, Balancer, CallPolicy, Clients, Database, Distribution, Dns, HealthCheck, Link, Node,
    NodeId, NodeKind, Policy, Scenario, Server, SimDuration, WhenFull,
};

/// Builds a scenario node by node.
pub struct System {
    seed: u64,
    nodes: Vec<Node>,
    links: Vec<Link>,
}

pub fn millis(value: f64) -> SimDuration {
    SimDuration::from_nanos_f64(value * 1e6)
}

pub fn exponential(value: f64) -> Distribution {
    Distribution::Exponential {
        mean: millis(value),
    }
}

impl System {
    pub fn new(seed: u64) -> Self {
        Self {
            seed,
            nodes: Vec::new(),
            links: Vec::new(),
        }
    }

    pub fn node(mut self, name: &str, kind: NodeKind) -> Self {
        self.nodes.push(Node::new(name, kind));
        self
    }

    pub fn clients(self, rate: f64) -> Self {
        self.node("users", clients(rate))
    }

    pub fn balancer(self, policy: Policy, health_check: Option<HealthCheck>) -> Self {
        let balancer = Balancer {
            policy,
            health_check,
            ..Balancer::default()
        };
        self.node("balancer", NodeKind::Balancer(balancer))
    }

    pub fn link(mut self, from: &str, to: &str, latency_ms: f64) -> Self {
        let place = |name: &str| {
            let found = self.nodes.iter().position(|node| node.name == name);
            NodeId(found.expect("the test names its nodes first") as u32)
        };
        let (from, to) = (place(from), place(to));
        self.links.push(Link::new(from, to, millis(latency_ms)));
        self
    }

    /// Gives the links to a node another weight.
    pub fn weigh(mut self, to: &str, weight: u32) -> Self {
        let nodes = &self.nodes;
        let leads_there = |link: &&mut Link| nodes[link.to.index()].name == to;
        for link in self.links.iter_mut().filter(leads_there) {
            link.weight = weight;
        }
        self
    }

    /// Gives the last link a policy.
    pub fn with_policy(mut self, policy: CallPolicy) -> Self {
        let link = self.links.last_mut();
        link.expect("the test links its nodes first").policy = Some(Box::new(policy));
        self
    }

    /// Gives every link to a node a policy.
    pub fn with_policies_to(mut self, to: &str, policy: &CallPolicy) -> Self {
        let nodes = &self.nodes;
        for link in &mut self.links {
            if nodes[link.to.index()].name == to {
                link.policy = Some(Box::new(policy.clone()));
            }
        }
        self
    }

    /// `count` servers `web-1`…, all called by `from` and all calling `to`.
    pub fn tier(self, count: u32, from: &str, to: Option<&str>, server: &Server) -> Self {
        self.tier_at(0.0, count, from, to, server)
    }

    /// A tier that is `latency_ms` away from its caller.
    pub fn tier_at(
        mut self,
        latency_ms: f64,
        count: u32,
        from: &str,
        to: Option<&str>,
        server: &Server,
    ) -> Self {
        for number in 1..=count {
            let name = format!("web-{number}");
            self = self
                .node(&name, NodeKind::Server(server.clone()))
                .link(from, &name, latency_ms);
            if let Some(to) = to {
                self = self.link(&name, to, 0.25);
            }
        }
        self
    }

    pub fn build(self) -> Scenario {
        Scenario::try_new(
            self.seed,
            SimDuration::from_millis(200),
            self.nodes,
            self.links,
        )
        .expect("the test's system is valid")
    }
}

pub fn clients(rate: f64) -> NodeKind {
    NodeKind::Clients(Clients {
        rate,
        arrivals: Arrivals::Poisson,
        read_share: 0.9,
        timeout: None,
        ..Clients::default()
    })
}

pub fn server(workers: u32, service_time: Distribution) -> Server {
    Server {
        workers,
        service_time,
        queue_limit: 100_000,
        when_full: WhenFull::Fail,
        queries: 1,
        ..Server::default()
    }
}

pub fn database(workers: u32, time: Distribution) -> NodeKind {
    NodeKind::Database(Database {
        workers,
        read_time: time.clone(),
        write_time: time,
        queue_limit: 100_000,
        when_full: WhenFull::Fail,
        ..Database::default()
    })
}

pub fn dns(lookup_ms: f64, ttl_ms: f64) -> NodeKind {
    NodeKind::Dns(Dns {
        lookup_time: millis(lookup_ms),
        ttl: millis(ttl_ms),
    })
}

pub fn check_every(interval_ms: f64, fall: u32, rise: u32) -> HealthCheck {
    let interval = millis(interval_ms);
    HealthCheck {
        interval,
        timeout: millis(interval_ms.min(100.0)),
        fall,
        rise,
        ..HealthCheck::default()
    }
}

/// One station: clients at `rate` and one server.
pub fn station(seed: u64, rate: f64, server: Server) -> Scenario {
    System::new(seed)
        .clients(rate)
        .node("web", NodeKind::Server(server))
        .link("users", "web", 0.0)
        .build()
}
