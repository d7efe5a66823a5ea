//! What each edit does to a document.

use simulator::{Kind, NodeId};

use super::{Edit, EditError, build, set};
use crate::document::{DiagramNode, Document, Draft, DraftLink, Timed, no_such_node};
use crate::kind;
use crate::quantity::{Fault, quote};

pub(super) fn apply(document: &Document, edit: &Edit) -> Result<Document, EditError> {
    let mut draft = Draft::of(document);
    match edit {
        Edit::Set { path, value } => set::set(document, &mut draft, path, value)?,
        Edit::Add { name, kind } => {
            draft.nodes.push(DiagramNode {
                name: name.clone(),
                kind: kind::default(*kind),
                position: None,
            });
        }
        Edit::Duplicate { name, as_name } => {
            let node = exactly_one(document, name)?;
            duplicate(&mut draft, node, as_name);
        }
        Edit::Remove { name } => {
            let leaving: Vec<String> = some(document, name)?
                .into_iter()
                .map(|node| node.name.clone())
                .collect();
            remove(&mut draft, &leaving);
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
            let (from_nodes, to_nodes) = (some(document, from)?, some(document, to)?);
            let among = |nodes: &[&DiagramNode], name: &str| nodes.iter().any(|n| n.name == name);
            let before = draft.links.len();
            draft
                .links
                .retain(|link| !(among(&from_nodes, &link.from) && among(&to_nodes, &link.to)));
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
        Edit::Kill { name } | Edit::Heal { name } => {
            check_fault(document, name)?;
            return Ok(document.clone());
        }
        Edit::Slow { name, factor } => {
            check_fault(document, name)?;
            if let Some(node) = some(document, name)?
                .into_iter()
                .find(|node| node.kind.kind() == Kind::Balancer)
            {
                return Err(Fault::new(format!(
                    "{} forwards in no time, so it cannot be slow",
                    quote(&node.name)
                ))
                .into());
            }
            if !(*factor > 1.0 && *factor <= 1_000.0) {
                return Err(Fault::new(
                    "a factor to slow by is out of range: more than 1, at most 1,000",
                )
                .into());
            }
            return Ok(document.clone());
        }
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

pub(super) fn duplicate(draft: &mut Draft, node: &DiagramNode, as_name: &str) {
    let copies: Vec<DraftLink> = draft
        .links
        .iter()
        .filter(|link| link.from == node.name || link.to == node.name)
        .map(|link| {
            let or_copy = |name: &String| {
                if *name == node.name {
                    as_name.to_owned()
                } else {
                    name.clone()
                }
            };
            DraftLink {
                from: or_copy(&link.from),
                to: or_copy(&link.to),
                latency: link.latency,
            }
        })
        .collect();
    draft.links.extend(copies);
    draft.nodes.push(DiagramNode {
        name: as_name.to_owned(),
        kind: node.kind.clone(),
        position: None,
    });
}

pub(super) fn remove(draft: &mut Draft, leaving: &[String]) {
    draft.nodes.retain(|node| !leaving.contains(&node.name));
    draft
        .links
        .retain(|link| !leaving.contains(&link.from) && !leaving.contains(&link.to));
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

fn check_fault(document: &Document, name: &str) -> Result<(), EditError> {
    for node in some(document, name)? {
        if node.kind.kind() == Kind::Clients {
            return Err(Fault::new(format!(
                "{} are clients; only parts of the system can fail",
                quote(&node.name)
            ))
            .into());
        }
    }
    Ok(())
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
