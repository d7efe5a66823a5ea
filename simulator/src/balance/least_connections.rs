//! Least connections: the target with the least in flight, or the least for its weight.

use std::cmp::Ordering;

use super::Candidates;
use crate::random::Stream;

/// The eligible target with the fewest requests in flight. Among equals any, or the first of the
/// list would always be preferred; the draw is made only when there are equals.
pub(crate) fn least_connections(candidates: &Candidates<'_>, random: &mut Stream) -> Option<u32> {
    // Passes without branches: whether a load is the least so far cannot be predicted.
    let loads = || candidates.eligible.iter().map(|&t| candidates.load(t));
    let least = loads().min()?;
    let equals = loads().filter(|&load| load == least).count();
    let is_least = |&&target: &&u32| candidates.load(target) == least;
    one_of(equals, candidates.eligible.iter().filter(is_least), random)
}

/// The eligible target with the least (in flight + 1) / weight; any of equals.
pub(crate) fn weighted_least_connections(
    candidates: &Candidates<'_>,
    random: &mut Stream,
) -> Option<u32> {
    let mut best = *candidates.eligible.first()?;
    let mut equals = 0;
    for &target in candidates.eligible {
        match compare(candidates, true, target, best) {
            Ordering::Less => (best, equals) = (target, 1),
            Ordering::Equal => equals += 1,
            Ordering::Greater => {}
        }
    }
    let is_best = |&&target: &&u32| compare(candidates, true, target, best).is_eq();
    one_of(equals, candidates.eligible.iter().filter(is_best), random)
}

fn one_of<'a>(
    count: usize,
    mut equals: impl Iterator<Item = &'a u32>,
    random: &mut Stream,
) -> Option<u32> {
    let place = if count < 2 { 0 } else { random.below(count) };
    equals.nth(place).copied()
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

    fn choose(is_weighted: bool, candidates: &Candidates<'_>, random: &mut Stream) -> Option<u32> {
        if is_weighted {
            weighted_least_connections(candidates, random)
        } else {
            least_connections(candidates, random)
        }
    }

    #[track_caller]
    fn check(is_weighted: bool, weights: &[u32], loads: &[u32], shares: &[f64]) {
        let eligible: Vec<u32> = (0..loads.len() as u32).collect();
        let candidates = among(&eligible, weights, loads);
        let mut random = random();
        let counts = tally(loads.len(), 6_000, |_| {
            choose(is_weighted, &candidates, &mut random)
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
        for is_weighted in [false, true] {
            assert_eq!(
                choose(is_weighted, &among(&[], &[], &[]), &mut random()),
                None
            );
        }
    }
}
