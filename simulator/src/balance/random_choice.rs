//! Random choice, with equal chances or in proportion to weights.

use super::Candidates;
use crate::random::Stream;

/// Any of `eligible`, each equally likely.
pub(crate) fn any(eligible: &[u32], random: &mut Stream) -> Option<u32> {
    if eligible.is_empty() {
        return None;
    }
    eligible.get(random.below(eligible.len())).copied()
}

/// Any eligible target, as likely as its weight is of the total.
pub(crate) fn weighted(candidates: &Candidates<'_>, random: &mut Stream) -> Option<u32> {
    let mut left = below(candidates.total_weight(), random);
    for &target in candidates.eligible {
        let weight = u64::from(candidates.weight(target));
        if left < weight {
            return Some(target);
        }
        left -= weight;
    }
    None
}

/// A whole number from 0 to `total` - 1; zero for zero. Totals above 2^32 lose their last ones:
/// thousands of targets with weights in the millions.
pub(super) fn below(total: u64, random: &mut Stream) -> u64 {
    random.below(total.min(u64::from(u32::MAX)) as usize) as u64
}

#[cfg(test)]
mod tests {
    use super::super::tally::{among, assert_shares, random, tally};
    use super::*;

    #[test]
    fn everybody_is_equally_likely_or_as_likely_as_its_weight() {
        let mut random = random();
        let counts = tally(4, 40_000, |_| any(&[0, 2, 3], &mut random));
        assert_shares(&counts, &[1.0 / 3.0, 0.0, 1.0 / 3.0, 1.0 / 3.0]);
        let candidates = among(&[0, 1, 3], &[1, 2, 9, 5], &[]);
        let counts = tally(4, 40_000, |_| weighted(&candidates, &mut random));
        assert_shares(&counts, &[0.125, 0.25, 0.0, 0.625]);
    }

    #[test]
    fn huge_weights_stay_in_proportion() {
        let mut random = random();
        let candidates = among(&[0, 1], &[1_000_000_000, 3_000_000_000], &[]);
        let counts = tally(2, 40_000, |_| weighted(&candidates, &mut random));
        assert_shares(&counts, &[0.25, 0.75]);
    }

    #[test]
    fn nobody_is_chosen_when_nobody_is_eligible() {
        assert_eq!(any(&[], &mut random()), None);
        assert_eq!(weighted(&among(&[], &[], &[]), &mut random()), None);
    }
}
