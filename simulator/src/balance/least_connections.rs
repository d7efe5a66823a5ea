//! Least connections: the target with the least in flight, or the least for its weight.

use std::cmp::Ordering;

use super::Candidates;
use crate::random::Stream;

/// The eligible target with the fewest requests in flight, this one included; with `is_weighted`,
/// the least (in flight + 1) / weight. Among equals any, or the first of the list would always be
/// preferred; the draw is made only when there are equals.
pub(crate) fn least_connections(
    candidates: &Candidates<'_>,
    is_weighted: bool,
    random: &mut Stream,
) -> Option<u32> {
    let mut best = *candidates.eligible.first()?;
    let mut equals = 0;
    for &target in candidates.eligible {
        match compare(candidates, is_weighted, target, best) {
            Ordering::Less => (best, equals) = (target, 1),
            Ordering::Equal => equals += 1,
            Ordering::Greater => {}
        }
    }
    if equals < 2 {
        return Some(best);
    }
    let is_best = |&&target: &&u32| compare(candidates, is_weighted, target, best).is_eq();
    let mut equal = candidates.eligible.iter().filter(is_best);
    equal.nth(random.below(equals)).copied()
}

/// Which of two targets has less in flight, for its weight where weights count. Exact: fractions are
/// compared by multiplying crosswise.
pub(super) fn compare(
    candidates: &Candidates<'_>,
    is_weighted: bool,
    first: u32,
    second: u32,
) -> Ordering {
    let (a, b) = (candidates.load(first), candidates.load(second));
    if !is_weighted {
        return a.cmp(&b);
    }
    let fraction =
        |load: u32, other: u32| (u64::from(load) + 1) * u64::from(candidates.weight(other));
    fraction(a, second).cmp(&fraction(b, first))
}

#[cfg(test)]
mod tests {
    use super::super::tally::{among, assert_shares, random, tally};
    use super::*;

    #[track_caller]
    fn check(is_weighted: bool, weights: &[u32], loads: &[u32], shares: &[f64]) {
        let eligible: Vec<u32> = (0..loads.len() as u32).collect();
        let candidates = among(&eligible, weights, loads);
        let mut random = random();
        let counts = tally(loads.len(), 6_000, |_| {
            least_connections(&candidates, is_weighted, &mut random)
        });
        assert_shares(&counts, shares);
    }

    #[test]
    fn only_the_least_loaded_are_used_and_all_of_them() {
        check(false, &[], &[3, 1, 1, 2], &[0.0, 0.5, 0.5, 0.0]);
        check(false, &[9, 1, 1, 9], &[3, 1, 1, 2], &[0.0, 0.5, 0.5, 0.0]);
        check(false, &[], &[5, 5], &[0.5, 0.5]);
    }

    #[test]
    fn a_weight_of_two_counts_each_request_half() {
        // (1 + 1) / 1 = (3 + 1) / 2 < (4 + 1) / 2.
        check(true, &[1, 2, 2], &[1, 3, 4], &[0.5, 0.5, 0.0]);
        // An empty heavy target is better than an empty light one.
        check(true, &[1, 2, 4], &[0, 0, 0], &[0.0, 0.0, 1.0]);
        check(true, &[u32::MAX, 1], &[u32::MAX - 1, 0], &[0.5, 0.5]);
        check(true, &[u32::MAX, 1], &[u32::MAX, 0], &[0.0, 1.0]);
    }

    #[test]
    fn nobody_is_chosen_when_nobody_is_eligible() {
        assert_eq!(
            least_connections(&among(&[], &[], &[]), true, &mut random()),
            None
        );
    }
}
