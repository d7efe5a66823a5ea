//! A value between a minus and a plus.

use yew::prelude::*;

/// A stepper; `label` says what it is about, for the buttons' names.
pub fn view_stepper(
    label: &str,
    value: &str,
    down: Option<Callback<MouseEvent>>,
    up: Option<Callback<MouseEvent>>,
) -> Html {
    html! {
        <div class="stepper" role="group" aria-label={label.to_owned()}>
            <button type="button" class="button" aria-label={format!("{label}: less")}
                disabled={down.is_none()} onclick={down.unwrap_or_default()}>{ "−" }</button>
            <output>{ value }</output>
            <button type="button" class="button" aria-label={format!("{label}: more")}
                disabled={up.is_none()} onclick={up.unwrap_or_default()}>{ "+" }</button>
        </div>
    }
}
