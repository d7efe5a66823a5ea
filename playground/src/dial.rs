//! The figure's few controls, as a view of the document: what each shows, and which edits a turn of
//! it means.
//!
//! A control acts on every node that it makes sense for: "workers" on all servers at once, "load"
//! on the first clients. Where nothing in the system fits, the control shows so and does nothing.

mod load;
mod server;

use diagram::parameter::{self, value_text};
use diagram::quantity::{Quantity, format_duration, parse_duration};
use diagram::wording::grouped;
use diagram::{Control, Document, Edit};
use simulator::{Kind, Link, NodeId, NodeKind, SimDuration};

pub use self::load::LAST_LOAD_PLACE;
use self::load::{load_at, load_place};
use self::server::add_server;
use crate::text;

/// The latencies that the stepper walks through.
const LATENCIES: [SimDuration; 14] = [
    SimDuration::ZERO,
    SimDuration::from_micros(100),
    SimDuration::from_micros(250),
    SimDuration::from_micros(500),
    SimDuration::from_millis(1),
    SimDuration::from_millis(2),
    SimDuration::from_millis(5),
    SimDuration::from_millis(10),
    SimDuration::from_millis(20),
    SimDuration::from_millis(40),
    SimDuration::from_millis(50),
    SimDuration::from_millis(100),
    SimDuration::from_millis(200),
    SimDuration::from_millis(500),
];
/// The timeout of a check that has just been switched on.
const DEFAULT_TIMEOUT: SimDuration = SimDuration::from_secs(2);
/// The intervals that a health check is offered with.
const INTERVALS: [&str; 6] = ["1s", "2s", "5s", "10s", "30s", "60s"];

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
pub fn face(document: &Document, control: Control) -> Face {
    match control {
        Control::Load => clients(document).map_or(Face::Nothing, |(_, clients)| Face::Load {
            place: load_place(clients.rate),
            rate: clients.rate,
        }),
        Control::Arrivals => choice(document, Kind::Clients, "arrivals"),
        Control::Policy => choice(document, Kind::Balancer, "policy"),
        Control::Servers => {
            let n_servers = names(document, Kind::Server).count();
            Face::Stepper {
                value: n_servers.to_string(),
                can_go_down: n_servers > 0,
                can_go_up: document.nodes().len() < simulator::Scenario::MAX_NODES,
            }
        }
        Control::Workers => count(document, worked(document), "workers"),
        Control::Queries => count(document, Kind::Server, "queries"),
        Control::Latency => {
            let Some(latency) = database_links(document).map(|link| link.latency).max() else {
                return Face::Nothing;
            };
            Face::Stepper {
                value: latency.to_string(),
                can_go_down: latency > LATENCIES[0],
                can_go_up: latency < LATENCIES[LATENCIES.len() - 1],
            }
        }
        Control::HealthCheck => health_check(document),
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
#[must_use]
pub fn edits(document: &Document, authored: &Document, control: Control, turn: &Turn) -> Vec<Edit> {
    match (control, turn) {
        (Control::Load, turn) => {
            let Some((name, _)) = clients(document) else {
                return Vec::new();
            };
            let rate = match turn {
                Turn::Slid(place) => format!("{}/s", load_at(*place)),
                Turn::To(text) => with_unit(text, "/s"),
                Turn::Up | Turn::Down => return Vec::new(),
            };
            vec![set(name, "rate", rate)]
        }
        (Control::Servers, Turn::Up) => add_server(document, authored),
        (Control::Servers, Turn::Down) => names(document, Kind::Server)
            .last()
            .map(|name| Edit::Remove {
                name: name.to_owned(),
            })
            .into_iter()
            .collect(),
        (Control::Workers, turn) => step_all(document, worked(document), "workers", turn),
        (Control::Queries, turn) => step_all(document, Kind::Server, "queries", turn),
        (Control::Arrivals, Turn::To(value)) => choose(document, Kind::Clients, "arrivals", value),
        (Control::Policy, Turn::To(value)) => choose(document, Kind::Balancer, "policy", value),
        (Control::HealthCheck, Turn::To(value)) => set_health_check(document, value),
        (Control::Latency, turn) => step_latency(document, turn),
        _ => Vec::new(),
    }
}

/// The nodes that can be killed or slowed, servers first.
pub fn breakable(document: &Document) -> impl Iterator<Item = &str> {
    names(document, Kind::Server)
        .chain(names(document, Kind::Database))
        .chain(names(document, Kind::Balancer))
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
    let text = text.trim().replace([',', ' '], "");
    if text.bytes().all(|b| b.is_ascii_digit() || b == b'.') && !text.is_empty() {
        format!("{text}{unit}")
    } else {
        text
    }
}

fn first_value(document: &Document, kind: Kind, key: &str) -> Option<String> {
    let node = document
        .nodes()
        .iter()
        .find(|node| node.kind.kind() == kind)?;
    value_text(&node.kind, key)
}

fn range_of(kind: Kind, key: &str) -> Option<(u64, u64)> {
    let parameter = parameter::parameters(kind)
        .iter()
        .find(|parameter| parameter.key == key)?;
    match parameter.quantity {
        Quantity::Count { min, max } => Some((min, max)),
        _ => None,
    }
}

fn choice(document: &Document, kind: Kind, key: &str) -> Face {
    let parameter = parameter::parameters(kind)
        .iter()
        .find(|parameter| parameter.key == key);
    match (
        parameter.map(|it| it.quantity),
        first_value(document, kind, key),
    ) {
        (Some(Quantity::Choice(choices)), Some(present)) => Face::Choice {
            choices: choices
                .iter()
                .map(|choice| (choice.text.to_owned(), choice.label.to_owned()))
                .collect(),
            present,
        },
        _ => Face::Nothing,
    }
}

fn choose(document: &Document, kind: Kind, key: &str, value: &str) -> Vec<Edit> {
    names(document, kind)
        .map(|name| set(name, key, value))
        .collect()
}

fn count(document: &Document, kind: Kind, key: &str) -> Face {
    let present = first_value(document, kind, key).and_then(|text| text.parse::<u64>().ok());
    match (present, range_of(kind, key)) {
        (Some(present), Some((min, max))) => Face::Stepper {
            value: grouped(present as f64),
            can_go_down: present > min,
            can_go_up: present < max,
        },
        _ => Face::Nothing,
    }
}

fn step_all(document: &Document, kind: Kind, key: &str, turn: &Turn) -> Vec<Edit> {
    let Some((min, max)) = range_of(kind, key) else {
        return Vec::new();
    };
    document
        .nodes()
        .iter()
        .filter(|node| node.kind.kind() == kind)
        .filter_map(|node| {
            let present: u64 = value_text(&node.kind, key)?.parse().ok()?;
            let wanted = match turn {
                Turn::Up => present.saturating_add(1).min(max),
                Turn::Down => present.saturating_sub(1).max(min),
                Turn::Slid(_) | Turn::To(_) => return None,
            };
            (wanted != present).then(|| set(&node.name, key, wanted.to_string()))
        })
        .collect()
}

/// The links that lead into a database.
fn database_links(document: &Document) -> impl Iterator<Item = &Link> {
    document.links().iter().filter(|link| {
        document
            .nodes()
            .get(link.to.index())
            .is_some_and(|node| node.kind.kind() == Kind::Database)
    })
}

/// The name of the node with this id; links of a document only name nodes that it has.
fn name_of(document: &Document, id: NodeId) -> &str {
    document
        .nodes()
        .get(id.index())
        .map_or("", |node| node.name.as_str())
}

fn step_latency(document: &Document, turn: &Turn) -> Vec<Edit> {
    let Some(present) = database_links(document).map(|link| link.latency).max() else {
        return Vec::new();
    };
    let next = match turn {
        Turn::Up => LATENCIES.into_iter().find(|&latency| latency > present),
        Turn::Down => LATENCIES
            .into_iter()
            .rev()
            .find(|&latency| latency < present),
        Turn::Slid(_) | Turn::To(_) => None,
    };
    let Some(next) = next else { return Vec::new() };
    database_links(document)
        .map(|link| Edit::Set {
            path: latency_path(name_of(document, link.from), name_of(document, link.to)),
            value: format_duration(next),
        })
        .collect()
}

fn health_check(document: &Document) -> Face {
    if names(document, Kind::Balancer).next().is_none() {
        return Face::Nothing;
    }
    let present = first_value(document, Kind::Balancer, "health-check.interval");
    let mut choices = vec![("off".to_owned(), "off".to_owned())];
    let mut offer = |interval: &str| {
        choices.push((
            interval.to_owned(),
            format!("every {}", interval.replace('s', " s")),
        ));
    };
    INTERVALS.into_iter().for_each(&mut offer);
    if let Some(own) = present.as_deref().filter(|own| !INTERVALS.contains(own)) {
        offer(own);
    }
    Face::Choice {
        choices,
        present: present.unwrap_or_else(|| "off".to_owned()),
    }
}

fn set_health_check(document: &Document, value: &str) -> Vec<Edit> {
    let Ok(interval) = parse_duration(value) else {
        return choose(document, Kind::Balancer, "health-check", "off");
    };
    let mut edits = Vec::new();
    for node in document.nodes() {
        let NodeKind::Balancer(balancer) = &node.kind else {
            continue;
        };
        // A check that was off begins with its defaults; a probe cannot take longer than the pause
        // between two of them.
        let timeout = balancer
            .health_check
            .as_ref()
            .map_or(DEFAULT_TIMEOUT, |check| check.timeout);
        if timeout > interval {
            edits.push(set(&node.name, "health-check.timeout", value));
        }
        edits.push(set(&node.name, "health-check.interval", value));
    }
    edits
}

/// The path of a link's latency in a document.
#[must_use]
pub fn latency_path(from: &str, to: &str) -> String {
    format!("{from} -> {to}.latency")
}

/// What is said after the number of servers has changed.
#[must_use]
pub fn said_about(edits: &[Edit]) -> Option<String> {
    edits.iter().find_map(|edit| match edit {
        Edit::Duplicate { as_name, .. } => Some(text::added(as_name)),
        Edit::Add { name, .. } => Some(text::added(name)),
        Edit::Remove { name } => Some(text::removed(name)),
        _ => None,
    })
}
