//! Nodes: adding, connecting, setting, moving and removing them, which only the page can do.

use diagram::parameter::LINK_LATENCY;
use diagram::{Edit, kind, name};
use simulator::NodeId;

use super::change::change;
use super::selection;
use crate::effect::Effect;
use crate::focus::{Focus, Part};
use crate::model::{Drag, Dragged, Model, Refused, Status, Surface};
use crate::msg::{Direction, Msg};
use crate::text;

/// The field of the inspector that holds the node's name.
pub const NAME_FIELD: &str = "name";

pub(super) fn update(model: &mut Model, msg: Msg) -> Vec<Effect> {
    match msg {
        Msg::NudgedNode(direction) => nudge(model, direction),
        Msg::PressedAdd(wanted) => {
            let name = model.document().free_name(kind::key(wanted));
            let effects = change(
                model,
                vec![Edit::Add {
                    name: name.clone(),
                    kind: wanted,
                }],
                None,
                None,
            );
            added(model, effects, name)
        }
        Msg::PressedDuplicate => {
            let Some(name) = model.selected.clone() else {
                return Vec::new();
            };
            let as_name = model.document().free_name(&name);
            let edit = Edit::Duplicate {
                name,
                as_name: as_name.clone(),
            };
            let effects = change(model, vec![edit], None, None);
            added(model, effects, as_name)
        }
        Msg::PressedDelete => {
            let Some(name) = model.selected.take() else {
                return Vec::new();
            };
            model.refused.clear();
            let mut effects = change(model, vec![Edit::Remove { name: name.clone() }], None, None);
            if !effects.is_empty() {
                model.status = Status::said(text::removed(&name));
                let next = selection::move_on(model, &name);
                let focus = next.map_or(Part::Palette.into(), Focus::Node);
                effects.push(Effect::Focus(focus));
                super::forget_missing(model);
            }
            effects
        }
        Msg::EnteredName(to) => rename(model, to.trim()),
        Msg::EnteredSetting(path, value) => {
            let edit = Edit::Set {
                path: path.clone(),
                value,
            };
            change(model, vec![edit], None, Some(&path))
        }
        Msg::ChoseTarget(name) => {
            model.target = Some(name);
            Vec::new()
        }
        Msg::ChoseSource(name) => {
            model.source = Some(name);
            Vec::new()
        }
        Msg::Connected(from, to) => {
            model.target = None;
            model.source = None;
            let link = Part::Link(from.clone(), to.clone());
            let mut effects = connect(model, from, to);
            if !effects.is_empty() {
                // The button offers another node from now on, or none.
                effects.push(Effect::Focus(link.into()));
            }
            effects
        }
        Msg::Disconnected(from, to) => disconnect(model, from, to),
        Msg::DraggedNode(name, at) => {
            let what = Dragged::Node;
            model.drag = Some(Drag { name, at, what });
            vec![Effect::Redraw]
        }
        Msg::DroppedNode => {
            let Some(Drag { name, at, .. }) = model.drag.take() else {
                return Vec::new();
            };
            let Some(sample) = &model.sample else {
                return Vec::new();
            };
            let (x, y) = sample.layout.cell_at(at.0, at.1);
            change(model, vec![Edit::Move { name, x, y }], None, None)
        }
        Msg::CancelledDrag => {
            if model.drag.take().is_some() {
                // What was said about where a link may end is over.
                model.status = Status::said("");
            }
            vec![Effect::Redraw]
        }
        _ => Vec::new(),
    }
}

/// Connects two nodes with a link of the usual length.
pub(super) fn connect(model: &mut Model, from: String, to: String) -> Vec<Effect> {
    let said = text::connected(&from, &to);
    let edit = Edit::Connect {
        from,
        to,
        latency: LINK_LATENCY,
    };
    let effects = change(model, vec![edit], None, None);
    if !effects.is_empty() {
        model.status = Status::said(said);
    }
    effects
}

fn disconnect(model: &mut Model, from: String, to: String) -> Vec<Effect> {
    let said = text::disconnected(&from, &to);
    let focus = link_beside(model, &from, &to);
    let mut effects = change(model, vec![Edit::Disconnect { from, to }], None, None);
    if !effects.is_empty() {
        model.status = Status::said(said);
        effects.push(Effect::KeepFocus(focus.into()));
    }
    effects
}

/// The next link of the selected node in the inspector's list, or else the one before.
fn link_beside(model: &Model, from: &str, to: &str) -> Part {
    let document = model.document();
    let name = |id: NodeId| document.nodes().get(id.index()).map(|it| it.name.as_str());
    let links: Vec<(&str, &str)> = document
        .links()
        .iter()
        .filter_map(|link| Some((name(link.from)?, name(link.to)?)))
        .filter(|&(from, to)| [from, to].contains(&model.selected.as_deref().unwrap_or_default()))
        .collect();
    let place = links.iter().position(|&link| link == (from, to));
    let beside = place.and_then(|place| {
        let before = place.checked_sub(1);
        links.get(place + 1).or(before.and_then(|it| links.get(it)))
    });
    beside.map_or(Part::Links, |&(from, to)| {
        Part::Link(from.to_owned(), to.to_owned())
    })
}

/// Selects a node that was added. Some of the buttons that add are gone when there is one.
fn added(model: &mut Model, mut effects: Vec<Effect>, name: String) -> Vec<Effect> {
    if !effects.is_empty() {
        model.status = Status::said(text::added(&name));
        model.fault_node = Some(name.clone());
        model.selected = Some(name.clone());
        effects.push(Effect::KeepFocus(Focus::Node(name)));
    }
    effects
}

fn rename(model: &mut Model, to: &str) -> Vec<Effect> {
    let Some(name) = model.selected.clone() else {
        return Vec::new();
    };
    if name == to {
        model.refused.remove(NAME_FIELD);
        return Vec::new();
    }
    if let Err(fault) = name::check_name(to) {
        let refused = Refused {
            text: to.to_owned(),
            message: match fault.help {
                Some(help) => format!("{}: {help}.", fault.message),
                None => fault.message,
            },
        };
        model.refused.insert(NAME_FIELD.to_owned(), refused);
        return Vec::new();
    }
    let effects = change(
        model,
        vec![Edit::Rename {
            name,
            to: to.to_owned(),
        }],
        None,
        Some(NAME_FIELD),
    );
    if effects.is_empty() {
        let message = model.status.text.clone();
        let refused = Refused {
            text: to.to_owned(),
            message,
        };
        model.refused.insert(NAME_FIELD.to_owned(), refused);
    } else {
        model.fault_node = Some(to.to_owned());
        model.selected = Some(to.to_owned());
    }
    effects
}

fn nudge(model: &mut Model, direction: Direction) -> Vec<Effect> {
    if model.surface == Surface::Figure {
        return Vec::new();
    }
    let (Some(name), Some(sample)) = (model.selected.clone(), &model.sample) else {
        return Vec::new();
    };
    let Some(node) = model.document().node_id(&name) else {
        return Vec::new();
    };
    let Some(rect) = sample.layout.nodes.get(node.index()) else {
        return Vec::new();
    };
    let (x, y) = sample
        .layout
        .cell_at(rect.x + rect.width / 2.0, rect.y + rect.height / 2.0);
    let (dx, dy) = direction.step();
    let key = format!("nudge {name}");
    change(
        model,
        vec![Edit::Move {
            name,
            x: x + dx,
            y: y + dy,
        }],
        Some(&key),
        None,
    )
}
