//! Tables: the results of a report, and the nodes of a running system.

use simulator::{NodeId, NodeSnapshot, SimTime, Snapshot};

use crate::bottleneck::{self, Blame};
use crate::document::Document;
use crate::kind;
use crate::numbers::since;
use crate::report::{Outcome, Report};
use crate::theory;
use crate::wording::{condition, duration, grouped, percent, thousands};

/// A table as plain text. The first cell of a row is its heading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// What the table shows and how that was found.
    pub caption: String,
    /// The headings of the columns.
    pub head: Vec<String>,
    /// The rows, each as long as the head.
    pub rows: Vec<Vec<String>>,
}

/// The results: a row for the document and one for each variant.
#[must_use]
pub fn results(report: &Report) -> Table {
    let runs: Vec<(&str, &Outcome)> = std::iter::once(("As drawn", &report.base))
        .chain(
            report
                .variants
                .iter()
                .map(|(variant, outcome)| (variant.label.as_str(), outcome)),
        )
        .collect();
    let has_theory = runs
        .iter()
        .any(|(_, run)| theory::steady_state(&run.document).is_some());
    let mut head: Vec<String> = [
        "Run",
        "Offered",
        "Goodput",
        "Mean",
        "p50",
        "p95",
        "p99",
        "Failed",
        "Bottleneck",
    ]
    .map(str::to_owned)
    .to_vec();
    if has_theory {
        head.insert(4, "Mean in theory".to_owned());
    }
    let rows = runs
        .iter()
        .map(|(label, run)| {
            let mut row = row(label, run);
            if has_theory {
                let theory = theory::steady_state(&run.document);
                row.insert(
                    4,
                    theory.map_or_else(dash, |law| duration(law.mean_response())),
                );
            }
            row
        })
        .collect();
    Table {
        caption: caption(&report.base),
        head,
        rows,
    }
}

/// How the results were computed, with the hash by which anybody can check them.
#[must_use]
pub fn caption(run: &Outcome) -> String {
    let warm_up = if run.document.warm_up().is_zero() {
        String::new()
    } else {
        format!(", the first {} left out", duration(run.document.warm_up()))
    };
    format!(
        "Computed by running the same engine for {} of simulated time{warm_up}: \
         seed {}, {} requests measured, run {:016x}.",
        duration(run.document.duration()),
        run.document.seed(),
        thousands(run.measurement.tally.generated),
        run.fingerprint
    )
}

fn row(label: &str, run: &Outcome) -> Vec<String> {
    let measured = &run.measurement;
    let seconds = measured.duration.as_secs_f64();
    let rate = |count: u64| {
        if seconds > 0.0 {
            format!("{}/s", grouped(count as f64 / seconds))
        } else {
            dash()
        }
    };
    let times = measured.response.response_times();
    let time = |value| {
        if times.count == 0 {
            dash()
        } else {
            duration(value)
        }
    };
    let failed = match measured.tally.failed.ranked().first() {
        Some((reason, count)) => {
            let failed = measured.tally.failed.total();
            let mostly = if *count < failed { "mostly " } else { "" };
            format!("{} ({mostly}{})", thousands(failed), reason.label())
        }
        None => "0".to_owned(),
    };
    vec![
        label.to_owned(),
        rate(measured.tally.generated),
        rate(measured.tally.ok),
        time(times.mean),
        time(times.p50),
        time(times.p95),
        time(times.p99),
        failed,
        Blame::of(&run.document, &run.snapshot).in_a_cell(),
    ]
}

/// The nodes and what they are doing: the twin of the picture for those who do not see it.
#[must_use]
pub fn nodes(document: &Document, snapshot: &Snapshot) -> Table {
    nodes_of(document, snapshot, "Busy, last 10 s", "served and failed")
}

/// The nodes of a finished run: everything but the state covers what was measured.
#[must_use]
pub fn computed_nodes(run: &Outcome) -> Table {
    let measured = "busy, served and failed";
    nodes_of(&run.document, &run.snapshot, "Busy", measured)
}

fn nodes_of(document: &Document, snapshot: &Snapshot, busy: &str, measured: &str) -> Table {
    let head = [
        "Node",
        "What it is",
        "State",
        busy,
        "Waiting",
        "Served",
        "Failed",
    ];
    let rows = document
        .nodes()
        .iter()
        .zip((0..).map(NodeId).zip(&snapshot.nodes))
        .map(|(node, (id, state))| {
            let has_workers = state.workers > 0;
            vec![
                node.name.clone(),
                format!(
                    "{}, {}",
                    kind::noun(node.kind.kind()),
                    kind::summary(&node.kind)
                ),
                state_of(snapshot, id, state),
                if has_workers {
                    percent(state.utilisation)
                } else {
                    dash()
                },
                if has_workers {
                    thousands(u64::from(state.queued))
                } else {
                    dash()
                },
                thousands(state.served),
                match state.failures.ranked().first() {
                    Some((reason, _)) => {
                        format!("{} ({})", thousands(state.failures.total()), reason.label())
                    }
                    None => "0".to_owned(),
                },
            ]
        })
        .collect();
    Table {
        caption: format!(
            "The system after {} of simulated time; {measured} {}",
            duration(snapshot.time.since(SimTime::ZERO)),
            since(&snapshot.measured)
        ),
        head: head.map(str::to_owned).to_vec(),
        rows,
    }
}

/// What the picture says of a node by its looks and its label.
fn state_of(snapshot: &Snapshot, id: NodeId, state: &NodeSnapshot) -> String {
    let condition = condition(state.condition);
    match bottleneck::label(snapshot, id) {
        Some(_) if state.is_failing => format!("{condition}, requests fail"),
        Some(label) => format!("{condition}, {label}"),
        None => condition,
    }
}

fn dash() -> String {
    "–".to_owned()
}
