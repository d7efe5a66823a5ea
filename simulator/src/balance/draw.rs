//! A few different ones out of many, in random order.

use super::Candidates;
use super::random_choice::below;
use crate::random::Stream;

/// The most that are drawn at a time.
pub(crate) const MAX_CHOICES: u8 = 16;

/// A few different targets in the order in which they were drawn. Each order is as likely as any
/// other where weights do not count, so the first of equals is a fair choice.
#[derive(Clone, Copy, Debug)]
pub(super) struct Drawn {
    targets: [u32; MAX_CHOICES as usize],
    count: usize,
}

impl Drawn {
    pub(super) fn targets(&self) -> &[u32] {
        &self.targets[..self.count]
    }

    /// `choices` different ones of `eligible`, each set equally likely; all of them where there are
    /// fewer. Takes O(choices²) steps, however many are eligible.
    pub(super) fn any(eligible: &[u32], choices: u8, random: &mut Stream) -> Self {
        let count = eligible.len().min(choices.min(MAX_CHOICES) as usize);
        // Places drawn so far, in ascending order.
        let mut taken = [0_usize; MAX_CHOICES as usize];
        let mut targets = [0; MAX_CHOICES as usize];
        for (drawn, target) in targets.iter_mut().take(count).enumerate() {
            // One of the places that are left, numbered without the gaps; then step over the gaps.
            let mut place = random.below(eligible.len() - drawn);
            let mut rank = 0;
            while rank < drawn && taken[rank] <= place {
                place += 1;
                rank += 1;
            }
            // A loop of a step or two: a call to move memory would take longer than all the rest.
            for later in (rank..drawn).rev() {
                taken[later + 1] = taken[later];
            }
            taken[rank] = place;
            *target = eligible[place];
        }
        Self { targets, count }
    }

    /// `choices` different eligible ones, each draw in proportion to the weights that are left; all
    /// of them where there are fewer. Takes O(choices · eligible) steps.
    pub(super) fn weighted(candidates: &Candidates<'_>, choices: u8, random: &mut Stream) -> Self {
        let count = candidates
            .eligible
            .len()
            .min(choices.min(MAX_CHOICES) as usize);
        let mut targets = [0; MAX_CHOICES as usize];
        let mut total = candidates.total_weight();
        for drawn in 0..count {
            let mut left = below(total, random);
            for target in candidates.eligible {
                if targets[..drawn].contains(target) {
                    continue;
                }
                let weight = u64::from(candidates.weight(*target));
                targets[drawn] = *target;
                if left < weight {
                    total -= weight;
                    break;
                }
                left -= weight;
            }
        }
        Self { targets, count }
    }
}

#[cfg(test)]
mod tests {
    use super::super::tally::{among, assert_shares, random};
    use super::*;

    #[test]
    fn targets_differ_and_every_ordered_set_is_equally_likely() {
        let mut random = random();
        let mut counts = [0; 60];
        for _ in 0..60_000 {
            let drawn = Drawn::any(&[10, 11, 12, 13, 14], 3, &mut random);
            let &[a, b, c] = drawn.targets() else {
                panic!("three were asked for");
            };
            assert!(a != b && b != c && a != c);
            // The number of an ordered choice of three out of five: 5 · 4 · 3 = 60.
            let (a, b, c) = (a - 10, b - 10, c - 10);
            let rank_b = b - u32::from(b > a);
            let rank_c = c - u32::from(c > a) - u32::from(c > b);
            counts[(a * 12 + rank_b * 3 + rank_c) as usize] += 1;
        }
        assert_shares(&counts, &[1.0 / 60.0; 60]);
    }

    #[test]
    fn fewer_targets_than_choices_are_all_drawn() {
        let mut random = random();
        for eligible in [&[][..], &[7], &[3, 5, 9]] {
            for drawn in [
                Drawn::any(eligible, 16, &mut random),
                Drawn::weighted(&among(eligible, &[1; 10], &[]), 16, &mut random),
            ] {
                let mut targets = drawn.targets().to_vec();
                targets.sort_unstable();
                assert_eq!(targets, eligible);
            }
        }
        let many: Vec<u32> = (0..100).collect();
        assert_eq!(Drawn::any(&many, 200, &mut random).targets().len(), 16);
    }

    #[test]
    fn weighted_draws_follow_the_weights_that_are_left() {
        let mut random = random();
        let mut counts = [0; 6];
        for _ in 0..60_000 {
            let drawn = Drawn::weighted(&among(&[0, 1, 2], &[1, 2, 3], &[]), 2, &mut random);
            let (a, b) = (drawn.targets()[0], drawn.targets()[1]);
            assert_ne!(a, b);
            counts[(a * 2 + b - u32::from(b > a)) as usize] += 1;
        }
        // First 1/6, 2/6, 3/6; then among the other two.
        let shares = [
            (1.0, 2.0, 5.0),
            (1.0, 3.0, 5.0),
            (2.0, 1.0, 4.0),
            (2.0, 3.0, 4.0),
            (3.0, 1.0, 3.0),
            (3.0, 2.0, 3.0),
        ];
        assert_shares(&counts, &shares.map(|(a, b, left)| a / 6.0 * b / left));
    }
}
