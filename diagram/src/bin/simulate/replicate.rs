//! Replications: the same system with several seeds, and intervals instead of single numbers.

use std::fmt::Write as _;

use diagram::json::Json;
use diagram::name::split_number;
use diagram::table::Table;
use diagram::wording::duration;
use diagram::{Document, Variant};
use simulator::NodeKind;

use crate::columns::{columns, paragraph};
use crate::estimate::estimate;
use crate::sample::{Column, Sample, USUAL, interval, metrics_json, runs_json};

/// Runs that stand in one column: those of the document or of a variant.
pub(crate) struct Group {
    /// The variant's key, or `base`.
    pub(crate) name: String,
    label: String,
    pub(crate) samples: Vec<Sample>,
}

/// Tables with more columns than this are hard to read.
const MOST_GROUPS: usize = 4;

impl Group {
    /// No runs yet.
    pub(crate) fn new(variant: Option<&Variant>) -> Self {
        let (name, label) = variant.map_or(("base", "As drawn"), |variant| {
            (variant.name.as_str(), variant.label.as_str())
        });
        Self {
            name: name.to_owned(),
            label: label.to_owned(),
            samples: Vec::new(),
        }
    }
}

/// What is shown where nothing else is asked for: the columns of the table of results, and how busy
/// every node or group with workers is.
pub(crate) fn usual_metrics(document: &Document) -> Vec<String> {
    let mut names = vec!["offered".to_owned()];
    names.extend(USUAL.map(str::to_owned));
    for node in document.nodes() {
        if !matches!(node.kind, NodeKind::Server(_) | NodeKind::Database(_)) {
            continue;
        }
        let stem = split_number(&node.name).map(|(stem, _)| stem);
        let group = stem.filter(|stem| document.resolve(stem).len() > 1);
        let name = format!("utilisation({})", group.unwrap_or(&node.name));
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names
}

/// A row for each metric, a column for each group.
pub(crate) fn human(
    document: &Document,
    shown: &[Column],
    groups: &[Group],
    width: usize,
) -> String {
    let mut out = String::new();
    if !document.title().is_empty() {
        out.push_str(&format!("{}\n\n", document.title()));
    }
    for groups in groups.chunks(MOST_GROUPS) {
        let mut head = vec!["Metric".to_owned()];
        head.extend(groups.iter().map(|group| group.label.clone()));
        let row = |(place, column): (usize, &Column)| {
            let cells = groups
                .iter()
                .map(|group| estimate(column.unit, interval(&group.samples, place)));
            std::iter::once(column.name.clone()).chain(cells).collect()
        };
        let table = Table {
            caption: String::new(),
            head,
            rows: shown.iter().enumerate().map(row).collect(),
        };
        let _ = writeln!(out, "{}", columns(&table, width));
    }
    let n_runs = groups.first().map_or(0, |group| group.samples.len());
    out.push_str(&paragraph(&caption(document, n_runs), width));
    out
}

/// How the numbers were found.
pub(crate) fn caption(document: &Document, n_runs: usize) -> String {
    let warm_up = if document.warm_up().is_zero() {
        String::new()
    } else {
        format!(", the first {} left out", duration(document.warm_up()))
    };
    format!(
        "Means of {n_runs} runs of {}{warm_up}, with seeds derived from {}. Each is followed by the \
         half-width of its 95% interval.",
        duration(document.duration()),
        document.seed(),
    )
}

/// What both people and programs want to know of a document: the beginning of every object.
pub(crate) fn about(document: &Document) -> Vec<(String, Json)> {
    let entries = [
        ("format", Json::Number("1".to_owned())),
        ("title", Json::text(document.title())),
        ("seed", Json::Number(document.seed().to_string())),
        (
            "duration_s",
            Json::number(document.duration().as_secs_f64()),
        ),
        ("warm_up_s", Json::number(document.warm_up().as_secs_f64())),
        ("slo_ms", Json::number(document.slo().as_millis_f64())),
    ];
    entries.map(|(key, value)| (key.to_owned(), value)).to_vec()
}

/// The same for programs.
pub(crate) fn json(
    document: &Document,
    columns: &[Column],
    groups: &[Group],
    is_cancelled: bool,
) -> Json {
    let of_group = |group: &Group| {
        vec![
            ("runs".to_owned(), runs_json(&group.samples)),
            ("metrics".to_owned(), metrics_json(columns, &group.samples)),
        ]
    };
    let variant = |group: &Group| {
        let mut entries = vec![
            ("name".to_owned(), Json::text(&group.name)),
            ("label".to_owned(), Json::text(&group.label)),
        ];
        entries.extend(of_group(group));
        Json::Object(entries)
    };
    let mut entries = about(document);
    entries.extend(groups.iter().take(1).flat_map(of_group));
    let variants = groups.iter().skip(1).map(variant).collect();
    entries.push(("variants".to_owned(), Json::Array(variants)));
    if is_cancelled {
        entries.push(("cancelled".to_owned(), Json::Bool(true)));
    }
    Json::Object(entries)
}
