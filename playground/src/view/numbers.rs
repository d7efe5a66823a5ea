//! The six numbers.

use yew::prelude::*;

use super::{Ui, raw};

/// The tiles of the last report, or the computed ones until something happens.
pub fn view_numbers(ui: &Ui<'_>) -> Html {
    if let Some(opening) = ui.opening() {
        return html! { <dl class="numbers">{ raw(&opening.numbers) }</dl> };
    }
    let Some(sample) = &ui.model.sample else {
        return html! { <dl class="numbers" /> };
    };
    html! {
        <dl class="numbers">
            { for sample.tiles.iter().map(|tile| html! {
                <div class={classes!("number", tile.is_trouble.then_some("is-trouble"))}
                    key={tile.label.to_string()}>
                    <dt>{ &tile.label }</dt>
                    <dd class="number-value">{ &tile.value }</dd>
                    <dd class="number-note">{ &tile.note }</dd>
                </div>
            }) }
        </dl>
    }
}
