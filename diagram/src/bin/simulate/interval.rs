//! Intervals of confidence: what a few runs with different seeds say about all runs.
//!
//! The figures of one run are correlated with each other, those of different seeds are not. So an
//! interval rests on one number a run, and Student's t says how far their mean may be off.

/// The mean of a few numbers with its 95 % interval.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Interval {
    pub(crate) mean: f64,
    /// How far the interval reaches to either side; `None` of a single number.
    pub(crate) half_width: Option<f64>,
    pub(crate) count: usize,
}

impl Interval {
    /// The interval of `values`; `None` where there are none.
    pub(crate) fn of(values: &[f64]) -> Option<Self> {
        let count = values.len();
        if count == 0 {
            return None;
        }
        let n = count as f64;
        let mean = values.iter().sum::<f64>() / n;
        let half_width = (count > 1).then(|| {
            let squares: f64 = values
                .iter()
                .map(|value| (value - mean) * (value - mean))
                .sum();
            let deviation = (squares / (n - 1.0)).sqrt();
            t_quantile(n - 1.0) * deviation / n.sqrt()
        });
        Some(Self {
            mean,
            half_width,
            count,
        })
    }

    /// The mean alone.
    pub(crate) fn without_width(self) -> Self {
        Self {
            half_width: None,
            ..self
        }
    }

    /// Whether the interval leaves out zero; `None` of a single number.
    pub(crate) fn excludes_zero(&self) -> Option<bool> {
        self.half_width.map(|half| self.mean.abs() > half)
    }

    /// How many numbers would probably give an interval that leaves out zero, if mean and deviation
    /// stayed what they are; `None` where that cannot be said or is more than a million.
    pub(crate) fn count_to_exclude_zero(&self) -> Option<u64> {
        let half = self.half_width?;
        if self.mean == 0.0 {
            return None;
        }
        let n = self.count as f64;
        // In units of the mean: the half-width for m numbers is t(m - 1) × ratio / √m.
        let ratio = half * n.sqrt() / t_quantile(n - 1.0) / self.mean.abs();
        let (mut low, mut high) = (1_u64, 1_000_000_u64);
        let is_enough = |m: u64| t_quantile(m as f64 - 1.0) * ratio < (m as f64).sqrt();
        if !is_enough(high) {
            return None;
        }
        while high - low > 1 {
            let middle = low.midpoint(high);
            if is_enough(middle) {
                high = middle;
            } else {
                low = middle;
            }
        }
        Some(high)
    }
}

/// How many standard errors a 95 % interval reaches, by Student's distribution with this many
/// degrees of freedom, at least 1.
fn t_quantile(freedom: f64) -> f64 {
    let (mut low, mut high) = (1.9, 13.0);
    // The interval halves each time: after 60 times it is as narrow as a number can tell.
    for _ in 0..60 {
        let middle = f64::midpoint(low, high);
        if two_tails(middle, freedom) > 0.05 {
            low = middle;
        } else {
            high = middle;
        }
    }
    high
}

/// The probability that Student's t is farther from zero than `t`: the regularised incomplete beta
/// function at ν/(ν + t²), with parameters ν/2 and 1/2 (Abramowitz and Stegun, 26.7.1).
fn two_tails(t: f64, freedom: f64) -> f64 {
    let x = freedom / (freedom + t * t);
    let (a, b) = (freedom / 2.0, 0.5);
    let log_front = libm::lgamma(a + b) - libm::lgamma(a) - libm::lgamma(b)
        + a * libm::log(x)
        + b * libm::log1p(-x);
    let front = libm::exp(log_front);
    // The fraction converges fast on one side of the mean; the other side is its mirror.
    if x < (a + 1.0) / (a + b + 2.0) {
        front * beta_fraction(a, b, x) / a
    } else {
        1.0 - front * beta_fraction(b, a, 1.0 - x) / b
    }
}

/// The continued fraction of the incomplete beta function, by Lentz's method (Press et al.,
/// Numerical Recipes, 3rd edition, 6.4).
fn beta_fraction(a: f64, b: f64, x: f64) -> f64 {
    const TINY: f64 = 1e-300;
    let away_from_zero = |value: f64| if value.abs() < TINY { TINY } else { value };
    let mut c = 1.0;
    let mut d = 1.0 / away_from_zero(1.0 - (a + b) * x / (a + 1.0));
    let mut fraction = d;
    for step in 1..=300 {
        let m = f64::from(step);
        let even = m * (b - m) * x / ((a + 2.0 * m - 1.0) * (a + 2.0 * m));
        let odd = -(a + m) * (a + b + m) * x / ((a + 2.0 * m) * (a + 2.0 * m + 1.0));
        let mut change = 1.0;
        for term in [even, odd] {
            d = 1.0 / away_from_zero(1.0 + term * d);
            c = away_from_zero(1.0 + term / c);
            change = c * d;
            fraction *= change;
        }
        if (change - 1.0).abs() < 1e-15 {
            break;
        }
    }
    fraction
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_are_those_of_the_tables() {
        for (freedom, quantile) in [
            (1.0, 12.7062),
            (2.0, 4.3027),
            (4.0, 2.7764),
            (9.0, 2.2622),
            (29.0, 2.0452),
            (100.0, 1.9840),
            (1e6, 1.959_966),
        ] {
            let found = t_quantile(freedom);
            assert!((found - quantile).abs() < 6e-5, "{freedom}: {found}");
        }
    }

    #[test]
    fn an_interval_is_the_mean_and_what_it_may_be_off() {
        assert_eq!(Interval::of(&[]), None);
        let one = Interval::of(&[3.0]).expect("a number");
        assert_eq!((one.mean, one.half_width), (3.0, None));
        assert_eq!(one.excludes_zero(), None);
        // Mean 3, deviation √2.5, so 2.7764 × √(2.5/5).
        let five = Interval::of(&[1.0, 2.0, 3.0, 4.0, 5.0]).expect("numbers");
        let half = five.half_width.expect("several");
        assert!((half - 1.963_24).abs() < 1e-4, "{half}");
        assert_eq!(five.excludes_zero(), Some(true));
        let same = Interval::of(&[2.0, 2.0]).expect("numbers");
        assert_eq!(same.half_width, Some(0.0));
    }

    #[test]
    fn a_difference_in_the_noise_says_how_many_runs_would_show_it() {
        // Mean 1, deviation √10, so about (1.96 × 3.16)² = 38.4, and a little more for t.
        let noise = Interval::of(&[-3.0, -1.0, 1.0, 3.0, 5.0]).expect("numbers");
        assert_eq!(noise.excludes_zero(), Some(false));
        assert_eq!(noise.count_to_exclude_zero(), Some(41));
        let none = Interval::of(&[-1.0, 1.0]).expect("numbers");
        assert_eq!(none.count_to_exclude_zero(), None);
    }
}
