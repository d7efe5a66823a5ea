//! The edits that turn one document into another, so that undo reaches a running simulation.

use simulator::{Link, NodeId};

use crate::cost::{self, COST};
use crate::document::Document;
use crate::edit::Edit;
use crate::kind;
use crate::parameter::SETTINGS;
use crate::quantity::{Value, format_duration};

/// The edits that turn `before` into `after` when they are applied in this order, moves on the
/// screen included. The timeline, the variants and the choice of controls have no edits; they are
/// not compared.
#[must_use]
pub fn diff(before: &Document, after: &Document) -> Vec<Edit> {
    let mut pending = wanted(before, after);
    let mut present = before.without_timeline();
    present.variants.clear();
    let mut edits = Vec::with_capacity(pending.len());
    // Two limits can forbid one order and allow another, such as the sum of all queues. So each
    // round carries out what is possible and leaves the rest for the next.
    loop {
        let waiting = pending.len();
        pending.retain(|edit| match present.apply_alone(edit) {
            Ok(next) => {
                present = next;
                edits.push(edit.clone());
                false
            }
            Err(_) => true,
        });
        if pending.is_empty() || pending.len() == waiting {
            return edits;
        }
    }
}

fn wanted(before: &Document, after: &Document) -> Vec<Edit> {
    let mut edits = Vec::new();
    let stays = |name: &str| {
        matches!((before.node(name), after.node(name)),
            (Some(a), Some(b)) if a.kind.kind() == b.kind.kind())
    };
    let links_before = named(before);
    let links_after = named(after);
    let find = |links: &[(&str, &str, Link)], from: &str, to: &str| {
        links
            .iter()
            .find(|(a, b, _)| *a == from && *b == to)
            .map(|(_, _, link)| link.latency)
    };

    for (from, to, _) in &links_before {
        let is_gone = find(&links_after, from, to).is_none();
        if is_gone && stays(from) && stays(to) {
            edits.push(Edit::Disconnect {
                from: (*from).to_owned(),
                to: (*to).to_owned(),
            });
        }
    }
    for node in before.nodes().iter().filter(|node| !stays(&node.name)) {
        edits.push(Edit::Remove {
            name: node.name.clone(),
        });
    }
    set_settings(before, after, &mut edits);
    for node in after.nodes() {
        let old = before.node(&node.name).filter(|_| stays(&node.name));
        let kind = node.kind.kind();
        if old.is_none() {
            edits.push(Edit::Add {
                name: node.name.clone(),
                kind,
            });
        }
        let old_values = old.map_or_else(
            || kind::write(&kind::default(kind)),
            |old| kind::write(&old.kind),
        );
        let table = kind::table(kind);
        for ((parameter, old), new) in table.iter().zip(&old_values).zip(kind::write(&node.kind)) {
            if *old != new {
                edits.push(Edit::Set {
                    path: format!("{}.{}", node.name, parameter.key),
                    value: parameter.quantity.format(&new),
                });
            }
        }
        if old.and_then(|old| old.cost) != node.cost {
            edits.push(Edit::Set {
                path: format!("{}.{}", node.name, COST.key),
                value: COST.quantity.format(&cost::write(node.cost.as_ref())),
            });
        }
        if let Some((x, y)) = node.position
            && old.and_then(|old| old.position) != node.position
        {
            edits.push(Edit::Move {
                name: node.name.clone(),
                x,
                y,
            });
        }
    }
    for (from, to, link) in &links_after {
        let old = find(&links_before, from, to).filter(|_| stays(from) && stays(to));
        match old {
            Some(latency) if latency == link.latency => {}
            Some(_) => edits.push(Edit::Set {
                path: format!("{from} -> {to}.latency"),
                value: format_duration(link.latency),
            }),
            None => edits.push(Edit::Connect {
                from: (*from).to_owned(),
                to: (*to).to_owned(),
                latency: link.latency,
            }),
        }
    }
    edits
}

fn set_settings(before: &Document, after: &Document, edits: &mut Vec<Edit>) {
    let values = |document: &Document| {
        let settings = &document.settings;
        [
            Value::Text(settings.title.clone()),
            Value::Text(settings.description.clone()),
            Value::Count(settings.seed),
            Value::Duration(settings.slo),
            Value::Duration(settings.duration),
            Value::Duration(settings.warm_up),
            Value::Speed(settings.speed),
        ]
    };
    for ((parameter, old), new) in SETTINGS.iter().zip(values(before)).zip(values(after)) {
        if old != new {
            edits.push(Edit::Set {
                path: parameter.key.to_owned(),
                value: parameter.quantity.format(&new),
            });
        }
    }
}

/// The links of a document with the names of their ends.
fn named(document: &Document) -> Vec<(&str, &str, Link)> {
    let name = |id: NodeId| document.nodes()[id.index()].name.as_str();
    document
        .links()
        .iter()
        .map(|link| (name(link.from), name(link.to), link.clone()))
        .collect()
}
