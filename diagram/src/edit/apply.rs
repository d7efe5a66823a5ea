//! What each edit does to a document.

use simulator::{Kind, NodeId, Scenario};

use super::{Edit, EditError, build, set};
use crate::control::Control;
use crate::document::{DiagramNode, Document, Draft, DraftLink, MAX_LINKS, Timed, no_such_node};
use crate::kind;
use crate::name;
use crate::quantity::{Fault, quote};

pub(super) fn apply(document: &Document, edit: &Edit) -> Result<Document, EditError> {
    if edit.is_about_condition() {
        check_condition(document, edit)?;
        return Ok(document.clone());
    }
    let mut draft = Draft::of(document);
    match edit {
        Edit::Set { path, value } => set::set(document, &mut draft, path, value)?,
        Edit::Add { name, kind } => {
            draft.nodes.push(DiagramNode {
                name: name.clone(),
                kind: kind::default(*kind),
                cost: None,
                position: None,
            });
        }
        Edit::Duplicate { name, as_name } => {
            let node = exactly_one(document, name)?;
            duplicate(&mut draft, node, std::iter::once(as_name.clone()));
        }
        Edit::Remove { name } => {
            some(document, name)?;
            let is_meant = name::meaning(document.nodes().iter().map(|node| &*node.name), name);
            remove(&mut draft, is_meant);
        }
        Edit::Rename { name, to } => {
            exactly_one(document, name)?;
            rename(&mut draft, name, to);
        }
        Edit::Connect { from, to, latency } => {
            some(document, from)?;
            some(document, to)?;
            draft.links.push(DraftLink {
                from: from.clone(),
                to: to.clone(),
                latency: *latency,
            });
        }
        Edit::Disconnect { from, to } => {
            some(document, from)?;
            some(document, to)?;
            let before = draft.links.len();
            let is_meant = between(document, from, to);
            draft.links.retain(|link| !is_meant(link));
            if draft.links.len() == before {
                return Err(Fault::new(format!(
                    "{} and {} are not linked",
                    quote(from),
                    quote(to)
                ))
                .into());
            }
        }
        Edit::Move { name, x, y } => {
            exactly_one(document, name)?;
            for node in draft.nodes.iter_mut().filter(|node| node.name == *name) {
                node.position = Some((*x, *y));
            }
        }
        // What has a condition is the run.
        Edit::Kill { .. } | Edit::Heal { .. } | Edit::Slow { .. } => {}
    }
    build(draft)
}

pub(super) fn some<'d>(
    document: &'d Document,
    name: &str,
) -> Result<Vec<&'d DiagramNode>, EditError> {
    let found: Vec<&DiagramNode> = document
        .resolve(name)
        .into_iter()
        .map(|NodeId(place)| &document.nodes()[place as usize])
        .collect();
    if found.is_empty() {
        return Err(no_such_node(document.nodes(), name).into());
    }
    Ok(found)
}

/// Whether a link is one that `from` and `to` mean.
pub(super) fn between(document: &Document, from: &str, to: &str) -> impl Fn(&DraftLink) -> bool {
    let names = || document.nodes().iter().map(|node| &*node.name);
    let (is_from, is_to) = (name::meaning(names(), from), name::meaning(names(), to));
    move |link| is_from(&link.from) && is_to(&link.to)
}

/// Adds copies of a node with copies of its links, as far as a document can hold them.
pub(super) fn duplicate(
    draft: &mut Draft,
    node: &DiagramNode,
    names: impl Iterator<Item = String>,
) {
    let is_its = |link: &&DraftLink| link.from == node.name || link.to == node.name;
    let links: Vec<DraftLink> = draft.links.iter().filter(is_its).cloned().collect();
    for as_name in names {
        for link in &links {
            let or_copy = |name: &String| {
                if *name == node.name {
                    as_name.clone()
                } else {
                    name.clone()
                }
            };
            draft.links.push(DraftLink {
                from: or_copy(&link.from),
                to: or_copy(&link.to),
                latency: link.latency,
            });
        }
        draft.nodes.push(DiagramNode {
            name: as_name,
            kind: node.kind.clone(),
            cost: node.cost,
            position: None,
        });
        // One too many is refused, and enough.
        if draft.links.len() > MAX_LINKS || draft.nodes.len() > Scenario::MAX_NODES {
            return;
        }
    }
}

