//! Averages that a hiccup of the machine does not move.

/// The middle value; of an empty list there is none.
pub(super) fn median(values: impl IntoIterator<Item = f64>) -> f64 {
    let mut values: Vec<f64> = values.into_iter().collect();
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(f64::NAN)
}

/// The mean that is right for ratios: twice as fast and half as fast make equally fast.
pub(super) fn geometric_mean(ratios: impl IntoIterator<Item = f64>) -> f64 {
    let logarithms: Vec<f64> = ratios.into_iter().map(f64::ln).collect();
    f64::exp(logarithms.iter().sum::<f64>() / logarithms.len() as f64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ratios_of_two_and_a_half_make_one() {
        assert!((geometric_mean([2.0, 0.5]) - 1.0).abs() < 1e-12);
    }

    #[test]
    fn the_median_is_the_middle_one() {
        assert!((median([9.0, 1.0, 3.0]) - 3.0).abs() < f64::EPSILON);
        assert!(median([]).is_nan());
    }
}
