//! Measured numbers by their names, for the claims in prose: `p99`, `at-100.p99`, `utilisation(db)`.

use std::fmt;

use simulator::{FailureReason, NodeMeasurement, SimDuration};

use crate::document::{Document, no_such_node};
use crate::quantity::quote;
use crate::report::{Outcome, Report};
use crate::suggestion::did_you_mean;
use crate::theory;
use crate::wording;

/// A measured number with its unit.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Metric {
    /// The number, in the unit.
    pub value: f64,
    /// What it counts.
    pub unit: Unit,
}

/// The unit of a [`Metric`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// A number of things.
    Count,
    /// A part of the whole, 0 to 1.
    Share,
    /// A length of time in seconds.
    Seconds,
    /// Something per second.
    PerSecond,
}

impl fmt::Display for Metric {
    /// As people read it: "18.8 ms", "150/s", "90%", "1,312".
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.unit {
            Unit::Count => f.write_str(&wording::grouped(self.value)),
            Unit::Share => f.write_str(&wording::percent(self.value)),
            Unit::Seconds => {
                let duration = SimDuration::from_nanos_f64((self.value * 1e9).round());
                f.write_str(&wording::duration(duration))
            }
            Unit::PerSecond => write!(f, "{}/s", wording::grouped(self.value)),
        }
    }
}

impl Report {
    /// The measured number called `name`. A name is that of a metric, of a metric of a node or a
    /// group in parentheses, and with a variant's name and a dot before it that variant's.
    ///
    /// # Errors
    /// A sentence that says what is unknown and, where there is one, what may be meant.
    pub fn metric(&self, name: &str) -> Result<Metric, String> {
        let name = name.trim();
        let find = |key: &str| {
            self.variants
                .iter()
                .find(|(variant, _)| variant.name == key)
        };
        if let Some((key, rest)) = name.split_once('.') {
            if let Some((_, outcome)) = find(key) {
                return outcome.metric(rest);
            }
            if key != "theory" {
                let known = self
                    .variants
                    .iter()
                    .map(|(variant, _)| variant.name.as_str());
                let help = did_you_mean(key, known.clone()).unwrap_or_else(|| {
                    match known.collect::<Vec<_>>().as_slice() {
                        [] => "the figure has no variants".to_owned(),
                        known => format!("the variants are {}", known.join(", ")),
                    }
                });
                return Err(format!("there is no variant `{key}`; {help}"));
            }
        }
        self.base.metric(name)
    }
}

type OfRun = (&'static str, Unit, fn(&Outcome) -> Option<f64>);
type OfNode = (&'static str, Unit, fn(&NodeMeasurement) -> f64);

/// What is measured of a run.
const OF_RUN: [OfRun; 20] = [
    ("offered", Unit::PerSecond, |run| {
        per_second(run, run.measurement.tally.generated)
    }),
    ("throughput", Unit::PerSecond, |run| {
        per_second(run, run.measurement.tally.answered())
    }),
    ("goodput", Unit::PerSecond, |run| {
        per_second(run, run.measurement.tally.ok)
    }),
    ("requests", Unit::Count, |run| {
        Some(run.measurement.tally.generated as f64)
    }),
    ("answered", Unit::Count, |run| {
        Some(run.measurement.tally.answered() as f64)
    }),
    ("ok", Unit::Count, |run| {
        Some(run.measurement.tally.ok as f64)
    }),
    ("late", Unit::Count, |run| {
        Some(run.measurement.tally.late as f64)
    }),
    ("failed", Unit::Count, |run| {
        Some(run.measurement.tally.failed.total() as f64)
    }),
    ("shed", Unit::Count, |run| {
        Some(run.measurement.tally.shed as f64)
    }),
    ("failed-share", Unit::Share, |run| {
        of_all(run, run.measurement.tally.failed.total())
    }),
    ("late-share", Unit::Share, |run| {
        of_all(run, run.measurement.tally.late)
    }),
    ("mean", Unit::Seconds, |run| {
        answered(run, run.measurement.response.mean())
    }),
    ("p50", Unit::Seconds, |run| {
        answered(run, run.measurement.response.quantile(0.5))
    }),
    ("p95", Unit::Seconds, |run| {
        answered(run, run.measurement.response.quantile(0.95))
    }),
    ("p99", Unit::Seconds, |run| {
        answered(run, run.measurement.response.quantile(0.99))
    }),
    ("max", Unit::Seconds, |run| {
        answered(run, run.measurement.response.max())
    }),
    ("user-network", Unit::Seconds, |run| {
        Some(run.measurement.user_network.as_secs_f64())
    }),
    ("theory.mean", Unit::Seconds, |run| {
        Some(
            theory::steady_state(&run.document)?
                .mean_response()
                .as_secs_f64(),
        )
    }),
    ("theory.p50", Unit::Seconds, |run| {
        Some(
            theory::steady_state(&run.document)?
                .response_quantile(0.5)
                .as_secs_f64(),
        )
    }),
    ("theory.p99", Unit::Seconds, |run| {
        Some(
            theory::steady_state(&run.document)?
                .response_quantile(0.99)
                .as_secs_f64(),
        )
    }),
];

/// What is measured of a node. Of a group it is the mean, or the sum where it counts something.
const OF_NODE: [OfNode; 7] = [
    ("utilisation", Unit::Share, |node| node.utilisation),
    ("arrivals", Unit::PerSecond, |node| node.arrival_rate),
    ("throughput", Unit::PerSecond, |node| node.throughput),
    ("wait", Unit::Seconds, |node| node.mean_wait.as_secs_f64()),
    ("served", Unit::Count, |node| node.served as f64),
    ("failed", Unit::Count, |node| node.failures.total() as f64),
    ("shed", Unit::Count, |node| node.shed as f64),
];

/// The unit of the metric called `name` in runs of `document`, without running it. There may be no
/// value: of the response time where nothing is answered, for one.
///
/// # Errors
/// A sentence that says what is unknown and, where there is one, what may be meant.
pub fn unit_of(document: &Document, name: &str) -> Result<Unit, String> {
    let Some((metric, argument)) = split(name)? else {
        return of_run(name).map(|(_, unit, _)| *unit);
    };
    if metric == "failed" && reason(argument).is_some() {
        return Ok(Unit::Count);
    }
    let (_, unit, _) = of_node(metric)?;
    if document.resolve(argument).is_empty() {
        return Err(unknown_argument(document, metric, argument));
    }
    Ok(*unit)
}

/// A metric and what stands in parentheses behind it, if there are any.
fn split(name: &str) -> Result<Option<(&str, &str)>, String> {
    let Some((metric, rest)) = name.split_once('(') else {
        return Ok(None);
    };
    let argument = rest
        .strip_suffix(')')
        .ok_or_else(|| format!("`{name}` lacks its closing parenthesis"))?;
    Ok(Some((metric.trim(), argument.trim())))
}

fn of_run(name: &str) -> Result<&'static OfRun, String> {
    OF_RUN
        .iter()
        .find(|(known, _, _)| *known == name)
        .ok_or_else(|| {
            let known: Vec<&str> = OF_RUN.iter().map(|(known, _, _)| *known).collect();
            let help = did_you_mean(name, known.iter().copied())
                .unwrap_or_else(|| format!("the metrics are {}", known.join(", ")));
            format!("there is no metric `{name}`; {help}")
        })
}

fn of_node(metric: &str) -> Result<&'static OfNode, String> {
    OF_NODE
        .iter()
        .find(|(known, _, _)| *known == metric)
        .ok_or_else(|| {
            let known: Vec<&str> = OF_NODE.iter().map(|(known, _, _)| *known).collect();
            let help = did_you_mean(metric, known.iter().copied())
                .unwrap_or_else(|| format!("those of a node are {}", known.join(", ")));
            format!("there is no metric `{metric}(…)`; {help}")
        })
}

