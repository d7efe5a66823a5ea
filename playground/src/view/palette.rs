//! Every kind of node, each a button that adds one.

use diagram::kind;
use simulator::Kind;
use yew::prelude::*;

use super::Ui;
use super::button::Button;
use super::icon::Icon;
use crate::focus::Part;
use crate::msg::Msg;
use crate::text;

/// The palette.
pub fn view_palette(ui: &Ui<'_>) -> Html {
    html! {
        <section class="palette" aria-label={text::ADD}>
            <h2 class="panel-title">{ text::ADD }</h2>
            <div class="palette-kinds">
                { for Kind::ALL.into_iter().enumerate().map(|(place, it)| {
                    let button = Button::new(kind::label(it), Msg::PressedAdd(it))
                        .icon(Icon::Kind(it)).hint(kind::doc(it));
                    let is_first = place == 0;
                    if is_first { button.id(Part::Palette.id(ui.id)) } else { button }.view(ui)
                }) }
            </div>
        </section>
    }
}
