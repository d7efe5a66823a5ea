//! Hash modulo: the target is the hash of the key, modulo the number of targets.

use super::hash::hash;

/// The same one of `eligible` for the same key, while the same ones are eligible. When n become
/// n + 1, all keys but 1 in n + 1 move.
pub(crate) fn hash_modulo(eligible: &[u32], key: u64) -> Option<u32> {
    let place = modulo(key, eligible.len() as u32)?;
    eligible.get(place as usize).copied()
}

/// The hash of `key`, modulo `count`; `None` for none.
pub(super) const fn modulo(key: u64, count: u32) -> Option<u32> {
    if count == 0 {
        return None;
    }
    Some((hash(key, 0) % count as u64) as u32)
}

#[cfg(test)]
mod tests {
    use super::super::tally::{assert_shares, tally};
    use super::*;

    #[test]
    fn keys_are_spread_evenly_and_stay_where_they_are() {
        let counts = tally(6, 30_000, |key| hash_modulo(&[1, 3, 5], u64::from(key)));
        let third = 1.0 / 3.0;
        assert_shares(&counts, &[0.0, third, 0.0, third, 0.0, third]);
        assert_eq!(hash_modulo(&[1, 3, 5], 77), hash_modulo(&[1, 3, 5], 77));
        assert_eq!(hash_modulo(&[], 77), None);
    }
}
