//! When a machine stands still.

use crate::scenario::Pauses;
use crate::time::{SimDuration, SimTime};

/// Pauses at fixed moments: the first at the phase, then one each period.
///
/// Nothing has to happen at these moments: when a service ends is known when it begins, from the time
/// that the machine really runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Schedule {
    phase: u64,
    every: u64,
    length: u64,
}

impl Schedule {
    /// The pauses of a node; `luck` is its own number, from which the phase comes.
    pub(super) const fn new(pauses: Pauses, luck: u64) -> Self {
        let every = pauses.every.as_nanos();
        Self {
            phase: luck % every,
            every,
            length: pauses.length.as_nanos(),
        }
    }

    /// How long the machine has run by `now`, without the pauses.
    pub(super) const fn running_time(self, now: SimTime) -> u64 {
        let Some(since) = now.as_nanos().checked_sub(self.phase) else {
            return now.as_nanos();
        };
        let (whole, rest) = (since / self.every, since % self.every);
        self.phase + whole * (self.every - self.length) + rest.saturating_sub(self.length)
    }

    /// The first moment by which it has run for so long.
    const fn moment(self, running_time: u64) -> SimTime {
        if running_time <= self.phase {
            return SimTime::from_nanos(running_time);
        }
        let since = running_time - self.phase;
        let pauses = (since - 1) / (self.every - self.length) + 1;
        SimTime::from_nanos(running_time.saturating_add(pauses.saturating_mul(self.length)))
    }

    /// When work ends that takes `work` from `now` on: never within a pause.
    pub(super) fn end(self, now: SimTime, work: SimDuration) -> SimTime {
        let end = self.moment(self.running_time(now).saturating_add(work.as_nanos()));
        end.max(self.resumes(now))
    }

    /// `now`, or the end of the pause that it is in.
    fn resumes(self, now: SimTime) -> SimTime {
        match now.as_nanos().checked_sub(self.phase) {
            Some(since) if since % self.every < self.length => {
                now + SimDuration::from_nanos(self.length - since % self.every)
            }
            _ => now,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn work_stands_still_during_pauses() {
        // Pauses from 5 to 8, 15 to 18, 25 to 28.
        let schedule = Schedule {
            phase: 5,
            every: 10,
            length: 3,
        };
        for (begin, work, end) in [
            (0, 5, 5),
            (0, 6, 9),
            (4, 1, 5),
            (4, 2, 9),
            (5, 0, 8),
            (6, 1, 9),
            (7, 7, 15),
            (8, 7, 15),
            (8, 8, 19),
            (8, 14, 25),
            (9, 14, 29),
            (12, 0, 12),
        ] {
            let begin = SimTime::from_nanos(begin);
            let got = schedule.end(begin, SimDuration::from_nanos(work));
            assert_eq!(got, SimTime::from_nanos(end), "{work} from {begin:?}");
            assert!(got >= begin);
        }
        for (now, run) in [(0, 0), (5, 5), (7, 5), (8, 5), (9, 6), (15, 12), (18, 12)] {
            assert_eq!(schedule.running_time(SimTime::from_nanos(now)), run);
        }
        assert_eq!(schedule.end(SimTime::MAX, SimDuration::MAX), SimTime::MAX);
    }
}
