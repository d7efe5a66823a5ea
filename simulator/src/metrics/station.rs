//! The running totals of one node.

use std::collections::VecDeque;

use crate::metrics::{Mark, RecentRing};
use crate::outcome::{Failures, Outcome};
use crate::time::{SimDuration, SimTime};

/// Totals of one node: integers since the beginning, and marks of the recent past.
#[derive(Clone, Debug, Default)]
pub(crate) struct StationMeter {
    pub(crate) arrived: u64,
    pub(crate) served: u64,
    pub(crate) shed: u64,
    pub(crate) failures: Failures,
    /// Time in the queue, summed over `waits` requests that left it for a worker.
    pub(crate) wait_nanos: u128,
    pub(crate) waits: u64,
    /// Time that queries waited for a connection, summed over `connection_waits` that got one.
    pub(crate) connection_nanos: u128,
    pub(crate) connection_waits: u64,
    busy: u32,
    /// Worker-nanoseconds of work until `touched`.
    busy_area: u64,
    touched: SimTime,
    marks: VecDeque<Mark>,
}

impl StationMeter {
    /// Counts a call that is answered badly here.
    pub(crate) fn count(&mut self, outcome: Outcome) {
        match outcome {
            Outcome::Ok => {}
            Outcome::Failed(reason) => self.failures.add(reason),
            Outcome::Shed => self.shed += 1,
        }
    }

    /// Notes that from `now` on, `busy` workers are busy.
    pub(crate) fn set_busy(&mut self, now: SimTime, busy: u32) {
        self.busy_area = self.busy_area(now);
        self.touched = now;
        self.busy = busy;
    }

    /// Notes that a request waited for `wait` before its service began.
    pub(crate) fn waited(&mut self, wait: SimDuration) {
        self.wait_nanos += u128::from(wait.as_nanos());
        self.waits += 1;
    }

    /// Worker-nanoseconds of work from the beginning to `now`, modulo 2^64: a thousand workers need two
    /// hundred days to come round, and only differences are used.
    pub(crate) fn busy_area(&self, now: SimTime) -> u64 {
        let since = now.since(self.touched).as_nanos();
        self.busy_area
            .wrapping_add(u64::from(self.busy).wrapping_mul(since))
    }

    /// Remembers the totals at the start of a piece of the recent past.
    pub(crate) fn mark(&mut self, at: SimTime) {
        self.marks.push_back(Mark {
            at,
            busy_area: self.busy_area(at),
            arrived: self.arrived,
        });
        if self.marks.len() > RecentRing::PIECES {
            self.marks.pop_front();
        }
    }

    /// Forgets the marks.
    pub(crate) fn clear_marks(&mut self) {
        self.marks.clear();
    }

    /// Utilisation of `workers` workers and arrivals per second since the oldest mark.
    pub(crate) fn recent(&self, now: SimTime, workers: u32) -> (f64, f64) {
        let since = self.marks.front().copied().unwrap_or_default();
        self.rates(now, workers, since)
    }

    /// Utilisation of `workers` workers and arrivals per second since `mark`.
    pub(crate) fn rates(&self, now: SimTime, workers: u32, mark: Mark) -> (f64, f64) {
        let span = now.since(mark.at);
        if span.is_zero() {
            return (0.0, 0.0);
        }
        let arrivals = (self.arrived - mark.arrived) as f64 / span.as_secs_f64();
        let capacity = f64::from(workers) * span.as_nanos() as f64;
        let busy = self.busy_area(now).wrapping_sub(mark.busy_area) as f64;
        // Workers taken away in the meantime were busy too: never more than all of them.
        let utilisation = if workers == 0 {
            0.0
        } else {
            (busy / capacity).min(1.0)
        };
        (utilisation, arrivals)
    }
}
