//! Fan-out: a request is over when the slowest of its parts is.

use super::is_share;

/// From here on the asymptotic series is exact to the last digit.
const FEW: u32 = 1_000;

/// The harmonic number 1 + 1/2 + ... + 1/n; zero for none.
#[must_use]
pub fn harmonic(n: u32) -> f64 {
    if n < FEW {
        // From the small end, so that no digit is lost.
        return (1..=n).rev().map(|i| 1.0 / f64::from(i)).sum();
    }
    /// Euler and Mascheroni's constant.
    const GAMMA: f64 = 0.577_215_664_901_532_9;
    let n = f64::from(n);
    libm::log(n) + GAMMA + 1.0 / (2.0 * n) - 1.0 / (12.0 * n * n)
}

/// Mean time until the last of `parts` is ready, when each takes an independent exponential time of
/// `mean` seconds: mean·H_n. David and Nagaraja, "Order Statistics".
#[must_use]
pub fn fan_out_mean(parts: u32, mean: f64) -> f64 {
    if parts == 0 {
        return 0.0;
    }
    mean.max(0.0) * harmonic(parts)
}

/// The chance that at least one of `parts` is slow, when each is with the chance `slow` (0 to 1):
/// 1-(1-p)ⁿ. `None` for no chance. Dean and Barroso 2013, "The tail at scale".
#[must_use]
pub fn any_slow(slow: f64, parts: u32) -> Option<f64> {
    if parts == 0 {
        return is_share(slow).then_some(0.0);
    }
    is_share(slow).then(|| -libm::expm1(f64::from(parts) * libm::log1p(-slow)))
}

/// The share of parts that have to be in time so that of all requests a share `q` (0 to 1) is, with
/// all its `parts`: q^(1/n). `None` for no chance or no parts.
#[must_use]
pub fn share_for_all(q: f64, parts: u32) -> Option<f64> {
    (is_share(q) && parts > 0).then(|| libm::pow(q, 1.0 / f64::from(parts)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::theory::close;

    #[test]
    fn the_slowest_of_many_matches_the_published_values() {
        close(harmonic(10), 2.928_968);
        close(fan_out_mean(100, 1.0), 5.187_378);
        close(harmonic(0), 0.0);
        let far: f64 = (1..=5_000).rev().map(|i| 1.0 / f64::from(i)).sum();
        assert!((harmonic(5_000) - far).abs() < 1e-13);
    }

    #[test]
    fn one_of_a_hundred_slow_parts_makes_most_pages_slow() {
        close(any_slow(0.01, 100).expect("a chance"), 0.633_968);
        close(any_slow(1.0, 2).expect("a chance"), 1.0);
        close(any_slow(1.0, 0).expect("a chance"), 0.0);
        close(share_for_all(0.5, 1).expect("a chance"), 0.5);
        let each = share_for_all(0.99, 100).expect("a chance");
        close(any_slow(1.0 - each, 100).expect("a chance"), 0.01);
        assert_eq!(any_slow(-0.1, 3), None);
        assert_eq!(share_for_all(0.5, 0), None);
    }
}
