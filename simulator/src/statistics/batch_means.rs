//! An interval from one long run.

use super::{Interval, interval, mean};

/// The interval for the mean of one long, stationary run, whose values depend on their neighbours: it
/// is cut into `batches` of equal length, whose means are nearly independent when each is at least
/// ten relaxation times long. Twenty to thirty batches are usual: fewer give a wide interval, more are
/// too short. What does not fill a batch is left out at the beginning. `None` for fewer than two
/// batches or values than batches, and as for [`interval`].
///
/// Schmeiser 1982, "Batch size effects in the analysis of simulation output", Operations Research 30;
/// Law, section 9.5.3.
#[must_use]
pub fn batch_means(values: &[f64], batches: usize, level: f64) -> Option<Interval> {
    if batches < 2 || values.len() < batches {
        return None;
    }
    let length = values.len() / batches;
    let rest = values.len() - batches * length;
    let means: Vec<f64> = values[rest..].chunks_exact(length).map(mean).collect();
    interval(&means, level)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::statistics::close;

    #[test]
    fn what_is_left_over_is_left_out_at_the_beginning() {
        let values = [1e9, 1.0, 3.0, 4.0, 6.0, 7.0, 9.0];
        let interval = batch_means(&values, 3, 0.95).expect("three batches");
        close(interval.mean, 5.0, 1e-12);
        assert_eq!(interval.count, 3);
        // Means 2, 5, 8: a standard deviation of 3, and t = 4.302653 for two degrees of freedom.
        close(interval.half_width, 4.302_653 * libm::sqrt(3.0), 1e-6);
    }

    #[test]
    fn too_little_gives_no_interval() {
        assert_eq!(batch_means(&[1.0, 2.0], 3, 0.95), None);
        assert_eq!(batch_means(&[1.0, 2.0], 1, 0.95), None);
        assert_eq!(batch_means(&[1.0, f64::NAN], 2, 0.95), None);
    }
}
