//! The six numbers under every figure, always in the same order.

use simulator::{Condition, Failures, ResponseTimes, Snapshot};

use crate::bottleneck::Blame;
use crate::document::Document;
use crate::report::Outcome;
use crate::theory;
use crate::wording::{duration, grouped, thousands};

/// One number with its label and a remark.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tile {
    /// What it is.
    pub label: &'static str,
    /// The number with its unit.
    pub value: String,
    /// What to hold it against.
    pub note: String,
    /// Whether something is wrong.
    pub is_trouble: bool,
}

/// What the numbers are made of: a moment of a run or a measured result.
#[derive(Clone, Debug)]
pub struct Facts<'a> {
    offered: f64,
    goodput: f64,
    /// Late, failed and shed per second: what is still under way is not lost.
    lost: f64,
    response: ResponseTimes,
    failures: Failures,
    shed: u64,
    snapshot: &'a Snapshot,
}

impl<'a> From<&'a Snapshot> for Facts<'a> {
    fn from(snapshot: &'a Snapshot) -> Self {
        Self {
            offered: snapshot.recent.offered,
            goodput: snapshot.recent.goodput,
            lost: snapshot.recent.throughput - snapshot.recent.goodput
                + snapshot.recent.failed
                + snapshot.recent.shed,
            response: snapshot.recent.response,
            failures: snapshot.totals.failed,
            shed: snapshot.totals.shed,
            snapshot,
        }
    }
}

impl<'a> From<&'a Outcome> for Facts<'a> {
    fn from(outcome: &'a Outcome) -> Self {
        let measured = &outcome.measurement;
        let seconds = measured.duration.as_secs_f64();
        let rate = |count: u64| {
            if seconds > 0.0 {
                count as f64 / seconds
            } else {
                0.0
            }
        };
        Self {
            offered: rate(measured.tally.generated),
            goodput: rate(measured.tally.ok),
            lost: rate(measured.tally.late + measured.tally.failed.total() + measured.tally.shed),
            response: measured.response.response_times(),
            failures: measured.tally.failed,
            shed: measured.tally.shed,
            snapshot: &outcome.snapshot,
        }
    }
}

/// The six numbers of a run of `document`: of a [`Snapshot`] or of an [`Outcome`].
///
/// The theory beside them is that of the present system: after a change, and at the start of a run,
/// what was measured is on its way there. A node that does not work as drawn has no theory.
#[must_use]
pub fn tiles<'a>(document: &Document, facts: impl Into<Facts<'a>>) -> Vec<Tile> {
    let facts = facts.into();
    let mut nodes = facts.snapshot.nodes.iter();
    let works_as_drawn = nodes.all(|node| node.condition == Condition::Up);
    let theory = theory::steady_state(document).filter(|_| works_as_drawn);
    let response = facts.response;
    let time = |value| {
        if response.count == 0 {
            "–".to_owned()
        } else {
            duration(value)
        }
    };
    let mean = if response.count == 0 {
        "no answer yet".to_owned()
    } else {
        format!("mean {}", duration(response.mean))
    };
    let (p50_note, p95_note) = match &theory {
        Some(law) => (
            format!("theory {}", duration(law.response_quantile(0.5))),
            mean,
        ),
        None => (mean, format!("of {}", thousands(response.count))),
    };
    let p99_note = match &theory {
        Some(law) => format!("theory {}", duration(law.response_quantile(0.99))),
        None => format!("SLO {}", duration(document.slo())),
    };
    let tile = |label, value, note, is_trouble| Tile {
        label,
        value,
        note,
        is_trouble,
    };
    let blame = Blame::of(document, facts.snapshot);
    let is_late = |value| response.count > 0 && value > document.slo();
    vec![
        tile(
            "Goodput",
            format!("{}/s", grouped(facts.goodput)),
            format!("of {} offered", grouped(facts.offered)),
            facts.lost > 0.05 * facts.offered,
        ),
        tile("p50", time(response.p50), p50_note, is_late(response.p50)),
        tile("p95", time(response.p95), p95_note, is_late(response.p95)),
        tile("p99", time(response.p99), p99_note, is_late(response.p99)),
        failed(&facts),
        tile("Bottleneck", blame.name, blame.evidence, blame.is_trouble),
    ]
}

fn failed(facts: &Facts<'_>) -> Tile {
    let failed = facts.failures.total();
    let note = match (facts.failures.ranked().first(), facts.shed) {
        (Some((reason, count)), _) if *count < failed => format!("mostly {}", reason.label()),
        (Some((reason, _)), _) => reason.label().to_owned(),
        (None, 0) => "no errors".to_owned(),
        (None, shed) => format!("{} shed", thousands(shed)),
    };
    Tile {
        label: "Failed",
        value: thousands(failed),
        note,
        is_trouble: failed > 0,
    }
}
