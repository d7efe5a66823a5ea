//! Queues under overload: a short deadline and last in, first out, as long as the queue stands.

use crate::time::{SimDuration, SimTime};
use crate::violation::{Violation, violations};

/// When a queue counts as standing, and what is done then.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct StandingQueuePolicy {
    /// How long a queue may be without being empty once, and how long a request may wait in one that
    /// is not standing: more than 0, at most 1 h. 100 ms at Facebook (N).
    pub(crate) interval: SimDuration,
    /// How long a request may wait in one that is: more than 0, at most the interval. 5 ms at
    /// Facebook (M).
    pub(crate) target: SimDuration,
}

impl StandingQueuePolicy {
    /// What is out of range.
    pub(crate) fn check(&self) -> Vec<Violation> {
        let hour = SimDuration::from_secs(3_600);
        violations(&[
            (
                !self.interval.is_zero() && self.interval <= hour,
                "interval",
                "more than 0, at most 1 h",
            ),
            (
                !self.target.is_zero() && self.target <= self.interval,
                "target",
                "more than 0, at most the interval",
            ),
        ])
    }
}

/// Who is served next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NextServed {
    /// The one who has waited longest.
    First,
    /// The one who came last.
    Last,
}

/// Controlled delay and adaptive LIFO (Maurer 2015, "Fail at scale", ACM Queue 13 (8); after Nichols
/// and Jacobson 2012, "Controlling queue delay").
///
/// A queue that was empty a moment ago is a burst, which will pass; one that has not been empty for
/// the whole interval is overload. Then whoever comes may wait for the short target only, and the
/// newest are served first, as the oldest have mostly been given up by those who sent them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct StandingQueue {
    last_empty: SimTime,
}

impl StandingQueue {
    /// The queue is empty at `now`: call it when the last one leaves, and when one comes to an empty
    /// queue, before it is counted in.
    pub(crate) fn on_empty(&mut self, now: SimTime) {
        self.last_empty = self.last_empty.max(now);
    }

    /// Whether the queue has not been empty for more than the interval.
    pub(crate) fn is_standing(self, policy: StandingQueuePolicy, now: SimTime) -> bool {
        now.since(self.last_empty) > policy.interval
    }

    /// How long a request that comes at `now` may wait before it is dropped.
    pub(crate) fn longest_wait(self, policy: StandingQueuePolicy, now: SimTime) -> SimDuration {
        if self.is_standing(policy, now) {
            policy.target
        } else {
            policy.interval
        }
    }

    /// From which end a worker takes at `now`, with adaptive LIFO.
    pub(crate) fn next_served(self, policy: StandingQueuePolicy, now: SimTime) -> NextServed {
        if self.is_standing(policy, now) {
            NextServed::Last
        } else {
            NextServed::First
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FACEBOOK: StandingQueuePolicy = StandingQueuePolicy {
        interval: SimDuration::from_millis(100),
        target: SimDuration::from_millis(5),
    };

    #[test]
    fn a_queue_stands_when_it_was_not_empty_for_the_interval() {
        let mut queue = StandingQueue::default();
        for (millis, is_empty, wait, next) in [
            (0, true, 100, NextServed::First),
            (30, false, 100, NextServed::First),
            (100, false, 100, NextServed::First),
            (101, false, 5, NextServed::Last),
            (5_000, false, 5, NextServed::Last),
            (5_001, true, 100, NextServed::First),
            (5_101, false, 100, NextServed::First),
            (5_102, false, 5, NextServed::Last),
        ] {
            let now = SimTime::ZERO + SimDuration::from_millis(millis);
            if is_empty {
                queue.on_empty(now);
            }
            let longest = queue.longest_wait(FACEBOOK, now);
            assert_eq!(longest, SimDuration::from_millis(wait), "at {millis} ms");
            assert_eq!(queue.next_served(FACEBOOK, now), next, "at {millis} ms");
        }
    }

    #[test]
    fn ranges_are_checked() {
        let names = |interval, target| {
            let policy = StandingQueuePolicy { interval, target };
            policy
                .check()
                .iter()
                .map(|fault| fault.parameter)
                .collect::<Vec<_>>()
        };
        assert!(names(FACEBOOK.interval, FACEBOOK.target).is_empty());
        assert_eq!(names(FACEBOOK.target, FACEBOOK.interval), ["target"]);
        assert_eq!(
            names(SimDuration::ZERO, SimDuration::ZERO),
            ["interval", "target"]
        );
        assert_eq!(names(SimDuration::MAX, FACEBOOK.target), ["interval"]);
    }
}
