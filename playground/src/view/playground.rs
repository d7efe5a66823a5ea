//! The page where everything can be changed.

use yew::prelude::*;

use super::Ui;
use super::charts::view_charts;
use super::exchange::view_exchange;
use super::figure::view_status;
use super::help::view_help;
use super::inspector::view_inspector;
use super::kept::view_kept;
use super::numbers::view_numbers;
use super::palette::view_palette;
use super::run_line::view_run_line;
use super::scene::view_scene;
use super::table::view_table;
use super::toolbar::view_toolbar;

/// The playground.
pub fn view_playground(ui: &Ui<'_>) -> Html {
    html! {
        <div class="playground">
            { view_status(ui) }
            { view_kept(ui) }
            <div class="playground-layout">
                { view_toolbar(ui) }
                { view_exchange(ui) }
                { view_palette(ui) }
                { view_scene(ui) }
                { view_numbers(ui) }
                { view_inspector(ui) }
            </div>
            { view_charts(ui) }
            { view_run_line(ui) }
            <div class="figure-more">
                { view_help(ui) }
                { view_table(ui) }
            </div>
        </div>
    }
}

/// What to do first, in the words of the reader's pointer.
pub fn hint() -> &'static str {
    if crate::observe::has_coarse_pointer() {
        "Tap a node to see inside it and to change it. Add nodes from the list."
    } else {
        "Click a node to see inside it and to change it. Add nodes from the list, and drag them \
         where you like: places never change a result."
    }
}
