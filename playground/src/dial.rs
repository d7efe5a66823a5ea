//! The figure's few controls, as a view of the document: what each shows, and which edits a turn of
//! it means.
//!
//! A control acts on every node that it makes sense for: "workers" on all servers at once, "load"
//! on the first clients. One that names a node or a group acts on that alone. Where nothing in the system fits, the control shows so and does nothing.

mod choice;
pub mod count;
mod health_check;
mod latency;
mod load;
mod server;

use diagram::quantity::without_separators;
use diagram::{Control, DiagramNode, Document, Edit, Shortest};
use simulator::{Kind, NodeId, NodeKind};

use self::choice::{choice, choose};
#[cfg(feature = "page")]
pub use self::latency::latency_path;
pub use self::load::LAST_LOAD_PLACE;
use self::load::{load_at, load_place};
use crate::text;

/// What the reader did to a control.
#[derive(Clone, Debug, PartialEq)]
pub enum Turn {
    /// One step up.
    Up,
    /// One step down.
    Down,
    /// The slider was moved to this place.
    Slid(f64),
    /// This text was chosen or written.
    To(String),
}

/// What a control shows.
#[derive(Clone, Debug, PartialEq)]
pub enum Face {
    /// A slider with a number beside it.
    Load {
        /// The place of the slider.
        place: f64,
        /// Requests per second.
        rate: f64,
    },
    /// One of a few words.
    Choice {
        /// The value and the label of each.
        choices: Vec<(String, String)>,
        /// The value that holds.
        present: String,
    },
    /// A value between a minus and a plus.
    Stepper {
        /// The value as people read it.
        value: String,
        /// Whether less is possible.
        can_go_down: bool,
        /// Whether more is possible.
        can_go_up: bool,
    },
    /// A node and what can be done to it.
    Faults,
    /// The system has nothing that this control acts on.
    Nothing,
}

/// What the control shows for `document`.
#[must_use]
pub fn face(document: &Document, control: &Control) -> Face {
    match control {
        Control::Load => clients(document).map_or(Face::Nothing, |(_, clients)| Face::Load {
            place: load_place(clients.rate),
            rate: clients.rate,
        }),
        Control::Arrivals => choice(document, Kind::Clients, "arrivals"),
        Control::Policy => choice(document, Kind::Balancer, "policy"),
        Control::Servers => server::face(document),
        Control::Workers => count::face(&of_kind(document, worked(document)), "workers"),
        Control::WorkersOf(name) => count::face(&called(document, name), "workers"),
        Control::Queries => count::face(&of_kind(document, Kind::Server), "queries"),
        Control::Latency => latency::face(document),
        Control::HealthCheck => health_check::face(document),
        Control::Faults => {
            if breakable(document).next().is_some() {
                Face::Faults
            } else {
                Face::Nothing
            }
        }
    }
}

/// The edits that a turn of the control means; none where it changes nothing. `authored` is asked
/// what a server looks like where the system has none left.
///
/// # Errors
/// What is wrong with a text that can mean no edit at all.
pub fn edits(
    document: &Document,
    authored: &Document,
    control: &Control,
    turn: &Turn,
) -> Result<Vec<Edit>, String> {
    Ok(match (control, turn) {
        (Control::Load, turn) => {
            let Some((name, _)) = clients(document) else {
                return Ok(Vec::new());
            };
            let rate = match turn {
                Turn::Slid(place) => format!("{}/s", Shortest(load_at(*place))),
                Turn::To(text) => with_unit(text, "/s"),
                Turn::Up | Turn::Down => return Ok(Vec::new()),
            };
            vec![set(name, "rate", rate)]
        }
        (Control::Servers, turn) => server::edits(document, authored, turn)?,
        (Control::Workers, turn) => {
            count::edits(&of_kind(document, worked(document)), "workers", turn)
        }
        (Control::WorkersOf(name), turn) => count::edits(&called(document, name), "workers", turn),
        (Control::Queries, turn) => count::edits(&of_kind(document, Kind::Server), "queries", turn),
        (Control::Arrivals, Turn::To(value)) => choose(document, Kind::Clients, "arrivals", value),
        (Control::Policy, Turn::To(value)) => choose(document, Kind::Balancer, "policy", value),
        (Control::HealthCheck, Turn::To(value)) => health_check::edits(document, value),
        (Control::Latency, turn) => latency::edits(document, turn),
        _ => Vec::new(),
    })
}

/// The nodes that can be killed or slowed, servers first.
pub fn breakable(document: &Document) -> impl Iterator<Item = &str> {
    names(document, Kind::Server)
        .chain(names(document, Kind::Database))
        .chain(names(document, Kind::Balancer))
        .chain(names(document, Kind::Shards))
        .chain(names(document, Kind::Dns))
}

fn names(document: &Document, kind: Kind) -> impl Iterator<Item = &str> {
    document
        .nodes()
        .iter()
        .filter(move |node| node.kind.kind() == kind)
        .map(|node| node.name.as_str())
}

fn clients(document: &Document) -> Option<(&str, &simulator::Clients)> {
    document.nodes().iter().find_map(|node| match &node.kind {
        NodeKind::Clients(clients) => Some((node.name.as_str(), clients)),
        _ => None,
    })
}

fn of_kind(document: &Document, kind: Kind) -> Vec<&DiagramNode> {
    let nodes = document.nodes().iter();
    nodes.filter(|node| node.kind.kind() == kind).collect()
}

/// The node or the group of this name.
fn called<'d>(document: &'d Document, name: &str) -> Vec<&'d DiagramNode> {
    let nodes = document.resolve(name).into_iter();
    nodes
        .filter_map(|id| document.nodes().get(id.index()))
        .collect()
}

/// Where the number of workers is set: the servers, or the databases of a system without any.
fn worked(document: &Document) -> Kind {
    if names(document, Kind::Server).next().is_some() {
        Kind::Server
    } else {
        Kind::Database
    }
}

fn set(name: &str, key: &str, value: impl Into<String>) -> Edit {
    Edit::Set {
        path: format!("{name}.{key}"),
        value: value.into(),
    }
}

fn with_unit(text: &str, unit: &str) -> String {
    let text = without_separators(&text.trim().replace(' ', ""));
    if text.bytes().all(|b| b.is_ascii_digit() || b == b'.') && !text.is_empty() {
        format!("{text}{unit}")
    } else {
        text
    }
}

/// The name of the node with this id; links of a document only name nodes that it has.
fn name_of(document: &Document, id: NodeId) -> &str {
    document
        .nodes()
        .get(id.index())
        .map_or("", |node| node.name.as_str())
}

/// What is said after the number of servers has changed.
#[must_use]
pub fn said_about(edits: &[Edit]) -> Option<String> {
    let (mut added, mut removed) = (Vec::new(), Vec::new());
    for edit in edits {
        match edit {
            Edit::Duplicate { as_name: name, .. } | Edit::Add { name, .. } => {
                added.push(name.as_str());
            }
            Edit::Remove { name } => removed.push(name.as_str()),
            _ => {}
        }
    }
    match (added.as_slice(), removed.as_slice()) {
        ([], []) => None,
        ([only], _) => Some(text::added(only)),
        ([], [only]) => Some(text::removed(only)),
        ([], many) => Some(text::servers_removed(many.len())),
        (many, _) => Some(text::servers_added(many.len())),
    }
}
