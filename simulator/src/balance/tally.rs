//! Counting choices, for the tests of this folder.

use super::Candidates;
use crate::random::{Purpose, Stream};

pub(super) fn random() -> Stream {
    Stream::new(1, "balancer", Purpose::Choice)
}

/// How often each of `count` targets comes out of `n` choices.
pub(super) fn tally(count: usize, n: u32, mut choose: impl FnMut(u32) -> Option<u32>) -> Vec<u32> {
    let mut counts = vec![0; count];
    for number in 0..n {
        counts[choose(number).expect("there is somebody to choose") as usize] += 1;
    }
    counts
}

/// Whether `counts` fit the probabilities `shares`: each within 4.5 standard errors of a binomial.
#[track_caller]
pub(super) fn assert_shares(counts: &[u32], shares: &[f64]) {
    let n = f64::from(counts.iter().sum::<u32>());
    for (&count, &share) in counts.iter().zip(shares) {
        let error = (n * share * (1.0 - share)).sqrt();
        assert!(
            (f64::from(count) - n * share).abs() <= 4.5 * error,
            "{counts:?} for {shares:?}"
        );
    }
}

/// Targets that may all be chosen, with these weights and loads.
pub(super) const fn among<'a>(
    eligible: &'a [u32],
    weights: &'a [u32],
    in_flight: &'a [u32],
) -> Candidates<'a> {
    Candidates {
        eligible,
        weights,
        in_flight,
    }
}
