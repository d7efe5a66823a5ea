//! Everything about the selected node; without one, everything about the scenario.

use diagram::parameter::{self, Parameter, SETTINGS};
use diagram::quantity::Quantity;
use diagram::{DiagramNode, kind};
use yew::prelude::*;

use super::Ui;
use super::button::Button;
use super::controls::view_fault_buttons;
use super::facts::view_facts;
use super::links::view_links;
use super::setting::view_setting;
use super::text_field::TextField;
use crate::focus::Part;
use crate::model::Model;
use crate::msg::Msg;
use crate::text;
use crate::update::NAME_FIELD;

/// The panel beside the scene.
pub fn view_inspector(ui: &Ui<'_>) -> Html {
    let document = ui.model.document();
    let selected = ui
        .model
        .selected
        .as_ref()
        .and_then(|name| document.node(name));
    html! {
        <section class="inspector" aria-label={text::SETTINGS}>
            if let Some(node) = selected {
                { view_node(ui, node) }
            } else {
                { view_scenario(ui) }
            }
        </section>
    }
}

fn view_node(ui: &Ui<'_>, node: &DiagramNode) -> Html {
    let node_kind = node.kind.kind();
    html! {
        // Not keyed by the node: its panel stays, with the focus in it, when it gets another name.
        <div key="node">
            <h2 id={Part::Inspector.id(ui.id)} tabindex="-1">{ &node.name }</h2>
            <p class="inspector-kind">{ kind::label(node_kind) }{ ". " }{ kind::doc(node_kind) }</p>
            { view_actions(ui, node) }
            { view_now(ui.model, node) }
            <h3 class="panel-title">{ text::SETTINGS }</h3>
            { view_name(ui, node) }
            { for parameter::parameters(node_kind).iter().map(|it| view_parameter(ui, node, it)) }
            { view_links(ui, node) }
            <div class="action-row">
                { Button::new(text::BACK_TO_SCENARIO, Msg::ClearedSelection).once().view(ui) }
            </div>
        </div>
    }
}

fn view_actions(ui: &Ui<'_>, node: &DiagramNode) -> Html {
    let can_break = node.kind.kind() != simulator::Kind::Clients;
    html! {
        <div role="group" aria-label={text::ACTIONS}>
            if can_break {
                <div class="action-row">
                    { view_fault_buttons(ui, &node.name, Some(&node.name)) }
                </div>
            }
            <div class="action-row">
                { Button::new(text::DUPLICATE, Msg::PressedDuplicate).view(ui) }
                { Button::new(text::DELETE, Msg::PressedDelete).danger().once().view(ui) }
            </div>
        </div>
    }
}

fn view_now(model: &Model, node: &DiagramNode) -> Html {
    let now = model.sample.as_ref().and_then(|sample| {
        let place = sample.document.node_id(&node.name)?.index();
        Some(view_facts(sample, place))
    });
    html! {
        <>
            <h3 class="panel-title">{ text::NOW }</h3>
            { now.unwrap_or_default() }
        </>
    }
}

fn view_name(ui: &Ui<'_>, node: &DiagramNode) -> Html {
    let field = format!("{}-name", ui.id);
    let refused = ui.model.refused.get(NAME_FIELD);
    let text = TextField {
        id: Some(field.clone()),
        ..TextField::new(NAME_FIELD, &node.name)
    };
    html! {
        <div class="setting" key={NAME_FIELD}>
            <div class="setting-row">
                <label for={field}>{ text::NAME }</label>
                { text.view(ui, Msg::EnteredName) }
            </div>
            if let Some(refused) = refused {
                <p class="setting-error" role="alert">{ &refused.message }</p>
            }
        </div>
    }
}

fn view_parameter(ui: &Ui<'_>, node: &DiagramNode, parameter: &Parameter) -> Html {
    let path = format!("{}.{}", node.name, parameter.key);
    let Quantity::Group { off, fields } = parameter.quantity else {
        let present = parameter::value_text(&node.kind, parameter.key).unwrap_or_default();
        return view_setting(ui, parameter, &path, &present);
    };
    let values: Vec<Option<String>> = fields
        .iter()
        .map(|it| parameter::value_text(&node.kind, &format!("{}.{}", parameter.key, it.key)))
        .collect();
    let is_on = values.iter().all(Option::is_some);
    let switched = {
        let path = path.clone();
        // A group that is off comes back with its defaults when one of its fields is set.
        let first = fields
            .first()
            .map(|first| (format!("{path}.{}", first.key), first.default));
        ui.on_change(move |_| match (&first, is_on) {
            (Some((field, value)), false) => {
                Msg::EnteredSetting(field.clone(), (*value).to_owned())
            }
            _ => Msg::EnteredSetting(path.clone(), off.to_owned()),
        })
    };
    html! {
        <div class="setting" key={parameter.key}>
            <label class="setting-row">
                <span>{ parameter.label }</span>
                <input type="checkbox" checked={is_on} onchange={switched} />
            </label>
            <p class="setting-note">{ parameter.doc }</p>
            if is_on {
                <div class="setting-group">
                    { for fields.iter().zip(values).map(|(it, value)| {
                        let path = format!("{path}.{}", it.key);
                        view_setting(ui, it, &path, &value.unwrap_or_default())
                    }) }
                </div>
            }
        </div>
    }
}

fn view_scenario(ui: &Ui<'_>) -> Html {
    let document = ui.model.document();
    let present = |key: &str| match key {
        "title" => Some(document.title().to_owned()),
        "seed" => Some(document.seed().to_string()),
        "slo" => Some(diagram::quantity::format_duration(document.slo())),
        "duration" => Some(diagram::quantity::format_duration(document.duration())),
        "warm-up" => Some(diagram::quantity::format_duration(document.warm_up())),
        _ => None,
    };
    let (start_over, hint) = if ui.model.is_changed() {
        (text::START_OVER, text::START_OVER_HINT)
    } else {
        (text::LOAD_EXAMPLE, text::LOAD_EXAMPLE_HINT)
    };
    html! {
        <div key="scenario">
            <h2 id={Part::Inspector.id(ui.id)} tabindex="-1">{ if document.title().is_empty() { text::RUN } else { document.title() } }</h2>
            <p class="inspector-kind">{ super::playground::hint() }</p>
            <h3 class="panel-title">{ text::RUN }</h3>
            { for SETTINGS.iter().filter_map(|parameter| {
                Some(view_setting(ui, parameter, parameter.key, &present(parameter.key)?))
            }) }
            <div class="action-row">
                { Button::new(start_over, Msg::PressedStartOver).hint(hint).once().view(ui) }
            </div>
        </div>
    }
}
