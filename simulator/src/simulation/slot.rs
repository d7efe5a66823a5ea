//! Where a running simulation keeps its nodes and links.
//!
//! A scenario may list its nodes in another order after every edit; a slot never moves, so events
//! and requests under way keep their meaning.

use crate::WHOLE;
use crate::call::NONE;
use crate::cost::NodeCost;
use crate::geography::Place;
use crate::metrics::StationMeter;
use crate::node::balancer::BalancerState;
use crate::node::cache::CacheState;
use crate::node::cdn::CdnState;
use crate::node::clients::ClientsState;
use crate::node::guard::Dependency;
use crate::node::object_store::ObjectStoreState;
use crate::node::pool::Pool;
use crate::node::server::ServerState;
use crate::node::shards::ShardsState;
use crate::node::station::Station;
use crate::random::{Purpose, key};
use crate::scenario::{CallPolicy, Kind, Node, NodeId, NodeKind};
use crate::simulation::Unpaid;
use crate::snapshot::Condition;
use crate::time::{SimDuration, SimTime};

/// A node of the run.
#[derive(Clone, Debug)]
pub(crate) struct NodeSlot {
    pub(crate) name: String,
    pub(crate) kind: Kind,
    pub(crate) parameters: NodeKind,
    pub(crate) state: NodeState,
    pub(crate) station: Station,
    /// Its place in the present scenario; `None` once it has been removed.
    pub(crate) id: Option<NodeId>,
    /// Where it is on the map, if anywhere in particular.
    pub(crate) place: Option<Place>,
    pub(crate) condition: Condition,
    /// Requests that reached it since it died last.
    pub(crate) refused: u64,
    /// The links that it calls, in the order of the scenario.
    pub(crate) links: Vec<u32>,
    pub(crate) meter: StationMeter,
    /// Names what the node draws for a call that other nodes have drawn for, too.
    pub(crate) draws: u32,
    /// What is paid for it.
    pub(crate) cost: Option<NodeCost>,
    pub(crate) unpaid: Unpaid,
}

/// What a node remembers between events, besides its workers and queue.
#[derive(Clone, Debug)]
pub(crate) enum NodeState {
    Clients(Box<ClientsState>),
    Balancer(Box<BalancerState>),
    Server(ServerState),
    Cache(Box<CacheState>),
    Cdn(Box<CdnState>),
    Shards(Box<ShardsState>),
    ObjectStore(Box<ObjectStoreState>),
    /// No more than that.
    Plain,
}

/// A link of the run.
#[derive(Clone, Debug)]
pub(crate) struct LinkSlot {
    pub(crate) from: u32,
    pub(crate) to: u32,
    pub(crate) latency: SimDuration,
    /// Whether what is sent along it is lost at present.
    pub(crate) is_cut: bool,
    /// Whether good answers are counted, because somebody pays for them.
    pub(crate) is_paid: bool,
    /// How many have set off.
    pub(crate) answered: u64,
    pub(crate) weight: u32,
    /// Where a balancer at its beginning keeps what it knows of it; [`NONE`] before it does.
    pub(crate) target: u32,
    /// Whether its policy makes guarded calls of the calls along it.
    pub(crate) is_guarded: bool,
    /// What the caller knows of the callee, if there has ever been a policy.
    pub(crate) dependency: Option<Box<Dependency>>,
    /// The caller's connections, where they are limited.
    pub(crate) pool: Option<Box<Pool>>,
}

impl NodeSlot {
    pub(super) fn new(seed: u64, node: &Node) -> Self {
        let state = match &node.kind {
            NodeKind::Clients(_) => {
                NodeState::Clients(Box::new(ClientsState::new(seed, &node.name)))
            }
            NodeKind::Balancer(_) => {
                NodeState::Balancer(Box::new(BalancerState::new(seed, &node.name)))
            }
            NodeKind::Server(_) => NodeState::Server(ServerState::default()),
            NodeKind::Dns(_) | NodeKind::Database(_) => NodeState::Plain,
            _ if !WHOLE => NodeState::Plain,
            NodeKind::Cdn(cdn) => NodeState::Cdn(Box::new(CdnState::new(seed, cdn))),
            NodeKind::Cache(cache) => {
                NodeState::Cache(Box::new(CacheState::new(seed, &node.name, cache)))
            }
            NodeKind::Shards(_) => NodeState::Shards(Box::new(ShardsState::new(seed, &node.name))),
            NodeKind::ObjectStore(store) => {
                NodeState::ObjectStore(Box::new(ObjectStoreState::new(store)))
            }
        };
        // Above the numbers of the occasions on which every node of a kind draws.
        let draws = key(seed, &node.name, Purpose::Work) as u32 | 1 << 31;
        Self {
            name: node.name.clone(),
            kind: node.kind.kind(),
            parameters: node.kind.clone(),
            state,
            station: Station::new(&node.kind, draws, key(seed, &node.name, Purpose::Machine)),
            id: None,
            place: None,
            condition: Condition::Up,
            refused: 0,
            links: Vec::new(),
            meter: StationMeter::default(),
            draws,
            cost: None,
            unpaid: Unpaid::default(),
        }
    }

    /// Whether it keeps answers that a later write outdates.
    pub(crate) const fn keeps_copies(&self) -> bool {
        matches!(self.kind, Kind::Cache | Kind::Cdn)
    }

    /// Remembers its totals at the start of a piece of the recent past.
    pub(crate) fn mark(&mut self, at: SimTime) {
        self.meter.mark(at);
        for copies in self.copies_mut() {
            copies.meter.mark();
        }
    }

    /// Forgets the recent past.
    pub(crate) fn clear_marks(&mut self) {
        self.meter.clear_marks();
        for copies in self.copies_mut() {
            copies.meter.clear_marks();
        }
    }

    /// Counts for a new measurement from now on.
    pub(crate) fn begin_measurement(&mut self) {
        for copies in self.copies_mut() {
            copies.meter.begin();
        }
    }

    /// Whether the node refuses connections.
    pub(crate) const fn is_dead(&self) -> bool {
        matches!(self.condition, Condition::Dead | Condition::Booting { .. })
    }

    /// How many times as long as usual the node takes.
    pub(crate) const fn slowness(&self) -> f64 {
        match self.condition {
            Condition::Slow { factor } => factor,
            Condition::Up
            | Condition::Erring { .. }
            | Condition::Dead
            | Condition::Booting { .. } => 1.0,
        }
    }
}

/// Takes over an edited policy. What is known of a dependency stays while calls by an older policy may be
/// under way.
pub(crate) fn follow_policy(
    dependency: &mut Option<Box<Dependency>>,
    policy: Option<&CallPolicy>,
    now: SimTime,
) {
    match (dependency, policy) {
        (Some(dependency), policy) => {
            dependency.reconfigure(policy.unwrap_or(&CallPolicy::default()), now);
        }
        (dependency @ None, Some(policy)) => {
            *dependency = Some(Box::new(Dependency::new(policy.clone(), now)));
        }
        (None, None) => {}
    }
}

impl LinkSlot {
    pub(super) const fn new(from: u32, to: u32) -> Self {
        Self {
            from,
            to,
            latency: SimDuration::ZERO,
            is_cut: false,
            is_paid: false,
            answered: 0,
            weight: 1,
            target: NONE,
            is_guarded: false,
            dependency: None,
            pool: None,
        }
    }
}
