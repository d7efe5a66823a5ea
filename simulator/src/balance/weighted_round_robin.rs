//! Smooth weighted round robin, as in nginx since 1.3.1.

use super::Candidates;

/// Remembers how far each target is behind its share.
///
/// After k choices the credit of a target is k times its weight, less the total weight for each time
/// it was chosen. The one with the most credit is next, so the choices of a heavy target are spread
/// over the cycle and do not come in a row. Multiplying all weights by a number changes nothing.
///
/// nginx also lowers a weight for a while after a failure; here failures are the business of
/// [`super::PassiveHealth`] alone.
#[derive(Clone, Debug, Default)]
pub(crate) struct WeightedRoundRobin {
    /// By target; grows when one joins.
    credits: Vec<i64>,
}

impl WeightedRoundRobin {
    /// The eligible target with the most credit, the first of equals. The credit of a target that is
    /// not eligible stays as it is.
    pub(crate) fn choose(&mut self, candidates: &Candidates<'_>) -> Option<u32> {
        let highest = candidates.eligible.last().copied()? as usize;
        if highest >= self.credits.len() {
            self.credits.resize(highest + 1, 0);
        }
        let mut total = 0;
        let mut best: Option<(u32, i64)> = None;
        for &target in candidates.eligible {
            let weight = i64::from(candidates.weight(target));
            let credit = &mut self.credits[target as usize];
            *credit += weight;
            total += weight;
            if best.is_none_or(|(_, most)| *credit > most) {
                best = Some((target, *credit));
            }
        }
        let (chosen, _) = best?;
        self.credits[chosen as usize] -= total;
        Some(chosen)
    }

    /// A target that left comes back, or another one takes its index, with a clean slate.
    pub(crate) fn forget(&mut self, target: u32) {
        if let Some(credit) = self.credits.get_mut(target as usize) {
            *credit = 0;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::tally::among;
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_sequence_is_that_of_nginx() {
        // The example of the commit that brought the algorithm to nginx: a a b a c a a.
        let mut state = WeightedRoundRobin::default();
        let candidates = among(&[0, 1, 2], &[5, 1, 1], &[]);
        let picks: Vec<u32> = (0..14).filter_map(|_| state.choose(&candidates)).collect();
        assert_eq!(picks, [0, 0, 1, 0, 2, 0, 0, 0, 0, 1, 0, 2, 0, 0]);
        let scaled = among(&[0, 1, 2], &[1_280, 256, 256], &[]);
        let again: Vec<u32> = (0..14).filter_map(|_| state.choose(&scaled)).collect();
        assert_eq!(again, picks);
    }

    proptest! {
        #[test]
        fn shares_are_exact_over_a_cycle_and_nobody_runs_ahead(
            weights in prop::collection::vec(1_u32..40, 1..12)
        ) {
            let eligible: Vec<u32> = (0..weights.len() as u32).collect();
            let candidates = among(&eligible, &weights, &[]);
            let total: u32 = weights.iter().sum();
            let mut state = WeightedRoundRobin::default();
            let mut counts = vec![0_u32; weights.len()];
            for k in 1..=total {
                let chosen = state.choose(&candidates).expect("somebody is eligible");
                counts[chosen as usize] += 1;
                // Smoothness: after k choices nobody has one more than k times its share.
                let ahead = counts.iter().zip(&weights).any(|(&n, &w)| n * total >= k * w + total);
                prop_assert!(!ahead, "{counts:?} after {k} of {weights:?}");
            }
            prop_assert_eq!(&counts, &weights);
            // So the next cycle is the same again.
            prop_assert!(state.credits.iter().all(|&credit| credit == 0));
        }
    }

    #[test]
    fn of_two_targets_neither_is_ever_a_whole_turn_off_its_share() {
        let (weights, mut counts) = ([7, 4], [0_u32; 2]);
        let mut state = WeightedRoundRobin::default();
        for k in 1..=110_u32 {
            counts[state.choose(&among(&[0, 1], &weights, &[])).unwrap() as usize] += 1;
            for (n, w) in counts.iter().zip(weights) {
                assert!((n * 11).abs_diff(k * w) < 11, "{counts:?} after {k}");
            }
        }
    }

    #[test]
    fn a_target_that_is_away_gets_nothing_and_has_no_arrears_to_catch_up_on() {
        let mut state = WeightedRoundRobin::default();
        let weights = [1, 1, 1];
        for _ in 0..30 {
            assert_ne!(state.choose(&among(&[0, 2], &weights, &[])), Some(1));
        }
        let mut counts = [0_u32; 3];
        for _ in 0..30 {
            counts[state.choose(&among(&[0, 1, 2], &weights, &[])).unwrap() as usize] += 1;
        }
        assert_eq!(counts, [10, 10, 10]);
        // Somebody else at the index of one that had been chosen begins like everybody.
        let mut state = WeightedRoundRobin::default();
        assert_eq!(state.choose(&among(&[0, 1], &[9, 9], &[])), Some(0));
        state.forget(0);
        assert_eq!(state.credits, [0, 9]);
        state.forget(7);
    }

    #[test]
    fn nobody_is_chosen_when_nobody_is_eligible() {
        assert_eq!(
            WeightedRoundRobin::default().choose(&among(&[], &[1], &[])),
            None
        );
    }
}
