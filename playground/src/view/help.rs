//! The keys, and the switch for moving dots.

use yew::prelude::*;

use super::Ui;
use crate::model::Surface;
use crate::msg::Msg;
use crate::text;

const KEYS: [(&str, &str); 8] = [
    ("Space", "play or pause"),
    (".", "one event"),
    ("← ↑ → ↓", "go from node to node"),
    ("K", "kill the node"),
    ("S", "slow it down"),
    ("H", "heal it"),
    ("+", "one more server"),
    ("−", "one server fewer"),
];
const PLAYGROUND_KEYS: [(&str, &str); 4] = [
    ("Alt ← ↑ → ↓", "move the node"),
    ("Delete", "delete the node"),
    ("Ctrl Z", "undo"),
    ("Ctrl Shift Z", "redo"),
];

/// The list of keys, behind a line that opens it.
pub fn view_help(ui: &Ui<'_>) -> Html {
    let more = if ui.model.surface == Surface::Playground {
        &PLAYGROUND_KEYS[..]
    } else {
        &[]
    };
    html! {
        <details class="node-help">
            <summary>{ text::KEYS }</summary>
            <p>{ "While a node of the picture has the focus:" }</p>
            <dl>
                { for KEYS.iter().chain(more).map(|(key, what)| html! {
                    <><dt><kbd>{ *key }</kbd></dt><dd>{ *what }</dd></>
                }) }
            </dl>
            <label>
                <input type="checkbox" checked={ui.model.has_motion}
                    onchange={ui.on_change(|_| Msg::ToggledMotion)} />
                { " " }{ text::MOTION }
            </label>
        </details>
    }
}
