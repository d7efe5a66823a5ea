//! Processor sharing: everybody progresses at once, at a speed that depends on how many there are.
//!
//! Instead of what each call has left, one clock is kept of the work that each has got (virtual time;
//! the idea is that of fair queueing: Demers, Keshav, Shenker 1989). A call is done when this clock has
//! moved by its own work since it came, so of all calls only the next one to be done has to be known.
//!
//! Everything is whole numbers: nanoseconds of work. What cannot be shared out evenly is kept and
//! shared out next time, so no work is lost or invented.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use crate::time::SimTime;

/// Calls that share the workers of a station.
#[derive(Clone, Debug, Default)]
pub(crate) struct Sharing {
    /// The work, in nanoseconds, that each call has got that has been here all the time.
    clock: u64,
    /// Work that the workers have done and nobody has got yet: less than a nanosecond for each call.
    kept: u64,
    /// Up to when work has been shared out, in the station's running time.
    shared_until: u64,
    /// What the clock shows when a call is done; of equals, whoever came first is done first.
    pending: BinaryHeap<Reverse<(u64, u64, u32)>>,
    entered: u64,
    /// When the event comes that is pending; the end of time for none.
    pub(super) planned: Option<SimTime>,
}

/// Twenty minutes of work: whoever has more left is looked at again then, so that no product below
/// leaves its range.
const FAR: u64 = 1 << 40;

impl Sharing {
    pub(crate) fn len(&self) -> u32 {
        self.pending.len() as u32
    }

    /// Shares out what `workers` have done until `now`, in the station's running time.
    pub(super) fn advance(&mut self, now: u64, workers: u32) {
        let passed = now.saturating_sub(self.shared_until);
        self.shared_until = now;
        let Some(&Reverse((next, ..))) = self.pending.peek() else {
            self.kept = 0;
            return;
        };
        let (calls, workers) = (u64::from(self.len()), u64::from(workers));
        let mut step = passed;
        if calls > workers {
            let work = passed.saturating_mul(workers).saturating_add(self.kept);
            (step, self.kept) = (work / calls, work % calls);
        } else {
            self.kept = 0;
        }
        // Nobody gets more than his work: where several leave at once, what was kept for them all can
        // be more than the others' next nanosecond.
        let left = next - self.clock;
        if step > left {
            self.kept += (step - left) * calls;
            step = left;
        }
        self.clock += step;
    }

    /// Lets a call join, up to now with [`Sharing::advance`]; returns the clock at its end.
    pub(super) fn enter(&mut self, call: u32, work: u64) -> u64 {
        let end = self.clock.saturating_add(work);
        self.pending.push(Reverse((end, self.entered, call)));
        self.entered += 1;
        end
    }

    /// The next call that is done by now, which leaves.
    pub(super) fn leave(&mut self) -> Option<u32> {
        let &Reverse((end, _, call)) = self.pending.peek()?;
        if end > self.clock {
            return None;
        }
        self.pending.pop();
        Some(call)
    }

    /// Who is done next, and how much running time passes until then, if nobody comes meanwhile; at most
    /// twenty minutes of its work ahead.
    pub(super) fn next(&self, workers: u32) -> Option<(u32, u64)> {
        let &Reverse((end, _, call)) = self.pending.peek()?;
        Some((call, self.time_for(end, workers)))
    }

    /// How much running time passes until the clock shows `end`, if nobody comes or leaves meanwhile.
    fn time_for(&self, end: u64, workers: u32) -> u64 {
        let left = end.saturating_sub(self.clock).min(FAR);
        let (calls, workers) = (u64::from(self.len()), u64::from(workers.max(1)));
        if calls <= workers {
            left
        } else {
            (left * calls).saturating_sub(self.kept).div_ceil(workers)
        }
    }

    /// When the clock will show `end`, in running time, if nobody comes or leaves meanwhile.
    pub(super) fn due(&self, end: u64, workers: u32) -> u64 {
        self.shared_until
            .saturating_add(self.time_for(end, workers))
    }

    /// The running time is counted in another way from now on.
    pub(super) const fn set_time(&mut self, now: u64) {
        self.shared_until = now;
    }

