//! Which node is selected: by the pointer or by the arrow keys.

use diagram::layout::Rect;

use crate::effect::Effect;
use crate::focus::Focus;
#[cfg(feature = "page")]
use crate::focus::Part;
use crate::model::{Model, Status, Surface};
use crate::msg::Direction;

/// Takes back one thing at a time: a drag, what a figure shows of a node, the selection.
pub(super) fn clear(model: &mut Model) -> Vec<Effect> {
    if model.drag.take().is_some() {
        model.status = Status::said("");
        return vec![Effect::Redraw];
    }
    if model.is_card_open {
        return close(model);
    }
    model.selected = None;
    model.refused.clear();
    // A node keeps the focus without being selected; a button of its panel is gone.
    #[cfg(feature = "page")]
    return vec![Effect::KeepFocus(Part::Inspector.into())];
    #[cfg(not(feature = "page"))]
    Vec::new()
}

/// Selects a node, and shows in a figure what is known of it.
pub(super) fn open(model: &mut Model, name: String) -> Vec<Effect> {
    model.is_card_open = model.surface == Surface::Figure;
    select(model, name)
}

/// Closes what a figure shows of a node; the node gets the focus back.
pub(super) fn close(model: &mut Model) -> Vec<Effect> {
    model.is_card_open = false;
    model
        .selected
        .clone()
        .map(|name| Effect::Focus(Focus::Node(name)))
        .into_iter()
        .collect()
}

/// Goes to the next node in a direction.
pub(super) fn go(model: &mut Model, direction: Direction) -> Vec<Effect> {
    let Some(name) = neighbour(model, direction) else {
        return Vec::new();
    };
    let mut effects = select(model, name.clone());
    effects.push(Effect::Focus(Focus::Node(name)));
    effects
}

/// Where the selected node is gone, the nearest one takes its place, with the focus.
pub(super) fn follow(model: &mut Model) -> Option<Effect> {
    let gone = model.selected.clone()?;
    if model.document().node(&gone).is_some() {
        return None;
    }
    let next = move_on(model, &gone)?;
    Some(Effect::KeepFocus(Focus::Node(next)))
}

/// Selects the node that was nearest to one that is gone.
pub(super) fn move_on(model: &mut Model, gone: &str) -> Option<String> {
    let next = beside(model, gone);
    model.is_card_open = false;
    model.fault_node.clone_from(&next);
    model.selected.clone_from(&next);
    next
}

/// What is to have the focus where the system has become another one.
#[cfg(feature = "page")]
pub(super) fn anchor(model: &Model) -> Focus {
    let exists = |name: &String| model.design().node(name).is_some();
    let selected = model.selected.clone().filter(exists);
    selected.map_or(Part::Inspector.into(), Focus::Node)
}

/// The node of the present system that was nearest to one that the last report still had.
fn beside(model: &Model, gone: &str) -> Option<String> {
    let sample = model.sample.as_ref()?;
    let rects = &sample.layout.nodes;
    let (x, y) = rects.get(sample.document.node_id(gone)?.index())?.centre();
    let distance = |rect: &Rect| {
        let to = rect.centre();
        (to.0 - x) * (to.0 - x) + (to.1 - y) * (to.1 - y)
    };
    let left = sample
        .document
        .nodes()
        .iter()
        .zip(rects)
        .filter(|(node, _)| model.document().node(&node.name).is_some());
    left.min_by(|a, b| distance(a.1).total_cmp(&distance(b.1)))
        .map(|(node, _)| node.name.clone())
}

pub(super) fn select(model: &mut Model, name: String) -> Vec<Effect> {
    if model.document().node(&name).is_none() {
        return Vec::new();
    }
    let is_new = model.selected.as_ref() != Some(&name);
    if is_new {
        model.refused.clear();
        model.target = None;
        model.source = None;
        // What is done to this node is no part of what was done to the other.
        model.history.settle();
    }
    // A figure has no inspector: its line at the foot says what is known of the node.
    let place = model
        .document()
        .node_id(&name)
        .map(simulator::NodeId::index);
    // Where the focus comes to a node that is selected already, the line says why.
    if let (true, Surface::Figure, Some(place), Some(sample)) =
        (is_new, model.surface, place, &model.sample)
    {
        model.status = Status::said(sample.spoken(place, model.has_started));
    }
    model.fault_node = Some(name.clone());
    model.selected = Some(name);
    Vec::new()
}

/// The node that an arrow key leads to from the selected one; the first node where none is.
fn neighbour(model: &Model, direction: Direction) -> Option<String> {
    let nodes = model.document().nodes();
    let here = model.present_node();
    let there = match (here, &model.sample) {
        (Some(here), Some(sample)) => nearest(&sample.layout.nodes, here.index(), direction)?,
        _ => 0,
    };
    nodes.get(there).map(|node| node.name.clone())
}

/// The place of the nearest rectangle in a direction: distance along it counts once, distance
/// across it twice, so that a row is followed before it is left.
fn nearest(rects: &[Rect], here: usize, direction: Direction) -> Option<usize> {
    let middle = |rect: &Rect| (rect.x + rect.width / 2.0, rect.y + rect.height / 2.0);
    let from = middle(rects.get(here)?);
    let (step_x, step_y) = direction.step();
    let (step_x, step_y) = (f64::from(step_x), f64::from(step_y));
    rects
        .iter()
        .enumerate()
        .filter(|&(place, _)| place != here)
        .filter_map(|(place, rect)| {
            let to = middle(rect);
            let (dx, dy) = (to.0 - from.0, to.1 - from.1);
            let along = dx * step_x + dy * step_y;
            let across = (dx * step_y).abs() + (dy * step_x).abs();
            (along > 1.0).then_some((place, along + 2.0 * across))
        })
        .min_by(|a, b| a.1.total_cmp(&b.1))
        .map(|(place, _)| place)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arrows_follow_the_row_before_they_leave_it() {
        let rect = |x: f64, y: f64| Rect {
            x,
            y,
            width: 10.0,
            height: 10.0,
        };
        // 0 1
        // 2   3
        let rects = [
            rect(0.0, 0.0),
            rect(100.0, 0.0),
            rect(0.0, 80.0),
            rect(150.0, 80.0),
        ];
        for (here, direction, there) in [
            (0, Direction::Right, Some(1)),
            (0, Direction::Down, Some(2)),
            (2, Direction::Right, Some(3)),
            (3, Direction::Up, Some(1)),
            (0, Direction::Left, None),
        ] {
            assert_eq!(
                nearest(&rects, here, direction),
                there,
                "{here} {direction:?}"
            );
        }
    }
}
