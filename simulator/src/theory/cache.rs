//! Caches: what share of requests they answer, and what that is worth.

use super::{are_positive, crossing, is_share};

/// How a full cache makes room.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Eviction {
    /// What has not been asked for the longest time goes.
    Lru,
    /// What came first goes, or any: both have the same share of hits.
    FifoOrRandom,
}

/// The popularity of `items` things by Zipf's law: the i-th is asked for with a chance proportional
/// to 1/iˢ. Empty for no items, and for exponents beyond what numbers can hold.
#[must_use]
pub fn zipf(items: u32, exponent: f64) -> Vec<f64> {
    let weight = |i| libm::pow(f64::from(i), -exponent);
    let all: f64 = (1..=items).rev().map(weight).sum();
    if !all.is_normal() {
        return Vec::new();
    }
    (1..=items).map(|i| weight(i) / all).collect()
}

/// Share of hits of a cache with room for `capacity` things of equal size, asked for independently
/// with the chances `popularity`, by Che's approximation: every thing stays for about the same time
/// T without being asked for, where Σ(1-e^-pT) = capacity. `None` where the popularities are no
/// chances or the capacity is below zero.
///
/// Che, Tung, Wang 2002, IEEE JSAC 20 (7); for FIFO and random Martina, Garetto, Leonardi 2014 and
/// Fricker, Robert, Roberts 2012, who also show why it is so good: simulated LRU caches of ten
/// thousand things agree to 0.0003.
#[must_use]
pub fn cache_hit_share(popularity: &[f64], capacity: f64, eviction: Eviction) -> Option<f64> {
    let all: f64 = popularity.iter().sum();
    let is_sound = popularity.iter().all(|&chance| is_share(chance))
        && (all - 1.0).abs() < 1e-6
        && capacity >= 0.0;
    if !is_sound {
        return None;
    }
    let things = popularity.iter().filter(|&&chance| chance > 0.0).count() as f64;
    if capacity >= things {
        return Some(1.0);
    }
    let present = |chance: f64, time: f64| match eviction {
        Eviction::Lru => -libm::expm1(-chance * time),
        Eviction::FifoOrRandom => chance * time / (1.0 + chance * time),
    };
    let filled = |time: f64| popularity.iter().map(|&p| present(p, time)).sum::<f64>();
    let mut high = 1.0;
    while filled(high) < capacity && high < 1e300 {
        high *= 2.0;
    }
    let time = crossing(0.0, high, |time| capacity - filled(time));
    Some(popularity.iter().map(|&p| p * present(p, time)).sum())
}

/// Share of hits for a thing that is asked for `rate` times per second (Poisson) and kept for `ttl`
/// seconds: λT/(1+λT) where the time runs from when it was fetched, 1-e^-λT where every hit renews
/// it. Zero for what is never asked for or never kept. Jung, Berger, Balakrishnan 2003, INFOCOM.
#[must_use]
pub fn ttl_hit_share(rate: f64, ttl: f64, is_renewed: bool) -> f64 {
    let asked = rate.max(0.0) * ttl.max(0.0);
    if !asked.is_finite() {
        return if asked.is_nan() { 0.0 } else { 1.0 };
    }
    if is_renewed {
        -libm::expm1(-asked)
    } else {
        asked / (1.0 + asked)
    }
}

/// Requests per second that can be taken when a cache with unlimited throughput answers a share
/// `hit_share` (0 to 1) of them and what is behind it takes `behind` per second: µ/(1-h). `None`
/// where all are hits, and for no rate or no share.
#[must_use]
pub fn capacity_behind_cache(behind: f64, hit_share: f64) -> Option<f64> {
    let is_sound = are_positive(&[behind]) && is_share(hit_share) && hit_share < 1.0;
    is_sound.then(|| behind / (1.0 - hit_share))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::theory::close;

    #[test]
    fn hits_of_lru_match_the_published_table() {
        let capacities = [100.0, 1_000.0, 3_000.0];
        for (exponent, hits) in [
            (0.6, [0.043_187, 0.243_206, 0.492_729]),
            (0.8, [0.156_625, 0.436_660, 0.658_900]),
            (1.0, [0.390_525, 0.675_602, 0.824_796]),
            (1.2, [0.656_341, 0.861_435, 0.933_985]),
        ] {
            let popularity = zipf(10_000, exponent);
            for (capacity, want) in capacities.into_iter().zip(hits) {
                let share = |way| cache_hit_share(&popularity, capacity, way).expect("sound");
                close(share(Eviction::Lru), want);
                assert!(share(Eviction::FifoOrRandom) < want);
            }
        }
    }

    #[test]
    fn the_ends_are_exact() {
        let even = zipf(100, 0.0);
        for way in [Eviction::Lru, Eviction::FifoOrRandom] {
            close(cache_hit_share(&even, 25.0, way).expect("sound"), 0.25);
            close(cache_hit_share(&even, 0.0, way).expect("sound"), 0.0);
            close(cache_hit_share(&even, 100.0, way).expect("sound"), 1.0);
        }
        assert_eq!(cache_hit_share(&[0.5], 1.0, Eviction::Lru), None);
        assert_eq!(cache_hit_share(&even, f64::NAN, Eviction::Lru), None);
    }

    #[test]
    fn kept_things_hit_and_hits_are_capacity() {
        close(ttl_hit_share(2.0, 2.0, false), 0.8);
        close(ttl_hit_share(2.0, 2.0, true), 0.981_684);
        close(ttl_hit_share(f64::INFINITY, 2.0, false), 1.0);
        close(ttl_hit_share(f64::INFINITY, 0.0, true), 0.0);
        close(capacity_behind_cache(500.0, 0.9).expect("misses"), 5_000.0);
        assert_eq!(capacity_behind_cache(500.0, 1.0), None);
    }
}
