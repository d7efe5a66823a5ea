//! The playground's row of buttons.

use yew::prelude::*;

use super::Ui;
use super::clock::view_clock;
use super::icon::{Icon, view_icon};
use super::transport::{view_buttons, view_speed};
use crate::msg::{Msg, Panel};
use crate::text;

/// The toolbar.
pub fn view_toolbar(ui: &Ui<'_>) -> Html {
    let history = &ui.model.history;
    html! {
        <div class="toolbar" role="toolbar" aria-label="Simulation">
            <div class="toolbar-group">{ view_buttons(ui) }</div>
            { view_speed(ui) }
            { view_clock(ui) }
            <div class="toolbar-group toolbar-end">
                <button type="button" class="button button-icon" title="Ctrl Z"
                    disabled={!history.can_undo()} onclick={ui.on_click(Msg::PressedUndo)}>
                    { view_icon(Icon::Undo) }{ text::UNDO }
                </button>
                <button type="button" class="button button-icon" title="Ctrl Shift Z"
                    disabled={!history.can_redo()} onclick={ui.on_click(Msg::PressedRedo)}>
                    { view_icon(Icon::Redo) }{ text::REDO }
                </button>
                { view_opener(ui, Panel::Import, text::IMPORT) }
                { view_opener(ui, Panel::Export, text::EXPORT) }
                { view_opener(ui, Panel::Share, text::SHARE) }
            </div>
        </div>
    }
}

fn view_opener(ui: &Ui<'_>, panel: Panel, label: &'static str) -> Html {
    let is_open = ui.model.panel == Some(panel);
    html! {
        <button type="button" class="button" aria-expanded={is_open.to_string()}
            onclick={ui.on_click(Msg::ToggledPanel(panel))}>{ label }</button>
    }
}
