//! What may be concluded from simulated numbers: intervals, warm-ups, comparisons and tests of fit.
//!
//! Everything takes plain slices of `f64` and uses `libm` alone, so the same numbers give the same
//! answer on every machine. Where the numbers do not allow an answer (too few, not finite), there is
//! none: `None`, never NaN.
//!
//! # Which one to use
//! * Independent replications, one number each: [`interval`]. The requests of one run depend on each
//!   other, so an interval over requests would be far too narrow.
//! * One long run: [`batch_means`], after leaving out what [`warm_up`] says.
//! * Two designs, each run with the same seeds: [`paired_difference`].
//! * A whole distribution: [`chi_square`] for counts, [`kolmogorov_smirnov`] for values, both of
//!   samples that are far enough apart to be independent.
//!
//! Sources: Law, "Simulation Modeling and Analysis" (2015), chapters 9 and 10, and the papers that
//! are named beside the formulas.

mod batch_means;
mod beta;
mod chi_square;
mod gamma;
mod interval;
mod kolmogorov_smirnov;
mod paired;
mod quantile;
mod sample_size;
mod student;
mod warm_up;

pub use batch_means::batch_means;
pub use chi_square::{Fit, chi_square};
pub use gamma::{gamma_p, gamma_q};
pub use interval::{Interval, interval};
pub use kolmogorov_smirnov::{Distance, kolmogorov_smirnov, kolmogorov_smirnov_of_two};
pub use paired::{Comparison, PairedDifference, paired_difference};
pub use quantile::{quantile, quantile_interval};
pub use sample_size::{mm1_relative_error, mm1_services_needed};
pub use student::{student_quantile, student_tail};
pub use warm_up::{WarmUp, warm_up};

/// The mean; zero of nothing.
fn mean(values: &[f64]) -> f64 {
    if values.is_empty() {
        return 0.0;
    }
    // Around the first value, so that a large offset costs no digits.
    let first = values[0];
    first + values.iter().map(|value| value - first).sum::<f64>() / values.len() as f64
}

/// The unbiased estimate of the variance; zero of fewer than two values.
fn variance(values: &[f64]) -> f64 {
    if values.len() < 2 {
        return 0.0;
    }
    let mean = mean(values);
    let square = |value: &f64| (value - mean) * (value - mean);
    values.iter().map(square).sum::<f64>() / (values.len() - 1) as f64
}

/// Whether all values are finite.
fn are_finite(values: &[f64]) -> bool {
    values.iter().all(|value| value.is_finite())
}

#[cfg(test)]
#[track_caller]
fn close(got: f64, want: f64, relative: f64) {
    assert!(
        (got - want).abs() <= relative * want.abs(),
        "{got} against {want}"
    );
}
