//! An empirical law: quantiles, and straight lines between them.

use std::sync::Arc;

use super::Distribution;
use crate::time::SimDuration;

/// Which duration how large a share of all stays below.
///
/// Copies share the list, so they cost nothing.
#[derive(Clone, Debug, PartialEq)]
pub struct Quantiles(Arc<[(f64, SimDuration)]>);

impl Quantiles {
    /// The most points of one law.
    pub const MAX_POINTS: usize = 1_000;

    /// A law from shares (0 to 1) and the durations that so many stay below, such as a median at 0.5.
    ///
    /// Shares and durations rise or stay: two durations at one share leave a gap in which nothing
    /// lies, two shares at one duration say that it is frequent.
    ///
    /// # Errors
    /// What is wrong, in words.
    pub fn try_new(points: &[(f64, SimDuration)]) -> Result<Self, &'static str> {
        let (Some(first), Some(last)) = (points.first(), points.last()) else {
            return Err("quantiles need at least a shortest and a longest duration");
        };
        if points.len() > Self::MAX_POINTS {
            return Err("there are more than 1,000 quantiles");
        }
        if first.0 != 0.0 || last.0 != 1.0 {
            return Err(
                "quantiles begin with the shortest duration, at 0 %, and end with the longest, at 100 %",
            );
        }
        // In this form, a share that is not a number does not rise either.
        let rises = |pair: &[(f64, SimDuration)]| pair[0].0 <= pair[1].0 && pair[0].1 <= pair[1].1;
        if !points.windows(2).all(rises) {
            return Err("from quantile to quantile, shares and durations have to rise");
        }
        if last.1 > Distribution::LONGEST {
            return Err("a quantile is longer than 1 h");
        }
        Ok(Self(points.into()))
    }

    /// The law of which `values` are a sample, in any order: from one to the next by size, the share
    /// grows by the same step.
    ///
    /// # Errors
    /// What is wrong, in words.
    pub fn try_from_values(values: &[SimDuration]) -> Result<Self, &'static str> {
        let mut sorted = values.to_vec();
        sorted.sort_unstable();
        if let [only] = sorted[..] {
            sorted.push(only);
        }
        let steps = sorted.len().saturating_sub(1) as f64;
        let share = |place: usize| place as f64 / steps;
        let points: Vec<_> = (0..).map(share).zip(sorted).collect();
        Self::try_new(&points)
    }

    /// Shares and durations, both rising, from 0 to 1.
    #[must_use]
    pub fn points(&self) -> &[(f64, SimDuration)] {
        &self.0
    }

    /// The mean.
    #[must_use]
    pub fn mean(&self) -> SimDuration {
        SimDuration::from_nanos_f64(self.average(|low, high| (low + high) / 2.0))
    }

    /// Variance over squared mean; 0 where the mean is.
    pub(super) fn cv2(&self) -> f64 {
        let mean = self.average(|low, high| (low + high) / 2.0);
        if mean == 0.0 {
            return 0.0;
        }
        // About the mean, since the difference of two large numbers would lose digits.
        let square = |low: f64, high: f64| {
            let (low, high) = (low - mean, high - mean);
            (low * low + low * high + high * high) / 3.0
        };
        self.average(square) / (mean * mean)
    }

    /// The average of what `of` says of the stretch between two durations.
    fn average(&self, of: impl Fn(f64, f64) -> f64) -> f64 {
        self.0
            .windows(2)
            .map(|pair| {
                let [low, high] = [pair[0], pair[1]].map(|(_, it)| it.as_nanos() as f64);
                (pair[1].0 - pair[0].0) * of(low, high)
            })
            .sum()
    }

    /// The duration in nanoseconds that the share `uniform`, above 0 and at most 1, stays below.
    pub(super) fn nanos(&self, uniform: f64) -> f64 {
        let above = self.0.partition_point(|&(share, _)| share < uniform);
        let (Some(&low), Some(&high)) = (self.0.get(above.wrapping_sub(1)), self.0.get(above))
        else {
            return 0.0;
        };
        let [from, to] = [low, high].map(|(_, it)| it.as_nanos() as f64);
        from + (to - from) * ((uniform - low.0) / (high.0 - low.0))
    }
}
