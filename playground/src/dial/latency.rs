//! How far away the databases are: one stepper for every link that leads to one.

use diagram::quantity::format_duration;
use diagram::{Document, Edit};
use simulator::{Kind, Link, SimDuration};

use super::{Face, Turn, name_of, with_unit};

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

/// What the stepper shows: the longest of the latencies.
pub(super) fn face(document: &Document) -> Face {
    let Some(latency) = longest(document) else {
        return Face::Nothing;
    };
    Face::Stepper {
        value: latency.to_string(),
        can_go_down: latency > LATENCIES[0],
        can_go_up: latency < LATENCIES[LATENCIES.len() - 1],
    }
}

/// The edits that set all of them.
pub(super) fn edits(document: &Document, turn: &Turn) -> Vec<Edit> {
    let Some(present) = longest(document) else {
        return Vec::new();
    };
    let step = match turn {
        Turn::Up => LATENCIES.into_iter().find(|&latency| latency > present),
        Turn::Down => LATENCIES
            .into_iter()
            .rev()
            .find(|&latency| latency < present),
        Turn::Slid(_) | Turn::To(_) => None,
    };
    let value = match (turn, step) {
        (Turn::To(text), _) => with_unit(text, "ms"),
        (_, Some(step)) => format_duration(step),
        _ => return Vec::new(),
    };
    database_links(document)
        .map(|link| Edit::Set {
            path: latency_path(name_of(document, link.from), name_of(document, link.to)),
            value: value.clone(),
        })
        .collect()
}

fn longest(document: &Document) -> Option<SimDuration> {
    database_links(document).map(|link| link.latency).max()
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

/// The path of a link's latency in a document.
#[must_use]
pub fn latency_path(from: &str, to: &str) -> String {
    format!("{from} -> {to}.latency")
}
