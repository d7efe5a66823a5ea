//! Hit ratios of caches under independent requests: Che's approximation.
//!
//! A key that is asked for at a rate p stays in a cache for a *characteristic time* T, the same for all
//! keys, which is such that the expected number of keys in the cache is its capacity. For LRU the key is
//! there if it was asked for within T, 1 - exp(-pT); for FIFO and for random replacement it is there for a
//! share pT/(1 + pT) of the time. Sources: Che, Tung, Wang 2002, "Hierarchical web caching systems";
//! Fricker, Robert, Roberts 2012, "A versatile and accurate approximation for LRU cache performance";
//! Martina, Garetto, Leonardi 2014, "A unified approach to the performance analysis of caching systems",
//! sections III and IV.

/// The share of requests that an LRU cache of `capacity` keys answers.
///
/// Keys are numbered from 1 to `keys`; `popularity` gives their weights, which need not add up to 1.
/// Weights that are not positive and finite count as none. Every key that is asked for is hit where the
/// cache has room for all of those; without room or keys nothing is.
/// Time and memory grow with `keys`.
#[must_use]
pub fn lru_hit_ratio(popularity: impl Fn(u64) -> f64, keys: u64, capacity: u64) -> f64 {
    // exp_m1 keeps the digits of keys that are hardly ever asked for.
    hit_ratio(&shares(popularity, keys), capacity, |expected| {
        -libm::expm1(-expected)
    })
}

/// The share of requests that a FIFO cache of `capacity` keys answers, and one that evicts at random.
///
/// The arguments are those of [`lru_hit_ratio`].
#[must_use]
pub fn fifo_hit_ratio(popularity: impl Fn(u64) -> f64, keys: u64, capacity: u64) -> f64 {
    hit_ratio(&shares(popularity, keys), capacity, |expected| {
        expected / (1.0 + expected)
    })
}

/// Each key's share of the requests; keys that are never asked for are left out.
fn shares(popularity: impl Fn(u64) -> f64, keys: u64) -> Vec<f64> {
    let mut weights: Vec<f64> = (1..=keys)
        .map(popularity)
        .filter(|&weight| weight > 0.0 && weight.is_finite())
        .collect();
    let sum: f64 = weights.iter().sum();
    for weight in &mut weights {
        *weight /= sum;
    }
    weights
}

/// `presence` is the chance that a key is in the cache, of the number of requests for it that are
/// expected in the characteristic time.
fn hit_ratio(shares: &[f64], capacity: u64, presence: impl Fn(f64) -> f64) -> f64 {
    if shares.is_empty() || capacity == 0 {
        return 0.0;
    }
    if capacity >= shares.len() as u64 {
        return 1.0;
    }
    let time = characteristic_time(shares, capacity as f64, &presence);
    shares
        .iter()
        .map(|share| share * presence(share * time))
        .sum()
}

/// The time, in requests, after which `capacity` keys are expected in the cache; by bisection, for the
/// number of keys grows with it.
fn characteristic_time(shares: &[f64], capacity: f64, presence: &impl Fn(f64) -> f64) -> f64 {
    let present = |time: f64| -> f64 { shares.iter().map(|share| presence(share * time)).sum() };
    // As many requests bring fewer new keys, so this is too short a time.
    let (mut low, mut high) = (capacity, 2.0 * capacity);
    while present(high) < capacity && high < f64::MAX / 2.0 {
        (low, high) = (high, 2.0 * high);
    }
    while high - low > 1e-12 * high {
        let middle = f64::midpoint(low, high);
        if present(middle) < capacity {
            low = middle;
        } else {
            high = middle;
        }
    }
    high
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEYS: u64 = 10_000;

    fn zipf(exponent: f64) -> impl Fn(u64) -> f64 {
        move |rank| libm::pow(rank as f64, -exponent)
    }

    #[test]
    fn lru_matches_the_published_table() {
        // Zipf over 10,000 keys; rows exponent, columns capacity 100, 1,000, 3,000.
        for (exponent, wants) in [
            (0.6, [0.043_187, 0.243_206, 0.492_729]),
            (0.8, [0.156_625, 0.436_660, 0.658_900]),
            (1.0, [0.390_525, 0.675_602, 0.824_796]),
            (1.2, [0.656_341, 0.861_435, 0.933_985]),
        ] {
            for (capacity, want) in [100, 1_000, 3_000].into_iter().zip(wants) {
                let got = lru_hit_ratio(zipf(exponent), KEYS, capacity);
                assert!(
                    (got - want).abs() < 1e-6,
                    "{exponent}, {capacity}: {got} against {want}"
                );
            }
        }
    }

    #[test]
    fn equally_popular_keys_are_hit_as_often_as_they_fit() {
        for capacity in [1, 10, 500, 999] {
            let want = capacity as f64 / 1_000.0;
            for got in [
                lru_hit_ratio(|_| 7.0, 1_000, capacity),
                fifo_hit_ratio(|_| 7.0, 1_000, capacity),
            ] {
                assert!((got - want).abs() < 1e-9, "{got} against {want}");
            }
        }
    }

    #[test]
    fn recency_is_worth_something_where_popularity_differs() {
        for capacity in [10, 100, 1_000, 5_000] {
            let lru = lru_hit_ratio(zipf(0.8), KEYS, capacity);
            let fifo = fifo_hit_ratio(zipf(0.8), KEYS, capacity);
            assert!(lru > fifo, "{capacity}: {lru}, {fifo}");
        }
    }

    #[test]
    fn extreme_caches_hit_always_or_never() {
        for hit_ratio in [lru_hit_ratio, fifo_hit_ratio] {
            assert_eq!(hit_ratio(zipf(1.0), KEYS, KEYS), 1.0);
            assert_eq!(hit_ratio(zipf(1.0), KEYS, 0), 0.0);
            assert_eq!(hit_ratio(zipf(1.0), 0, 5), 0.0);
        }
        // Only two keys are ever asked for.
        assert_eq!(
            lru_hit_ratio(|rank| if rank < 3 { 1.0 } else { 0.0 }, 9, 2),
            1.0
        );
        assert_eq!(lru_hit_ratio(|_| f64::NAN, 9, 2), 0.0);
        // One key, and others that will not be asked for in any time that can be written down.
        for hit_ratio in [lru_hit_ratio, fifo_hit_ratio] {
            let ratio = hit_ratio(|rank| if rank == 1 { 1.0 } else { 1e-310 }, 9, 5);
            assert!((ratio - 1.0).abs() < 1e-12, "{ratio}");
        }
    }
}
