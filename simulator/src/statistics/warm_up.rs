//! How much of a run's beginning to leave out.

use super::{are_finite, mean};

/// How many values are taken together: the 5 of MSER-5.
const BATCH: usize = 5;

/// What a rule says of a run's beginning.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WarmUp {
    /// How many values to leave out: a multiple of five.
    pub left_out: usize,
    /// Whether that is less than half of the run. If it is not, the run is too short to say.
    pub is_settled: bool,
}

/// The rule MSER-5: of the means z of each five values leave out the first d, at most half, for which
/// the squared standard error of the rest, Σ(z_i - z̄)²/(n-d)² over i > d, is least. `None` for fewer
/// than twenty values or any that is not finite.
///
/// White 1997, "An effective truncation heuristic for bias reduction in simulation output",
/// Simulation 69 (6); White, Cobb, Spratt 2000 for batches of five. Averages over several replications
/// at the same simulated times make it steadier (Welch 1983).
#[must_use]
pub fn warm_up(values: &[f64]) -> Option<WarmUp> {
    if values.len() < 4 * BATCH || !are_finite(values) {
        return None;
    }
    let means: Vec<f64> = values.chunks_exact(BATCH).map(mean).collect();
    let half = means.len() / 2;
    // From the end, so that every remainder is the one before and a value more (Welford).
    let (mut count, mut average, mut squares) = (0.0, 0.0, 0.0);
    let (mut best, mut least) = (half, f64::INFINITY);
    for (place, value) in means.iter().enumerate().rev() {
        count += 1.0;
        let before = value - average;
        average += before / count;
        squares += before * (value - average);
        let error = squares / (count * count);
        // Of equals the earliest: nothing is left out without a reason.
        if place <= half && error <= least {
            (best, least) = (place, error);
        }
    }
    Some(WarmUp {
        left_out: best * BATCH,
        is_settled: best < half,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Noise without a library: the same on every machine.
    fn noise(i: u32) -> f64 {
        f64::from(i.wrapping_mul(2_654_435_761) >> 16) / 65_536.0 - 0.5
    }

    #[test]
    fn a_bad_beginning_is_left_out_and_hardly_more() {
        let start = |i: u32| if i < 100 { 20.0 } else { 0.0 };
        let values: Vec<f64> = (0..2_000).map(|i| start(i) + noise(i)).collect();
        let rule = warm_up(&values).expect("enough values");
        assert!((100..=120).contains(&rule.left_out), "{rule:?}");
        assert!(rule.is_settled);
    }

    #[test]
    fn a_slow_decay_is_left_out_until_it_drowns_in_noise() {
        let value = |i: u32| 10.0 * libm::exp(-f64::from(i) / 50.0) + noise(i);
        let values: Vec<f64> = (0..4_000).map(value).collect();
        let rule = warm_up(&values).expect("enough values");
        assert!((100..=600).contains(&rule.left_out), "{rule:?}");
    }

    #[test]
    fn a_run_that_only_grows_is_too_short() {
        let values: Vec<f64> = (0..200).map(f64::from).collect();
        let rule = warm_up(&values).expect("enough values");
        assert_eq!((rule.left_out, rule.is_settled), (100, false));
    }

    #[test]
    fn equal_values_need_no_warm_up_and_few_give_no_answer() {
        let rule = warm_up(&[3.0; 100]).expect("enough values");
        assert_eq!((rule.left_out, rule.is_settled), (0, true));
        assert_eq!(warm_up(&[1.0; 19]), None);
        assert_eq!(warm_up(&[f64::NAN; 100]), None);
    }
}
