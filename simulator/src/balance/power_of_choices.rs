//! The power of d choices: the least loaded of a few drawn at random.

use super::Candidates;
use super::draw::Drawn;
use super::least_connections::compare;
use crate::random::Stream;

/// The least loaded of `choices` (2 to 16) different targets, the first drawn of equals.
/// Mitzenmacher 2001, "The power of two choices in randomized load balancing".
///
/// With `is_weighted`, targets are drawn in proportion to their weights and compared by (in flight
/// + 1) / weight: drawn evenly, a target could never get more than d/n of the requests.
pub(crate) fn power_of_choices(
    candidates: &Candidates<'_>,
    choices: u8,
    is_weighted: bool,
    random: &mut Stream,
) -> Option<u32> {
    if choices == 2 && !is_weighted {
        return power_of_two(candidates, random);
    }
    let drawn = if is_weighted {
        Drawn::weighted(candidates, choices, random)
    } else {
        Drawn::any(candidates.eligible, choices, random)
    };
    let order = |&first: &u32, &second: &u32| compare(candidates, is_weighted, first, second);
    // The first of equals, as the documentation of `min_by` promises.
    drawn.targets().iter().copied().min_by(order)
}

/// The usual case without loops and with few branches: which of two is better cannot be predicted.
/// Draws and choices are those of the general rule.
fn power_of_two(candidates: &Candidates<'_>, random: &mut Stream) -> Option<u32> {
    let eligible = candidates.eligible;
    let count = eligible.len();
    if count < 2 {
        return eligible.first().copied();
    }
    let place = random.below(count);
    let other = random.below(count - 1);
    let first = eligible[place];
    let second = eligible[other + usize::from(other >= place)];
    let is_better = candidates.load(second) < candidates.load(first);
    Some(if is_better { second } else { first })
}

#[cfg(test)]
mod tests {
    use super::super::tally::{among, assert_shares, random, tally};
    use super::*;

    #[track_caller]
    fn check(choices: u8, loads: &[u32], shares: &[f64]) {
        let eligible: Vec<u32> = (0..loads.len() as u32).collect();
        let candidates = among(&eligible, &[], loads);
        let mut random = random();
        let counts = tally(loads.len(), 12_000, |_| {
            power_of_choices(&candidates, choices, false, &mut random)
        });
        assert_shares(&counts, shares);
    }

    #[test]
    fn the_share_of_the_kth_most_loaded_is_that_of_the_best_of_d() {
        // Of the pairs of three, the most loaded loses both of its own, the least loaded wins both.
        check(2, &[3, 2, 1], &[0.0, 1.0 / 3.0, 2.0 / 3.0]);
        // The best of d out of n is the k-th best with probability C(n - k, d - 1) / C(n, d).
        check(2, &[4, 3, 2, 1], &[0.0, 1.0 / 6.0, 2.0 / 6.0, 3.0 / 6.0]);
        check(3, &[4, 3, 2, 1], &[0.0, 0.0, 0.25, 0.75]);
        // With as many choices as targets it is least connections.
        check(4, &[4, 3, 2, 1], &[0.0, 0.0, 0.0, 1.0]);
        check(16, &[1, 1, 1, 5], &[1.0 / 3.0, 1.0 / 3.0, 1.0 / 3.0, 0.0]);
        check(2, &[0, 0, 0], &[1.0 / 3.0, 1.0 / 3.0, 1.0 / 3.0]);
        check(2, &[8], &[1.0]);
    }

    #[test]
    fn the_short_way_for_two_chooses_like_the_general_rule() {
        let (eligible, loads) = ([1, 2, 4, 5, 7], [9, 3, 1, 0, 3, 2, 0, 1]);
        let candidates = among(&eligible, &[], &loads);
        let (mut random, mut other_random) = (random(), random());
        for _ in 0..1_000 {
            let chosen = power_of_choices(&candidates, 2, false, &mut random);
            let drawn = Drawn::any(&eligible, 2, &mut other_random);
            let general = drawn.targets().iter().min_by_key(|&&t| loads[t as usize]);
            assert_eq!(chosen.as_ref(), general);
        }
    }

    #[test]
    fn weights_count_in_the_draw_and_in_the_comparison() {
        let mut random = random();
        // Equally loaded for their weights: only the draw decides, and the first drawn of equals is
        // drawn in proportion to the weights.
        let candidates = among(&[0, 1, 2], &[1, 1, 2], &[1, 1, 3]);
        let counts = tally(3, 12_000, |_| {
            power_of_choices(&candidates, 2, true, &mut random)
        });
        assert_shares(&counts, &[0.25, 0.25, 0.5]);
        let candidates = among(&[0, 1], &[1, 4], &[1, 3]);
        let counts = tally(2, 100, |_| {
            power_of_choices(&candidates, 2, true, &mut random)
        });
        assert_eq!(counts, [0, 100]);
    }

    #[test]
    fn nobody_is_chosen_when_nobody_is_eligible() {
        assert_eq!(
            power_of_choices(&among(&[], &[], &[]), 2, false, &mut random()),
            None
        );
    }
}
