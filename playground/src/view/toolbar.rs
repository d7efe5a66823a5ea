//! The playground's row of buttons.

use yew::prelude::*;

use super::Ui;
use super::button::Button;
use super::clock::view_clock;
use super::icon::Icon;
use super::transport::{view_buttons, view_speed};
use crate::focus::Part;
use crate::msg::{Msg, Panel};
use crate::text;

/// The toolbar.
pub fn view_toolbar(ui: &Ui<'_>) -> Html {
    let history = &ui.model.history;
    // The button that opened a panel has the focus still, and the same key as in the panel closes it.
    let (panel, tell) = (ui.model.panel, ui.tell.clone());
    let onkeydown = Callback::from(move |event: KeyboardEvent| {
        if let ("Escape", Some(panel)) = (event.key().as_str(), panel) {
            tell.emit(Msg::ToggledPanel(panel));
        }
    });
    html! {
        <div class="toolbar" role="toolbar" aria-label="Simulation" {onkeydown}>
            <div class="toolbar-group">{ view_buttons(ui) }</div>
            { view_speed(ui) }
            { view_clock(ui) }
            <div class="toolbar-group toolbar-end">
                { Button::new("", Msg::PressedUndo).icon(Icon::Undo).named(text::UNDO)
                    .hint(text::UNDO_HINT).enabled(history.can_undo()).view(ui) }
                { Button::new("", Msg::PressedRedo).icon(Icon::Redo).named(text::REDO)
                    .hint(text::REDO_HINT).enabled(history.can_redo()).view(ui) }
                { view_opener(ui, Panel::Import, text::IMPORT) }
                { view_opener(ui, Panel::Export, text::EXPORT) }
                { view_opener(ui, Panel::Share, text::SHARE) }
            </div>
        </div>
    }
}

fn view_opener(ui: &Ui<'_>, panel: Panel, label: &'static str) -> Html {
    Button::new(label, Msg::ToggledPanel(panel))
        .id(Part::Opener(panel).id(ui.id))
        .opens(ui.model.panel == Some(panel))
        .view(ui)
}
