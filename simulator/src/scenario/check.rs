//! The checks behind `Scenario::try_new`: ranges, names, links, circles.

use crate::WHOLE;
use std::fmt;

use super::{Kind, Link, Node, NodeId, NodeKind, Scenario, station, steps};
use crate::distribution::Distribution;
use crate::time::SimDuration;

/// Why a system cannot be simulated.
#[derive(Clone, Debug, PartialEq)]
pub enum ScenarioError {
    /// Two nodes have the same name.
    DuplicateName {
        /// The second of them.
        node: NodeId,
    },
    /// A parameter is outside its range.
    OutOfRange {
        /// Whose.
        node: NodeId,
        /// Which, by its field name.
        parameter: &'static str,
        /// The range in words: "1 to 1,024".
        range: &'static str,
    },
    /// More nodes than [`Scenario::MAX_NODES`].
    TooManyNodes,
    /// All queues together may hold more than [`Scenario::MAX_QUEUED`].
    QueuesTooLong,
    /// The objective is zero.
    ZeroSlo,
    /// A link names a node that does not exist.
    DanglingLink {
        /// Place in the list of links.
        link: usize,
    },
    /// Nodes of these kinds cannot be connected in this direction.
    LinkNotAllowed {
        /// Place in the list of links.
        link: usize,
    },
    /// The same two nodes are linked twice.
    DuplicateLink {
        /// Place of the second one in the list of links.
        link: usize,
    },
    /// A weight above [`Link::MAX_WEIGHT`].
    WeightTooGreat {
        /// Place in the list of links.
        link: usize,
    },
    /// Latency above [`Link::MAX_LATENCY`].
    LatencyTooLong {
        /// Place in the list of links.
        link: usize,
    },
    /// A parameter of a link's policy is outside its range.
    LinkOutOfRange {
        /// Place in the list of links.
        link: usize,
        /// Which, by its field name.
        parameter: &'static str,
        /// The range in words: "1 to 10".
        range: &'static str,
    },
    /// Requests would run in a circle.
    Circle {
        /// The nodes on it, in order.
        nodes: Vec<NodeId>,
    },
    /// A chain of calls longer than [`Scenario::MAX_DEPTH`].
    TooDeep {
        /// The chain.
        nodes: Vec<NodeId>,
    },
}

impl fmt::Display for ScenarioError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::DuplicateName { node } => {
                write!(f, "node {} has the name of an earlier one", node.0)
            }
            Self::OutOfRange {
                node,
                parameter,
                range,
            } => {
                write!(f, "node {}: {parameter} is outside {range}", node.0)
            }
            Self::TooManyNodes => write!(f, "more than {} nodes", Scenario::MAX_NODES),
            Self::QueuesTooLong => {
                write!(
                    f,
                    "all queues together hold more than {} requests",
                    Scenario::MAX_QUEUED
                )
            }
            Self::ZeroSlo => f.write_str("the objective is zero: every answer would be late"),
            Self::DanglingLink { link } => {
                write!(f, "link {link} names a node that does not exist")
            }
            Self::LinkNotAllowed { link } => {
                write!(
                    f,
                    "link {link} joins kinds that cannot call each other in this direction"
                )
            }
            Self::LinkOutOfRange {
                link,
                parameter,
                range,
            } => write!(f, "link {link}: {parameter} is outside {range}"),
            Self::DuplicateLink { link } => write!(f, "link {link} repeats an earlier one"),
            Self::WeightTooGreat { link } => {
                write!(f, "link {link} weighs more than {}", Link::MAX_WEIGHT)
            }
            Self::LatencyTooLong { link } => {
                write!(f, "link {link} is slower than {}", Link::MAX_LATENCY)
            }
            Self::Circle { nodes } => write!(f, "requests would run in a circle: {}", chain(nodes)),
            Self::TooDeep { nodes } => {
                write!(
                    f,
                    "a chain of more than {} calls: {}",
                    Scenario::MAX_DEPTH,
                    chain(nodes)
                )
            }
        }
    }
}

fn chain(nodes: &[NodeId]) -> String {
    let names: Vec<String> = nodes.iter().map(|node| node.0.to_string()).collect();
    names.join(" → ")
}

