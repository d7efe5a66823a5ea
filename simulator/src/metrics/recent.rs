//! The last 9.5 to 10 seconds: nineteen pieces of half a second, and the present one.

use std::collections::VecDeque;

use crate::metrics::series::Window;
use crate::outcome::Failures;
use crate::snapshot::Recent;
use crate::time::{SimDuration, SimTime};

/// Counters of the recent past: what "now" means on a dashboard.
#[derive(Clone, Debug)]
pub(crate) struct RecentRing {
    pieces: VecDeque<(Window, Failures)>,
    next_roll: SimTime,
}

/// A node's running totals at the start of a piece.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Mark {
    pub(crate) at: SimTime,
    pub(crate) busy_area: u64,
    pub(crate) arrived: u64,
}

impl RecentRing {
    /// The length of a piece.
    pub(crate) const PIECE: SimDuration = SimDuration::from_millis(500);
    /// How many pieces are kept.
    pub(crate) const PIECES: usize = 20;

    pub(crate) fn new() -> Self {
        let mut ring = Self {
            pieces: VecDeque::new(),
            next_roll: SimTime::ZERO,
        };
        ring.roll();
        ring
    }

    /// When the next piece begins.
    pub(crate) const fn next_roll(&self) -> SimTime {
        self.next_roll
    }

    /// Begins the next piece.
    pub(crate) fn roll(&mut self) {
        let mut piece = if self.pieces.len() < Self::PIECES {
            None
        } else {
            self.pieces.pop_front()
        }
        .unwrap_or_else(|| {
            let window = Window::new(self.next_roll, Self::PIECE);
            (window, Failures::default())
        });
        // An old piece's room for the histogram is used again.
        piece.0.clear(self.next_roll);
        piece.1 = Failures::default();
        self.pieces.push_back(piece);
        self.next_roll += Self::PIECE;
    }

    /// Forgets everything up to shortly before `now` and returns where the pieces begin again: after
    /// a long silence there is nothing to keep.
    pub(crate) fn skip_to(&mut self, now: SimTime) -> SimTime {
        let kept = Self::PIECE.saturating_mul(Self::PIECES as u64 - 1);
        let piece = Self::PIECE.as_nanos();
        let start = SimTime::from_nanos((now - kept).as_nanos() / piece * piece);
        self.pieces.clear();
        self.next_roll = start;
        self.roll();
        start
    }

    /// The present piece.
    pub(crate) fn present(&mut self) -> &mut (Window, Failures) {
        self.pieces
            .back_mut()
            .expect("new() begins a piece, and one is only dropped for another")
    }

    /// The figures at `now`.
    pub(crate) fn summary(&self, now: SimTime) -> Recent {
        let start = self.pieces.front().map_or(now, |(window, _)| window.start);
        let window = now.since(start);
        let mut sum = Window::new(start, window);
        let mut failures = Failures::default();
        for (piece, reasons) in &self.pieces {
            sum.merge(piece);
            failures.merge(reasons);
        }
        let per_second = |count: u64| {
            if window.is_zero() {
                0.0
            } else {
                count as f64 / window.as_secs_f64()
            }
        };
        Recent {
            window,
            offered: per_second(sum.generated),
            throughput: per_second(sum.ok + sum.late),
            goodput: per_second(sum.ok),
            failed: per_second(sum.failed),
            shed: per_second(sum.shed),
            failures,
            response: sum.response.response_times(),
        }
    }
}
