//! Bursts: an arrival rate that jumps between two values at random.

use crate::random::Stream;
use crate::time::{SimDuration, SimTime};

/// Bursts around a mean rate: a Markov-modulated Poisson process with two states, or on-off where
/// nothing arrives between bursts.
///
/// Both states last exponentially distributed times. The rate between bursts follows from the rest,
/// so that switching bursts on never changes how many requests come in the long run.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bursts {
    /// The rate during a burst over the mean rate; from 1 to 1,000 and at most 1 / `share`.
    pub factor: f64,
    /// The share of time within bursts, 0.001 to 0.999.
    pub share: f64,
    /// How long a burst lasts on average, 1 ms to 1 h.
    pub mean_length: SimDuration,
}

impl Bursts {
    /// Everything comes in bursts, which take up `share` of the time.
    #[must_use]
    pub fn on_off(share: f64, mean_length: SimDuration) -> Self {
        Self {
            factor: 1.0 / share,
            share,
            mean_length,
        }
    }

    /// The parameters that are out of range, each with its range in words.
    #[must_use]
    pub fn faults(&self) -> Vec<(&'static str, &'static str)> {
        let lengths = SimDuration::from_millis(1)..=SimDuration::from_secs(3_600);
        [
            (
                (1.0..=1_000.0).contains(&self.factor)
                    && self.factor * self.share <= 1.0 + ROUNDING,
                "factor",
                "1 to 1,000, and at most 1 / share",
            ),
            (
                (0.001..=0.999).contains(&self.share),
                "share",
                "0.001 to 0.999",
            ),
            (
                lengths.contains(&self.mean_length),
                "mean_length",
                "1 ms to 1 h",
            ),
        ]
        .into_iter()
        .filter(|&(is_in_range, ..)| !is_in_range)
        .map(|(_, parameter, range)| (parameter, range))
        .collect()
    }

    /// The rate between bursts over the mean rate: 0 for on-off.
    #[must_use]
    pub fn calm_factor(&self) -> f64 {
        let left = 1.0 - self.factor * self.share;
        if left <= ROUNDING {
            0.0
        } else {
            left / (1.0 - self.share)
        }
    }

    /// The mean time from the end of a burst to the next one.
    #[must_use]
    pub fn mean_calm(&self) -> SimDuration {
        let calm = self.mean_length.as_nanos() as f64 * (1.0 - self.share) / self.share;
        SimDuration::from_nanos_f64(calm)
    }

    /// Variance over mean of the number of arrivals within `window`, at a constant `mean_rate` in
    /// requests per second: 1 for Poisson arrivals, and for these
    /// 1 + 2 m s (1 - s) (f - c)² / r (1 - (1 - e^(-rt)) / (rt)) with the mean rate m, the share s,
    /// the factors f and c of the two states, and r, the sum of the rates at which they end
    /// (Fischer, Meier-Hellstern 1993, "The Markov-modulated Poisson process (MMPP) cookbook",
    /// Performance Evaluation 18 (2)).
    #[must_use]
    pub fn index_of_dispersion(&self, mean_rate: f64, window: SimDuration) -> f64 {
        let relaxation =
            1.0 / self.mean_length.as_secs_f64() + 1.0 / self.mean_calm().as_secs_f64();
        let gap = self.factor - self.calm_factor();
        let spread = self.share * (1.0 - self.share) * gap * gap;
        let windows = relaxation * window.as_secs_f64();
        let remembered = -libm::expm1(-windows) / windows;
        1.0 + 2.0 * mean_rate * spread / relaxation * (1.0 - remembered)
    }

    fn mean_stay(&self, is_burst: bool) -> SimDuration {
        if is_burst {
            self.mean_length
        } else {
            self.mean_calm()
        }
    }
}

/// What rounding makes of a factor of 1 / share.
const ROUNDING: f64 = 1e-9;

/// The state that bursts are in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct BurstState {
    pub(super) is_burst: bool,
    /// When the other one begins.
    pub(super) until: SimTime,
}

impl BurstState {
    /// A state drawn from the stationary law, so there is no warm-up: what is left of it is as long
    /// as a whole one, because exponential times have no memory.
    pub(super) fn new(bursts: &Bursts, now: SimTime, stream: &mut Stream) -> Self {
        let is_burst = stream.exponential() < -libm::log1p(-bursts.share);
        let mut state = Self {
            is_burst: !is_burst,
            until: now,
        };
        state.switch(bursts, stream);
        state
    }

