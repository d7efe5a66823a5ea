//! A bulkhead: at most so many calls at a time, and so many that wait.

use crate::violation::{Violation, violations};

/// How much a bulkhead holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BulkheadPolicy {
    /// Calls at the same time, 1 to 100,000; 25 in Resilience4j.
    pub max_concurrent: u32,
    /// Calls that may wait for their turn, 0 to 100,000.
    pub max_waiting: u32,
}

impl BulkheadPolicy {
    /// What is out of range.
    pub(crate) fn check(&self) -> Vec<Violation> {
        violations(&[
            (
                (1..=100_000).contains(&self.max_concurrent),
                "max_concurrent",
                "1 to 100,000",
            ),
            (self.max_waiting <= 100_000, "max_waiting", "0 to 100,000"),
        ])
    }
}

/// What becomes of a call at a bulkhead.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Entry {
    /// It goes on at once.
    Started,
    /// It waits until [`Bulkhead::on_end`] lets one in.
    Waits,
    /// There is no room.
    Refused,
}

/// Counts calls to one dependency, so that a slow one holds a part of its callers only (Nygard 2007,
/// "Release It!", chapter 5). Who waits stands in the caller's own queue; here is only their number.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Bulkhead {
    running: u32,
    waiting: u32,
}

impl Bulkhead {
    /// Calls under way.
    pub(crate) const fn running(self) -> u32 {
        self.running
    }

    /// Calls that wait.
    pub(crate) const fn waiting(self) -> u32 {
        self.waiting
    }

    /// A call comes.
    pub(crate) const fn enter(&mut self, policy: BulkheadPolicy) -> Entry {
        // Nobody overtakes those who wait, also when the limit has just been raised.
        if self.running < policy.max_concurrent && self.waiting == 0 {
            self.running += 1;
            Entry::Started
        } else if self.waiting < policy.max_waiting {
            self.waiting += 1;
            Entry::Waits
        } else {
            Entry::Refused
        }
    }

    /// A call under way ended. Returns how many that wait go on now: one as a rule, none where
    /// nobody waits or the limit was lowered, more where it was raised.
    pub(crate) const fn on_end(&mut self, policy: BulkheadPolicy) -> u32 {
        self.running = self.running.saturating_sub(1);
        self.admit(policy)
    }

    /// A call gave up waiting.
    pub(crate) const fn on_gave_up(&mut self) {
        self.waiting = self.waiting.saturating_sub(1);
    }

    /// The limits were edited. Returns how many that wait go on now.
    pub(crate) const fn admit(&mut self, policy: BulkheadPolicy) -> u32 {
        let room = policy.max_concurrent.saturating_sub(self.running);
        let admitted = if room < self.waiting {
            room
        } else {
            self.waiting
        };
        self.waiting -= admitted;
        self.running += admitted;
        admitted
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const TWO_AND_ONE: BulkheadPolicy = BulkheadPolicy {
        max_concurrent: 2,
        max_waiting: 1,
    };

    #[test]
    fn two_run_one_waits_and_the_next_is_refused() {
        let mut bulkhead = Bulkhead::default();
        let entries = [(); 4].map(|()| bulkhead.enter(TWO_AND_ONE));
        let expected = [Entry::Started, Entry::Started, Entry::Waits, Entry::Refused];
        assert_eq!(entries, expected);
        assert_eq!(bulkhead.on_end(TWO_AND_ONE), 1);
        assert_eq!((bulkhead.running(), bulkhead.waiting()), (2, 0));
        assert_eq!(bulkhead.enter(TWO_AND_ONE), Entry::Waits);
        bulkhead.on_gave_up();
        assert_eq!(bulkhead.on_end(TWO_AND_ONE), 0);
        assert_eq!(bulkhead.on_end(TWO_AND_ONE), 0);
        assert_eq!(bulkhead, Bulkhead::default());
    }

    #[test]
    fn edited_limits_hold_from_the_next_end_on_and_let_in_at_once() {
        let mut bulkhead = Bulkhead::default();
        let five = BulkheadPolicy {
            max_concurrent: 5,
            max_waiting: 5,
        };
        for _ in 0..8 {
            bulkhead.enter(five);
        }
        assert_eq!(bulkhead.on_end(TWO_AND_ONE), 0);
        assert_eq!((bulkhead.running(), bulkhead.waiting()), (4, 3));
        assert_eq!(bulkhead.enter(TWO_AND_ONE), Entry::Refused);
        // Who comes after the limit was raised does not overtake.
        assert_eq!(bulkhead.enter(five), Entry::Waits);
        assert_eq!(bulkhead.admit(five), 1);
        assert_eq!((bulkhead.running(), bulkhead.waiting()), (5, 3));
    }

    proptest! {
        #[test]
        fn limits_hold_and_nobody_waits_beside_a_free_place(
            concurrent in 1_u32..5,
            waiting in 0_u32..5,
            steps in prop::collection::vec(0..3, 1..100),
        ) {
            let policy = BulkheadPolicy { max_concurrent: concurrent, max_waiting: waiting };
            let (mut bulkhead, mut inside) = (Bulkhead::default(), 0);
            for step in steps {
                match step {
                    0 if bulkhead.running() > 0 => {
                        bulkhead.on_end(policy);
                        inside -= 1;
                    }
                    1 if bulkhead.waiting() > 0 => {
                        bulkhead.on_gave_up();
                        inside -= 1;
                    }
                    _ => inside += u32::from(bulkhead.enter(policy) != Entry::Refused),
                }
                prop_assert_eq!(bulkhead.running() + bulkhead.waiting(), inside);
                prop_assert!(bulkhead.running() <= concurrent && bulkhead.waiting() <= waiting);
                prop_assert!(bulkhead.waiting() == 0 || bulkhead.running() == concurrent);
            }
        }
    }

    #[test]
    fn ranges_are_checked() {
        assert!(TWO_AND_ONE.check().is_empty());
        let faulty = BulkheadPolicy {
            max_concurrent: 0,
            max_waiting: 100_001,
        };
        let faults = faulty.check();
        let names: Vec<&str> = faults.iter().map(|fault| fault.parameter).collect();
        assert_eq!(names, ["max_concurrent", "max_waiting"]);
    }
}
