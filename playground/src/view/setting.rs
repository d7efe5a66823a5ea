//! One row of the inspector, made from the parameter tables: label, field, unit, source, error.

use diagram::parameter::Parameter;
use diagram::quantity::Quantity;
use yew::prelude::*;

use super::Ui;
use crate::msg::Msg;

/// The row for `parameter` at `path`, which now has the value `present`.
pub fn view_setting(ui: &Ui<'_>, parameter: &Parameter, path: &str, present: &str) -> Html {
    let field = format!("{}-{}", ui.id, path.replace([' ', '>', '.'], "-"));
    let refused = ui.model.refused.get(path);
    let shown = refused.map_or(present, |refused| refused.text.as_str()).to_owned();
    let note_id = format!("{field}-note");
    html! {
        <div class="setting" key={path.to_owned()}>
            <div class="setting-row">
                <label for={field.clone()} title={parameter.doc}>{ parameter.label }</label>
                { view_field(ui, parameter, path, &field, &shown, refused.is_some()) }
            </div>
            if let Some(refused) = refused {
                <p class="setting-error" role="alert">{ &refused.message }</p>
            }
            <p class="setting-note" id={note_id}>
                { parameter.doc }
                { view_source(parameter) }
            </p>
        </div>
    }
}

fn view_field(
    ui: &Ui<'_>,
    parameter: &Parameter,
    path: &str,
    field: &str,
    shown: &str,
    is_refused: bool,
) -> Html {
    let entered = {
        let path = path.to_owned();
        ui.on_change(move |text| Msg::EnteredSetting(path.clone(), text))
    };
    let described = format!("{field}-note");
    match parameter.quantity {
        Quantity::Choice(choices) => html! {
            <select id={field.to_owned()} class="field" onchange={entered}
                aria-describedby={described}>
                { for choices.iter().map(|choice| html! {
                    <option value={choice.text} title={choice.doc} selected={choice.text == shown}>
                        { choice.label }
                    </option>
                }) }
            </select>
        },
        Quantity::Count { min, max } => {
            let present = shown.parse::<u64>().ok();
            let step = |wanted: Option<u64>| {
                let wanted = wanted.filter(|wanted| (min..=max).contains(wanted));
                wanted.map(|wanted| {
                    ui.on_click(Msg::EnteredSetting(path.to_owned(), wanted.to_string()))
                })
            };
            let less = step(present.and_then(|present| present.checked_sub(1)));
            let more = step(present.and_then(|present| present.checked_add(1)));
            html! {
                <div class="stepper">
                    <button type="button" class="button" disabled={less.is_none()}
                        aria-label={format!("{}: less", parameter.label)}
                        onclick={less.unwrap_or_default()}>{ "−" }</button>
                    <input id={field.to_owned()} class="field" type="text" inputmode="numeric"
                        autocomplete="off" value={shown.to_owned()} onchange={entered}
                        aria-invalid={is_refused.to_string()} aria-describedby={described} />
                    <button type="button" class="button" disabled={more.is_none()}
                        aria-label={format!("{}: more", parameter.label)}
                        onclick={more.unwrap_or_default()}>{ "+" }</button>
                </div>
            }
        }
        _ => html! {
            <input id={field.to_owned()} class="field" type="text" autocomplete="off"
                value={shown.to_owned()} onchange={entered} title={parameter.quantity.describe()}
                aria-invalid={is_refused.to_string()} aria-describedby={described} />
        },
    }
}

fn view_source(parameter: &Parameter) -> Html {
    let Some(source) = parameter.source else { return Html::default() };
    let text = if source.text == "chosen for teaching" {
        format!(" Default {}: {}.", parameter.default, source.text)
    } else {
        format!(" Default {}, {}: {}.", parameter.default, source.quality.label(), source.text)
    };
    html! {
        <>
            { text }
            if let Some(url) = source.url {
                { " " }<a href={url} rel="noreferrer">{ "Source" }</a>
                if let Some(date) = source.date { { format!(" ({date})") } }
            }
        </>
    }
}
