//! `simulate sweep`: the same system for many values of a parameter, or of a few.

use std::process::ExitCode;

use diagram::Document;
use diagram::json::Json;
use diagram::table::Table;
use diagram::wording::duration;

use crate::arguments::{Form, Runs, SweepOptions};
use crate::columns::{columns, paragraph, width};
use crate::estimate::estimate;
use crate::progress::Progress;
use crate::sample::{Column, Sample, USUAL, interval, metrics_json, runs_json};
use crate::setting::{Setting, grid};
use crate::work::run_all;
use crate::{cancel, input, output, replicate, seed};

/// More runs than this are a mistake more often than a wish.
const MOST_RUNS: usize = 100_000;
/// What fits beside an interval each.
const USUAL_WITH_INTERVALS: [&str; 4] = ["goodput", "mean", "p99", "failed-share"];

/// A combination of values with its runs.
struct Point<'s> {
    values: Vec<&'s str>,
    samples: Vec<Sample>,
}

/// What is swept, and what is shown of it.
struct Sweep<'s> {
    document: &'s Document,
    settings: Vec<Setting>,
    columns: Vec<Column>,
    replications: usize,
}

pub(crate) fn sweep(options: &SweepOptions) -> ExitCode {
    let as_json = options.form == Some(Form::Json);
    let document = match input::load(&options.file, as_json) {
        Ok(document) => options.runs.change(&document),
        Err(code) => return code,
    };
    match Sweep::new(&document, options).and_then(|sweep| Ok((sweep.documents()?, sweep))) {
        Ok((documents, sweep)) => sweep.run(&documents, options),
        Err(message) => output::wrong_use(&message),
    }
}

impl<'s> Sweep<'s> {
    fn new(document: &'s Document, options: &SweepOptions) -> Result<Self, String> {
        let usual: &[&str] = match (options.runs.replications, options.form) {
            (Some(_), None) => &USUAL_WITH_INTERVALS,
            _ => &USUAL,
        };
        let names = options.runs.metrics.clone();
        let names = names.unwrap_or_else(|| usual.iter().map(|&name| name.to_owned()).collect());
        Ok(Self {
            document,
            settings: options
                .settings
                .iter()
                .map(|setting| setting.clone().completed(document))
                .collect(),
            columns: Column::all(document, &names)?,
            replications: options.runs.replications.unwrap_or(1),
        })
    }

    /// The document of every point, so that a value that is not possible is told before anything runs.
    fn documents(&self) -> Result<Vec<Document>, String> {
        let n_points: usize = self.settings.iter().map(|each| each.values.len()).product();
        if n_points.saturating_mul(self.replications) > MOST_RUNS {
            return Err(format!(
                "these are {} runs; at most {MOST_RUNS} are made",
                n_points.saturating_mul(self.replications)
            ));
        }
        grid(&self.settings)
            .iter()
            .map(|values| {
                let mut pairs = self.settings.iter().zip(values);
                let plain = self.document.without_variants();
                pairs.try_fold(plain, |document, (setting, value)| {
                    setting.apply(&document, value)
                })
            })
            .collect()
    }

    fn run(&self, documents: &[Document], options: &SweepOptions) -> ExitCode {
        let Runs {
            threads,
            shows_progress,
            ..
        } = options.runs;
        let all = documents.len() * self.replications;
        let progress = Progress::new(all, shows_progress);
        let document = |run: usize| {
            let document = &documents[run / self.replications];
            let number = run % self.replications;
            document.with_seed(seed::of_replication(document.seed(), number))
        };
        let samples = run_all(all, threads, &progress, document, |outcome| {
            Sample::of(&outcome, &self.columns)
        });
        let complete = samples.iter().flatten().count();
        let points: Vec<Point> = grid(&self.settings)
            .into_iter()
            .zip(samples.chunks(self.replications))
            .filter_map(|(values, samples)| {
                let samples: Option<Vec<Sample>> = samples.iter().cloned().collect();
                let samples = samples?;
                Some(Point { values, samples })
            })
            .collect();
        let is_cancelled = complete < all;
        if points.is_empty() {
            return cancel::ended(complete, all);
        }
        let code = output::print(&match options.form {
            Some(Form::Json) => format!("{}\n", self.json(&points, is_cancelled).pretty()),
            Some(Form::Csv) => self.csv(&points),
            None => self.human(&points, width()),
        });
        if is_cancelled {
            return cancel::ended(complete, all);
        }
        code
    }

