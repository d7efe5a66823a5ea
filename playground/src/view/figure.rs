//! A figure in an article: the same regions as the computed figure, in the same order.

use yew::prelude::*;

use super::Ui;
use super::charts::view_charts;
use super::controls::view_controls;
use super::help::view_help;
use super::numbers::view_numbers;
use super::scene::view_scene;
use super::table::view_table;
use super::transport::view_transport;

/// The live figure.
pub fn view_figure(ui: &Ui<'_>) -> Html {
    html! {
        <>
            { view_scene(ui) }
            { view_transport(ui) }
            { view_controls(ui) }
            { view_numbers(ui) }
            { view_charts(ui) }
            { view_status(ui) }
            <div class="figure-more">
                { view_help(ui) }
                { view_table(ui) }
            </div>
        </>
    }
}

/// The line at the foot: what has just changed, politely.
pub fn view_status(ui: &Ui<'_>) -> Html {
    let status = &ui.model.status;
    html! {
        <p class={classes!("figure-status", status.is_error.then_some("is-error"))}
            role="status" aria-live="polite">{ &status.text }</p>
    }
}
