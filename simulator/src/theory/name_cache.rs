//! Look-ups that everybody shares: how often a name is asked for, and what that costs each.

use super::are_positive;

/// The steady state of clients who share the cache of a name: who comes while nobody knows the
/// address asks for it, who comes meanwhile waits for that answer, too.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct NameCache {
    /// Look-ups per second.
    pub lookup_rate: f64,
    /// Mean seconds that the look-up adds to a request.
    pub mean_delay: f64,
    /// The share of requests that find the address in the cache.
    pub hit_share: f64,
}

/// For `rate` requests per second (Poisson), look-ups of `lookup` seconds and answers that are kept
/// for `ttl` seconds; `None` where nobody comes, or for times below zero. Without a time to live
/// everybody asks alone.
///
/// By renewal: a cycle is a look-up, a time to live, and the gap until somebody comes. In it come
/// 1 + λ(L+T), of whom one waits for L and the λL others of a look-up for L/2 on average (Ross,
/// "Stochastic Processes" (1996), chapter 3).
#[must_use]
pub fn name_cache(rate: f64, lookup: f64, ttl: f64) -> Option<NameCache> {
    let is_time = |time: f64| time.is_finite() && time >= 0.0;
    if !are_positive(&[rate]) || !is_time(lookup) || !is_time(ttl) {
        return None;
    }
    if ttl == 0.0 {
        return Some(NameCache {
            lookup_rate: rate,
            mean_delay: lookup,
            hit_share: 0.0,
        });
    }
    let in_cycle = 1.0 + rate * (lookup + ttl);
    in_cycle.is_finite().then(|| NameCache {
        lookup_rate: rate / in_cycle,
        mean_delay: lookup * (1.0 + rate * lookup / 2.0) / in_cycle,
        hit_share: rate * ttl / in_cycle,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::theory::close;

    #[test]
    fn a_cycle_is_a_look_up_a_time_to_live_and_a_gap() {
        // 10/s, 0.1 s and 0.8 s: ten requests in a cycle of a second.
        let name = name_cache(10.0, 0.1, 0.8).expect("sound");
        close(name.lookup_rate, 1.0);
        close(name.mean_delay, 0.015);
        close(name.hit_share, 0.8);
    }

    #[test]
    fn without_a_time_to_live_everybody_asks() {
        let name = name_cache(10.0, 0.1, 0.0).expect("sound");
        close(name.lookup_rate, 10.0);
        close(name.mean_delay, 0.1);
        assert_eq!(name_cache(0.0, 0.1, 1.0), None);
        assert_eq!(name_cache(1.0, 0.1, f64::NAN), None);
    }
}
