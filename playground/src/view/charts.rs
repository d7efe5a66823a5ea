//! The three charts.

use yew::prelude::*;

use super::{Ui, raw};

/// The charts of the last report that had some, or the computed ones until something happens.
pub fn view_charts(ui: &Ui<'_>) -> Html {
    if let Some(opening) = ui.opening() {
        return html! { <div class="charts">{ raw(&opening.charts) }</div> };
    }
    let Some(charts) = &ui.model.charts else {
        return html! { <div class="charts" /> };
    };
    html! {
        <div class="charts">
            { for charts.iter().map(raw) }
        </div>
    }
}
