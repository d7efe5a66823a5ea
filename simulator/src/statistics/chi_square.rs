//! Whether counts fit what was expected.

use super::gamma::gamma_q;

/// The least count that may be expected in a cell; cells with less are taken together with their
/// neighbours (Cochran 1954).
const LEAST_EXPECTED: f64 = 5.0;

/// How well counts fit.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Fit {
    /// Σ(observed - expected)²/expected.
    pub statistic: f64,
    /// Cells, after neighbours were taken together, less one.
    pub freedom: usize,
    /// The chance of a statistic that large or larger where the expectation is right. Below 1e-6 in a
    /// test with a fixed seed, it is not.
    pub p_value: f64,
}

/// Pearson's test of fit: `observed` counts against cells with the chances `chances`, which add up to
/// one. Neighbours with fewer than five expected are taken together. The counts have to be of
/// independent values: states of a run that are ten relaxation times apart. `None` for different
/// lengths, chances that do not add up, or where fewer than two cells are left.
#[must_use]
pub fn chi_square(observed: &[u64], chances: &[f64]) -> Option<Fit> {
    let is_chance = |chance: &f64| (0.0..=1.0).contains(chance);
    let all: f64 = chances.iter().sum();
    let is_sound = observed.len() == chances.len()
        && chances.iter().all(is_chance)
        && (all - 1.0).abs() < 1e-6;
    if !is_sound {
        return None;
    }
    let total = observed.iter().sum::<u64>() as f64;
    let mut cells: Vec<(f64, f64)> = Vec::new();
    for (&count, &chance) in observed.iter().zip(chances) {
        let (count, expected) = (count as f64, chance * total);
        match cells.last_mut() {
            Some(cell) if cell.1 < LEAST_EXPECTED => {
                cell.0 += count;
                cell.1 += expected;
            }
            _ => cells.push((count, expected)),
        }
    }
    // The last one may have stayed too small.
    if let Some(&(count, expected)) = cells.last()
        && expected < LEAST_EXPECTED
        && cells.len() > 1
    {
        cells.pop();
        if let Some(cell) = cells.last_mut() {
            cell.0 += count;
            cell.1 += expected;
        }
    }
    if cells.len() < 2 {
        return None;
    }
    let term = |&(count, expected): &(f64, f64)| (count - expected) * (count - expected) / expected;
    let statistic: f64 = cells.iter().map(term).sum();
    let freedom = cells.len() - 1;
    Some(Fit {
        statistic,
        freedom,
        p_value: gamma_q(freedom as f64 / 2.0, statistic / 2.0),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::statistics::close;

    #[test]
    fn p_values_match_the_tables() {
        for (freedom, statistic, want) in [
            (1.0, 3.841_459, 0.05),
            (10.0, 18.307_038, 0.05),
            (5.0, 20.515_006, 0.001),
            (100.0, 135.806_723, 0.01),
        ] {
            close(gamma_q(freedom / 2.0, statistic / 2.0), want, 1e-6);
        }
    }

    #[test]
    fn a_die_by_hand() {
        let fit = chi_square(&[5, 8, 9, 8, 10, 20], &[1.0 / 6.0; 6]).expect("six cells");
        close(fit.statistic, 13.4, 1e-12);
        assert_eq!(fit.freedom, 5);
        close(fit.p_value, 0.019_905, 1e-4);
        let right = chi_square(&[50, 50], &[0.5, 0.5]).expect("two cells");
        assert_eq!((right.statistic, right.p_value), (0.0, 1.0));
    }

    #[test]
    fn small_cells_are_taken_together() {
        // Expected 60, 30, 4, 4, 2: the last three become one.
        let fit = chi_square(&[60, 30, 4, 4, 2], &[0.6, 0.3, 0.04, 0.04, 0.02]);
        assert_eq!(fit.expect("three cells").freedom, 2);
        assert_eq!(chi_square(&[3, 1], &[0.5, 0.5]), None);
        assert_eq!(chi_square(&[30, 10], &[0.5, 0.6]), None);
        assert_eq!(chi_square(&[30], &[0.5, 0.5]), None);
        assert_eq!(chi_square(&[], &[]), None);
    }

    #[test]
    fn what_cannot_happen_and_does_fits_never() {
        let fit = chi_square(&[1_000, 0, 9], &[0.5, 0.5, 0.0]).expect("two cells");
        assert!(fit.p_value < 1e-100);
    }
}
