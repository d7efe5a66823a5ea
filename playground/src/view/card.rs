//! What a figure shows of a pressed node, over a corner of the picture: nothing on the page moves.

use diagram::wording::thousands;
use yew::prelude::*;

use super::Ui;
use super::button::Button;
use super::controls::view_fault_buttons;
use crate::msg::Msg;
use crate::sample::Sample;
use crate::text;

/// The card of the selected node, while it is open.
pub fn view_card(ui: &Ui<'_>, sample: &Sample) -> Html {
    let id = ui.model.selected.as_ref().filter(|_| ui.model.is_card_open);
    let Some(place) = id.and_then(|name| sample.document.node_id(name)) else {
        return Html::default();
    };
    let place = place.index();
    let (Some(node), Some(rect)) = (
        sample.document.nodes().get(place),
        sample.layout.nodes.get(place),
    ) else {
        return Html::default();
    };
    // In the corner that is farthest from the node.
    let (x, y) = rect.centre();
    let class = classes!(
        "card",
        (x > sample.layout.width / 2.0).then_some("is-left"),
        (y < sample.layout.height / 2.0).then_some("is-low"),
    );
    let tell = ui.tell.clone();
    let onkeydown = Callback::from(move |event: KeyboardEvent| {
        if event.key() == "Escape" {
            tell.emit(Msg::ClosedCard);
        }
    });
    // The table's row and all reasons of failures: both are words that the figure has anyway.
    let reasons = sample.snapshot.nodes.get(place).map(|state| {
        let ranked = state.failures.ranked();
        // A single reason stands in the row already.
        let n_more = if ranked.len() > 1 { ranked.len() } else { 0 };
        ranked
            .into_iter()
            .take(n_more)
            .map(|(reason, count)| (reason.label().to_owned(), thousands(count)))
    });
    let has_started = ui.model.has_started;
    let facts = sample
        .facts(place, has_started)
        .map(|(what, value)| (what.to_owned(), value.to_owned()))
        .chain(reasons.into_iter().flatten());
    let name = node.name.as_str();
    html! {
        <section {class} aria-label={name.to_owned()} {onkeydown}>
            <div class="card-head">
                <b>{ name }</b>
                { Button::new("×", Msg::ClosedCard).named(text::CLOSE).view(ui) }
            </div>
            if node.kind.kind() != simulator::Kind::Clients {
                <div class="action-row">{ view_fault_buttons(ui, name, Some(name)) }</div>
            }
            <dl class="facts">{ for facts.map(|(what, value)| html! {
                <><dt>{ what }</dt><dd>{ value }</dd></>
            }) }</dl>
            if !has_started {
                <p>{ text::BEFORE_PLAY }</p>
            }
        </section>
    }
}
