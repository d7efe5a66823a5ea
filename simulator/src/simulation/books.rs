//! The books of a run: who was generated and how each one ended.

use crate::metrics::{Baseline, Ending, Histogram, RecentRing, Series};
use crate::outcome::{FailureReason, Tally};
use crate::simulation::Simulation;
use crate::time::{SimDuration, SimTime};

/// Totals, history and the measurement under way.
#[derive(Clone, Debug)]
pub(crate) struct Books {
    pub(crate) totals: Tally,
    pub(crate) recent: RecentRing,
    pub(crate) series: Series,
    pub(crate) baseline: Baseline,
    /// When the next measurement begins by itself; the end of time for never.
    pub(crate) measured_from: SimTime,
    /// Response times since the baseline.
    pub(crate) response: Histogram,
    /// DNS and user network of the answered since the baseline.
    pub(crate) user_network_nanos: u128,
}

impl Books {
    pub(crate) fn new() -> Self {
        Self {
            totals: Tally::default(),
            recent: RecentRing::new(),
            series: Series::default(),
            baseline: Baseline::default(),
            measured_from: SimTime::MAX,
            response: Histogram::default(),
            user_network_nanos: 0,
        }
    }

    /// A client sent a request.
    pub(crate) fn generated(&mut self, now: SimTime) {
        self.totals.generated += 1;
        self.totals.in_flight += 1;
        self.recent.generated();
        self.series.generated(now);
    }

    /// A client has its answer.
    pub(crate) fn answered(
        &mut self,
        now: SimTime,
        response: SimDuration,
        user_network: SimDuration,
        on_time: bool,
    ) {
        self.response.record(response);
        self.user_network_nanos += u128::from(user_network.as_nanos());
        let ending = if on_time {
            self.totals.ok += 1;
            Ending::Ok(response)
        } else {
            self.totals.late += 1;
            Ending::Late(response)
        };
        self.ended(now, ending, None);
    }

    /// A client learned of a failure, or gave up.
    pub(crate) fn failed(&mut self, now: SimTime, reason: FailureReason) {
        self.totals.failed.add(reason);
        self.ended(now, Ending::Failed, Some(reason));
    }

    /// A client was turned away.
    pub(crate) fn shed(&mut self, now: SimTime) {
        self.totals.shed += 1;
        self.ended(now, Ending::Shed, None);
    }

    fn ended(&mut self, now: SimTime, ending: Ending, reason: Option<FailureReason>) {
        self.totals.in_flight -= 1;
        self.recent.ended(ending, reason);
        self.series.ended(now, ending);
    }
}

impl Simulation {
    /// Begins the pieces of the recent past that start up to `to`.
    pub(super) fn roll(&mut self, to: SimTime) {
        let kept = RecentRing::PIECE.saturating_mul(RecentRing::PIECES as u64);
        if to.since(self.books.recent.next_roll()) > kept {
            let start = self.books.recent.skip_to(to);
            for node in &mut self.nodes {
                node.meter.clear_marks();
                node.meter.mark(start);
            }
        }
        while self.books.recent.next_roll() <= to {
            let start = self.books.recent.next_roll();
            self.books.recent.roll();
            for node in &mut self.nodes {
                node.meter.mark(start);
            }
            if start + RecentRing::PIECE == start {
                return; // the end of time
            }
        }
    }

    /// Measures from now on: what happened before is left out of [`Simulation::measurement`].
    pub fn begin_measurement(&mut self) {
        self.begin_measurement_at(self.now);
    }

    /// Measures from `moment` on, which is still to come, unless a measurement begins before.
    pub fn measure_from(&mut self, moment: SimTime) {
        self.books.measured_from = moment;
    }

    pub(super) fn begin_measurement_at(&mut self, at: SimTime) {
        let meters = self.nodes.iter().map(|node| &node.meter);
        self.books.baseline = Baseline::new(at, self.books.totals, meters);
        self.books.response = Histogram::default();
        self.books.user_network_nanos = 0;
        self.books.measured_from = SimTime::MAX;
    }
}
