//! Every kind of node, each a button that adds one.

use diagram::kind;
use simulator::Kind;
use yew::prelude::*;

use super::Ui;
use super::button::Button;
use super::icon::Icon;
use crate::msg::Msg;
use crate::text;

/// The palette.
pub fn view_palette(ui: &Ui<'_>) -> Html {
    html! {
        <section class="palette" aria-label={text::ADD}>
            <h2 class="panel-title">{ text::ADD }</h2>
            { for Kind::ALL.into_iter().map(|it| html! {
                { Button::new(kind::label(it), Msg::PressedAdd(it))
                    .icon(Icon::Kind(it)).hint(kind::doc(it)).view(ui) }
            }) }
        </section>
    }
}
