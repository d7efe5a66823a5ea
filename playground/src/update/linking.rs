//! A link that the pointer draws out of a node's port: where it may end, and what happens there.

use diagram::{Document, kind};
use simulator::Kind;

use super::nodes::connect;
use crate::effect::Effect;
use crate::model::{Drag, Dragged, Model, Over, Status};
use crate::text;

/// How far from a node its link still ends there, in units of the layout: fingers are thick.
const REACH: f64 = 8.0;

pub(super) fn drag(model: &mut Model, name: String, at: (f64, f64)) -> Vec<Effect> {
    let over = end_at(model, &name, at);
    let before = match &model.drag {
        Some(Drag {
            what: Dragged::Link(before),
            ..
        }) => before.as_ref(),
        _ => None,
    };
    // Said once for each node on the way, not at each movement.
    if over.as_ref() != before {
        model.status = match &over {
            Some(Over {
                refusal: Some(refusal),
                ..
            }) => Status::failed(refusal.as_str()),
            Some(over) => Status::said(text::let_go(&name, &over.name)),
            None => Status::said(""),
        };
    }
    let what = Dragged::Link(over);
    model.drag = Some(Drag { name, at, what });
    vec![Effect::Redraw]
}

pub(super) fn drop(model: &mut Model) -> Vec<Effect> {
    let Some(Drag {
        name,
        what: Dragged::Link(Some(over)),
        ..
    }) = model.drag.take()
    else {
        return vec![Effect::Redraw];
    };
    match over.refusal {
        Some(refusal) => {
            model.status = Status::failed(refusal);
            vec![Effect::Redraw]
        }
        None => connect(model, name, over.name),
    }
}

/// The node under the loose end, unless it is the one where the link begins.
fn end_at(model: &Model, from: &str, (x, y): (f64, f64)) -> Option<Over> {
    let sample = model.sample.as_ref()?;
    let place = sample.layout.nodes.iter().position(|rect| {
        (rect.x - REACH..=rect.x + rect.width + REACH).contains(&x)
            && (rect.y - REACH..=rect.y + rect.height + REACH).contains(&y)
    })?;
    let name = sample.document.nodes().get(place)?.name.clone();
    (name != from).then(|| Over {
        refusal: refusal(model.document(), from, &name),
        name,
    })
}

/// Why `from` cannot be linked to `to`.
fn refusal(document: &Document, from: &str, to: &str) -> Option<String> {
    let kind_of = |name| document.node(name).map(|node| node.kind.kind());
    let (caller, callee) = (kind_of(from)?, kind_of(to)?);
    if !caller.may_call(callee) {
        let may = Kind::ALL.into_iter().filter(|&it| caller.may_call(it));
        let may: Vec<&str> = may.map(kind::noun).collect();
        return Some(text::cannot_call(
            (from, kind::noun(caller)),
            (to, kind::noun(callee)),
            &diagram::wording::alternatives(&may),
        ));
    }
    let (start, end) = (document.node_id(from)?, document.node_id(to)?);
    document
        .links()
        .iter()
        .any(|link| link.from == start && link.to == end)
        .then(|| text::linked_already(from, to))
}
