//! What the forms mean. A form never depends on its colour alone.

use yew::prelude::*;

use super::Ui;
use crate::model::Surface;
use crate::text;

/// The line under the picture.
pub fn view_legend(ui: &Ui<'_>) -> Html {
    if ui.model.speed.factor() > 1.0 {
        return html! {
            <div class="legend">
                { "Faster than real time: wider links carry more requests." }
            </div>
        };
    }
    html! {
        <div class="legend">
            if ui.model.surface == Surface::Playground {
                <span>{ text::sampling(ui.model.sample.as_ref().map_or(1, |sample| sample.every)) }</span>
            }
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
        </div>
    }
}
