//! The history of a run in windows of equal width.

use crate::metrics::Histogram;
use crate::outcome::Tally;
use crate::time::{SimDuration, SimTime};

/// The most windows that are kept.
const MOST_WINDOWS: usize = 240;
/// The width of the first windows: 20 ms.
const FIRST_WIDTH: SimDuration = SimDuration::from_millis(20);

/// The whole history of a run in at most 240 windows of equal width.
///
/// Windows begin 20 ms wide. When a run outgrows them, neighbours are merged and the width doubles,
/// so memory is bounded and the picture always begins at zero.
#[derive(Clone, Debug, PartialEq)]
pub struct Series {
    width: SimDuration,
    windows: Vec<Window>,
    /// The end of the last window.
    end: SimTime,
}

/// What happened in a stretch of time.
#[derive(Clone, Debug, PartialEq)]
pub struct Window {
    /// When it begins.
    pub start: SimTime,
    /// How long it is. The last window of a series may not be over yet.
    pub width: SimDuration,
    /// Requests sent in it.
    pub generated: u64,
    /// Requests answered on time in it.
    pub ok: u64,
    /// Requests answered late in it.
    pub late: u64,
    /// Requests that failed in it.
    pub failed: u64,
    /// Requests shed in it.
    pub shed: u64,
    /// Response times of those answered in it.
    pub response: Histogram,
}

impl Default for Series {
    fn default() -> Self {
        Self {
            width: FIRST_WIDTH,
            windows: Vec::new(),
            end: SimTime::ZERO,
        }
    }
}

impl Series {
    /// All windows from the start of the run to the last one in which something happened.
    #[must_use]
    pub fn windows(&self) -> &[Window] {
        &self.windows
    }

    /// The present width.
    #[must_use]
    pub const fn width(&self) -> SimDuration {
        self.width
    }

    /// When the window of `now` ends, or would, if it were there.
    pub(crate) fn end_at(&self, now: SimTime) -> SimTime {
        let place = now.as_nanos() / self.width.as_nanos();
        SimTime::ZERO + self.width.saturating_mul(place.saturating_add(1))
    }

    /// The window of the present moment.
    pub(crate) fn at(&mut self, now: SimTime) -> &mut Window {
        if now >= self.end {
            self.extend_to(now);
        }
        let last = self.windows.len() - 1;
        &mut self.windows[last]
    }

    fn extend_to(&mut self, now: SimTime) {
        let mut place = now.as_nanos() / self.width.as_nanos();
        while place >= MOST_WINDOWS as u64 {
            self.double();
            place /= 2;
        }
        let place = place as usize;
        while self.windows.len() <= place {
            let start = self.width.saturating_mul(self.windows.len() as u64);
            self.windows
                .push(Window::new(SimTime::ZERO + start, self.width));
        }
        let end = self.width.saturating_mul(self.windows.len() as u64);
        self.end = SimTime::ZERO + end;
    }

    fn double(&mut self) {
        self.width = self.width.saturating_mul(2);
        let mut merged: Vec<Window> = Vec::with_capacity(MOST_WINDOWS);
        for (place, window) in std::mem::take(&mut self.windows).into_iter().enumerate() {
            match merged.last_mut() {
                Some(last) if place % 2 == 1 => last.merge(&window),
                _ => merged.push(Window {
                    width: self.width,
                    ..window
                }),
            }
        }
        self.windows = merged;
    }
}

impl Window {
    pub(crate) fn new(start: SimTime, width: SimDuration) -> Self {
        Self {
            start,
            width,
            generated: 0,
            ok: 0,
            late: 0,
            failed: 0,
            shed: 0,
            response: Histogram::default(),
        }
    }

    /// Adds what `other` has counted; start and width stay.
    pub fn merge(&mut self, other: &Self) {
        self.generated += other.generated;
        self.ok += other.ok;
        self.late += other.late;
        self.failed += other.failed;
        self.shed += other.shed;
        self.response.merge(&other.response);
    }

    /// Counts what happened, but for response times.
    pub(crate) fn count(&mut self, happened: &Tally) {
        self.generated += happened.generated;
        self.ok += happened.ok;
        self.late += happened.late;
        self.failed += happened.failed.total();
        self.shed += happened.shed;
    }

    /// Forgets everything, to begin again at `start`.
    pub(crate) fn clear(&mut self, start: SimTime) {
        let mut response = std::mem::take(&mut self.response);
        response.clear();
        *self = Self {
            response,
            ..Self::new(start, self.width)
        };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_run_keeps_every_request_in_a_bounded_number_of_windows() {
        let mut series = Series::default();
        for second in 0..5_000 {
            let window = series.at(SimTime::from_secs(second));
            window.generated += 1;
            window.failed += 1;
        }
        assert!(series.windows().len() <= MOST_WINDOWS);
        assert_eq!(
            series.windows().iter().map(|w| w.generated).sum::<u64>(),
            5_000
        );
        assert_eq!(
            series.windows().iter().map(|w| w.failed).sum::<u64>(),
            5_000
        );
        for pair in series.windows().windows(2) {
            assert_eq!(pair[0].start + pair[0].width, pair[1].start);
        }
    }

    #[test]
    fn a_moment_at_the_end_of_time_does_not_hang() {
        let mut series = Series::default();
        series.at(SimTime::MAX).generated += 1;
        assert!(series.windows().len() <= MOST_WINDOWS);
    }
}
