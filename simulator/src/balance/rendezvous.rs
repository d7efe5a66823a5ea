//! Rendezvous hashing: every target bids for the key, the highest bid wins.

use super::Candidates;
use super::hash::hash;

/// The eligible target with the highest bid for `key` (Thaler and Ravishankar 1998, "Using
/// name-based mappings to increase hit rates"); bids are weighted as -weight / ln(u) for a hash u
/// between 0 and 1 (Schindelhauer and Schomaker 2005, "Weighted distributed hash tables").
///
/// As consistent as a ring and as even as a perfect one, without any memory, but it asks every
/// target: O(eligible) hashes and logarithms a choice. A target is known by its index.
pub(crate) fn rendezvous(candidates: &Candidates<'_>, key: u64) -> Option<u32> {
    let mut best: Option<(u32, f64)> = None;
    for &target in candidates.eligible {
        let bits = hash(key, u64::from(target) + 1);
        // Above 0 and below 1, so the logarithm is finite and not zero.
        let uniform = ((bits >> 12) as f64 + 0.5) / 4_503_599_627_370_496.0;
        let bid = f64::from(candidates.weight(target)) / -libm::log(uniform);
        if best.is_none_or(|(_, highest)| bid > highest) {
            best = Some((target, bid));
        }
    }
    best.map(|(target, _)| target)
}

#[cfg(test)]
mod tests {
    use super::super::tally::{among, assert_shares, tally};
    use super::*;

    #[test]
    fn shares_follow_the_weights() {
        let candidates = among(&[0, 1, 3], &[1, 2, 9, 5], &[]);
        let counts = tally(4, 40_000, |key| rendezvous(&candidates, u64::from(key)));
        assert_shares(&counts, &[0.125, 0.25, 0.0, 0.625]);
        assert_eq!(rendezvous(&among(&[], &[], &[]), 1), None);
    }

    #[test]
    fn keys_move_only_to_one_that_joins_and_only_from_one_that_leaves() {
        let before = among(&[0, 1, 2, 3], &[1, 1, 1, 1, 1], &[]);
        let after = among(&[0, 1, 2, 3, 4], before.weights, &[]);
        let mut moved = 0;
        for key in 0..20_000 {
            let (old, new) = (rendezvous(&before, key), rendezvous(&after, key));
            if old != new {
                assert_eq!(new, Some(4));
                moved += 1;
            }
        }
        assert_shares(&[moved, 20_000 - moved], &[0.2, 0.8]);
    }
}