impl Outcome {
    /// The measured number called `name` of this run, see [`Report::metric`].
    ///
    /// # Errors
    /// A sentence that says what is unknown.
    pub fn metric(&self, name: &str) -> Result<Metric, String> {
        if let Some((metric, argument)) = split(name)? {
            return self.metric_with(metric, argument);
        }
        let (_, unit, measure) = of_run(name)?;
        let value = measure(self).ok_or_else(|| {
            if name.starts_with("theory") {
                "no closed form applies to this system".to_owned()
            } else {
                format!("`{name}` has no value, because no request was measured")
            }
        })?;
        Ok(Metric { value, unit: *unit })
    }

    fn metric_with(&self, metric: &str, argument: &str) -> Result<Metric, String> {
        if metric == "failed"
            && let Some(reason) = reason(argument)
        {
            let count = self.measurement.tally.failed.count(reason);
            return Ok(Metric {
                value: count as f64,
                unit: Unit::Count,
            });
        }
        let (_, unit, measure) = of_node(metric)?;
        let values: Vec<f64> = self
            .document
            .resolve(argument)
            .into_iter()
            .filter_map(|id| self.measurement.nodes.get(id.index()).map(measure))
            .collect();
        if values.is_empty() {
            return Err(unknown_argument(&self.document, metric, argument));
        }
        let sum: f64 = values.iter().sum();
        let is_mean = matches!(unit, Unit::Share | Unit::Seconds);
        let value = if is_mean {
            sum / values.len() as f64
        } else {
            sum
        };
        Ok(Metric { value, unit: *unit })
    }
}

fn unknown_argument(document: &Document, metric: &str, argument: &str) -> String {
    if metric != "failed" {
        let fault = no_such_node(document.nodes(), argument);
        return match fault.help {
            Some(help) => format!("{}; {help}", fault.message),
            None => fault.message,
        };
    }
    let reasons = FailureReason::ALL.map(key_of);
    let nodes = document.nodes().iter().map(|node| node.name.as_str());
    let help = did_you_mean(argument, nodes.chain(reasons.iter().map(String::as_str)))
        .unwrap_or_else(|| format!("the reasons are {}", reasons.join(", ")));
    format!(
        "{} is neither a node nor a reason to fail; {help}",
        quote(argument)
    )
}

/// A reason by its label with dashes: "connection-refused".
fn reason(key: &str) -> Option<FailureReason> {
    FailureReason::ALL
        .into_iter()
        .find(|&reason| key_of(reason) == key)
}

fn key_of(reason: FailureReason) -> String {
    reason.label().replace(' ', "-")
}

fn per_second(run: &Outcome, count: u64) -> Option<f64> {
    let seconds = run.measurement.duration.as_secs_f64();
    (seconds > 0.0).then(|| count as f64 / seconds)
}

fn of_all(run: &Outcome, count: u64) -> Option<f64> {
    let all = run.measurement.tally.generated;
    (all > 0).then(|| count as f64 / all as f64)
}

fn answered(run: &Outcome, duration: SimDuration) -> Option<f64> {
    (run.measurement.response.count() > 0).then(|| duration.as_secs_f64())
}
