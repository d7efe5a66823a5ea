//! What is kept of each run when there are many: a few metrics and the hash.

use diagram::json::Json;
use diagram::metric::unit_of;
use diagram::{Document, Outcome, Unit};

use crate::interval::Interval;

/// What is compared and swept where nothing else is asked for.
pub(crate) const USUAL: [&str; 6] = ["goodput", "mean", "p50", "p95", "p99", "failed-share"];

/// A metric that is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Column {
    pub(crate) name: String,
    pub(crate) unit: Unit,
}

impl Column {
    /// The metrics called `names` of runs of `document`, or a sentence that says what is unknown.
    pub(crate) fn all(document: &Document, names: &[String]) -> Result<Vec<Self>, String> {
        let column = |name: &String| {
            let unit = unit_of(document, name).map_err(|error| format!("--metrics: {error}"))?;
            let name = name.clone();
            Ok(Self { name, unit })
        };
        names.iter().map(column).collect()
    }

    /// The name for programs, with the unit: "p99_ms", "utilisation(db)".
    pub(crate) fn key(&self) -> String {
        let name = self.name.replace(['-', '.'], "_");
        match self.unit {
            Unit::Seconds => format!("{name}_ms"),
            Unit::PerSecond => format!("{name}_per_s"),
            Unit::Share | Unit::Count => name,
        }
    }

    /// A number in the unit that [`Column::key`] says.
    pub(crate) const fn in_unit(&self, value: f64) -> f64 {
        match self.unit {
            Unit::Seconds => value * 1e3,
            _ => value,
        }
    }

    /// An interval for programs: its mean and both ends.
    pub(crate) fn interval_json(&self, interval: Option<Interval>) -> Vec<(&'static str, Json)> {
        let number = |value: Option<f64>| {
            value.map_or(Json::Null, |value| Json::number(self.in_unit(value)))
        };
        let mean = interval.map(|interval| interval.mean);
        let half = interval.and_then(|interval| interval.half_width);
        let end = |sign: f64| Some(mean? + sign * half?);
        vec![
            ("mean", number(mean)),
            ("low", number(end(-1.0))),
            ("high", number(end(1.0))),
        ]
    }
}

/// What is kept of a run.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Sample {
    pub(crate) seed: u64,
    pub(crate) fingerprint: u64,
    /// A number for each column, where the run has one.
    pub(crate) values: Vec<Option<f64>>,
}

impl Sample {
    pub(crate) fn of(outcome: &Outcome, columns: &[Column]) -> Self {
        let value = |column: &Column| Some(outcome.metric(&column.name).ok()?.value);
        Self {
            seed: outcome.document.seed(),
            fingerprint: outcome.fingerprint,
            values: columns.iter().map(value).collect(),
        }
    }
}

/// The interval of one column over all runs that have a number there.
pub(crate) fn interval(samples: &[Sample], column: usize) -> Option<Interval> {
    let values = samples.iter().filter_map(|sample| sample.values[column]);
    Interval::of(&values.collect::<Vec<f64>>())
}

/// Seeds and hashes of the runs, by which each can be made again.
pub(crate) fn runs_json(samples: &[Sample]) -> Json {
    let run = |sample: &Sample| {
        Json::object([
            ("seed", Json::Number(sample.seed.to_string())),
            ("run", Json::Text(format!("{:016x}", sample.fingerprint))),
        ])
    };
    Json::Array(samples.iter().map(run).collect())
}

/// The metrics of the runs: mean, interval, and the number of each run.
pub(crate) fn metrics_json(columns: &[Column], samples: &[Sample]) -> Json {
    let metric = |(place, column): (usize, &Column)| {
        let mut entries = column.interval_json(interval(samples, place));
        let value = |sample: &Sample| match sample.values[place] {
            Some(value) => Json::number(column.in_unit(value)),
            None => Json::Null,
        };
        entries.push(("values", Json::Array(samples.iter().map(value).collect())));
        (column.key(), Json::object(entries))
    };
    Json::Object(columns.iter().enumerate().map(metric).collect())
}