/// Every fault of a system.
pub(super) fn check(slo: SimDuration, nodes: &[Node], links: &[Link]) -> Vec<ScenarioError> {
    let mut errors = Vec::new();
    if nodes.len() > Scenario::MAX_NODES {
        return vec![ScenarioError::TooManyNodes];
    }
    if slo.is_zero() {
        errors.push(ScenarioError::ZeroSlo);
    }
    let mut queued = 0;
    for (id, node) in (0..).map(NodeId).zip(nodes) {
        // At most MAX_NODES names: looking through them all is quicker than any set, and less code.
        if nodes[..id.index()]
            .iter()
            .any(|other| other.name == node.name)
        {
            errors.push(ScenarioError::DuplicateName { node: id });
        }
        let of_cost = node
            .cost
            .iter()
            .flat_map(|cost| out_of_range(cost.checks()));
        let out_of_range = faults(&node.kind).into_iter().chain(of_cost);
        errors.extend(
            out_of_range.map(|(parameter, range)| ScenarioError::OutOfRange {
                node: id,
                parameter,
                range,
            }),
        );
        queued += u64::from(node.kind.queue_limit());
    }
    if queued > Scenario::MAX_QUEUED {
        errors.push(ScenarioError::QueuesTooLong);
    }
    let sound = check_links(nodes, links, &mut errors);
    check_chains(nodes.len(), &sound, &mut errors);
    errors
}

/// Whether a parameter is in range, its field name, and the range in words.
pub(super) type Check = (bool, &'static str, &'static str);

pub(super) const LONGEST: SimDuration = SimDuration::from_secs(3_600);

/// The parameters that are out of range, with the range.
fn faults(kind: &NodeKind) -> Vec<(&'static str, &'static str)> {
    let checks: Vec<Check> = match kind {
        NodeKind::Clients(clients) => return clients.faults(),
        NodeKind::Dns(dns) => vec![
            (
                dns.lookup_time <= Link::MAX_LATENCY,
                "lookup_time",
                "at most 60 s",
            ),
            (
                dns.ttl <= SimDuration::from_secs(7 * 86_400),
                "ttl",
                "at most 7 days",
            ),
        ],
        NodeKind::Balancer(balancer) => {
            let found = balancer.violations().into_iter();
            return found.map(|it| (it.parameter, it.range)).collect();
        }
        NodeKind::Server(server) => vec![
            (
                (1..=1_024).contains(&server.workers),
                "workers",
                "1 to 1,024",
            ),
            law("service_time", &server.service_time),
            (server.queue_limit <= 100_000, "queue_limit", "0 to 100,000"),
            (server.queries <= 1_000, "queries", "0 to 1,000"),
            server
                .finishing_time
                .as_ref()
                .map_or((true, "", ""), |time| law("finishing_time", time)),
        ]
        .into_iter()
        .chain(steps::checks(server.query_order, server.connections))
        .chain(station::checks(
            server.discipline,
            &server.overload,
            &server.machine,
        ))
        .collect(),
        NodeKind::Cdn(cdn) => cdn.checks(),
        NodeKind::Cache(cache) => cache.checks(),
        NodeKind::ObjectStore(store) => store.checks(),
        NodeKind::Shards(shards) => shards.checks(),
        NodeKind::Database(database) => vec![
            (
                (1..=1_024).contains(&database.workers),
                "workers",
                "1 to 1,024",
            ),
            law("read_time", &database.read_time),
            law("write_time", &database.write_time),
            (
                database.queue_limit <= 100_000,
                "queue_limit",
                "0 to 100,000",
            ),
        ]
        .into_iter()
        .chain(station::checks(
            database.discipline,
            &database.overload,
            &database.machine,
        ))
        .collect(),
    };
    out_of_range(checks).collect()
}

fn out_of_range(checks: Vec<Check>) -> impl Iterator<Item = (&'static str, &'static str)> {
    let faulty = checks.into_iter().filter(|&(is_in_range, ..)| !is_in_range);
    faulty.map(|(_, parameter, range)| (parameter, range))
}

