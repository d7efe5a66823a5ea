//! Quorums: a request is over when the k-th fastest of n answers is there.

use super::{harmonic, is_share, power};

/// Mean time until the `needed`-th of `asked` answers, when each takes an independent exponential
/// time of `mean` seconds: mean·Σ 1/j for j from n-k+1 to n (Rényi 1953). `None` where more are
/// needed than were asked.
#[must_use]
pub fn quorum_mean(needed: u32, asked: u32, mean: f64) -> Option<f64> {
    let is_sound = needed <= asked && mean.is_finite() && mean >= 0.0;
    is_sound.then(|| mean * (harmonic(asked) - harmonic(asked - needed)).max(0.0))
}

/// The chance that at least `needed` of `asked` answers are in time, when each is with the chance
/// `in_time` (0 to 1), independently. `None` where more are needed than were asked, or for no chance.
#[must_use]
pub fn quorum_share(needed: u32, asked: u32, in_time: f64) -> Option<f64> {
    if needed > asked || !is_share(in_time) {
        return None;
    }
    let (n, late) = (f64::from(asked), 1.0 - in_time);
    let log_choices = |j: u32| {
        let j = f64::from(j);
        libm::lgamma(n + 1.0) - libm::lgamma(j + 1.0) - libm::lgamma(n - j + 1.0)
    };
    let exactly = |j: u32| libm::exp(log_choices(j)) * power(in_time, j) * power(late, asked - j);
    let share: f64 = (needed..=asked)
        .map(exactly)
        .filter(|chance| chance.is_finite())
        .sum();
    Some(share.min(1.0))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::theory::close;

    #[test]
    fn majorities_match_the_published_values() {
        close(quorum_mean(2, 3, 1.0).expect("enough"), 0.833_333);
        close(quorum_mean(3, 5, 1.0).expect("enough"), 0.783_333);
        close(quorum_mean(1, 4, 1.0).expect("enough"), 0.25);
        close(quorum_mean(3, 3, 2.0).expect("enough"), 2.0 * harmonic(3));
        assert_eq!(quorum_mean(4, 3, 1.0), None);
    }

    #[test]
    fn two_of_three_are_there_more_often_than_one() {
        close(quorum_share(2, 3, 0.9).expect("enough"), 0.972);
        close(quorum_share(0, 3, 0.0).expect("enough"), 1.0);
        close(quorum_share(3, 3, 1.0).expect("enough"), 1.0);
        assert_eq!(quorum_share(4, 3, 0.5), None);
        assert_eq!(quorum_share(1, 3, 1.5), None);
    }
}
