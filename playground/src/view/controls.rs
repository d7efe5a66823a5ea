//! The figure's controls: one cell for each, as many as the computed figure has.

use diagram::Control;
use yew::prelude::*;

use super::Ui;
use super::stepper::view_stepper;
use crate::dial::{self, Face, LAST_LOAD_PLACE, Turn};
use crate::msg::{Fault, Msg};
use crate::text;

/// All controls of the figure.
pub fn view_controls(ui: &Ui<'_>) -> Html {
    let controls = ui.model.authored.controls();
    html! {
        <div class="controls">
            { for controls.iter().map(|&control| view_control(ui, control)) }
        </div>
    }
}

fn view_control(ui: &Ui<'_>, control: Control) -> Html {
    let label = control.label();
    let field = format!("{}-{}", ui.id, control.key());
    let turned = |turn: Turn| ui.on_click(Msg::TurnedDial(control, turn));
    let body = match dial::face(ui.model.document(), control) {
        Face::Load { place, rate } => view_load(ui, &field, place, rate),
        Face::Choice { choices, present } => {
            let chose = ui.on_change(move |value| Msg::TurnedDial(control, Turn::To(value)));
            html! {
                <select id={field.clone()} class="field" onchange={chose}>
                    { for choices.into_iter().map(|(value, label)| {
                        let selected = value == present;
                        html! { <option {value} {selected}>{ label }</option> }
                    }) }
                </select>
            }
        }
        Face::Stepper { value, can_go_down, can_go_up } => view_stepper(
            label,
            &value,
            can_go_down.then(|| turned(Turn::Down)),
            can_go_up.then(|| turned(Turn::Up)),
        ),
        Face::Faults => view_faults(ui, &field),
        Face::Nothing => html! { <span>{ "–" }</span> },
    };
    // Where there is no single field to name, the label is a plain line.
    let labels_a_field = matches!(control, Control::Load | Control::Arrivals | Control::Policy)
        || matches!(control, Control::HealthCheck | Control::Faults);
    html! {
        <div class="control" data-control={control.key()} key={control.key()}>
            if labels_a_field {
                <label class="control-label" for={field}>{ label }</label>
            } else {
                <p class="control-label">{ label }</p>
            }
            <div class="control-body">{ body }</div>
        </div>
    }
}

fn view_load(ui: &Ui<'_>, field: &str, place: f64, rate: f64) -> Html {
    let slid = ui.on_input(|value| {
        let place = value.parse().unwrap_or(0.0);
        Msg::TurnedDial(Control::Load, Turn::Slid(place))
    });
    let settled = ui.on_change(|_| Msg::SettledDial);
    let entered = ui.on_change(|value| Msg::TurnedDial(Control::Load, Turn::To(value)));
    let refused = ui.model.refused.get(Control::Load.key());
    let shown = refused.map_or_else(
        || format!("{}/s", diagram::wording::grouped(rate)),
        |refused| refused.text.clone(),
    );
    html! {
        <>
            <input id={field.to_owned()} class="slider" type="range" min="0"
                max={LAST_LOAD_PLACE.to_string()} step="1" value={place.to_string()}
                aria-valuetext={format!("{rate} requests per second")}
                oninput={slid} onchange={settled} />
            <input class="field" type="text" inputmode="decimal" autocomplete="off"
                aria-label="Load in requests per second" value={shown}
                aria-invalid={refused.is_some().to_string()}
                title={refused.map(|refused| refused.message.clone())}
                onchange={entered} />
        </>
    }
}

fn view_faults(ui: &Ui<'_>, field: &str) -> Html {
    let target = ui.model.fault_target();
    let is_faulty =
        target.as_ref().is_some_and(|name| ui.model.faults().contains_key(name));
    let fault = |fault: Fault| ui.on_click(Msg::PressedFault(fault, None));
    html! {
        <>
            <select id={field.to_owned()} class="field" aria-label="Node to break"
                onchange={ui.on_change(Msg::ChoseFaultNode)}>
                { for dial::breakable(ui.model.document()).map(|name| {
                    let selected = target.as_deref() == Some(name);
                    html! { <option value={name.to_owned()} {selected}>{ name }</option> }
                }) }
            </select>
            <button type="button" class="button button-danger" onclick={fault(Fault::Kill)}>
                { text::KILL }
            </button>
            <button type="button" class="button" onclick={fault(Fault::Slow)}>{ text::SLOW }</button>
            <button type="button" class="button" disabled={!is_faulty} onclick={fault(Fault::Heal)}>
                { text::HEAL }
            </button>
        </>
    }
}
