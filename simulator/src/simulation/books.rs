//! The books of a run: who was generated and how each one ended.

use crate::metrics::{Baseline, Batch, Histogram, RecentRing, Series};
use crate::outcome::{FailureReason, Tally};
use crate::simulation::{NodeSlot, Simulation};
use crate::time::{SimDuration, SimTime};

/// Totals, history and the measurement under way.
///
/// While events happen, only the totals are counted and response times noted. They are entered in the
/// histories when a window of one of them ends, and before anybody looks.
#[derive(Clone, Debug)]
pub(crate) struct Books {
    pub(crate) totals: Tally,
    /// The totals that have been entered.
    entered: Tally,
    /// Response times, in nanoseconds, that have not.
    noted: Vec<u64>,
    /// Room for them while they are entered.
    batch: Batch,
    pub(crate) recent: RecentRing,
    pub(crate) series: Series,
    pub(crate) baseline: Baseline,
    /// When the next measurement begins by itself; the end of time for never.
    measured_from: SimTime,
    /// When a window ends or a measurement begins.
    pub(super) next_turn: SimTime,
    /// Response times since the baseline.
    pub(crate) response: Histogram,
    /// DNS and user network of the answered since the baseline.
    pub(crate) user_network_nanos: u128,
}

/// So many response times are noted before they are entered.
const MOST_NOTED: usize = 1_024;

impl Books {
    pub(crate) fn new() -> Self {
        Self {
            totals: Tally::default(),
            entered: Tally::default(),
            noted: Vec::new(),
            batch: Batch::default(),
            recent: RecentRing::new(),
            series: Series::default(),
            baseline: Baseline::default(),
            measured_from: SimTime::MAX,
            next_turn: SimTime::ZERO,
            response: Histogram::default(),
            user_network_nanos: 0,
        }
    }

    /// A client sent a request.
    pub(crate) fn generated(&mut self) {
        self.totals.generated += 1;
        self.totals.in_flight += 1;
    }

    /// A client has its answer.
    pub(crate) fn answered(
        &mut self,
        now: SimTime,
        response: SimDuration,
        user_network: SimDuration,
        on_time: bool,
    ) {
        if on_time {
            self.totals.ok += 1;
        } else {
            self.totals.late += 1;
        }
        self.totals.in_flight -= 1;
        self.user_network_nanos += u128::from(user_network.as_nanos());
        self.noted.push(response.as_nanos());
        if self.noted.len() >= MOST_NOTED {
            self.enter(now);
        }
    }

    /// A client learned of a failure, or gave up.
    pub(crate) fn failed(&mut self, reason: FailureReason) {
        self.totals.failed.add(reason);
        self.totals.in_flight -= 1;
    }

    /// A client was turned away.
    pub(crate) fn shed(&mut self) {
        self.totals.shed += 1;
        self.totals.in_flight -= 1;
    }

    /// Enters in the histories what happened since the last time, all of it in the windows of `now`.
    pub(super) fn enter(&mut self, now: SimTime) {
        let changed = self.totals.since(&self.entered);
        if changed == Tally::default() {
            return;
        }
        self.entered = self.totals;
        let piece = self.recent.present();
        let window = self.series.at(now);
        piece.0.count(&changed);
        piece.1.merge(&changed.failed);
        window.count(&changed);
        if !self.noted.is_empty() {
            self.batch.fill(&self.noted);
            self.noted.clear();
            self.response.record_all(&self.batch);
            piece.0.response.record_all(&self.batch);
            window.response.record_all(&self.batch);
        }
    }

    fn plan_turn(&mut self, now: SimTime) {
        // What happens at the very moment from which is measured is not measured yet, as if the run had
        // been stopped there.
        let after = self.measured_from + SimDuration::from_nanos(1);
        let window = self.series.end_at(now);
        self.next_turn = self.recent.next_roll().min(window).min(after);
    }
}

impl Simulation {
    /// Begins what is to begin in the books before something happens at `to`.
    #[inline(never)]
    pub(super) fn turn(&mut self, to: SimTime) {
        self.books.enter(self.now);
        if to >= self.books.recent.next_roll() {
            self.roll(to);
        }
        if to > self.books.measured_from {
            self.begin_measurement_at(self.books.measured_from);
        }
        self.books.plan_turn(to);
    }

    /// Begins the pieces of the recent past that start up to `to`.
    fn roll(&mut self, to: SimTime) {
        let kept = RecentRing::PIECE.saturating_mul(RecentRing::PIECES as u64);
        if to.since(self.books.recent.next_roll()) > kept {
            let start = self.books.recent.skip_to(to);
            for node in &mut self.nodes {
                node.clear_marks();
                node.mark(start);
            }
        }
        while self.books.recent.next_roll() <= to {
            let start = self.books.recent.next_roll();
            self.books.recent.roll();
            for node in &mut self.nodes {
                node.mark(start);
            }
            if start + RecentRing::PIECE == start {
                return; // the end of time
            }
        }
    }

    /// Measures from now on: what happened before is left out of [`Simulation::measurement`].
    pub fn begin_measurement(&mut self) {
        self.begin_measurement_at(self.now);
        self.books.plan_turn(self.now);
    }

    /// Measures from `moment` on, which is still to come, unless a measurement begins before.
    pub fn measure_from(&mut self, moment: SimTime) {
        self.books.measured_from = moment;
        self.books.plan_turn(self.now);
    }

    fn begin_measurement_at(&mut self, at: SimTime) {
        self.begin_bill(at);
        let meters = self.nodes.iter().map(|node| &node.meter);
        self.books.baseline = Baseline::new(at, self.books.totals, meters);
        self.nodes.iter_mut().for_each(NodeSlot::begin_measurement);
        self.books.response = Histogram::default();
        self.books.user_network_nanos = 0;
        self.books.measured_from = SimTime::MAX;
    }
}
