//! The six numbers under every figure, always in the same order.
//!
//! Response times and failures are those of the measurement under way, like the chart of the
//! distribution; goodput and bottleneck of a running system are those of the last ten seconds.

use simulator::{Condition, Measured, SimDuration, SimTime, Snapshot, Tally};

use crate::bottleneck::Blame;
use crate::document::Document;
use crate::report::Outcome;
use crate::theory;
use crate::wording::{counted, duration, grouped, short, thousands};

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
    /// The stretch of time that the rates are of, where it is not that of the measurement.
    stretch: &'static str,
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
            stretch: ", last\u{a0}10\u{a0}s",
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
            stretch: "",
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
    let measured = &facts.snapshot.measured;
    let response = measured.response;
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
    // A line that breaks here would be hard to read in a tile.
    let since = since(measured).replace(' ', "\u{a0}");
    let (p50_note, p99_note) = match &theory {
        Some(law) => {
            let quantile = |q| format!("theory {}", duration(law.response_quantile(q)));
            (format!("{}, {mean}", quantile(0.5)), quantile(0.99))
        }
        None => (mean, format!("objective {}", duration(document.slo()))),
    };
    let answers = counted(response.count, "answer");
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
            format!("of {} offered{}", grouped(facts.offered), facts.stretch),
            facts.lost > 0.05 * facts.offered,
        ),
        tile("p50", time(response.p50), p50_note, is_late(response.p50)),
        tile(
            "p95",
            time(response.p95),
            format!("{answers} {since}"),
            is_late(response.p95),
        ),
        tile("p99", time(response.p99), p99_note, is_late(response.p99)),
        failed(&measured.tally, &since),
        tile("Bottleneck", blame.name, blame.evidence, blame.is_trouble),
    ]
}

/// Since when the measurement is under way: "since 12.4 s".
pub(crate) fn since(measured: &Measured) -> String {
    match measured.since.since(SimTime::ZERO) {
        SimDuration::ZERO => "since the start".to_owned(),
        start => format!("since {}", duration(start)),
    }
}

fn failed(tally: &Tally, since: &str) -> Tile {
    let failed = tally.failed.total();
    let what = match (tally.failed.ranked().first(), tally.shed) {
        (Some((reason, count)), _) if *count < failed => format!("mostly {}", short(*reason)),
        (Some((reason, _)), _) => reason.label().to_owned(),
        (None, 0) => "no errors".to_owned(),
        (None, shed) => format!("{} shed", thousands(shed)),
    };
    Tile {
        label: "Failed",
        value: thousands(failed),
        note: format!("{what}, {since}"),
        is_trouble: failed > 0,
    }
}
