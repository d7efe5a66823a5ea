//! What a run is given: nodes, links, the seed and the objective, all checked.
//!
//! A [`Scenario`] can only be made by [`Scenario::try_new`], so the engine never meets a link to
//! nowhere, a circle or a server without workers. It says nothing about where a node is drawn.

mod balancer;
mod cache;
mod call_policy;
mod cdn;
mod check;
mod clients;
mod kind;
mod object_store;
mod shards;
mod station;
mod steps;

pub use balancer::{
    Balancer, Blame, HealthCheck, NextServer, Policy, Sticky, StickyMemory, WhenAllUnhealthy,
};
pub use cache::{Cache, CacheContent, CacheWrites, CachedKeys, Caching, Filling};
pub use call_policy::{CallPolicy, Retry};
pub use cdn::{Cdn, Urls};
pub use check::ScenarioError;
pub use clients::{Arrivals, Clients};
pub use kind::{Database, Dns, Kind, NodeKind, Server, WhenFull};
pub use object_store::ObjectStore;
pub use shards::{HotKeys, Resharding, ShardLayout, ShardWrites, Shards};
pub use station::{CLASSES, Discipline, Machine, Overload, Pauses, Shedding, WaitLimit};
pub use steps::{ConnectionPool, QueryOrder};

use crate::cost::NodeCost;
use crate::geography::{Geography, Place};
use crate::time::SimDuration;

/// The place of a node in [`Scenario::nodes`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NodeId(pub u32);

impl NodeId {
    /// The place as an index.
    #[must_use]
    pub const fn index(self) -> usize {
        self.0 as usize
    }
}

/// A named part of the system.
#[derive(Clone, Debug, PartialEq)]
pub struct Node {
    /// Unique in its scenario. Random streams are derived from it, so adding a node never changes
    /// what another one draws.
    pub name: String,
    /// What it is, with its parameters.
    pub kind: NodeKind,
    /// What is paid for it; `None` for nothing.
    pub cost: Option<NodeCost>,
}

impl Node {
    /// A node that costs nothing.
    #[must_use]
    pub fn new(name: impl Into<String>, kind: NodeKind) -> Self {
        Self {
            name: name.into(),
            kind,
            cost: None,
        }
    }
}

/// A connection along which requests travel from `from` to `to`, and answers back.
#[derive(Clone, Debug, PartialEq)]
pub struct Link {
    /// The node that calls.
    pub from: NodeId,
    /// The node that is called.
    pub to: NodeId,
    /// One-way delay, the same in both directions, at most [`Link::MAX_LATENCY`].
    pub latency: SimDuration,
    /// How much a weighted balancer gives to `to` compared with its other targets, 0 to
    /// [`Link::MAX_WEIGHT`]; only ratios matter, and other callers do not look at it.
    ///
    /// 0 drains, whatever the policy: `to` gets nothing new from the balancer but the requests of
    /// sessions that stick to it, and finishes what it has (HAProxy's weight 0).
    pub weight: u32,
    /// What `from` does about calls along this link that are slow or fail; `None`, the default, waits and
    /// passes on what it learns. Boxed, because most links have none.
    pub policy: Option<Box<CallPolicy>>,
}

impl Link {
    /// A link of weight 1 without a policy.
    #[must_use]
    pub const fn new(from: NodeId, to: NodeId, latency: SimDuration) -> Self {
        Self {
            from,
            to,
            latency,
            weight: 1,
            policy: None,
        }
    }

    /// The greatest weight.
    pub const MAX_WEIGHT: u32 = 1_000;

    /// After this time without a sign of life a connection is given up, where the network loses what is
    /// sent: illustrative, like most clients' limits between 10 s and two minutes. Linux alone would try
    /// for a quarter of an hour.
    pub const CONNECTION_LIMIT: SimDuration = SimDuration::from_secs(30);

    /// A minute: far beyond any network on Earth, short of making every run endless.
    pub const MAX_LATENCY: SimDuration = SimDuration::from_secs(60);
}

/// A system that can be simulated: every value in range, every link between existing nodes, no
/// circle.
#[derive(Clone, Debug, PartialEq)]
pub struct Scenario {
    seed: u64,
    slo: SimDuration,
    nodes: Vec<Node>,
    links: Vec<Link>,
    /// Of each node, or fewer.
    places: Vec<Option<Place>>,
}

impl Scenario {
    /// More than any figure needs; the bound keeps hostile input small.
    pub const MAX_NODES: usize = 256;
    /// The longest chain of calls: clients, balancer, server and so on.
    pub const MAX_DEPTH: usize = 8;
    /// How many requests may wait in all queues together.
    pub const MAX_QUEUED: u64 = 1_000_000;
    /// How many requests can be under way at once, in queues, on links and in look-ups: about 300 MB.
    /// The next one fails at its clients.
    pub const MAX_LIVE: usize = 1_200_000;

    /// Checks everything and reports every fault found, not just the first.
    ///
    /// # Errors
    /// One [`ScenarioError`] for each parameter out of range, doubled name, impossible link, circle
    /// or chain that is too long.
    pub fn try_new(
        seed: u64,
        slo: SimDuration,
        nodes: Vec<Node>,
        links: Vec<Link>,
    ) -> Result<Self, Vec<ScenarioError>> {
        let errors = check::check(slo, &nodes, &links);
        if errors.is_empty() {
            Ok(Self {
                seed,
                slo,
                nodes,
                links,
                places: Vec::new(),
            })
        } else {
            Err(errors)
        }
    }

    /// The same system with its nodes on a map, in the order of [`Scenario::nodes`]; whoever is not listed
    /// is nowhere in particular.
    ///
    /// A link without latency between two nodes that have a place takes half the round trip between these
    /// from now on; a link that has one keeps it. Places are also what [`crate::Edit::Partition`] and
    /// [`crate::Edit::KillArea`] go by, and the region of clients that of their requests.
    #[must_use]
    pub fn on_map(mut self, map: &Geography, mut places: Vec<Option<Place>>) -> Self {
        places.truncate(self.nodes.len());
        self.places = places;
        for place in 0..self.links.len() {
            let Link { from, to, .. } = self.links[place];
            if let (Some(from), Some(to)) = (self.place(from), self.place(to))
                && let Some(way) = map.one_way(from, to)
                && self.links[place].latency.is_zero()
            {
                self.links[place].latency = way.min(Link::MAX_LATENCY);
            }
        }
        self
    }

    /// Where a node is, if it is anywhere in particular.
    #[must_use]
    pub fn place(&self, node: NodeId) -> Option<Place> {
        self.places.get(node.index()).copied().flatten()
    }

    /// The number from which every random stream is derived.
    #[must_use]
    pub const fn seed(&self) -> u64 {
        self.seed
    }

    /// The service-level objective: an answer that takes longer counts as late.
    #[must_use]
    pub const fn slo(&self) -> SimDuration {
        self.slo
    }

    /// All nodes; a [`NodeId`] is a place in this list.
    #[must_use]
    pub fn nodes(&self) -> &[Node] {
        &self.nodes
    }

    /// All links, in the order in which they were given. A node calls its targets in this order.
    #[must_use]
    pub fn links(&self) -> &[Link] {
        &self.links
    }

    /// The node called `name`.
    #[must_use]
    pub fn node(&self, name: &str) -> Option<NodeId> {
        let place = self.nodes.iter().position(|node| node.name == name)?;
        Some(NodeId(u32::try_from(place).ok()?))
    }
}
