//! The run's hash, so that two readers can compare, and a field that runs to an exact moment.

use yew::prelude::*;

use super::Ui;
use super::clock::moment;
use super::text_field::TextField;
use crate::msg::Msg;
use crate::text;
use crate::update::GOAL_FIELD;

/// The line with hash and moment.
pub fn view_run_line(ui: &Ui<'_>) -> Html {
    let hash = ui
        .model
        .sample
        .as_ref()
        .map_or(0, |sample| sample.fingerprint);
    let refused = ui.model.refused.get(GOAL_FIELD);
    let field = TextField {
        placeholder: Some("30s"),
        ..TextField::new(GOAL_FIELD, "")
    };
    html! {
        <div class="run-line">
            <span title="Equal hashes at equal times mean the identical run, event for event.">
                { text::RUN_HASH }{ " " }<code>{ format!("{hash:016x}") }</code>
                { format!(" at t = {}", moment(ui.model.now())) }
            </span>
            if let Some(refused) = refused {
                <span class="setting-error" role="alert">{ &refused.message }</span>
            }
            <label>
                { text::RUN_TO }
                { field.view(ui, Msg::EnteredGoal) }
            </label>
        </div>
    }
}
