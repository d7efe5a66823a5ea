//! What a node does at the moment: a list of terms for the inspector.

use diagram::wording;
use simulator::NodeSnapshot;
use yew::prelude::*;

use crate::sample::Sample;

/// The facts about the node at `place`.
pub fn view_facts(sample: &Sample, place: usize) -> Html {
    let Some(state) = sample.snapshot.nodes.get(place) else {
        return Html::default();
    };
    html! {
        <dl class="facts">
            { for facts(state).into_iter().map(|(what, value)| html! {
                <><dt>{ what }</dt><dd>{ value }</dd></>
            }) }
        </dl>
    }
}

/// What a node does at the moment, each with its heading.
fn facts(state: &NodeSnapshot) -> Vec<(&'static str, String)> {
    let mut facts = vec![("State", wording::condition(state.condition))];
    if state.workers > 0 {
        facts.push(("Busy, last 10 s", wording::percent(state.utilisation)));
        facts.push((
            "Busy workers",
            format!("{} of {}", state.busy, state.workers),
        ));
        facts.push(("Queue", wording::thousands(u64::from(state.queued))));
        facts.push(("Mean wait", wording::duration(state.mean_wait)));
    }
    facts.push((
        "Arrivals, last 10 s",
        format!("{}/s", wording::grouped(state.arrival_rate)),
    ));
    facts.push(("Served", wording::thousands(state.served)));
    let failed = state.failures.total();
    if failed > 0 {
        let reasons: Vec<String> = state
            .failures
            .ranked()
            .into_iter()
            .map(|(reason, count)| format!("{} {}", wording::thousands(count), reason.label()))
            .collect();
        facts.push(("Failed", reasons.join(", ")));
    }
    if state.shed > 0 {
        facts.push(("Shed", wording::thousands(state.shed)));
    }
    facts
}
