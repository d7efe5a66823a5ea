//! One row of the inspector, made from the parameter tables: label, field, unit, source, error.

use diagram::parameter::Parameter;
use diagram::quantity::Quantity;
use yew::prelude::*;

use super::Ui;
use super::select::view_select;
use super::stepper::view_stepper;
use super::text_field::TextField;
use crate::dial::count;
use crate::msg::Msg;
use crate::text;

/// The row for `parameter` at `path`, which now has the value `present`.
pub fn view_setting(ui: &Ui<'_>, parameter: &Parameter, path: &str, present: &str) -> Html {
    let field = format!("{}-{}", ui.id, path.replace([' ', '>', '.'], "-"));
    let refused = ui.model.refused.get(path);
    let note_id = format!("{field}-note");
    // Sentences need the whole width.
    let is_long = matches!(parameter.quantity, Quantity::Text { .. });
    html! {
        <div class="setting" key={parameter.key}>
            <div class={classes!("setting-row", is_long.then_some("is-long"))}>
                <label for={field.clone()} title={parameter.doc}>{ parameter.label }</label>
                { view_field(ui, parameter, path, &field, present) }
            </div>
            if let Some(refused) = refused {
                <p class="setting-error" role="alert">{ &refused.message }</p>
            }
            <p class="setting-note" id={note_id}>{ parameter.doc }</p>
            { view_source(parameter) }
        </div>
    }
}

fn view_field(ui: &Ui<'_>, parameter: &Parameter, path: &str, field: &str, present: &str) -> Html {
    let text_field = |input_mode: Option<&'static str>| {
        let text = TextField {
            id: Some(field.to_owned()),
            input_mode,
            hint: Some(parameter.quantity.describe().into_owned()),
            described_by: Some(format!("{field}-note")),
            ..TextField::new(path, present)
        };
        let path = path.to_owned();
        text.view(ui, move |text| Msg::EnteredSetting(path.clone(), text))
    };
    match parameter.quantity {
        Quantity::Choice(choices) => {
            let mut choices = choices.iter().map(|choice| (choice.text, choice.label));
            let path = path.to_owned();
            view_select(ui, field, None, &mut choices, present, move |text| {
                Msg::EnteredSetting(path.clone(), text)
            })
        }
        Quantity::Count { min, max } => {
            let present = present.parse::<u64>().ok();
            let step = |wanted: Option<u64>| {
                let wanted = wanted.filter(|&wanted| Some(wanted) != present);
                wanted.map(|wanted| Msg::EnteredSetting(path.to_owned(), wanted.to_string()))
            };
            let less = step(present.map(|present| count::below(present).max(min)));
            let more = step(present.map(|present| count::above(present).min(max)));
            view_stepper(ui, parameter.label, text_field(Some("numeric")), less, more)
        }
        _ => text_field(None),
    }
}

fn view_source(parameter: &Parameter) -> Html {
    let Some(source) = parameter.source else {
        return Html::default();
    };
    // The default of a group stands at its fields.
    if parameter.default.starts_with('{') {
        return Html::default();
    }
    let date = source
        .date
        .map(|date| format!(" ({date})"))
        .unwrap_or_default();
    html! {
        <details class="setting-source">
            <summary>{ text::why_default(parameter.default, source.quality.label()) }</summary>
            { capitalised(source.text) }{ "." }
            if let Some(url) = source.url {
                { " " }<a href={url} rel="noreferrer">{ text::SOURCE }</a>{ date }
            }
        </details>
    }
}

fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters
        .next()
        .map(|first| first.to_ascii_uppercase())
        .into_iter()
        .chain(letters)
        .collect()
}