pub(super) fn law(parameter: &'static str, law: &Distribution) -> Check {
    let fault = law.check().err();
    (fault.is_none(), parameter, fault.unwrap_or_default())
}

/// Reports faulty links and returns the sound ones as pairs of indices, in order.
fn check_links(
    nodes: &[Node],
    links: &[Link],
    errors: &mut Vec<ScenarioError>,
) -> Vec<(usize, usize)> {
    // Kept in order, which is the order they mostly come in: a list is less code than a set.
    let mut sound = Vec::with_capacity(links.len());
    for (place, link) in links.iter().enumerate() {
        let kind = |id: NodeId| nodes.get(id.index()).map(|node| node.kind.kind());
        let (Some(from), Some(to)) = (kind(link.from), kind(link.to)) else {
            errors.push(ScenarioError::DanglingLink { link: place });
            continue;
        };
        if link.latency > Link::MAX_LATENCY {
            errors.push(ScenarioError::LatencyTooLong { link: place });
        }
        if link.weight > Link::MAX_WEIGHT {
            errors.push(ScenarioError::WeightTooGreat { link: place });
        }
        let policy = link.policy.iter().filter(|_| WHOLE);
        let faults = policy.flat_map(|policy| policy.faults());
        errors.extend(
            faults.map(|(parameter, range)| ScenarioError::LinkOutOfRange {
                link: place,
                parameter,
                range,
            }),
        );
        if link.from == link.to {
            errors.push(ScenarioError::Circle {
                nodes: vec![link.from, link.to],
            });
        } else if !Kind::may_call(from, to) {
            errors.push(ScenarioError::LinkNotAllowed { link: place });
        } else {
            let ends = (link.from.index(), link.to.index());
            match sound.binary_search(&ends) {
                Ok(_) => errors.push(ScenarioError::DuplicateLink { link: place }),
                Err(free) => sound.insert(free, ends),
            }
        }
    }
    sound
}

/// Reports one circle, or else one chain that is too long.
fn check_chains(nodes: usize, links: &[(usize, usize)], errors: &mut Vec<ScenarioError>) {
    // The longest chain that starts at each node, known once a node is done: the search is linear
    // although the number of chains is not.
    let mut longest: Vec<Option<Vec<NodeId>>> = vec![None; nodes];
    let mut path = Vec::new();
    for start in 0..nodes {
        if let Some(circle) = follow(start, links, &mut path, &mut longest) {
            errors.push(ScenarioError::Circle { nodes: circle });
            return;
        }
    }
    // A chain of n calls has n + 1 nodes.
    let too_deep = longest
        .into_iter()
        .flatten()
        .find(|chain| chain.len() > Scenario::MAX_DEPTH + 1);
    if let Some(nodes) = too_deep {
        errors.push(ScenarioError::TooDeep { nodes });
    }
}

/// Depth-first: returns a circle, or fills in the longest chain from `node`. As deep as the longest
/// chain, so bounded by [`Scenario::MAX_NODES`].
fn follow(
    node: usize,
    links: &[(usize, usize)],
    path: &mut Vec<usize>,
    longest: &mut [Option<Vec<NodeId>>],
) -> Option<Vec<NodeId>> {
    let id = |node: usize| NodeId(node as u32);
    if let Some(start) = path.iter().position(|&earlier| earlier == node) {
        return Some(
            path[start..]
                .iter()
                .chain([&node])
                .map(|&node| id(node))
                .collect(),
        );
    }
    if longest[node].is_some() {
        return None;
    }
    path.push(node);
    let mut best: Vec<NodeId> = Vec::new();
    let first = links.partition_point(|&(from, _)| from < node);
    for &(_, next) in links[first..].iter().take_while(|link| link.0 == node) {
        if let Some(circle) = follow(next, links, path, longest) {
            return Some(circle);
        }
        if let Some(chain) = longest[next]
            .as_ref()
            .filter(|chain| chain.len() > best.len())
        {
            best.clone_from(chain);
        }
    }
    path.pop();
    best.insert(0, id(node));
    longest[node] = Some(best);
    None
}
