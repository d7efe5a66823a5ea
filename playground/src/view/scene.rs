//! The picture in three layers: the system, its requests, and what can be pressed.
//!
//! The system is written by the diagram crate a few times a second; requests are painted on the
//! canvas at every frame, past Yew; the nodes are buttons of their own, so that the keyboard and a
//! screen reader find them.

use diagram::layout::{Orientation, Rect};
use yew::prelude::*;

use super::legend::view_legend;
use super::{Ui, raw};
use crate::input::{keyboard, pointer};
use crate::model::Surface;
use crate::msg::Msg;
use crate::sample::Sample;
use crate::text;

/// How far the frame of a selected node lies outside it.
const MARGIN: f64 = 3.0;

/// The scene with its legend.
pub fn view_scene(ui: &Ui<'_>) -> Html {
    let Some(sample) = &ui.model.sample else {
        return html! { <div class="scene" /> };
    };
    let picture = match ui.opening() {
        Some(opening) => match ui.orientation {
            Orientation::Across => raw(&opening.across),
            Orientation::Down => raw(&opening.down),
        },
        None => raw(&sample.scene),
    };
    let surface = ui.model.surface;
    let pressed = ui.tell.clone();
    let onkeydown = Callback::from(move |event: KeyboardEvent| {
        if let Some(msg) = keyboard::in_scene(surface, &keyboard::Stroke::of(&event)) {
            event.prevent_default();
            pressed.emit(msg);
        }
    });
    html! {
        <div class="scene">
            <div class="scene-stage" {onkeydown}>
                <div class="scene-picture">{ picture }</div>
                <canvas class="scene-requests" ref={ui.canvas.clone()} aria-hidden="true" />
                { view_handles(ui, sample) }
            </div>
            { view_legend(ui) }
        </div>
    }
}

fn view_handles(ui: &Ui<'_>, sample: &Sample) -> Html {
    let layout = &sample.layout;
    let nodes = sample.document.nodes();
    // One stop for the tabulator key: the selected node, or the first.
    let stop = ui
        .model
        .selected
        .as_ref()
        .and_then(|name| sample.document.node_id(name))
        .map_or(0, simulator::NodeId::index);
    // The buttons are a list of their own: keys keep elements, and with them the focus, only among
    // others with keys.
    html! {
        <svg class="scene-handles" viewBox={format!("0 0 {} {}", layout.width, layout.height)}
            role="group" aria-label={text::FIGURE_SCENE}>
            <g>
            { for nodes.iter().zip(&layout.nodes).enumerate().map(|(place, (node, rect))| {
                view_handle(ui, sample, &node.name, place, rect, place == stop)
            }) }
            </g>
            <g>{ view_ghost(ui, sample) }</g>
        </svg>
    }
}

fn view_handle(
    ui: &Ui<'_>,
    sample: &Sample,
    name: &str,
    place: usize,
    rect: &Rect,
    is_stop: bool,
) -> Html {
    let is_selected = ui.model.selected.as_deref() == Some(name);
    // The focus takes the selection along, so that every key acts on the node that has it.
    let focused = {
        let name = name.to_owned();
        ui.tell
            .reform(move |_: FocusEvent| Msg::SelectedNode(name.clone()))
    };
    let pressed = {
        let (tell, name) = (ui.tell.clone(), name.to_owned());
        Callback::from(move |event: KeyboardEvent| {
            if event.key() == "Enter" {
                tell.emit(Msg::SelectedNode(name.clone()));
            }
        })
    };
    let report = |what: fn(&PointerEvent) -> pointer::What| {
        let name = name.to_owned();
        ui.point
            .reform(move |event: PointerEvent| pointer::Report::of(&event, &name, what(&event)))
    };
    html! {
        <g key={name.to_owned()} id={format!("{}-node-{name}", ui.id)} class="handle" role="button"
            tabindex={if is_stop { "0" } else { "-1" }}
            aria-pressed={if is_selected { "true" } else { "false" }}
            aria-label={sample.spoken(place)}
            onfocusin={focused} onkeydown={pressed}
            onpointerdown={report(|_| pointer::What::Down)}
            onpointermove={report(|_| pointer::What::Moved)}
            onpointerup={report(|_| pointer::What::Up)}
            onpointercancel={report(|_| pointer::What::Cancelled)}>
            <rect x={(rect.x - MARGIN).to_string()} y={(rect.y - MARGIN).to_string()}
                width={(rect.width + 2.0 * MARGIN).to_string()}
                height={(rect.height + 2.0 * MARGIN).to_string()} rx="9" />
        </g>
    }
}

/// The outline of a node that is being dragged.
fn view_ghost(ui: &Ui<'_>, sample: &Sample) -> Html {
    let drag = ui
        .model
        .drag
        .as_ref()
        .filter(|_| ui.model.surface == Surface::Playground);
    let Some((drag, node)) = drag.zip(drag.and_then(|drag| sample.document.node_id(&drag.name)))
    else {
        return Html::default();
    };
    let Some(rect) = sample.layout.nodes.get(node.index()) else {
        return Html::default();
    };
    html! {
        <rect class="ghost" x={(drag.at.0 - rect.width / 2.0).to_string()}
            y={(drag.at.1 - rect.height / 2.0).to_string()} width={rect.width.to_string()}
            height={rect.height.to_string()} rx="8" />
    }
}
