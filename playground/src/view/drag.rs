//! What the pointer can take hold of in the playground's scene, and what it drags: a node, or a link
//! out of a node's port.

use diagram::layout::{Orientation, Rect};
use diagram::px;
use simulator::Kind;
use yew::prelude::*;

use super::Ui;
use crate::input::pointer::PORT;
use crate::model::{Drag, Dragged, Over, Surface};
use crate::sample::Sample;

/// The drawn port; the rest of its reach is for fingers.
const PORT_RADIUS: &str = "7";
const PORT_REACH: &str = "16";

/// The port of the node at `place`, where it may call others.
pub fn view_port(ui: &Ui<'_>, sample: &Sample, place: usize) -> Html {
    let node = sample.document.nodes().get(place);
    let rect = sample.layout.nodes.get(place);
    let (Some(node), Some(rect), Surface::Playground) = (node, rect, ui.model.surface) else {
        return Html::default();
    };
    let caller = node.kind.kind();
    if !Kind::ALL.into_iter().any(|callee| caller.may_call(callee)) {
        return Html::default();
    }
    let (x, y) = port_of(rect, ui.orientation);
    let (x, y) = (px(x).to_string(), px(y).to_string());
    html! {
        <>
            <circle class="port-dot" cx={x.clone()} cy={y.clone()} r={PORT_RADIUS} />
            <circle class={PORT} cx={x} cy={y} r={PORT_REACH} />
        </>
    }
}

/// Where links leave a node.
fn port_of(rect: &Rect, orientation: Orientation) -> (f64, f64) {
    let (x, y) = rect.centre();
    match orientation {
        Orientation::Across => (rect.right(), y),
        Orientation::Down => (x, rect.bottom()),
    }
}

/// What is being dragged.
pub fn view_drag(ui: &Ui<'_>, sample: &Sample) -> Html {
    let rect_of = |name: &str| {
        let node = sample.document.node_id(name)?;
        sample.layout.nodes.get(node.index())
    };
    let Some(Drag { name, at, what }) = &ui.model.drag else {
        return Html::default();
    };
    let Some(rect) = rect_of(name) else {
        return Html::default();
    };
    let picture = match what {
        Dragged::Node => view_outline(
            "ghost",
            rect,
            (at.0 - rect.width / 2.0, at.1 - rect.height / 2.0),
        ),
        Dragged::Link(over) => {
            let end = over.as_ref().and_then(|over| rect_of(&over.name));
            view_link(port_of(rect, ui.orientation), *at, over.as_ref(), end)
        }
    };
    let layout = &sample.layout;
    html! {
        <svg class="scene-handles" viewBox={format!("0 0 {} {}", px(layout.width), px(layout.height))}
            aria-hidden="true">{ picture }</svg>
    }
}

/// A link that ends at the pointer, and the node where it would end. A cross says that it may not.
fn view_link(from: (f64, f64), to: (f64, f64), over: Option<&Over>, end: Option<&Rect>) -> Html {
    let is_refused = over.is_some_and(|over| over.refusal.is_some());
    let sign = if is_refused {
        "m-7 -7l14 14m0 -14l-14 14"
    } else {
        "m-5 0a5 5 0 1 0 10 0a5 5 0 1 0 -10 0"
    };
    let [from, to] = [from, to].map(|(x, y)| format!("{} {}", px(x), px(y)));
    let line = format!("M{from}L{to}M{to}{sign}");
    html! {
        <g class={classes!("loose-link", is_refused.then_some("is-refused"))}>
            if let Some(end) = end {
                { view_outline("link-end", end, (end.x, end.y)) }
            }
            <path d={line} />
        </g>
    }
}

fn view_outline(class: &'static str, rect: &Rect, (x, y): (f64, f64)) -> Html {
    html! {
        <rect {class} x={px(x).to_string()} y={px(y).to_string()} width={px(rect.width).to_string()}
            height={px(rect.height).to_string()} rx="8" />
    }
}
