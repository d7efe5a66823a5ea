//! Back-off: how long to wait before a retry.

use crate::time::SimDuration;
use crate::violation::{Violation, violations};

/// How a wait grows from retry to retry.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Wait {
    /// Retry at once.
    None,
    /// Always the same.
    Fixed {
        /// More than 0, at most 1 h.
        delay: SimDuration,
    },
    /// `base`, then `factor` times as long each time, never longer than `cap`.
    Exponential {
        /// Before the first retry: more than 0, at most 1 h. 100 ms is usual.
        base: SimDuration,
        /// 1 to 10; 2 is usual.
        factor: f64,
        /// `base` to 1 h; 20 s in the AWS SDKs.
        cap: SimDuration,
    },
}

/// How chance changes a wait (Brooker 2015, "Exponential backoff and jitter", AWS Architecture Blog).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Jitter {
    /// Not at all: clients that failed together come back together.
    None,
    /// Anything from 0 to the wait.
    Full,
    /// Half of it for sure, the other half by chance.
    Equal,
    /// Anything from the first wait to three times the last one, never longer than the cap. The
    /// factor does not count; for a fixed wait the cap is that wait, so nothing changes.
    Decorrelated,
}

/// How long to wait before a retry.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct BackOff {
    /// The wait without chance.
    pub wait: Wait,
    /// What chance does with it.
    pub jitter: Jitter,
}

impl BackOff {
    /// What is out of range.
    pub(crate) fn check(&self) -> Vec<Violation> {
        let hour = SimDuration::from_secs(3_600);
        let is_wait = |wait: SimDuration| !wait.is_zero() && wait <= hour;
        match self.wait {
            Wait::None => Vec::new(),
            Wait::Fixed { delay } => {
                violations(&[(is_wait(delay), "delay", "more than 0, at most 1 h")])
            }
            Wait::Exponential { base, factor, cap } => violations(&[
                (is_wait(base), "base", "more than 0, at most 1 h"),
                ((1.0..=10.0).contains(&factor), "factor", "1 to 10"),
                ((base..=hour).contains(&cap), "cap", "the base to 1 h"),
            ]),
        }
    }

    /// The wait before retry number `retry` (1 for the first one), the one before it having waited
    /// for `last`; `uniform` is a random number from 0 to 1.
    pub(crate) fn delay(&self, retry: u32, last: SimDuration, uniform: f64) -> SimDuration {
        let (base, cap) = match self.wait {
            Wait::None => return SimDuration::ZERO,
            Wait::Fixed { delay } => (delay, delay),
            Wait::Exponential { base, cap, .. } => (base, cap),
        };
        let part = |least: SimDuration, most: SimDuration| {
            let span = most.saturating_sub(least).as_nanos() as f64;
            least + SimDuration::from_nanos_f64(span * uniform)
        };
        match self.jitter {
            Jitter::None => self.grown(retry),
            Jitter::Full => part(SimDuration::ZERO, self.grown(retry)),
            Jitter::Equal => {
                let most = self.grown(retry);
                part(SimDuration::from_nanos(most.as_nanos() / 2), most)
            }
            Jitter::Decorrelated => {
                let last = if retry <= 1 { base } else { last.max(base) };
                part(base, last.saturating_mul(3)).min(cap)
            }
        }
    }

