//! Arrival rates that change over simulated time.

mod inversion;
mod law;
mod piece;

use crate::time::{SimDuration, SimTime};

/// How many requests per second are expected at each moment of a run.
///
/// A plain value: whoever takes one from outside asks [`RateCurve::faults`] first. Rates outside
/// their range give wrong numbers of arrivals, never a panic or an endless loop.
#[derive(Clone, Debug, PartialEq)]
pub enum RateCurve {
    /// Always the same.
    Constant {
        /// Requests per second, 0 to 1,000,000, as all rates here.
        rate: f64,
    },
    /// From one rate to another in a straight line, as a load test does.
    Ramp {
        /// The rate until `start`.
        from: f64,
        /// The rate after `start` and `duration`.
        to: f64,
        /// When the rate begins to change.
        start: SimTime,
        /// How long it changes; zero is a step. At most 30 days, as all durations here.
        duration: SimDuration,
    },
    /// Another rate for a while.
    Spike {
        /// The rate before and after.
        base: f64,
        /// The rate in between; below the base it is a lull.
        peak: f64,
        /// When it begins.
        start: SimTime,
        /// How long it lasts.
        duration: SimDuration,
    },
    /// Day and night: one peak a day, and a long low night.
    ///
    /// The shape is cos⁶ of half the hour angle, drawn straight between the full hours. It is
    /// illustrative: published traffic has peaks of two to three times the mean, and shoulders.
    Day {
        /// The mean over a whole day.
        mean: f64,
        /// The peak over the mean, 1 to 3. At 3 the night has an eleventh of the mean.
        peak_to_mean: f64,
        /// The hour of the peak, 0 to 24; a run begins at midnight.
        peak_hour: f64,
        /// How long a day takes, 1 s to 30 days: a figure can show one within a minute.
        length: SimDuration,
    },
    /// A link from a popular place: a rise in a straight line, then an exponential decay.
    FlashCrowd {
        /// The rate before, and the one that the decay approaches.
        base: f64,
        /// The highest rate, at least the base.
        peak: f64,
        /// When the rise begins.
        start: SimTime,
        /// How long it rises; zero is a jump.
        rise: SimDuration,
        /// After this time, 37 % of what is above the base is left; 1 ms or more.
        decay: SimDuration,
    },
    /// Points in order of time, with straight lines between them. Before the first point its rate
    /// holds; two points at the same time are a step.
    Drawn {
        /// 1 to 1,000 points.
        points: Vec<RatePoint>,
        /// What comes after the last point.
        after_last: AfterLast,
    },
}

/// A rate at a time.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RatePoint {
    /// Since the run, or since the present repetition, began.
    pub at: SimDuration,
    /// Requests per second.
    pub rate: f64,
}

/// How a drawn curve goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AfterLast {
    /// The last rate holds for ever.
    Hold,
    /// The whole curve starts again, with the last point's time as its period.
    Repeat,
}

impl RateCurve {
    /// The highest rate, in requests per second.
    pub const MAX_RATE: f64 = 1e6;
    /// The largest number of points that can be drawn.
    pub const MAX_POINTS: usize = 1_000;
    /// The longest duration in a curve: 30 days.
    pub const MAX_DURATION: SimDuration = SimDuration::from_secs(30 * 86_400);

    /// The parameters that are out of range, each with its range in words.
    #[must_use]
    pub fn faults(&self) -> Vec<(&'static str, &'static str)> {
        let mut faults = Vec::new();
        let mut check = |is_in_range: bool, parameter, range| {
            if !is_in_range {
                faults.push((parameter, range));
            }
        };
        match self {
            Self::Constant { rate } => check(is_rate(*rate), "rate", RATE),
            Self::Ramp {
                from, to, duration, ..
            } => {
                check(is_rate(*from), "from", RATE);
                check(is_rate(*to), "to", RATE);
                check(*duration <= Self::MAX_DURATION, "duration", DURATION);
            }
            Self::Spike {
                base,
                peak,
                duration,
                ..
            } => {
                check(is_rate(*base), "base", RATE);
                check(is_rate(*peak), "peak", RATE);
                check(*duration <= Self::MAX_DURATION, "duration", DURATION);
            }
            Self::Day {
                mean,
                peak_to_mean,
                peak_hour,
                length,
            } => {
                check(is_rate(*mean), "mean", RATE);
                check((1.0..=3.0).contains(peak_to_mean), "peak_to_mean", "1 to 3");
                check((0.0..=24.0).contains(peak_hour), "peak_hour", "0 to 24");
                let lengths = SimDuration::from_secs(1)..=Self::MAX_DURATION;
                check(lengths.contains(length), "length", "1 s to 30 days");
            }
            Self::FlashCrowd {
                base,
                peak,
                rise,
                decay,
                ..
            } => {
                check(is_rate(*base), "base", RATE);
                let is_peak = is_rate(*peak) && base <= peak;
                check(is_peak, "peak", "the base to 1,000,000 requests per second");
                check(*rise <= Self::MAX_DURATION, "rise", DURATION);
                let decays = SimDuration::from_millis(1)..=Self::MAX_DURATION;
                check(decays.contains(decay), "decay", "1 ms to 30 days");
            }
            Self::Drawn { points, after_last } => {
                let n_points = 1..=Self::MAX_POINTS;
                check(n_points.contains(&points.len()), "points", "1 to 1,000");
                let are_rates = points.iter().all(|point| is_rate(point.rate));
                check(are_rates, "points", RATE);
                let are_ordered = points.is_sorted_by_key(|point| point.at);
                check(are_ordered, "points", "in order of time");
                let last = points.last().map_or(SimDuration::ZERO, |point| point.at);
                check(last <= Self::MAX_DURATION, "points", DURATION);
                let shortest = SimDuration::from_millis(1);
                let is_period = *after_last == AfterLast::Hold || shortest <= last;
                check(is_period, "after_last", "a period of 1 ms or more");
            }
        }
        faults
    }

    /// The same curve with every rate times `factor`; a factor below zero counts as zero. The result
    /// may leave the range of rates, so ask it for its faults.
    #[must_use]
    pub fn scaled(&self, factor: f64) -> Self {
        // `max` also takes zero for a factor that is not a number.
        let factor = factor.max(0.0);
        let mut curve = self.clone();
        match &mut curve {
            Self::Constant { rate } => *rate *= factor,
            Self::Ramp { from, to, .. } => {
                *from *= factor;
                *to *= factor;
            }
            Self::Spike { base, peak, .. } | Self::FlashCrowd { base, peak, .. } => {
                *base *= factor;
                *peak *= factor;
            }
            Self::Day { mean, .. } => *mean *= factor,
            Self::Drawn { points, .. } => points.iter_mut().for_each(|it| it.rate *= factor),
        }
        curve
    }

    /// How long it takes until everything comes again, for curves that repeat.
    pub(super) fn period(&self) -> Option<SimDuration> {
        let period = match self {
            Self::Day { length, .. } => *length,
            Self::Drawn {
                points,
                after_last: AfterLast::Repeat,
            } => points.last()?.at,
            _ => return None,
        };
        (!period.is_zero()).then_some(period)
    }
}

const RATE: &str = "0 to 1,000,000 requests per second";
const DURATION: &str = "at most 30 days";

fn is_rate(rate: f64) -> bool {
    (0.0..=RateCurve::MAX_RATE).contains(&rate)
}

#[cfg(test)]
mod tests;
