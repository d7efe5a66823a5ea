//! Where a running simulation keeps its nodes and links.
//!
//! A scenario may list its nodes in another order after every edit; a slot never moves, so events
//! and requests under way keep their meaning.

use crate::metrics::StationMeter;
use crate::node::balancer::BalancerState;
use crate::node::clients::ClientsState;
use crate::node::station::Station;
use crate::scenario::{Kind, Node, NodeId, NodeKind};
use crate::snapshot::Condition;
use crate::time::SimDuration;

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
    pub(crate) condition: Condition,
    /// Requests that reached it since it died last.
    pub(crate) refused: u64,
    /// The links that it calls, in the order of the scenario.
    pub(crate) links: Vec<u32>,
    pub(crate) meter: StationMeter,
}

/// What a node remembers between events, besides its workers and queue.
#[derive(Clone, Debug)]
pub(crate) enum NodeState {
    Clients(ClientsState),
    Balancer(BalancerState),
    /// No more than that.
    Plain,
}

/// A link of the run.
#[derive(Clone, Debug)]
pub(crate) struct LinkSlot {
    pub(crate) from: u32,
    pub(crate) to: u32,
    pub(crate) latency: SimDuration,
    /// Requests that a balancer sent along it and that have not come back.
    pub(crate) in_flight: u32,
    /// Whether a balancer believes in the node at its end.
    pub(crate) is_healthy: bool,
    /// Probes in a row that contradict this belief.
    pub(crate) contrary_checks: u32,
    /// Probes of an older generation are ignored.
    pub(crate) probe_generation: u32,
}

impl NodeSlot {
    pub(super) fn new(seed: u64, node: &Node) -> Self {
        let state = match &node.kind {
            NodeKind::Clients(_) => NodeState::Clients(ClientsState::new(seed, &node.name)),
            NodeKind::Balancer(_) => NodeState::Balancer(BalancerState::new(seed, &node.name)),
            NodeKind::Dns(_) | NodeKind::Server(_) | NodeKind::Database(_) => NodeState::Plain,
        };
        Self {
            name: node.name.clone(),
            kind: node.kind.kind(),
            parameters: node.kind.clone(),
            state,
            station: Station::new(&node.kind),
            id: None,
            condition: Condition::Up,
            refused: 0,
            links: Vec::new(),
            meter: StationMeter::default(),
        }
    }

    /// Whether the node refuses connections.
    pub(crate) const fn is_dead(&self) -> bool {
        matches!(self.condition, Condition::Dead)
    }

    /// How many times as long as usual the node takes.
    pub(crate) const fn slowness(&self) -> f64 {
        match self.condition {
            Condition::Slow { factor } => factor,
            Condition::Up | Condition::Dead => 1.0,
        }
    }
}

impl LinkSlot {
    pub(super) const fn new(from: u32, to: u32) -> Self {
        Self {
            from,
            to,
            latency: SimDuration::ZERO,
            in_flight: 0,
            is_healthy: true,
            contrary_checks: 0,
            probe_generation: 0,
        }
    }
}
