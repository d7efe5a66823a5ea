//! Consistent hashing with bounded loads.

use super::{Candidates, Ring};

/// The first eligible member of `ring` at or after the place of `key` that has room: less in flight
/// than ceil(`factor` · average), where the average counts this request, too, and is in proportion
/// to weights. Mirrokni, Thorup and Zadimoghaddam 2018, "Consistent hashing with bounded loads".
///
/// `factor` is more than 1, so the room of all together is more than what is in flight and somebody
/// has room. When the loads are out of date or somebody who counts is missing on the ring, that may
/// fail; the owner of the key has to take it then.
pub(crate) fn bounded_load(
    ring: &Ring,
    factor: f64,
    candidates: &Candidates<'_>,
    key: u64,
) -> Option<u32> {
    let owner = ring.choose(candidates, key)?;
    let loads = candidates
        .eligible
        .iter()
        .map(|&t| u64::from(candidates.load(t)));
    let in_flight = loads.sum::<u64>() + 1;
    // Both are whole numbers below 2^53 for anything that can be simulated.
    let per_weight = factor * in_flight as f64 / candidates.total_weight() as f64;
    let has_room = |&target: &u32| {
        let room = (per_weight * f64::from(candidates.weight(target))).ceil();
        candidates.is_eligible(target) && f64::from(candidates.load(target)) < room
    };
    ring.walk(key).find(has_room).or(Some(owner))
}

#[cfg(test)]
mod tests {
    use super::super::hash::hash;
    use super::super::tally::among;
    use super::*;

    const EVERYBODY: [u32; 10] = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9];

    /// Places requests that stay, with a hot key, and returns the loads.
    #[track_caller]
    fn fill(factor: f64, weights: &[u32; 10], requests: u64) -> [u32; 10] {
        let ring = Ring::even(10);
        let mut loads = [0; 10];
        let total: u32 = weights.iter().sum();
        for number in 1..=requests {
            // Every third request is for the same key.
            let key = if number % 3 == 0 { 7 } else { hash(number, 5) };
            let chosen = bounded_load(&ring, factor, &among(&EVERYBODY, weights, &loads), key);
            loads[chosen.unwrap() as usize] += 1;
            for (load, weight) in loads.iter().zip(weights) {
                let bound = factor * number as f64 * f64::from(*weight) / f64::from(total);
                assert!(
                    f64::from(*load) <= bound.ceil() + 1e-9,
                    "{loads:?} after {number}"
                );
            }
        }
        loads
    }

    #[test]
    fn nobody_ever_has_more_than_the_factor_times_the_average() {
        for factor in [1.05, 1.25, 2.0] {
            let loads = fill(factor, &[1; 10], 2_000);
            // The hot key alone would be a third of all; its owner is exactly full.
            let most = loads.iter().max().copied();
            assert_eq!(
                most,
                Some((factor * 200.0).ceil() as u32),
                "{factor}: {loads:?}"
            );
        }
        fill(1.25, &[1, 2, 3, 4, 5, 5, 4, 3, 2, 1], 2_000);
    }

    #[test]
    fn without_pressure_it_is_the_plain_ring() {
        let (ring, loads) = (Ring::even(10), [5; 10]);
        for key in 0..1_000 {
            let candidates = among(&EVERYBODY, &[], &loads);
            assert_eq!(bounded_load(&ring, 1.25, &candidates, key), ring.owner(key));
        }
    }

    #[test]
    fn one_who_is_full_passes_keys_to_the_next_on_the_ring() {
        let ring = Ring::even(10);
        let owner = ring.owner(42).unwrap();
        let next = ring.walk(42).find(|&target| target != owner);
        let mut loads = [5; 10];
        loads[owner as usize] = 7;
        // ceil(1.25 · 53 / 10) = 7.
        assert_eq!(
            bounded_load(&ring, 1.25, &among(&EVERYBODY, &[], &loads), 42),
            next
        );
        loads[owner as usize] = 6;
        assert_eq!(
            bounded_load(&ring, 1.25, &among(&EVERYBODY, &[], &loads), 42),
            Some(owner)
        );
    }

    #[test]
    fn somebody_is_chosen_as_long_as_somebody_is_eligible() {
        // Target 1 has all the room and is not on the ring.
        let ring = Ring::even(1);
        assert_eq!(
            bounded_load(&ring, 1.1, &among(&[0, 1], &[], &[90, 0]), 4),
            Some(0)
        );
        assert_eq!(bounded_load(&ring, 1.1, &among(&[], &[], &[]), 4), None);
    }
}
