//! What a curve is asked: its rate, its highest rate, its integral, and the inverse of that.

use super::RateCurve;
use super::law::Law;
use crate::time::{SimDuration, SimTime};

/// A moment by which a number of arrivals is expected, in whole nanoseconds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Reached {
    /// The last nanosecond that is not after the exact moment.
    pub(crate) at: SimTime,
    /// How much later that moment is, in nanoseconds: 0 to below 1.
    pub(crate) fraction: f64,
    /// The rate there, in requests per second.
    pub(crate) rate: f64,
}

impl RateCurve {
    /// The rate at `t` in requests per second. At a step it is already the later one.
    #[must_use]
    pub fn rate_at(&self, t: SimTime) -> f64 {
        self.piece_at(t).law.rate(0.0)
    }

    /// The rate at `t`, and until when it surely stays the same; `None` where it is changing.
    pub(crate) fn steady_at(&self, t: SimTime) -> Option<(f64, SimTime)> {
        let piece = self.piece_at(t);
        match piece.law {
            Law::Linear { rate, slope: 0.0 } => Some((rate, piece.until.unwrap_or(SimTime::MAX))),
            Law::Linear { .. } | Law::Decay { .. } => None,
        }
    }

    /// The highest rate from `start` until just before `end`, for the scale of a chart.
    #[must_use]
    pub fn maximum(&self, start: SimTime, end: SimTime) -> f64 {
        let end = match self.period() {
            Some(period) => end.min(start + period),
            None => end,
        };
        let mut highest = self.rate_at(start);
        self.for_each_piece(start, end, |law, length| {
            // No law rises and falls.
            highest = highest.max(law.rate(0.0)).max(law.rate(length));
        });
        highest
    }

    /// The arrivals expected from `start` to `end`: the integral of the rate, exact but for rounding.
    #[must_use]
    pub fn expected(&self, start: SimTime, end: SimTime) -> f64 {
        let Some(period) = self.period() else {
            return self.sum(start, end);
        };
        let turns = end.since(start).as_nanos() / period.as_nanos();
        if turns == 0 {
            return self.sum(start, end);
        }
        turns as f64 * self.sum(start, start + period)
            + self.sum(start + period.saturating_mul(turns), end)
    }

    fn sum(&self, start: SimTime, end: SimTime) -> f64 {
        let mut sum = 0.0;
        self.for_each_piece(start, end, |law, length| sum += law.integral(length));
        sum
    }

    /// Shows every law between two moments, with its length in seconds.
    fn for_each_piece(&self, start: SimTime, end: SimTime, mut visit: impl FnMut(Law, f64)) {
        let mut t = start;
        while t < end {
            let piece = self.piece_at(t);
            let until = piece.until.map_or(end, |until| until.min(end));
            visit(piece.law, until.since(t).as_secs_f64());
            t = until;
        }
    }

    /// When `units` arrivals are expected since `start`, or `None` if that is beyond all time.
    pub(crate) fn reach(&self, start: SimTime, units: f64) -> Option<Reached> {
        let mut t = start;
        let mut left = units;
        // Whole turns of a curve that repeats are jumped over after the first.
        let period = self.period();
        let mut turn_ends = period.map(|period| start + period);
        while 0.0 < left && t < SimTime::MAX {
            let piece = self.piece_at(t);
            let until = [piece.until, turn_ends].into_iter().flatten().min();
            let length = until.map(|until| until.since(t).as_secs_f64());
            let within = length.map_or(f64::INFINITY, |length| piece.law.integral(length));
            if left <= within {
                let is_reached = until.is_some() || 0.0 < piece.law.rate(0.0);
                if !is_reached {
                    return None;
                }
                let x = piece.law.inverse(left).min(length.unwrap_or(f64::INFINITY));
                let nanos = x * 1e9;
                let whole = SimDuration::from_nanos_f64(nanos);
                let at = t + whole;
                return (at < SimTime::MAX).then_some(Reached {
                    at,
                    fraction: nanos - whole.as_nanos() as f64,
                    rate: piece.law.rate(x),
                });
            }
            left -= within;
            t = until?;
            if turn_ends == Some(t) {
                turn_ends = None;
                let a_turn = units - left;
                if a_turn <= 0.0 {
                    return None;
                }
                // Not the last of them: the moment may be before the end of that turn.
                let turns = (libm::ceil(left / a_turn) - 1.0) as u64;
                left -= turns as f64 * a_turn;
                t += period?.saturating_mul(turns);
            }
        }
        (t < SimTime::MAX).then_some(Reached {
            at: t,
            fraction: 0.0,
            rate: self.rate_at(t),
        })
    }
}
