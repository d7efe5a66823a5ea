//! The books of a run: who was generated and how each one ended.

use crate::metrics::{Baseline, Entry, Histogram, RecentRing, Series};
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
    measured_from: SimTime,
    /// When the books have to be turned over next: a piece of the recent past ends, or a measurement
    /// begins.
    pub(super) next_turn: SimTime,
    /// Response times since the baseline.
    pub(crate) response: Histogram,
    /// DNS and user network of the answered since the baseline.
    pub(crate) user_network_nanos: u128,
}

impl Books {
    pub(crate) fn new() -> Self {
        let recent = RecentRing::new();
        Self {
            totals: Tally::default(),
            next_turn: recent.next_roll(),
            recent,
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
        self.recent.present().0.generated += 1;
        self.series.at(now).generated += 1;
    }

    /// A client has its answer.
    pub(crate) fn answered(
        &mut self,
        now: SimTime,
        response: SimDuration,
        user_network: SimDuration,
        on_time: bool,
    ) {
        let entry = Entry::new(response);
        self.response.count_entry(entry);
        self.user_network_nanos += u128::from(user_network.as_nanos());
        if on_time {
            self.totals.ok += 1;
        } else {
            self.totals.late += 1;
        }
        self.totals.in_flight -= 1;
        self.recent.present().0.answered(entry, on_time);
        self.series.at(now).answered(entry, on_time);
    }

    /// A client learned of a failure, or gave up.
    pub(crate) fn failed(&mut self, now: SimTime, reason: FailureReason) {
        self.totals.failed.add(reason);
        self.totals.in_flight -= 1;
        let (window, failures) = self.recent.present();
        window.failed += 1;
        failures.add(reason);
        self.series.at(now).failed += 1;
    }

    /// A client was turned away.
    pub(crate) fn shed(&mut self, now: SimTime) {
        self.totals.shed += 1;
        self.totals.in_flight -= 1;
        self.recent.present().0.shed += 1;
        self.series.at(now).shed += 1;
    }

    fn plan_turn(&mut self) {
        // What happens at the very moment from which is measured is not measured yet, as if the run had
        // been stopped there.
        let after = self.measured_from + SimDuration::from_nanos(1);
        self.next_turn = self.recent.next_roll().min(after);
    }
}

impl Simulation {
    /// Begins what is to begin in the books before something happens at `to`.
    pub(super) fn turn(&mut self, to: SimTime) {
        if to >= self.books.recent.next_roll() {
            self.roll(to);
        }
        if to > self.books.measured_from {
            self.begin_measurement_at(self.books.measured_from);
        }
        self.books.plan_turn();
    }

    /// Begins the pieces of the recent past that start up to `to`.
    fn roll(&mut self, to: SimTime) {
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
        self.books.plan_turn();
    }

    /// Measures from `moment` on, which is still to come, unless a measurement begins before.
    pub fn measure_from(&mut self, moment: SimTime) {
        self.books.measured_from = moment;
        self.books.plan_turn();
    }

    fn begin_measurement_at(&mut self, at: SimTime) {
        let meters = self.nodes.iter().map(|node| &node.meter);
        self.books.baseline = Baseline::new(at, self.books.totals, meters);
        self.books.response = Histogram::default();
        self.books.user_network_nanos = 0;
        self.books.measured_from = SimTime::MAX;
    }
}