    /// The other state begins where this one ends.
    pub(super) fn switch(&mut self, bursts: &Bursts, stream: &mut Stream) {
        self.is_burst = !self.is_burst;
        let mean = bursts.mean_stay(self.is_burst).as_nanos() as f64;
        // At least one nanosecond: states that take no time would never let time go on.
        let stay = SimDuration::from_nanos_f64(f64::max(1.0, mean * stream.exponential()));
        self.until += stay;
    }

    /// Keeps the state and stretches what is left of it to the new mean.
    pub(super) fn reconfigure(&mut self, before: &Bursts, after: &Bursts, now: SimTime) {
        let mean = |bursts: &Bursts| bursts.mean_stay(self.is_burst).as_nanos() as f64;
        let stretch = mean(after) / f64::max(1.0, mean(before));
        let left = self.until.since(now).as_nanos() as f64;
        self.until = now + SimDuration::from_nanos_f64(f64::max(1.0, left * stretch));
    }

    /// The rate in this state over the mean rate.
    pub(super) fn factor(self, bursts: &Bursts) -> f64 {
        if self.is_burst {
            bursts.factor
        } else {
            bursts.calm_factor()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::Purpose;

    const SECOND: SimDuration = SimDuration::from_secs(1);

    #[test]
    fn the_mean_of_both_states_is_the_mean_rate() {
        for (factor, share) in [(1.0, 0.5), (4.0, 0.2), (5.0, 0.2), (10.0, 0.01)] {
            let bursts = Bursts {
                factor,
                share,
                mean_length: SECOND,
            };
            assert!(bursts.faults().is_empty());
            let mean = share * factor + (1.0 - share) * bursts.calm_factor();
            assert!((mean - 1.0).abs() < 1e-12, "{bursts:?}: {mean}");
        }
        assert_eq!(Bursts::on_off(0.3, SECOND).calm_factor(), 0.0);
        assert!(Bursts::on_off(0.3, SECOND).faults().is_empty());
        assert_eq!(
            Bursts::on_off(0.2, SECOND).mean_calm(),
            SimDuration::from_secs(4)
        );
    }

    #[test]
    fn faults_name_the_parameter() {
        let names = |factor, share, mean_length| {
            let bursts = Bursts {
                factor,
                share,
                mean_length,
            };
            let names: Vec<&str> = bursts.faults().iter().map(|fault| fault.0).collect();
            names.join(" ")
        };
        assert_eq!(names(6.0, 0.2, SECOND), "factor");
        assert_eq!(names(1.0, 1.0, SECOND), "share");
        assert_eq!(
            names(f64::NAN, 0.5, SimDuration::ZERO),
            "factor mean_length"
        );
    }

    #[test]
    fn the_share_of_time_in_bursts_is_as_set_from_the_beginning() {
        let bursts = Bursts {
            factor: 2.0,
            share: 0.2,
            mean_length: SECOND,
        };
        let mut stream = Stream::new(1, "users", Purpose::Choice);
        let n = 50_000_u32;
        let starts = (0..n)
            .filter(|_| BurstState::new(&bursts, SimTime::ZERO, &mut stream).is_burst)
            .count();
        let share = starts as f64 / f64::from(n);
        assert!(
            (share - 0.2).abs() < 4.5 * (0.16 / f64::from(n)).sqrt(),
            "{share}"
        );

        let mut state = BurstState::new(&bursts, SimTime::ZERO, &mut stream);
        let mut in_bursts = 0.0;
        for _ in 0..n {
            let since = state.until;
            state.switch(&bursts, &mut stream);
            if state.is_burst {
                in_bursts += state.until.since(since).as_secs_f64();
            }
        }
        // n/2 cycles of a mean of 5 s; the share's relative variance is 2 (1 - s)² of a cycle.
        let share = in_bursts / state.until.as_secs_f64();
        let bound = 4.5 * 0.2 * 0.8 * (2.0 / (f64::from(n) / 2.0)).sqrt();
        assert!((share - 0.2).abs() < bound, "{share}");
    }
}
