//! Which of two designs is better, when both met the same chances.

use super::{Interval, interval};

/// What a comparison says of the first design's number against the second's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Comparison {
    /// It is less, with the confidence of the interval.
    Less,
    /// It is more, with the confidence of the interval.
    More,
    /// The interval contains zero: these runs do not tell.
    Undecided,
}

/// The difference between two designs.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PairedDifference {
    /// The mean of first less second, with its interval.
    pub difference: Interval,
    /// What that says.
    pub verdict: Comparison,
    /// How much of the variance the common chances took away: the correlation of the two, -1 to 1.
    /// Above zero, pairing was worth it.
    pub correlation: f64,
}

/// Student's interval for the mean difference of `first` and `second`, whose values at the same place
/// come from runs with the same seed (common random numbers), at a confidence of `level`. `None` for
/// slices of different lengths, and as for [`interval`]. Law, sections 10.2.1 and 11.2.
#[must_use]
pub fn paired_difference(first: &[f64], second: &[f64], level: f64) -> Option<PairedDifference> {
    if first.len() != second.len() {
        return None;
    }
    let pairs = || first.iter().zip(second);
    let differences: Vec<f64> = pairs().map(|(a, b)| a - b).collect();
    let difference = interval(&differences, level)?;
    let (one, other) = (interval(first, level)?, interval(second, level)?);
    let products = pairs().map(|(a, b)| (a - one.mean) * (b - other.mean));
    let n = first.len() as f64;
    let covariance = products.sum::<f64>() / (n * (n - 1.0));
    let spread = one.standard_error * other.standard_error;
    let verdict = if difference.high() < 0.0 {
        Comparison::Less
    } else if difference.low() > 0.0 {
        Comparison::More
    } else {
        Comparison::Undecided
    };
    Some(PairedDifference {
        difference,
        verdict,
        correlation: if spread > 0.0 {
            (covariance / spread).clamp(-1.0, 1.0)
        } else {
            0.0
        },
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::statistics::close;

    #[test]
    fn pairs_tell_what_two_intervals_cannot() {
        // The seed matters far more than the design.
        let first = [10.0, 30.0, 50.0, 20.0, 40.0];
        let second = [11.0, 31.5, 51.0, 21.5, 41.0];
        let paired = paired_difference(&first, &second, 0.95).expect("five pairs");
        close(paired.difference.mean, -1.2, 1e-12);
        assert_eq!(paired.verdict, Comparison::Less);
        assert!(paired.correlation > 0.999);
        let turned = paired_difference(&second, &first, 0.95).expect("five pairs");
        assert_eq!(turned.verdict, Comparison::More);
    }

    #[test]
    fn what_differs_by_chance_is_undecided() {
        let paired = paired_difference(&[1.0, 2.0, 3.0], &[3.0, 2.0, 1.0], 0.95);
        let paired = paired.expect("three pairs");
        assert_eq!(paired.verdict, Comparison::Undecided);
        close(paired.correlation, -1.0, 1e-12);
        let same = paired_difference(&[1.0, 2.0], &[1.0, 2.0], 0.95).expect("two pairs");
        assert_eq!(same.verdict, Comparison::Undecided);
        assert_eq!(paired_difference(&[1.0, 2.0], &[1.0], 0.95), None);
    }
}
