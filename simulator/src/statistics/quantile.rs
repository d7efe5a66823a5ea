//! Quantiles of values, and over replications.

use super::{Interval, are_finite, interval};

/// The value that a share `q` (0 to 1) of `sorted` does not exceed, between two values by straight
/// line (type 7 of Hyndman and Fan 1996, "Sample quantiles in statistical packages"). `None` for no
/// values, no share, or where the slice is not sorted from least to greatest.
#[must_use]
pub fn quantile(sorted: &[f64], q: f64) -> Option<f64> {
    let is_sound =
        !sorted.is_empty() && are_finite(sorted) && sorted.is_sorted() && (0.0..=1.0).contains(&q);
    if !is_sound {
        return None;
    }
    let place = q * (sorted.len() - 1) as f64;
    let below = place as usize;
    let above = (below + 1).min(sorted.len() - 1);
    Some(sorted[below] + (place - below as f64) * (sorted[above] - sorted[below]))
}

/// The interval for a quantile from independent replications: one estimate from each, and Student's
/// interval over these. Each replication must be long enough for its own estimate: a hundred values
/// beyond the quantile. `None` where a replication has no quantile, and as for [`interval`].
#[must_use]
pub fn quantile_interval(replications: &[Vec<f64>], q: f64, level: f64) -> Option<Interval> {
    let estimates: Option<Vec<f64>> = replications
        .iter()
        .map(|values| {
            let mut sorted = values.clone();
            sorted.sort_by(f64::total_cmp);
            quantile(&sorted, q)
        })
        .collect();
    interval(&estimates?, level)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::statistics::close;

    #[test]
    fn quantiles_are_exact_at_values_and_straight_between() {
        let values = [1.0, 2.0, 4.0, 8.0, 16.0];
        for (q, want) in [
            (0.0, 1.0),
            (0.25, 2.0),
            (0.5, 4.0),
            (0.625, 6.0),
            (1.0, 16.0),
        ] {
            assert_eq!(quantile(&values, q), Some(want));
        }
        for (values, q) in [(&[][..], 0.5), (&[2.0, 1.0], 0.5), (&[1.0, 2.0], 1.5)] {
            assert_eq!(quantile(values, q), None);
        }
    }

    #[test]
    fn every_replication_gives_one_estimate() {
        let replications = vec![vec![3.0, 1.0, 2.0], vec![6.0, 4.0, 5.0]];
        let median = quantile_interval(&replications, 0.5, 0.9).expect("two replications");
        close(median.mean, 3.5, 1e-12);
        assert_eq!(median.count, 2);
        assert_eq!(quantile_interval(&[vec![], vec![1.0]], 0.5, 0.9), None);
    }
}