    /// The wait without chance: min(cap, base · factor^(retry - 1)).
    fn grown(&self, retry: u32) -> SimDuration {
        let (base, factor, cap) = match self.wait {
            Wait::None => return SimDuration::ZERO,
            Wait::Fixed { delay } => return delay,
            Wait::Exponential { base, factor, cap } => (base, factor, cap),
        };
        let mut nanos = base.as_nanos() as f64;
        // Ends as soon as the cap is reached; with a factor of 1 nothing changes after the first.
        for _ in 1..retry {
            if nanos >= cap.as_nanos() as f64 || factor <= 1.0 {
                break;
            }
            nanos *= factor;
        }
        SimDuration::from_nanos_f64(nanos).min(cap)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn millis(millis: u64) -> SimDuration {
        SimDuration::from_millis(millis)
    }

    const DOUBLING: Wait = Wait::Exponential {
        base: millis(100),
        factor: 2.0,
        cap: millis(1_500),
    };

    fn back_off(wait: Wait, jitter: Jitter) -> BackOff {
        BackOff { wait, jitter }
    }

    #[test]
    fn waits_without_chance_follow_the_table() {
        let tripling = Wait::Exponential {
            base: millis(10),
            factor: 3.0,
            cap: millis(3_600_000),
        };
        let steady = Wait::Exponential {
            base: millis(10),
            factor: 1.0,
            cap: millis(20),
        };
        for (wait, waits) in [
            (Wait::None, [0, 0, 0, 0, 0, 0]),
            (Wait::Fixed { delay: millis(70) }, [70; 6]),
            (DOUBLING, [100, 200, 400, 800, 1_500, 1_500]),
            (tripling, [10, 30, 90, 270, 810, 2_430]),
            (steady, [10; 6]),
        ] {
            for (retry, expected) in (1..).zip(waits) {
                let delay = back_off(wait, Jitter::None).delay(retry, SimDuration::ZERO, 0.3);
                assert_eq!(delay, millis(expected), "{wait:?}, retry {retry}");
            }
        }
        let last = back_off(DOUBLING, Jitter::None).delay(u32::MAX, SimDuration::ZERO, 1.0);
        assert_eq!(last, millis(1_500));
        back_off(steady, Jitter::None).delay(u32::MAX, SimDuration::ZERO, 1.0);
    }

    #[test]
    fn jitter_stays_within_its_bounds_and_reaches_both() {
        for (jitter, retry, last, least, most) in [
            (Jitter::Full, 1, 0, 0, 100),
            (Jitter::Full, 3, 0, 0, 400),
            (Jitter::Full, 9, 0, 0, 1_500),
            (Jitter::Equal, 1, 0, 50, 100),
            (Jitter::Equal, 9, 0, 750, 1_500),
            (Jitter::Decorrelated, 1, 0, 100, 300),
            (Jitter::Decorrelated, 2, 250, 100, 750),
            (Jitter::Decorrelated, 3, 750, 100, 1_500),
            (Jitter::None, 2, 0, 200, 200),
        ] {
            let delay = |uniform| back_off(DOUBLING, jitter).delay(retry, millis(last), uniform);
            let bounds = millis(least)..=millis(most);
            assert_eq!(delay(0.0), millis(least), "{jitter:?} {retry}");
            assert_eq!(delay(1.0), millis(most), "{jitter:?} {retry}");
            assert!((0..=100).all(|i| bounds.contains(&delay(f64::from(i) / 100.0))));
        }
        for jitter in [Jitter::Full, Jitter::Equal, Jitter::Decorrelated] {
            let at_once = back_off(Wait::None, jitter).delay(3, millis(5), 0.7);
            assert_eq!(at_once, SimDuration::ZERO);
        }
    }

    #[test]
    fn a_fixed_wait_can_be_jittered_too() {
        let fixed = Wait::Fixed { delay: millis(80) };
        for (jitter, expected) in [
            (Jitter::Full, 20),
            (Jitter::Equal, 50),
            (Jitter::Decorrelated, 80),
        ] {
            assert_eq!(
                back_off(fixed, jitter).delay(4, millis(80), 0.25),
                millis(expected)
            );
        }
    }

    #[test]
    fn ranges_are_checked() {
        let names = |wait| {
            let faults = back_off(wait, Jitter::Full).check();
            faults
                .iter()
                .map(|fault| fault.parameter)
                .collect::<Vec<_>>()
        };
        assert!(names(Wait::None).is_empty() && names(DOUBLING).is_empty());
        assert_eq!(names(Wait::Fixed { delay: millis(0) }), ["delay"]);
        let faulty = Wait::Exponential {
            base: SimDuration::ZERO,
            factor: 0.5,
            cap: SimDuration::MAX,
        };
        assert_eq!(names(faulty), ["base", "factor", "cap"]);
        let below = Wait::Exponential {
            base: millis(100),
            factor: 2.0,
            cap: millis(99),
        };
        assert_eq!(names(below), ["cap"]);
    }
}
