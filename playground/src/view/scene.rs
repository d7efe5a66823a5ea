//! The picture in layers: what can be pressed, the system, its requests, and what is being dragged.
//!
//! The nodes are buttons of their own, so that the keyboard and a screen reader find them; they lie
//! lowest, so that the frame of a selected one crosses out no label. The system is written by the
//! diagram crate a few times a second; requests are painted on the canvas at every frame, past Yew.

use diagram::layout::{Orientation, Rect};
use diagram::px;
use yew::prelude::*;

use super::card::view_card;
#[cfg(feature = "page")]
use super::drag::{view_drag, view_port};
use super::legend::view_legend;
use super::{Ui, raw};
use crate::input::{keyboard, pointer};
#[cfg(feature = "page")]
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
                { view_handles(ui, sample) }
                <div class="scene-picture">{ picture }</div>
                <canvas class="scene-requests" ref={ui.canvas.clone()} aria-hidden="true" />
                { view_drag(ui, sample) }
            </div>
            { view_over(ui, sample) }
            { view_legend(ui) }
        </div>
    }
}

fn view_handles(ui: &Ui<'_>, sample: &Sample) -> Html {
    let layout = &sample.layout;
    let nodes = sample.document.nodes();
    // One stop for the tabulator key: the selected node, or the first.
    let stop = ui.model.present_node().map_or(0, simulator::NodeId::index);
    html! {
        <svg class="scene-handles" viewBox={format!("0 0 {} {}", px(layout.width), px(layout.height))}
            role="group" aria-label={text::FIGURE_SCENE}>
            { for nodes.iter().zip(&layout.nodes).enumerate().map(|(place, (node, rect))| {
                view_handle(ui, sample, &node.name, place, rect, place == stop)
            }) }
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
                tell.emit(Msg::OpenedNode(name.clone()));
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
            aria-label={sample.spoken(place, ui.model.has_started)}
            onfocusin={focused} onkeydown={pressed} onclick={ui.on_click(Msg::OpenedNode(name.to_owned()))}
            onpointerdown={report(|_| pointer::What::Down)}
            onpointermove={report(|_| pointer::What::Moved)}
            onpointerup={report(|_| pointer::What::Up)}
            onpointercancel={report(|_| pointer::What::Cancelled)}>
            <rect x={px(rect.x - MARGIN).to_string()} y={px(rect.y - MARGIN).to_string()}
                width={px(rect.width + 2.0 * MARGIN).to_string()}
                height={px(rect.height + 2.0 * MARGIN).to_string()} rx="9" />
            { view_port(ui, sample, place) }
        </g>
    }
}

/// What lies over the picture: in the playground what is missing, in a figure the pressed node.
fn view_over(ui: &Ui<'_>, sample: &Sample) -> Html {
    match ui.model.surface {
        #[cfg(feature = "page")]
        Surface::Playground => super::advice::view_advice(ui),
        _ => view_card(ui, sample),
    }
}

#[cfg(not(feature = "page"))]
fn view_drag(_: &Ui<'_>, _: &Sample) -> Html {
    Html::default()
}

#[cfg(not(feature = "page"))]
fn view_port(_: &Ui<'_>, _: &Sample, _: usize) -> Html {
    Html::default()
}
