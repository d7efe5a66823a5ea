//! `simulate compare`: two systems under the same seeds, and whether they differ by more than chance.

use std::ffi::OsStr;
use std::process::ExitCode;

use diagram::Document;
use diagram::json::Json;
use diagram::table::Table;
use diagram::wording::{duration, thousands};

use crate::arguments::{CompareOptions, Runs};
use crate::columns::{columns, paragraph, width};
use crate::estimate::{difference, estimate};
use crate::interval::Interval;
use crate::progress::Progress;
use crate::sample::{Column, Sample, USUAL, interval, runs_json};
use crate::work::run_all;
use crate::{cancel, input, output, seed, setting};

/// Enough for an interval that is not much wider than that of a hundred.
const USUAL_REPLICATIONS: usize = 10;

/// One of the two.
struct Side {
    document: Document,
    file: String,
    /// What `--set` says; empty for a file as it is.
    settings: String,
    samples: Vec<Sample>,
}

/// What is known of one metric.
struct Finding<'c> {
    column: &'c Column,
    a: Option<Interval>,
    b: Option<Interval>,
    /// Of the pairs: b less a.
    difference: Option<Interval>,
}

pub(crate) fn compare(options: &CompareOptions) -> ExitCode {
    let mut sides = match sides(options) {
        Ok(sides) => sides,
        Err(code) => return code,
    };
    let names = options.runs.metrics.clone();
    let names = names.unwrap_or_else(|| USUAL.map(str::to_owned).to_vec());
    let known = Column::all(&sides[0].document, &names)
        .and_then(|columns| Column::all(&sides[1].document, &names).map(|_| columns));
    let columns = match known {
        Ok(columns) => columns,
        Err(message) => return output::wrong_use(&message),
    };
    let Runs {
        threads,
        shows_progress,
        replications,
        ..
    } = options.runs;
    let all = 2 * replications.unwrap_or(USUAL_REPLICATIONS);
    let progress = Progress::new(all, shows_progress);
    let first_seed = sides[0].document.seed();
    // The two runs of a pair follow each other, so a cancelled comparison has whole pairs.
    let document = |run: usize| {
        let seed = seed::of_replication(first_seed, run / 2);
        sides[run % 2].document.with_seed(seed)
    };
    let samples = run_all(all, threads, &progress, document, |outcome| {
        Sample::of(&outcome, &columns)
    });
    let complete = samples.iter().flatten().count();
    for pair in samples.chunks(2) {
        if let [Some(a), Some(b)] = pair {
            sides[0].samples.push(a.clone());
            sides[1].samples.push(b.clone());
        }
    }
    let is_cancelled = complete < all;
    if sides[0].samples.len() < 2 {
        return cancel::ended(complete, all);
    }
    let findings: Vec<Finding> = columns
        .iter()
        .enumerate()
        .map(|(place, column)| Finding::of(column, place, &sides))
        .collect();
    let code = output::print(&if options.as_json {
        format!("{}\n", json(&sides, &findings, is_cancelled).pretty())
    } else {
        human(&sides, &findings, width())
    });
    if is_cancelled {
        return cancel::ended(complete, all);
    }
    code
}

fn sides(options: &CompareOptions) -> Result<[Side; 2], ExitCode> {
    let side = |file: &OsStr| -> Result<Side, ExitCode> {
        let document = input::load(file, options.as_json)?;
        Ok(Side {
            document: options.runs.change(&document),
            file: file.to_string_lossy().into_owned(),
            settings: String::new(),
            samples: Vec::new(),
        })
    };
    let a = side(&options.file)?;
    if let Some(other) = &options.other {
        return Ok([a, side(other)?]);
    }
    let document = setting::apply_all(&a.document, &options.settings)
        .map_err(|message| output::wrong_use(&message))?;
    let settings: Vec<String> = options
        .settings
        .iter()
        .map(|setting| format!("{} = {}", setting.path, setting.values.join(",")))
        .collect();
    let b = Side {
        document,
        file: a.file.clone(),
        settings: settings.join(", "),
        samples: Vec::new(),
    };
    Ok([a, b])
}

impl<'c> Finding<'c> {
    fn of(column: &'c Column, place: usize, [a, b]: &[Side; 2]) -> Self {
        let differences: Vec<f64> = a
            .samples
            .iter()
            .zip(&b.samples)
            .filter_map(|(a, b)| Some(b.values[place]? - a.values[place]?))
            .collect();
        Self {
            column,
            a: interval(&a.samples, place),
            b: interval(&b.samples, place),
            difference: Interval::of(&differences),
        }
    }

    fn is_significant(&self) -> Option<bool> {
        self.difference?.excludes_zero()
    }

    /// How many replications would probably show the difference, where these do not.
    fn replications_needed(&self) -> Option<u64> {
        match self.is_significant()? {
            true => None,
            false => self.difference?.count_to_exclude_zero(),
        }
    }

