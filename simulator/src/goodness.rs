//! Whether draws follow the law that they should: for tests, at fixed seeds.
//!
//! A right sampler fails one of these checks with a probability of one in a million, once, when its
//! sequence of draws is changed.

/// Kolmogorov and Smirnov's distance, and Pearson's χ² in a thousand equally likely cells, of
/// `values` from the law with the cumulative distribution function `cdf`.
#[track_caller]
pub(crate) fn check_law(values: &[f64], cdf: impl Fn(f64) -> f64) {
    const CELLS: usize = 1_000;
    let mut shares: Vec<f64> = values.iter().map(|&it| cdf(it)).collect();
    shares.sort_unstable_by(f64::total_cmp);
    let n = values.len() as f64;
    let gap = |(place, &share): (usize, &f64)| {
        f64::max(share - place as f64 / n, (place + 1) as f64 / n - share)
    };
    let distance = shares.iter().enumerate().map(gap).fold(0.0, f64::max);
    // P(√n D > x) is 2 exp(-2x²) at most.
    assert!(distance * n.sqrt() < 2.694, "distance {distance}");

    let mut counts = [0; CELLS];
    for share in shares {
        counts[((share * CELLS as f64) as usize).min(CELLS - 1)] += 1;
    }
    check_counts(&counts, &[1.0 / CELLS as f64; CELLS]);
}

/// Pearson's χ² of `counts` in cells with these probabilities, which add up to 1.
#[track_caller]
pub(crate) fn check_counts(counts: &[u64], probabilities: &[f64]) {
    assert_eq!(counts.len(), probabilities.len());
    assert!((probabilities.iter().sum::<f64>() - 1.0).abs() < 1e-9);
    let n = counts.iter().sum::<u64>() as f64;
    let terms = counts.iter().zip(probabilities).map(|(&count, share)| {
        assert!(share * n >= 10.0, "a cell expects only {}", share * n);
        let off = count as f64 - share * n;
        off * off / (share * n)
    });
    let chi2: f64 = terms.sum();
    // Wilson and Hilferty 1931: the cube root is nearly normal; 4.753 standard deviations.
    let freedom = (counts.len() - 1) as f64;
    let spread = 2.0 / (9.0 * freedom);
    let root = 1.0 - spread + 4.753 * spread.sqrt();
    let limit = freedom * root * root * root;
    assert!(chi2 < limit, "χ² is {chi2}, above {limit}");
}

/// The mean of `values` is within 4.5 standard errors of `mean`, where one value has `variance`.
#[track_caller]
pub(crate) fn check_mean(values: impl Iterator<Item = f64>, mean: f64, variance: f64) {
    let (sum, n) = values.fold((0.0, 0.0), |(sum, n), it| (sum + it, n + 1.0));
    let (got, error) = (sum / n, (variance / n).sqrt());
    assert!(
        (got - mean).abs() <= 4.5 * error + 1e-6,
        "{got} instead of {mean} ± {error}"
    );
}
