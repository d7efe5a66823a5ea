//! Hedging: when to send a second request because the first one takes long.

use crate::time::SimDuration;
use crate::violation::{Violation, violations};

/// How long the first request may take until a second one is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HedgingPolicy {
    /// Always the same.
    Fixed {
        /// At most 1 h; zero sends two at once.
        delay: SimDuration,
    },
    /// A running quantile of the answer times: at 95, about 5 % of the requests are sent twice
    /// (Dean and Barroso 2013, "The tail at scale").
    Quantile {
        /// The percentage of answers that are faster, 1 to 99.
        percent: u8,
        /// The delay before the first answer, more than 0 and at most 1 h.
        initial: SimDuration,
    },
}

impl HedgingPolicy {
    /// What is out of range.
    pub(crate) fn check(&self) -> Vec<Violation> {
        let hour = SimDuration::from_secs(3_600);
        match *self {
            Self::Fixed { delay } => violations(&[(delay <= hour, "delay", "at most 1 h")]),
            Self::Quantile { percent, initial } => violations(&[
                ((1..=99).contains(&percent), "percent", "1 to 99"),
                (
                    !initial.is_zero() && initial <= hour,
                    "initial",
                    "more than 0, at most 1 h",
                ),
            ]),
        }
    }
}

/// The delay after which a request is hedged.
///
/// The quantile q is followed by steps of whole numbers: up by p · q/g after a slower answer, down by
/// (1 - p) · q/g after a faster one, so it rests where a share p is faster (stochastic approximation,
/// Robbins and Monro 1951, with steps in proportion to q as there is no scale to know beforehand).
/// g grows from 8 to 64 with the answers: quick at first, then steady; the 95th percentile of an
/// exponential law scatters by about 5 %. It goes on following changes: up by half within 30 slower
/// answers, but down by half only within 900 faster ones.
#[derive(Clone, Debug)]
pub(crate) struct Hedging {
    policy: HedgingPolicy,
    /// In nanoseconds.
    quantile: u64,
    /// Answers so far, up to what matters.
    answers: u32,
}

/// g at first and at last, and after how many answers it is one more.
const FIRST_GAIN: u32 = 8;
const LAST_GAIN: u32 = 64;
const ANSWERS_PER_GAIN: u32 = 4;
/// Some 16 µs: below 12.8 µs the steps would round to nothing, and the delay would stay there.
const LEAST: u64 = 16_000;

impl Hedging {
    /// A delay that nothing is known about yet.
    pub(crate) const fn new(policy: HedgingPolicy) -> Self {
        let quantile = match policy {
            HedgingPolicy::Fixed { delay } => delay.as_nanos(),
            HedgingPolicy::Quantile { initial, .. } => initial.as_nanos(),
        };
        Self {
            policy,
            quantile,
            answers: 0,
        }
    }

    /// After which time a request that has not been answered is sent again.
    pub(crate) const fn delay(&self) -> SimDuration {
        SimDuration::from_nanos(self.quantile)
    }