    fn verdict(&self) -> String {
        let is_same = self
            .difference
            .is_some_and(|difference| difference.mean == 0.0 && difference.half_width == Some(0.0));
        match (self.is_significant(), self.replications_needed()) {
            (None, _) => "–".to_owned(),
            (Some(true), _) => "yes".to_owned(),
            (Some(false), _) if is_same => "no, always the same".to_owned(),
            (Some(false), Some(needed)) => format!("no, ≈ {} runs", thousands(needed)),
            (Some(false), None) => "no".to_owned(),
        }
    }
}

fn human(sides: &[Side; 2], findings: &[Finding], width: usize) -> String {
    let mut out = String::new();
    for (letter, side) in ["A", "B"].iter().zip(sides) {
        let mut name = side.file.clone();
        if !side.settings.is_empty() {
            name = format!("{name} with {}", side.settings);
        } else if !side.document.title().is_empty() {
            name = format!("{name}: {}", side.document.title());
        }
        out.push_str(&paragraph(&format!("{letter}  {name}"), width));
    }
    out.push('\n');
    let row = |finding: &Finding| {
        let unit = finding.column.unit;
        let alone = |interval: Option<Interval>| {
            estimate(unit, interval.map(|interval| interval.without_width()))
        };
        vec![
            finding.column.name.clone(),
            alone(finding.a),
            alone(finding.b),
            difference(unit, finding.difference),
            finding.verdict(),
        ]
    };
    let head = ["Metric", "A", "B", "B − A", "Significant"];
    let table = Table {
        caption: String::new(),
        head: head.map(str::to_owned).to_vec(),
        rows: findings.iter().map(row).collect(),
    };
    out.push_str(&columns(&table, width));
    out.push('\n');
    out.push_str(&paragraph(&summary(findings), width));
    out.push('\n');
    out.push_str(&paragraph(&caption(sides, findings), width));
    out
}

/// What to make of it, in a sentence.
fn summary(findings: &[Finding]) -> String {
    let significant: Vec<String> = findings
        .iter()
        .filter(|finding| finding.is_significant() == Some(true))
        .filter_map(|finding| {
            let up = finding.difference?.mean > 0.0;
            let direction = if up { "higher" } else { "lower" };
            Some(format!("{} is {direction}", finding.column.name))
        })
        .collect();
    if significant.is_empty() {
        return "No difference is significant: all of them may be chance.".to_owned();
    }
    format!(
        "In B {}. That is more than chance explains.",
        diagram::wording::enumeration(&significant)
    )
}

fn caption([a, b]: &[Side; 2], findings: &[Finding]) -> String {
    let length = |side: &Side| {
        let (all, warm_up) = (side.document.duration(), side.document.warm_up());
        if warm_up.is_zero() {
            duration(all)
        } else {
            format!(
                "{}, the first {} left out",
                duration(all),
                duration(warm_up)
            )
        }
    };
    let lengths = if length(a) == length(b) {
        format!("runs of {}", length(a))
    } else {
        format!("runs of {} (A) or {} (B)", length(a), length(b))
    };
    let mut text = format!(
        "{} pairs of {lengths}; both of a pair have the same seed, derived from {}. A difference is \
         significant where its 95% interval leaves out zero.",
        a.samples.len(),
        a.document.seed(),
    );
    if findings.iter().any(|it| it.replications_needed().is_some()) {
        text.push_str(
            " \"≈ 40 runs\" is how many --replications would probably show a difference of the size \
             seen here.",
        );
    }
    text
}

fn json(sides: &[Side; 2], findings: &[Finding], is_cancelled: bool) -> Json {
    let side = |side: &Side| {
        Json::object([
            ("file", Json::text(&side.file)),
            ("title", Json::text(side.document.title())),
            ("settings", Json::text(&side.settings)),
            ("runs", runs_json(&side.samples)),
        ])
    };
    let metric = |finding: &Finding| {
        let interval = |interval| Json::object(finding.column.interval_json(interval));
        let significant = finding.is_significant().map_or(Json::Null, Json::Bool);
        let needed = finding.replications_needed();
        let needed = needed.map_or(Json::Null, |needed| Json::Number(needed.to_string()));
        let value = Json::object([
            ("a", interval(finding.a)),
            ("b", interval(finding.b)),
            ("difference", interval(finding.difference)),
            ("significant", significant),
            ("replications_needed", needed),
        ]);
        (finding.column.key(), value)
    };
    let mut entries = vec![
        ("format".to_owned(), Json::Number("1".to_owned())),
        ("a".to_owned(), side(&sides[0])),
        ("b".to_owned(), side(&sides[1])),
        (
            "metrics".to_owned(),
            Json::Object(findings.iter().map(metric).collect()),
        ),
    ];
    if is_cancelled {
        entries.push(("cancelled".to_owned(), Json::Bool(true)));
    }
    Json::Object(entries)
}
