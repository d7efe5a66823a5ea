//! The figure's controls: one cell for each, as many as the computed figure has.

use diagram::Control;
use diagram::Shortest;
use simulator::Condition;
use yew::prelude::*;

use super::Ui;
use super::button::Button;
use super::select::view_select;
use super::stepper::view_stepper;
use super::text_field::{TextField, hint_of};
use crate::dial::{self, Face, LAST_LOAD_PLACE, Turn};
use crate::msg::{Fault, Msg};
use crate::text;

/// All controls of the figure.
pub fn view_controls(ui: &Ui<'_>) -> Html {
    let controls = ui.model.authored.controls();
    html! {
        <div class="controls">
            { for controls.iter().map(|control| view_control(ui, control)) }
        </div>
    }
}

fn view_control(ui: &Ui<'_>, control: &Control) -> Html {
    let (key, label) = (control.key(), control.label());
    let field = format!("{}-{key}", ui.id);
    let turned = |control: &Control| {
        let control = control.clone();
        move |text| Msg::TurnedDial(control.clone(), Turn::To(text))
    };
    let body = match dial::face(ui.model.document(), control) {
        Face::Load { place, rate } => view_load(ui, &field, place, rate),
        Face::Choice { choices, present } => {
            let mut choices = choices
                .iter()
                .map(|(value, label)| (value.as_str(), label.as_str()));
            view_select(ui, &field, None, &mut choices, &present, turned(control))
        }
        Face::Stepper {
            value,
            can_go_down,
            can_go_up,
        } => view_stepper(
            ui,
            &label,
            TextField {
                name: Some(&label),
                hint: hint_of(ui, &key),
                ..TextField::new(&key, &value)
            }
            .view(ui, turned(control)),
            can_go_down.then(|| Msg::TurnedDial(control.clone(), Turn::Down)),
            can_go_up.then(|| Msg::TurnedDial(control.clone(), Turn::Up)),
        ),
        Face::Faults => view_faults(ui, &field),
        Face::Nothing => html! { <span>{ "–" }</span> },
    };
    // Where there is no single field to name, the label is a plain line.
    let labels_a_field = matches!(control, Control::Load | Control::Arrivals | Control::Policy)
        || matches!(control, Control::HealthCheck | Control::Faults);
    html! {
        <div class={format!("control control-{}", control.word())} key={key.to_string()}>
            if labels_a_field {
                <label class="control-label" for={field}>{ &*label }</label>
            } else {
                <span class="control-label">{ &*label }</span>
            }
            <div class="control-body">{ body }</div>
        </div>
    }
}

fn view_load(ui: &Ui<'_>, field: &str, place: f64, rate: f64) -> Html {
    let slid = ui.on_slide(|place| Msg::TurnedDial(Control::Load, Turn::Slid(place)));
    let settled = ui.on_change(|_| Msg::SettledDial);
    // Three digits are a good reading of a large number, and no reading of a small one.
    let present = if rate < 1.0 {
        diagram::quantity::format_rate(rate)
    } else {
        format!("{}/s", diagram::wording::grouped(rate))
    };
    let text = TextField {
        name: Some(text::LOAD_FIELD),
        input_mode: Some("decimal"),
        hint: hint_of(ui, Control::Load.word()),
        ..TextField::new(Control::Load.word(), &present)
    };
    html! {
        <>
            <input id={field.to_owned()} class="slider" type="range" min="0"
                max={Shortest(LAST_LOAD_PLACE).to_string()} step="1" value={Shortest(place).to_string()}
                aria-valuetext={format!("{} requests per second", Shortest(rate))}
                oninput={slid} onchange={settled} />
            { text.view(ui, |value| Msg::TurnedDial(Control::Load, Turn::To(value))) }
        </>
    }
}

fn view_faults(ui: &Ui<'_>, field: &str) -> Html {
    let target = ui.model.fault_target();
    let target = target.as_deref().unwrap_or_default();
    let mut names = dial::breakable(ui.model.document()).map(|name| (name, name));
    html! {
        <>
            { view_select(ui, field, Some(text::NODE_TO_BREAK), &mut names, target, Msg::ChoseFaultNode) }
            { view_fault_buttons(ui, target, None) }
        </>
    }
}

/// Kill, slow, heal; `name` is the node where it is not the chosen one.
pub fn view_fault_buttons(ui: &Ui<'_>, target: &str, name: Option<&str>) -> Html {
    let fault = |fault: Fault| Msg::PressedFault(fault, name.map(str::to_owned));
    let condition = ui.model.faults.get(target);
    let is_dead = condition == Some(&Condition::Dead);
    html! {
        <>
            { Button::new(text::KILL, fault(Fault::Kill)).danger().view(ui) }
            { Button::new(text::SLOW, fault(Fault::Slow)).enabled(!is_dead).view(ui) }
            { Button::new(text::HEAL, fault(Fault::Heal)).enabled(condition.is_some()).view(ui) }
        </>
    }
}
