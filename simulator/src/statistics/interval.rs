//! Confidence intervals for a mean.

use super::{are_finite, mean, student_quantile, variance};

/// A mean with its confidence interval.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Interval {
    /// The mean of the values.
    pub mean: f64,
    /// The true mean lies within so much of [`Interval::mean`], with the confidence [`Interval::level`].
    pub half_width: f64,
    /// The estimated standard deviation of the mean.
    pub standard_error: f64,
    /// How many independent values it rests on.
    pub count: usize,
    /// The confidence, above 0 and below 1: 0.95, 0.99.
    pub level: f64,
}

/// Student's interval for the mean of independent values with about a normal law, such as the results
/// of replications, at a confidence of `level` (above 0, below 1). `None` for fewer than two values,
/// values that are not finite, or no level. Law, section 4.5.
#[must_use]
pub fn interval(values: &[f64], level: f64) -> Option<Interval> {
    if values.len() < 2 || !are_finite(values) || !(level > 0.0 && level < 1.0) {
        return None;
    }
    let freedom = (values.len() - 1) as f64;
    let standard_error = libm::sqrt(variance(values) / values.len() as f64);
    let half_width = student_quantile(f64::midpoint(1.0, level), freedom)? * standard_error;
    half_width.is_finite().then_some(Interval {
        mean: mean(values),
        half_width,
        standard_error,
        count: values.len(),
        level,
    })
}

impl Interval {
    /// The lower end.
    #[must_use]
    pub fn low(&self) -> f64 {
        self.mean - self.half_width
    }

    /// The upper end.
    #[must_use]
    pub fn high(&self) -> f64 {
        self.mean + self.half_width
    }

    /// Whether `value` lies in it, its ends included.
    #[must_use]
    pub fn contains(&self, value: f64) -> bool {
        (value - self.mean).abs() <= self.half_width
    }

    /// Half of its width in parts of the mean; infinite for a mean of zero.
    #[must_use]
    pub fn relative(&self) -> f64 {
        if self.half_width == 0.0 {
            return 0.0;
        }
        self.half_width / self.mean.abs()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::statistics::close;

    #[test]
    fn an_example_by_hand() {
        // Law, example 4.26: ten values, mean 1.34, variance 0.17, 90 %: 1.34 ± 0.24.
        let values = [1.20, 1.50, 1.68, 1.89, 0.95, 1.49, 1.58, 1.55, 0.50, 1.09];
        let interval = interval(&values, 0.9).expect("ten values");
        close(interval.mean, 1.343, 1e-12);
        close(interval.half_width, 0.24, 0.02);
        close(
            interval.high() - interval.low(),
            2.0 * interval.half_width,
            1e-12,
        );
        assert!(interval.contains(1.5) && !interval.contains(1.6));
        close(interval.relative(), interval.half_width / 1.343, 1e-12);
    }

    #[test]
    fn equal_values_leave_no_doubt_and_too_few_no_answer() {
        let sure = interval(&[0.1; 20], 0.99).expect("twenty values");
        assert_eq!((sure.mean, sure.half_width), (0.1, 0.0));
        assert_eq!(sure.relative(), 0.0);
        assert_eq!(interval(&[1.0], 0.9), None);
        assert_eq!(interval(&[1.0, f64::NAN], 0.9), None);
        assert_eq!(interval(&[1.0, 2.0], 1.0), None);
        assert_eq!(interval(&[1.0, 2.0], f64::NAN), None);
    }
}