    /// A request was answered after `took`. Of a request that was sent twice, the time from the first
    /// sending to the first answer.
    pub(crate) fn on_answer(&mut self, took: SimDuration) {
        let HedgingPolicy::Quantile { percent, .. } = self.policy else {
            return;
        };
        let percent = u64::from(percent.clamp(1, 99));
        let gain = (FIRST_GAIN + self.answers / ANSWERS_PER_GAIN).min(LAST_GAIN);
        self.answers = (self.answers + 1).min(LAST_GAIN * ANSWERS_PER_GAIN);
        let step = self.quantile / (u64::from(gain) * 100);
        if took.as_nanos() > self.quantile {
            self.quantile = self.quantile.saturating_add(step * percent);
        } else {
            self.quantile -= step * (100 - percent);
        }
        self.quantile = self.quantile.max(LEAST);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::Draws;

    fn p(percent: u8, initial: u64) -> Hedging {
        Hedging::new(HedgingPolicy::Quantile {
            percent,
            initial: SimDuration::from_micros(initial),
        })
    }

    /// Feeds exponential answer times and returns the mean and the scatter of the delay, in means of
    /// the answer times, and the share of answers that were slower.
    fn follow(hedging: &mut Hedging, mean_nanos: f64, n: u32) -> (f64, f64, f64) {
        let (mut sum, mut squares, mut slower) = (0.0, 0.0, 0);
        let mut draws = Draws::new(5, 0);
        for _ in 0..n {
            let took = SimDuration::from_nanos_f64(draws.exponential() * mean_nanos);
            let delay = hedging.delay().as_nanos() as f64 / mean_nanos;
            sum += delay;
            squares += delay * delay;
            slower += u32::from(took > hedging.delay());
            hedging.on_answer(took);
        }
        let mean = sum / f64::from(n);
        let scatter = (squares / f64::from(n) - mean * mean).sqrt();
        (mean, scatter / mean, f64::from(slower) / f64::from(n))
    }

    #[test]
    fn the_delay_is_the_quantile_of_the_answers() {
        for (percent, mean_nanos) in [(50, 1e7), (90, 1e6), (95, 1e7), (99, 2e8)] {
            let mut hedging = p(percent, 10_000);
            follow(&mut hedging, mean_nanos, 4_000);
            let (mean, scatter, slower) = follow(&mut hedging, mean_nanos, 200_000);
            let share = f64::from(percent) / 100.0;
            let quantile = -libm::log(1.0 - share);
            // Steps are in proportion to the estimate, so on average it is off by some of its scatter.
            assert!((mean / quantile - 1.0).abs() < 0.03, "p{percent}: {mean}");
            assert!(scatter < 0.08, "p{percent}: {scatter}");
            // A delay that stays in bounds goes up as far as down, in logarithms, whatever the law.
            let gain = f64::from(LAST_GAIN);
            let (up, down) = (share / gain, (1.0 - share) / gain);
            let (up, down) = (libm::log1p(up), -libm::log1p(-down));
            assert!(
                (slower - down / (up + down)).abs() < 3e-4,
                "p{percent}: {slower}"
            );
        }
    }

    #[test]
    fn a_wrong_start_and_a_change_are_made_good_for_soon() {
        // Every answer takes 10 ms; the delay comes from below and from above.
        for (initial, answers) in [(100, 200), (1_000, 120), (100_000, 3_000)] {
            let mut hedging = p(95, initial);
            for _ in 0..answers {
                hedging.on_answer(SimDuration::from_millis(10));
            }
            let delay = hedging.delay().as_millis_f64();
            assert!(
                (9.8..10.2).contains(&delay),
                "from {initial} us: {delay} ms"
            );
        }
    }

    #[test]
    fn a_fixed_delay_stays_and_a_quantile_never_vanishes() {
        let mut fixed = Hedging::new(HedgingPolicy::Fixed {
            delay: SimDuration::from_millis(30),
        });
        let mut least = p(1, 1_000);
        for _ in 0..10_000 {
            fixed.on_answer(SimDuration::from_secs(1));
            least.on_answer(SimDuration::ZERO);
        }
        assert_eq!(fixed.delay(), SimDuration::from_millis(30));
        assert!(!least.delay().is_zero());
        let mut most = p(99, u64::MAX);
        for _ in 0..10_000 {
            most.on_answer(SimDuration::MAX);
        }
        assert!(most.delay() <= SimDuration::MAX);
    }

    #[test]
    fn ranges_are_checked() {
        let names = |policy: HedgingPolicy| {
            let faults = policy.check();
            faults
                .iter()
                .map(|fault| fault.parameter)
                .collect::<Vec<_>>()
        };
        let quantile = |percent, initial| HedgingPolicy::Quantile { percent, initial };
        assert!(names(quantile(95, SimDuration::from_millis(50))).is_empty());
        assert!(
            names(HedgingPolicy::Fixed {
                delay: SimDuration::ZERO
            })
            .is_empty()
        );
        assert_eq!(
            names(HedgingPolicy::Fixed {
                delay: SimDuration::MAX
            }),
            ["delay"]
        );
        assert_eq!(
            names(quantile(100, SimDuration::ZERO)),
            ["percent", "initial"]
        );
    }
}
