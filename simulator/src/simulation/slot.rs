//! Where a running simulation keeps its nodes and links.
//!
//! A scenario may list its nodes in another order after every edit; a slot never moves, so events
//! and requests under way keep their meaning.

use crate::metrics::StationMeter;
use crate::node::balancer::BalancerState;
use crate::node::clients::ClientsState;
use crate::node::station::StationState;
use crate::scenario::{NodeId, NodeKind};
use crate::snapshot::Condition;
use crate::time::SimDuration;

/// A node of the run.
#[derive(Clone, Debug)]
pub(crate) struct NodeSlot {
    pub(crate) name: String,
    pub(crate) parameters: NodeKind,
    pub(crate) state: NodeState,
    /// Its place in the present scenario; `None` once it has been removed.
    pub(crate) id: Option<NodeId>,
    pub(crate) condition: Condition,
    /// Counts its deaths, so that what it knew before one can be told from what it knows now.
    pub(crate) life: u32,
    /// Requests that reached it since it died last.
    pub(crate) refused: u64,
    /// The links that it calls, in the order of the scenario.
    pub(crate) links: Vec<u32>,
    pub(crate) meter: StationMeter,
}

/// What a node remembers between events.
#[derive(Clone, Debug)]
pub(crate) enum NodeState {
    Clients(ClientsState),
    Dns,
    Balancer(BalancerState),
    /// Servers and databases: workers and a queue.
    Station(StationState),
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
