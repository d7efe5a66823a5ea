//! `simulate run`: a scenario, its variants, and the results as a table or as JSON.

use std::io::{self, IsTerminal as _};
use std::process::ExitCode;
use std::time::{Duration, Instant};

use diagram::diagnostic::Diagnostic;
use diagram::json::Json;
use diagram::report::report_with_progress;
use diagram::table::{self, Table};
use diagram::wording::counted;
use diagram::{Document, Outcome, Report};
use simulator::{FailureReason, SimDuration};

use crate::arguments::RunOptions;
use crate::{input, output};

/// A run that takes longer than this says how far it is.
const PATIENCE: Duration = Duration::from_secs(1);

pub(crate) fn run(options: &RunOptions) -> ExitCode {
    let input = match input::read(&options.file) {
        Ok(input) => input,
        Err(message) => {
            output::error(&format!("error: {message}\n"));
            if options.as_json {
                output::print(&unreadable(&options.file.to_string_lossy(), &message));
            }
            return ExitCode::FAILURE;
        }
    };
    let document = match input.parse() {
        Ok(document) => changed(document, options),
        Err(problems) => {
            output::diagnostics(&problems);
            if options.as_json {
                output::print(&faulty(&problems));
            }
            return ExitCode::FAILURE;
        }
    };
    let report = report_with_progress(&document, &mut progress());
    let text = if options.as_json {
        format!("{}\n", json(&report).pretty())
    } else {
        human(&report)
    };
    output::print(&text)
}

fn changed(document: Document, options: &RunOptions) -> Document {
    let document = match options.seed {
        Some(seed) => document.with_seed(seed),
        None => document,
    };
    match options.duration {
        Some(duration) => document.with_duration(duration),
        None => document,
    }
}

/// Shows progress on a terminal once the run has taken a while.
// The clock only decides what is shown while waiting; no result depends on it.
#[allow(clippy::disallowed_methods)]
fn progress() -> impl FnMut(f64) {
    let is_terminal = io::stderr().is_terminal();
    let began = Instant::now();
    let mut last = began;
    let mut is_shown = false;
    move |share| {
        let now = Instant::now();
        if !is_terminal || now - began < PATIENCE {
            return;
        }
        if share >= 1.0 {
            if is_shown {
                output::error("\r\x1b[K");
            }
        } else if now - last >= Duration::from_millis(200) {
            output::error(&format!("\r{:.0}% simulated", share * 100.0));
            is_shown = true;
            last = now;
        }
    }
}

fn human(report: &Report) -> String {
    let base = &report.base;
    let mut out = String::new();
    if !base.document.title().is_empty() {
        out.push_str(&format!("{}\n\n", base.document.title()));
    }
    let results = table::results(report);
    out.push_str(&columns(&results));
    out.push_str(&format!("\n{}\n\n", results.caption));
    let nodes = table::computed_nodes(base);
    out.push_str(&columns(&nodes));
    let events = counted(base.events, "event");
    out.push_str(&format!("\n{}: {events} in all.\n", nodes.caption));
    out
}

/// A table in columns: names to the left, everything else to the right.
fn columns(table: &Table) -> String {
    let rows: Vec<&Vec<String>> = std::iter::once(&table.head).chain(&table.rows).collect();
    let widths: Vec<usize> = (0..table.head.len())
        .map(|column| {
            let cells = rows.iter().filter_map(|row| row.get(column));
            cells.map(|cell| cell.chars().count()).max().unwrap_or(0)
        })
        .collect();
    let mut out = String::new();
    for row in rows {
        let line: Vec<String> = row
            .iter()
            .zip(&widths)
            .map(|(cell, width)| {
                let padding = " ".repeat(width - cell.chars().count());
                format!("{cell}{padding}")
            })
            .collect();
        out.push_str(line.join("  ").trim_end());
        out.push('\n');
    }
    out
}

/// The results for programs. Names carry their units and do not change within a format.
fn json(report: &Report) -> Json {
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
    Json::Object(entries)
}

/// A file that cannot be read, as JSON.
fn unreadable(file: &str, message: &str) -> String {
    let problem = [
        ("file", Json::text(file)),
        ("line", Json::Null),
        ("column", Json::Null),
        ("at", Json::text("")),
        ("message", Json::text(message)),
        ("help", Json::Null),
    ];
    problems_json(vec![Json::object(problem)])
}

/// The problems of a file, as JSON.
fn faulty(problems: &[Diagnostic]) -> String {
    let number = |number: usize| Json::Number(number.to_string());
    let problem = |found: &Diagnostic| {
        let help = found.help.as_deref().map_or(Json::Null, Json::text);
        Json::object([
            ("file", Json::text(&found.path)),
            ("line", number(found.line)),
            ("column", number(found.column)),
            ("at", Json::text(&found.at)),
            ("message", Json::text(&found.message)),
            ("help", help),
        ])
    };
    problems_json(problems.iter().map(problem).collect())
}

fn problems_json(problems: Vec<Json>) -> String {
    let entries = [
        ("format", Json::Number("1".to_owned())),
        ("problems", Json::Array(problems)),
    ];
    format!("{}\n", Json::object(entries).pretty())
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
