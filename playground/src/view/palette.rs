//! Every kind of node, each a button that adds one.

use diagram::kind;
use simulator::Kind;
use yew::prelude::*;

use super::Ui;
use super::icon::view_kind;
use crate::msg::Msg;
use crate::text;

/// The palette.
pub fn view_palette(ui: &Ui<'_>) -> Html {
    html! {
        <section class="palette" aria-label={text::ADD}>
            <h2 class="panel-title">{ text::ADD }</h2>
            { for Kind::ALL.into_iter().map(|it| html! {
                <button type="button" class="button" title={kind::doc(it)}
                    onclick={ui.on_click(Msg::PressedAdd(it))}>
                    { view_kind(it) }{ kind::label(it) }
                </button>
            }) }
        </section>
    }
}
