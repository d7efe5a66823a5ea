//! M/G/1 with classes of importance, without interruption.

use super::are_positive;

/// Mean time in the queue of each class, the most important first: Cobham 1954, "Priority assignment in
/// waiting line problems"; Kleinrock vol. 2 (1976), section 3.5. Of each class its arrival rate, its mean
/// service and that one's squared coefficient of variation. `None` where there is no steady state.
#[must_use]
pub fn priorities(classes: &[(f64, f64, f64)]) -> Option<Vec<f64>> {
    let is_sound = |&(rate, mean, cv2): &(f64, f64, f64)| {
        are_positive(&[rate, mean]) && cv2.is_finite() && cv2 >= 0.0
    };
    let load: f64 = classes.iter().map(|(rate, mean, _)| rate * mean).sum();
    if !classes.iter().all(is_sound) || load >= 1.0 {
        return None;
    }
    // What is left, on average, of the service that a newcomer finds under way.
    let residual: f64 = classes
        .iter()
        .map(|(rate, mean, cv2)| rate * mean * mean * (1.0 + cv2) / 2.0)
        .sum();
    let mut before = 0.0;
    let wait = |&(rate, mean, _): &(f64, f64, f64)| {
        let after = before + rate * mean;
        let wait = residual / ((1.0 - before) * (1.0 - after));
        before = after;
        wait
    };
    Some(classes.iter().map(wait).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::theory::{close, mg1};

    #[test]
    fn importance_moves_waits_and_keeps_their_sum() {
        let one = priorities(&[(0.8, 1.0, 1.0)]).expect("stable");
        close(one[0], mg1(0.8, 1.0, 1.0).expect("stable").mean_wait);
        let classes = [(0.2, 1.0, 1.0), (0.4, 1.0, 1.0), (0.2, 1.0, 1.0)];
        let waits = priorities(&classes).expect("stable");
        for (got, want) in waits.iter().zip([1.0, 2.5, 10.0]) {
            close(*got, want);
        }
        // Kleinrock's conservation law: the load-weighted sum is the same in any order.
        let sum: f64 = classes
            .iter()
            .zip(&waits)
            .map(|(it, wait)| it.0 * wait)
            .sum();
        close(sum, 0.8 * 4.0);
        assert_eq!(priorities(&[(0.5, 1.0, 1.0), (0.5, 1.0, 0.0)]), None);
    }
}
