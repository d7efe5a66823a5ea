//! Passive health: a target whose requests fail is left out for a while, as in nginx.

use crate::time::{SimDuration, SimTime};
use crate::violation::{Violation, violations};

/// When a target is left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PassiveCheck {
    /// After how many failures, 1 to 1,000; 1 in nginx.
    pub max_fails: u32,
    /// For how long, and how old a failure may be that counts: more than 0, at most 1 h; 10 s in
    /// nginx.
    pub fail_timeout: SimDuration,
}

impl Default for PassiveCheck {
    /// After one failure, for ten seconds, as in nginx.
    fn default() -> Self {
        Self {
            max_fails: 1,
            fail_timeout: SimDuration::from_secs(10),
        }
    }
}

impl PassiveCheck {
    /// What is out of range.
    pub(crate) fn check(&self) -> Vec<Violation> {
        let hour = SimDuration::from_secs(3_600);
        violations(&[
            (
                (1..=1_000).contains(&self.max_fails),
                "max_fails",
                "1 to 1,000",
            ),
            (
                !self.fail_timeout.is_zero() && self.fail_timeout <= hour,
                "fail_timeout",
                "more than 0, at most 1 h",
            ),
        ])
    }
}

/// What failures have told about one target; the rules of `ngx_http_upstream_round_robin.c`.
///
/// A target is left out from its last failure for `fail_timeout`. Then one request tries it; until
/// that one's fate is known, or for another `fail_timeout`, there is no second one. A success after
/// a try clears all failures.
///
/// What to do when everybody is left out is not decided here.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct PassiveHealth {
    fails: u32,
    /// nginx: accessed.
    failed: SimTime,
    /// When it failed or was tried again; nginx: checked.
    checked: SimTime,
}

impl PassiveHealth {
    /// Whether the target may be chosen at `now`.
    pub(crate) fn is_available(&self, check: PassiveCheck, now: SimTime) -> bool {
        self.fails < check.max_fails || self.is_due(check, now)
    }

    /// Until when, that moment included, the target is left out if nothing happens; `None` if it is
    /// not.
    pub(crate) fn left_out_until(&self, check: PassiveCheck) -> Option<SimTime> {
        (self.fails >= check.max_fails).then(|| self.checked + check.fail_timeout)
    }

    fn is_due(&self, check: PassiveCheck, now: SimTime) -> bool {
        now.since(self.checked) > check.fail_timeout
    }

    /// The target was chosen.
    pub(crate) fn on_chosen(&mut self, check: PassiveCheck, now: SimTime) {
        if self.is_due(check, now) {
            self.checked = now;
        }
    }

    /// A request to the target failed.
    pub(crate) fn on_failure(&mut self, now: SimTime) {
        self.fails = self.fails.saturating_add(1);
        self.failed = now;
        self.checked = now;
    }

    /// A request to the target was answered.
    pub(crate) fn on_success(&mut self) {
        if self.failed < self.checked {
            self.fails = 0;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug)]
    enum Step {
        Chosen,
        Failure,
        Success,
    }
    use Step::{Chosen, Failure, Success};

    const CHECK: PassiveCheck = PassiveCheck {
        max_fails: 2,
        fail_timeout: SimDuration::from_secs(10),
    };

    /// Each row: at which second, what, and whether the target is available after it.
    #[track_caller]
    fn check(rows: &[(u64, Step, bool)]) {
        let mut health = PassiveHealth::default();
        for (seconds, step, is_available) in rows {
            let now = SimTime::from_secs(*seconds);
            match step {
                Chosen => health.on_chosen(CHECK, now),
                Failure => health.on_failure(now),
                Success => health.on_success(),
            }
            let available = health.is_available(CHECK, now);
            assert_eq!(available, *is_available, "after {step:?} at {seconds} s");
            // One nanosecond after the time it is left out it may be tried.
            if let Some(until) = health.left_out_until(CHECK) {
                assert!(!health.is_available(CHECK, until));
                assert!(health.is_available(CHECK, until + SimDuration::from_nanos(1)));
            }
        }
    }

    #[test]
    fn too_many_failures_leave_a_target_out_until_one_request_tried_it() {
        check(&[
            (1, Failure, true),
            (2, Failure, false),
            // Answers to older requests change nothing.
            (5, Success, false),
            (12, Success, false),
            (13, Success, true),
            // The try; nobody else is let through meanwhile.
            (13, Chosen, false),
            (14, Failure, false),
            (24, Success, false),
            (25, Chosen, false),
            (26, Success, true),
            (27, Failure, true),
        ]);
    }

    #[test]
    fn a_try_whose_fate_stays_unknown_is_repeated() {
        check(&[
            (1, Failure, true),
            (1, Failure, false),
            (12, Chosen, false),
            (22, Success, true),
        ]);
    }

    #[test]
    fn old_failures_are_forgotten_when_there_is_a_success_after_them() {
        check(&[
            (1, Failure, true),
            (11, Chosen, true),
            (11, Success, true),
            // Not yet forgotten: the failure was just 10 s old.
            (11, Failure, false),
        ]);
        check(&[
            (1, Failure, true),
            (12, Chosen, true),
            (12, Success, true),
            (13, Failure, true),
            (14, Failure, false),
        ]);
    }

    #[test]
    fn ranges_are_checked() {
        assert!(CHECK.check().is_empty());
        let faulty = PassiveCheck {
            max_fails: 0,
            fail_timeout: SimDuration::ZERO,
        };
        let names = faulty
            .check()
            .iter()
            .map(|fault| fault.parameter)
            .collect::<Vec<_>>();
        assert_eq!(names, ["max_fails", "fail_timeout"]);
    }
}
