//! Whether values fit a continuous distribution, or those of another sample.

use super::are_finite;

/// How far two distribution functions are apart.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Distance {
    /// The greatest difference between them, 0 to 1.
    pub distance: f64,
    /// The chance of a distance that large or larger where the values are of that law. Approximate:
    /// good from about ten values on.
    pub p_value: f64,
}

/// The test of Kolmogorov and Smirnov: `sorted` values against the continuous distribution function
/// `share`. The values have to be independent. `None` for no values or a slice that is not sorted.
#[must_use]
pub fn kolmogorov_smirnov(sorted: &[f64], share: &dyn Fn(f64) -> f64) -> Option<Distance> {
    if sorted.is_empty() || !are_finite(sorted) || !sorted.is_sorted() {
        return None;
    }
    let n = sorted.len() as f64;
    let gap = |(place, value): (usize, &f64)| {
        let want = share(*value);
        f64::max(want - place as f64 / n, (place + 1) as f64 / n - want)
    };
    let distance = sorted.iter().enumerate().map(gap).fold(0.0, f64::max);
    Some(Distance {
        distance,
        p_value: p_value(distance, n),
    })
}

/// The same for two sorted samples, of any lengths.
#[must_use]
pub fn kolmogorov_smirnov_of_two(first: &[f64], second: &[f64]) -> Option<Distance> {
    let is_sound = |values: &[f64]| !values.is_empty() && are_finite(values) && values.is_sorted();
    if !is_sound(first) || !is_sound(second) {
        return None;
    }
    let (n, m) = (first.len(), second.len());
    let (mut i, mut j, mut distance) = (0, 0, 0.0_f64);
    while i < n && j < m {
        // Equal values step together: only between values can the functions be compared.
        let value = first[i].min(second[j]);
        while i < n && first[i] <= value {
            i += 1;
        }
        while j < m && second[j] <= value {
            j += 1;
        }
        distance = distance.max((i as f64 / n as f64 - j as f64 / m as f64).abs());
    }
    let (n, m) = (n as f64, m as f64);
    Some(Distance {
        distance,
        p_value: p_value(distance, n * m / (n + m)),
    })
}

/// Kolmogorov's limit law, with the correction for few values of Stephens 1970, "Use of the
/// Kolmogorov-Smirnov, Cramér-von Mises and related statistics without extensive tables", JRSS B 32.
fn p_value(distance: f64, n: f64) -> f64 {
    let root = libm::sqrt(n);
    let x = (root + 0.12 + 0.11 / root) * distance;
    if x < 0.2 {
        return 1.0; // to within 1e-12, where the series below needs many terms
    }
    let mut sum = 0.0;
    let mut sign = 1.0;
    for k in 1..=100_u32 {
        let k = f64::from(k);
        let term = libm::exp(-2.0 * k * k * x * x);
        sum += sign * term;
        sign = -sign;
        if term < 1e-18 {
            break;
        }
    }
    (2.0 * sum).clamp(0.0, 1.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::statistics::close;

    #[test]
    fn the_limit_law_matches_the_tables() {
        for (x, want) in [(1.358_1, 0.05), (1.627_6, 0.01), (0.827_6, 0.5)] {
            close(p_value(x / 1e6, 1e12), want, 2e-3);
        }
    }

    #[test]
    fn even_values_fit_a_uniform_law_and_no_other() {
        let values: Vec<f64> = (0..100).map(|i| (f64::from(i) + 0.5) / 100.0).collect();
        let fit = kolmogorov_smirnov(&values, &|x| x.clamp(0.0, 1.0)).expect("values");
        close(fit.distance, 0.005, 1e-9);
        assert_eq!(fit.p_value, 1.0);
        let other = kolmogorov_smirnov(&values, &|x| x * x).expect("values");
        close(other.distance, 0.255, 0.02);
        assert!(other.p_value < 1e-5);
        assert_eq!(kolmogorov_smirnov(&[], &|x| x), None);
        assert_eq!(kolmogorov_smirnov(&[2.0, 1.0], &|x| x), None);
    }

    #[test]
    fn two_samples_are_compared_between_their_values() {
        let same = kolmogorov_smirnov_of_two(&[1.0, 1.0, 2.0], &[1.0, 1.0, 2.0]).expect("values");
        assert_eq!((same.distance, same.p_value), (0.0, 1.0));
        let apart = kolmogorov_smirnov_of_two(&[1.0, 2.0], &[3.0, 4.0, 5.0]).expect("values");
        assert_eq!(apart.distance, 1.0);
        let partly = kolmogorov_smirnov_of_two(&[1.0, 3.0], &[2.0, 4.0]).expect("values");
        assert_eq!(partly.distance, 0.5);
    }
}
