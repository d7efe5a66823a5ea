//! A value between a minus and a plus.

use yew::prelude::*;

use super::Ui;
use super::button::Button;
use crate::msg::Msg;

/// A stepper around `value`; a side without a message cannot be pressed. `label` says what it is
/// about, for the buttons' names.
pub fn view_stepper(
    ui: &Ui<'_>,
    label: &str,
    value: Html,
    down: Option<Msg>,
    up: Option<Msg>,
) -> Html {
    let side = |sign: &'static str, word: &str, msg: Option<Msg>| {
        let is_enabled = msg.is_some();
        Button::new(sign, msg.unwrap_or(Msg::SettledDial))
            .named(format!("{label}: {word}"))
            .enabled(is_enabled)
            .view(ui)
    };
    html! {
        <div class="stepper" role="group" aria-label={label.to_owned()}>
            { side("−", "less", down) }
            { value }
            { side("+", "more", up) }
        </div>
    }
}
