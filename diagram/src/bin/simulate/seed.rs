//! The seeds of replications.

/// The seed of replication `number`, derived from the seed of the first one, which has number 0 and
/// keeps it. Neighbouring seeds give unrelated ones (SplitMix64: Steele, Lea and Flood, 2014), so
/// replications from seed 7 and from seed 8 have no run in common.
pub(crate) fn of_replication(seed: u64, number: usize) -> u64 {
    if number == 0 {
        return seed;
    }
    let mixed = mix(mix(seed).wrapping_add(number as u64));
    // Seeds in a file are signed.
    mixed & i64::MAX as u64
}

fn mix(seed: u64) -> u64 {
    let mut z = seed.wrapping_add(0x9E37_79B9_7F4A_7C15);
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_replication_has_a_seed_of_its_own() {
        let mut seeds: Vec<u64> = (0..10)
            .flat_map(|seed| (0..100).map(move |number| of_replication(seed, number)))
            .collect();
        assert_eq!(seeds[0], 0);
        assert!(seeds.iter().all(|&seed| seed <= i64::MAX as u64));
        seeds.sort_unstable();
        seeds.dedup();
        assert_eq!(seeds.len(), 1_000);
    }
}
