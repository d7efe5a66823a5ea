//! Which node limits the system, and how that is known.

use crate::scenario::NodeId;
use crate::snapshot::NodeSnapshot;
use crate::time::SimDuration;

/// So many waiting for each worker are no accident of a busy moment: in an M/M/1 queue that is busy for 80%
/// of the time there are so many for a thousandth of it (0.8 to the power of 31).
const BACKLOG: u64 = 30;
/// From this utilisation on, the busiest node is called the bottleneck.
const HALF_BUSY: f64 = 0.5;

/// So short a stretch says nothing about utilisations.
const TOO_SHORT: SimDuration = SimDuration::from_secs(1);

/// The node that limits the system, with the evidence.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Bottleneck {
    /// It is dead, and requests fail because of it.
    Down(NodeId),
    /// All its workers are busy, and requests pile up before them.
    BackedUp {
        /// Where.
        node: NodeId,
        /// How many wait.
        waiting: u32,
    },
    /// It is the busiest node.
    Busy {
        /// Which.
        node: NodeId,
        /// The share of the time in which its workers are busy.
        utilisation: f64,
    },
}

impl Bottleneck {
    /// The node that it is.
    #[must_use]
    pub const fn node(self) -> NodeId {
        match self {
            Self::Down(node) | Self::BackedUp { node, .. } | Self::Busy { node, .. } => node,
        }
    }
}

/// The node that limits a system of these nodes, given in the order of the scenario. The first rule
/// that applies decides, and of equals the first:
///
/// 1. A dead node because of which requests fail ([`NodeSnapshot::is_failing`]): the one that is
///    asked most often. What the others could do does not matter then.
/// 2. A node whose workers are all busy while thirty requests or more wait for each of them, or while
///    its queue is full: the one with most waiting for each worker. This is seen at once, where a
///    share of the last ten seconds takes seconds to rise.
/// 3. The node of the highest utilisation, if that is at least a half, over a `stretch` of at least a second.
#[must_use]
pub fn bottleneck(nodes: &[NodeSnapshot], stretch: SimDuration) -> Option<Bottleneck> {
    let down = greatest(nodes, |node| node.is_failing.then_some(node.arrival_rate));
    let backed_up = || greatest(nodes, backlog);
    let waiting = |node: NodeId| nodes[node.index()].queued;
    if let Some((node, _)) = down {
        Some(Bottleneck::Down(node))
    } else if let Some((node, _)) = backed_up() {
        let waiting = waiting(node);
        Some(Bottleneck::BackedUp { node, waiting })
    } else {
        busiest(nodes)
            .filter(|&(_, utilisation)| utilisation >= HALF_BUSY && stretch >= TOO_SHORT)
            .map(|(node, utilisation)| Bottleneck::Busy { node, utilisation })
    }
}

/// The busiest node and its utilisation; of equals the first, `None` where nothing is busy.
#[must_use]
pub fn busiest(nodes: &[NodeSnapshot]) -> Option<(NodeId, f64)> {
    greatest(nodes, |node| {
        (node.utilisation > 0.0).then_some(node.utilisation)
    })
}

/// How many wait for each worker of a node that is backed up.
fn backlog(node: &NodeSnapshot) -> Option<f64> {
    let is_long = u64::from(node.queued) >= BACKLOG * u64::from(node.workers);
    let is_full = node.queued > 0 && node.queued >= node.queue_limit;
    let has_free_worker = node.busy < node.workers;
    let is_backed_up = node.workers > 0 && !has_free_worker && (is_long || is_full);
    is_backed_up.then(|| f64::from(node.queued) / f64::from(node.workers))
}

/// The first node for which `of` is greatest, among those that have it.
fn greatest(
    nodes: &[NodeSnapshot],
    of: impl Fn(&NodeSnapshot) -> Option<f64>,
) -> Option<(NodeId, f64)> {
    let mut found: Option<(NodeId, f64)> = None;
    for (id, node) in (0..).map(NodeId).zip(nodes) {
        if let Some(value) = of(node)
            && found.is_none_or(|(_, best)| value > best)
        {
            found = Some((id, value));
        }
    }
    found
}
