//! Hashing of keys and of points on a ring.

/// A 64-bit hash of `key`, one of many that `salt` chooses from: MurmurHash3's finaliser (Appleby),
/// a bijection for each salt.
///
/// It is not the bijection from which keys and random numbers come, so keys that were made by that
/// one are spread like any others.
pub(super) const fn hash(key: u64, salt: u64) -> u64 {
    // 2^64 over the golden ratio: small salts differ in all bits.
    let value = key ^ salt.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    let value = (value ^ (value >> 33)).wrapping_mul(0xff51_afd7_ed55_8ccd);
    let value = (value ^ (value >> 33)).wrapping_mul(0xc4ce_b9fe_1a85_ec53);
    value ^ (value >> 33)
}

#[cfg(test)]
mod tests {
    use super::super::tally::assert_shares;
    use super::*;

    #[test]
    fn neighbouring_keys_and_salts_are_spread_evenly() {
        for salt in [0, 1, 160] {
            for spread in [|h| h >> 60, |h| h & 15, |h: u64| (h >> 32) & 15] {
                let (mut by_key, mut by_salt) = ([0; 16], [0; 16]);
                for i in 0..16_000 {
                    by_key[spread(hash(i, salt)) as usize] += 1;
                    by_salt[spread(hash(salt, i)) as usize] += 1;
                }
                assert_shares(&by_key, &[1.0 / 16.0; 16]);
                assert_shares(&by_salt, &[1.0 / 16.0; 16]);
            }
        }
    }
}