    /// Forgets everybody.
    pub(super) fn clear(&mut self) {
        self.pending.clear();
        self.planned = None;
        self.kept = 0;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::{Purpose, Stream};

    /// Runs calls (arrival, work) and returns when each is done, in order of their ends.
    fn run(workers: u32, calls: &[(u64, u64)]) -> Vec<(u32, u64)> {
        let mut sharing = Sharing::default();
        let (mut now, mut ends) = (0, Vec::new());
        let mut arrivals = calls.iter().zip(0..).peekable();
        loop {
            let end = sharing.next(workers).map(|(_, left)| now + left);
            let arrival = arrivals.peek().map(|((at, _), _)| *at);
            let (at, is_end) = match (end, arrival) {
                (Some(end), Some(arrival)) if end <= arrival => (end, true),
                (_, Some(arrival)) => (arrival, false),
                (Some(end), None) => (end, true),
                (None, None) => return ends,
            };
            now = at;
            sharing.advance(now, workers);
            if is_end {
                let call = sharing.leave().expect("the next one is done by then");
                ends.push((call, now));
            } else if let Some((&(_, work), call)) = arrivals.next() {
                sharing.enter(call, work);
            }
        }
    }

    #[test]
    fn everybody_progresses_equally() {
        for (workers, calls, ends) in [
            // Alone at full speed, then two at half of it.
            (1, vec![(0, 10)], vec![(0, 10)]),
            (1, vec![(0, 10), (0, 10)], vec![(0, 20), (1, 20)]),
            (1, vec![(0, 10), (4, 3)], vec![(1, 10), (0, 13)]),
            // Two workers: the third one slows all down to two thirds.
            (
                2,
                vec![(0, 6), (0, 6), (0, 6)],
                vec![(0, 9), (1, 9), (2, 9)],
            ),
            (
                2,
                vec![(0, 6), (0, 8), (3, 4)],
                vec![(0, 8), (2, 9), (1, 10)],
            ),
            (4, vec![(0, 7), (1, 7)], vec![(0, 7), (1, 8)]),
            (1, vec![(5, 0), (5, 0)], vec![(0, 5), (1, 5)]),
        ] {
            assert_eq!(run(workers, &calls), ends, "{workers} workers, {calls:?}");
        }
    }

    #[test]
    fn no_work_is_lost_or_invented() {
        // One worker: busy exactly for the sum of all work, whenever whoever comes.
        let mut random = Stream::new(1, "sharing", Purpose::Work);
        for round in 0..200 {
            let mut calls: Vec<(u64, u64)> = (0..50)
                .map(|_| (random.below(40) as u64, 1 + random.below(97) as u64))
                .collect();
            calls.sort_unstable();
            // First in, first out ends at the same moment: there is as much work, and nobody idles.
            let fifo = calls.iter().fold(0, |end, &(at, work)| at.max(end) + work);
            let ends = run(1, &calls);
            assert_eq!(ends.last().map(|end| end.1), Some(fifo), "round {round}");
            assert_eq!(ends.len(), calls.len());
            // More workers than calls: nobody disturbs anybody.
            for (call, end) in run(50, &calls) {
                let (at, work) = calls[call as usize];
                assert_eq!(end, at + work);
            }
            // Three workers: rounding keeps less than a nanosecond for each of them.
            let work: u64 = calls.iter().map(|call| call.1).sum();
            let three = run(3, &calls).last().map_or(0, |end| end.1);
            assert!(three * 3 >= work && three <= work, "{three} for {work}");
        }
    }

    #[test]
    fn the_next_end_is_hit_exactly() {
        // The clock never passes an end, and never misses it by a nanosecond.
        let mut sharing = Sharing::default();
        let mut random = Stream::new(2, "sharing", Purpose::Work);
        let mut now = 0;
        for call in 0..2_000 {
            sharing.enter(call, 1_000 + random.below(1_000_000) as u64);
            if sharing.len() > 40 {
                now += sharing.next(7).expect("somebody is there").1;
                sharing.advance(now, 7);
                let end = sharing.pending.peek().map(|next| next.0.0);
                assert_eq!(end, Some(sharing.clock));
                assert!(sharing.kept < u64::from(sharing.len()));
                assert!(sharing.leave().is_some());
            }
            let left = sharing.next(7).map_or(0, |next| next.1);
            now += left.min(random.below(1_000) as u64);
            sharing.advance(now, 7);
        }
    }

    #[test]
    fn long_work_is_looked_at_again() {
        let mut sharing = Sharing::default();
        sharing.enter(0, u64::MAX / 2);
        for call in 1..1_000 {
            sharing.enter(call, u64::MAX / 2);
        }
        let first = sharing.next(1).expect("somebody is there").1;
        assert_eq!(first, FAR * 1_000);
        sharing.advance(first, 1);
        assert_eq!(sharing.leave(), None);
    }
}