    fn human(&self, points: &[Point], width: usize) -> String {
        let paths = self.settings.iter().map(|setting| setting.path.clone());
        let names = self.columns.iter().map(|column| column.name.clone());
        let row = |point: &Point| {
            let values = point.values.iter().map(|&value| value.to_owned());
            let metrics = self.columns.iter().enumerate();
            let metrics = metrics
                .map(|(place, column)| estimate(column.unit, interval(&point.samples, place)));
            values.chain(metrics).collect()
        };
        let table = Table {
            caption: String::new(),
            head: paths.chain(names).collect(),
            rows: points.iter().map(row).collect(),
        };
        let mut out = String::new();
        if !self.document.title().is_empty() {
            out.push_str(&format!("{}\n\n", self.document.title()));
        }
        out.push_str(&columns(&table, width));
        out.push('\n');
        out.push_str(&paragraph(&self.caption(), width));
        out
    }

    fn caption(&self) -> String {
        if self.replications > 1 {
            return replicate::caption(self.document, self.replications);
        }
        let warm_up = if self.document.warm_up().is_zero() {
            String::new()
        } else {
            format!(", the first {} left out", duration(self.document.warm_up()))
        };
        format!(
            "Each line is one run of {}{warm_up}, all with seed {}. --replications says how much of \
             it is chance.",
            duration(self.document.duration()),
            self.document.seed(),
        )
    }

    /// A line for each point; values that hold a comma stand in quotes.
    fn csv(&self, points: &[Point]) -> String {
        let quoted = |text: &str| {
            if text.contains([',', '"', '\n']) {
                format!("\"{}\"", text.replace('"', "\"\""))
            } else {
                text.to_owned()
            }
        };
        let has_intervals = self.replications > 1;
        let mut head: Vec<String> = self.settings.iter().map(|s| quoted(&s.path)).collect();
        for column in &self.columns {
            let key = column.key();
            head.push(key.clone());
            if has_intervals {
                head.extend([format!("{key}_low"), format!("{key}_high")]);
            }
        }
        let mut out = format!("{}\n", head.join(","));
        for point in points {
            let mut cells: Vec<String> = point.values.iter().map(|value| quoted(value)).collect();
            for (place, column) in self.columns.iter().enumerate() {
                let ends = column.interval_json(interval(&point.samples, place));
                let n_shown = if has_intervals { 3 } else { 1 };
                cells.extend(ends.into_iter().take(n_shown).map(|(_, end)| match end {
                    Json::Number(number) => number,
                    _ => String::new(),
                }));
            }
            out.push_str(&format!("{}\n", cells.join(",")));
        }
        out
    }

    fn json(&self, points: &[Point], is_cancelled: bool) -> Json {
        let point = |point: &Point| {
            let values = self.settings.iter().zip(&point.values);
            let values = values.map(|(setting, value)| (setting.path.clone(), Json::text(value)));
            Json::object([
                ("values", Json::Object(values.collect())),
                ("runs", runs_json(&point.samples)),
                ("metrics", metrics_json(&self.columns, &point.samples)),
            ])
        };
        let paths = self
            .settings
            .iter()
            .map(|setting| Json::text(&setting.path));
        let mut entries = replicate::about(self.document);
        entries.push(("parameters".to_owned(), Json::Array(paths.collect())));
        let points = points.iter().map(point).collect();
        entries.push(("points".to_owned(), Json::Array(points)));
        if is_cancelled {
            entries.push(("cancelled".to_owned(), Json::Bool(true)));
        }
        Json::Object(entries)
    }
}
