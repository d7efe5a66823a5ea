//! A choice of one of a few words.

use std::rc::Rc;

use yew::prelude::*;

use super::{Heard, Ui};
use crate::msg::Msg;

/// A select; each choice is its value, its label and a remark.
pub fn view_select<'c>(
    ui: &Ui<'_>,
    field: &str,
    name: Option<&'static str>,
    choices: &mut dyn Iterator<Item = (&'c str, &'c str)>,
    present: &str,
    chose: impl Fn(String) -> Msg + 'static,
) -> Html {
    view_chosen(ui, field, name, choices, present, Rc::new(chose))
}

// Apart, because every kind of function would be a copy of it to be downloaded.
fn view_chosen<'c>(
    ui: &Ui<'_>,
    field: &str,
    name: Option<&'static str>,
    choices: &mut dyn Iterator<Item = (&'c str, &'c str)>,
    present: &str,
    chose: Heard,
) -> Html {
    let choices = choices.map(|(value, label)| {
        let selected = value == present;
        html! { <option value={value.to_owned()} {selected}>{ label }</option> }
    });
    // Once a reader has chosen, a browser heeds the property `value`, no longer the options' attribute.
    html! {
        <select id={field.to_owned()} class="field" aria-label={name} ~value={present.to_owned()}
            onchange={ui.on_entered(chose)}>
            { choices.collect::<Html>() }
        </select>
    }
}
