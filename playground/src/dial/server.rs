//! How many servers there are: one more even where there is none, or as many as somebody writes.

use std::cmp::Ordering;

use diagram::parameter::{self, LINK_LATENCY, value_text};
use diagram::quantity::{Quantity, Value};
use diagram::{Document, Edit};
use simulator::{Kind, Scenario};

use super::{Face, Turn, name_of, names, set, with_unit};

/// What the stepper shows.
pub(super) fn face(document: &Document) -> Face {
    let n_servers = names(document, Kind::Server).count();
    Face::Stepper {
        value: n_servers.to_string(),
        can_go_down: n_servers > 0,
        can_go_up: document.nodes().len() < Scenario::MAX_NODES,
    }
}

/// The edits that a turn of the stepper means.
pub(super) fn edits(
    document: &Document,
    authored: &Document,
    turn: &Turn,
) -> Result<Vec<Edit>, String> {
    Ok(match turn {
        Turn::Up => add_server(document, authored),
        Turn::Down => remove_server(document),
        Turn::To(text) => become_as_many(document, authored, wanted(text)?),
        Turn::Slid(_) => Vec::new(),
    })
}

fn wanted(text: &str) -> Result<u64, String> {
    let quantity = Quantity::Count {
        min: 0,
        max: Scenario::MAX_NODES as u64,
    };
    match quantity.parse(&with_unit(text, "")) {
        Ok(Value::Count(wanted)) => Ok(wanted),
        Ok(_) => Ok(0),
        Err(fault) => Err(fault.message),
    }
}

/// The steps from one number of servers to another; each is a change to what the one before made.
fn become_as_many(document: &Document, authored: &Document, wanted: u64) -> Vec<Edit> {
    let mut document = document.clone();
    let mut edits = Vec::new();
    loop {
        let n_servers = names(&document, Kind::Server).count() as u64;
        let next = match n_servers.cmp(&wanted) {
            Ordering::Less => add_server(&document, authored),
            Ordering::Equal => return edits,
            Ordering::Greater => remove_server(&document),
        };
        for edit in next {
            let after = document.apply(&edit);
            edits.push(edit);
            // Whoever carries the edits out meets the same refusal, and says why.
            let Ok(after) = after else { return edits };
            document = after;
        }
    }
}

/// The last server goes first.
fn remove_server(document: &Document) -> Vec<Edit> {
    let last = names(document, Kind::Server).last();
    last.map(|name| Edit::Remove {
        name: name.to_owned(),
    })
    .into_iter()
    .collect()
}

/// The edits that add a server like the last one.
fn add_server(document: &Document, authored: &Document) -> Vec<Edit> {
    if let Some(name) = names(document, Kind::Server).last() {
        let as_name = document.free_name(name);
        return vec![Edit::Duplicate {
            name: name.to_owned(),
            as_name,
        }];
    }
    first_server(document, authored)
}

/// A server where there is none: like the one of the authored system, and linked like it.
fn first_server(document: &Document, authored: &Document) -> Vec<Edit> {
    let model = authored
        .nodes()
        .iter()
        .find(|node| node.kind.kind() == Kind::Server);
    let name = model.map_or_else(|| document.free_name("web"), |model| model.name.clone());
    let mut edits = vec![Edit::Add {
        name: name.clone(),
        kind: Kind::Server,
    }];
    let exists = |wanted: &str| document.nodes().iter().any(|node| node.name == wanted);
    if let Some(model) = model {
        for parameter in parameter::parameters(Kind::Server) {
            if let Some(value) = value_text(&model.kind, parameter.key) {
                edits.push(set(&name, parameter.key, value));
            }
        }
        for link in authored.links() {
            let (from, to) = (name_of(authored, link.from), name_of(authored, link.to));
            let other = if from == name { to } else { from };
            if (from == name || to == name) && exists(other) {
                let (from, to) = (from.to_owned(), to.to_owned());
                edits.push(Edit::Connect {
                    from,
                    to,
                    latency: link.latency,
                });
            }
        }
        return edits;
    }
    let latency = LINK_LATENCY;
    let caller = names(document, Kind::Balancer)
        .chain(names(document, Kind::Clients))
        .next();
    if let Some(caller) = caller {
        edits.push(Edit::Connect {
            from: caller.to_owned(),
            to: name.clone(),
            latency,
        });
    }
    for database in names(document, Kind::Database) {
        edits.push(Edit::Connect {
            from: name.clone(),
            to: database.to_owned(),
            latency,
        });
    }
    edits
}
