//! What the forms mean. A form never depends on its colour alone.

use yew::prelude::*;

use super::Ui;

/// The line under the picture.
pub fn view_legend(ui: &Ui<'_>) -> Html {
    if ui.model.speed.factor() > 1.0 {
        return html! {
            <p class="legend">
                { "Faster than real time: a link's width shows how much flows, not single requests." }
            </p>
        };
    }
    html! {
        <p class="legend">
            <span><svg viewBox="0 0 12 12" aria-hidden="true">
                <circle class="key-read" cx="6" cy="6" r="4.5" /></svg>{ "read" }</span>
            <span><svg viewBox="0 0 12 12" aria-hidden="true">
                <rect class="key-write" x="2" y="2" width="8" height="8" /></svg>{ "write" }</span>
            <span><svg viewBox="0 0 12 12" aria-hidden="true">
                <circle class="key-late" cx="6" cy="6" r="5" />
                <circle class="key-failed" cx="6" cy="6" r="2.600" /></svg>{ "late" }</span>
            <span><svg viewBox="0 0 12 12" aria-hidden="true">
                <path class="key-given-up" d="M6 1.500a4.500 4.500 0 1 0 .01 0M3.500 6h5" /></svg>
                { "given up" }</span>
            <span><svg viewBox="0 0 12 12" aria-hidden="true">
                <path class="key-failed" d="M6 0l6 6l-6 6l-6-6z" /></svg>{ "failed" }</span>
        </p>
    }
}
