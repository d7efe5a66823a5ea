//! The results of a scenario and its variants, for people and for programs.

use diagram::json::Json;
use diagram::table;
use diagram::wording::counted;
use diagram::{Outcome, Report};
use simulator::{FailureReason, SimDuration};

use crate::columns::{columns, columns_or_rows, paragraph};

/// The results as tables of at most `width` characters.
pub(crate) fn human(report: &Report, width: usize) -> String {
    let base = &report.base;
    let mut out = String::new();
    if !base.document.title().is_empty() {
        out.push_str(&format!("{}\n\n", base.document.title()));
    }
    let results = table::results(report);
    out.push_str(&columns_or_rows(&results, width));
    out.push_str(&format!("\n{}\n", paragraph(&results.caption, width)));
    let nodes = table::computed_nodes(base);
    out.push_str(&columns(&nodes, width));
    let events = counted(base.events, "event");
    let caption = format!("{}: {events} in all.", nodes.caption);
    out.push_str(&format!("\n{}", paragraph(&caption, width)));
    out
}

/// The results for programs. Names carry their units and do not change within a format.
pub(crate) fn json(report: &Report, is_cancelled: bool) -> Json {
    let variants = report
        .variants
        .iter()
        .map(|(variant, outcome)| {
            let mut entries = vec![
                ("name".to_owned(), Json::text(&variant.name)),
                ("label".to_owned(), Json::text(&variant.label)),
            ];
            entries.extend(outcome_entries(outcome));
            Json::Object(entries)
        })
        .collect();
    let mut entries = vec![
        ("format".to_owned(), Json::Number("1".to_owned())),
        ("title".to_owned(), Json::text(report.base.document.title())),
    ];
    entries.extend(outcome_entries(&report.base));
    entries.push(("variants".to_owned(), Json::Array(variants)));
    if is_cancelled {
        entries.push(("cancelled".to_owned(), Json::Bool(true)));
    }
    Json::Object(entries)
}

fn outcome_entries(outcome: &Outcome) -> Vec<(String, Json)> {
    let measured = &outcome.measurement;
    let times = measured.response.response_times();
    let tally = &measured.tally;
    let count = |number: u64| Json::Number(number.to_string());
    let seconds = |time: SimDuration| Json::number(time.as_secs_f64());
    let ms = |time: SimDuration| {
        if times.count == 0 {
            Json::Null
        } else {
            Json::number(time.as_millis_f64())
        }
    };
    let failures = FailureReason::ALL.map(|reason| {
        (
            reason.label().replace(' ', "_"),
            count(tally.failed.count(reason)),
        )
    });
    let nodes = outcome
        .document
        .nodes()
        .iter()
        .zip(&measured.nodes)
        .map(|(node, state)| {
            Json::object([
                ("name", Json::text(&node.name)),
                ("kind", Json::text(diagram::kind::key(node.kind.kind()))),
                ("utilisation", Json::number(state.utilisation)),
                ("arrivals_per_s", Json::number(state.arrival_rate)),
                ("throughput_per_s", Json::number(state.throughput)),
                (
                    "mean_wait_ms",
                    Json::number(state.mean_wait.as_millis_f64()),
                ),
                ("served", count(state.served)),
                ("shed", count(state.shed)),
                ("failed", count(state.failures.total())),
            ])
        })
        .collect();
    let entries = [
        ("seed", count(outcome.document.seed())),
        ("run", Json::Text(format!("{:016x}", outcome.fingerprint))),
        ("events", count(outcome.events)),
        ("duration_s", seconds(outcome.document.duration())),
        ("warm_up_s", seconds(outcome.document.warm_up())),
        ("measured_s", seconds(measured.duration)),
        (
            "slo_ms",
            Json::number(outcome.document.slo().as_millis_f64()),
        ),
        ("requests", count(tally.generated)),
        ("ok", count(tally.ok)),
        ("late", count(tally.late)),
        ("failed", count(tally.failed.total())),
        ("shed", count(tally.shed)),
        ("in_flight_at_end", count(tally.in_flight)),
        ("failures", Json::Object(failures.to_vec())),
        ("response_mean_ms", ms(times.mean)),
        ("response_p50_ms", ms(times.p50)),
        ("response_p95_ms", ms(times.p95)),
        ("response_p99_ms", ms(times.p99)),
        ("response_max_ms", ms(times.max)),
        (
            "user_network_mean_ms",
            Json::number(measured.user_network.as_millis_f64()),
        ),
        ("nodes", Json::Array(nodes)),
    ];
    entries.map(|(key, value)| (key.to_owned(), value)).to_vec()
}