pub(super) fn remove(draft: &mut Draft, is_leaving: impl Fn(&str) -> bool) {
    draft.nodes.retain(|node| !is_leaving(&node.name));
    draft
        .links
        .retain(|link| !is_leaving(&link.from) && !is_leaving(&link.to));
}

fn exactly_one<'d>(document: &'d Document, name: &str) -> Result<&'d DiagramNode, EditError> {
    document
        .node(name)
        .ok_or_else(|| match some(document, name) {
            Ok(_) => Fault::new(format!(
                "{} means several nodes; name one of them",
                quote(name)
            ))
            .into(),
            Err(error) => error,
        })
}

/// Whether the nodes that an edit names can get the condition that it says.
pub(super) fn check_condition(document: &Document, edit: &Edit) -> Result<(), EditError> {
    let (Edit::Kill { name } | Edit::Heal { name } | Edit::Slow { name, .. }) = edit else {
        return Ok(());
    };
    for node in some(document, name)? {
        let why_not = match (node.kind.kind(), edit) {
            (Kind::Clients, _) => "are clients; only parts of the system can fail",
            (Kind::Balancer, Edit::Slow { .. }) => "forwards in no time, so it cannot be slow",
            _ => continue,
        };
        return Err(Fault::new(format!("{} {why_not}", quote(&node.name))).into());
    }
    match edit {
        Edit::Slow { factor, .. } => check_factor(*factor).map_err(Into::into),
        _ => Ok(()),
    }
}

/// Whether a node can be slowed by this.
pub(crate) fn check_factor(factor: f64) -> Result<(), Fault> {
    if factor > 1.0 && factor <= 1_000.0 {
        return Ok(());
    }
    Err(Fault::new(
        "a factor to slow by is out of range: more than 1, at most 1,000",
    ))
}

fn rename(draft: &mut Draft, old: &str, new: &str) {
    let swap = |name: &mut String| {
        if name == old {
            new.clone_into(name);
        }
    };
    for node in &mut draft.nodes {
        swap(&mut node.name);
    }
    for link in &mut draft.links {
        swap(&mut link.from);
        swap(&mut link.to);
    }
    for control in draft.settings.controls.iter_mut().flatten() {
        if let Control::WorkersOf(name) = control {
            swap(name);
        }
    }
    let in_path = |path: &mut String| {
        if let Some((from, rest)) = path.split_once("->")
            && let Some((to, key)) = rest.rsplit_once('.')
        {
            let [mut from, mut to] = [from, to].map(|name| name.trim().to_owned());
            swap(&mut from);
            swap(&mut to);
            *path = format!("{from} -> {to}.{key}");
        } else if let Some(rest) = path.strip_prefix(old)
            && rest.starts_with('.')
        {
            *path = format!("{new}{rest}");
        }
    };
    for Timed { edit, .. } in &mut draft.timeline {
        match edit {
            Edit::Set { path, .. } => in_path(path),
            Edit::Duplicate { name, .. }
            | Edit::Remove { name }
            | Edit::Rename { name, .. }
            | Edit::Move { name, .. }
            | Edit::Kill { name }
            | Edit::Slow { name, .. }
            | Edit::Heal { name } => swap(name),
            Edit::Connect { from, to, .. } | Edit::Disconnect { from, to } => {
                swap(from);
                swap(to);
            }
            Edit::Add { .. } => {}
        }
    }
    for variant in &mut draft.variants {
        for (path, _) in &mut variant.settings {
            in_path(path);
        }
    }
}
