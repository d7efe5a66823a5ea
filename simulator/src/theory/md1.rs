//! M/D/1: the distribution of the wait when every service takes the same time.

use super::are_positive;

/// Numbers of arrivals in a service that are considered: with a mean below 1, more than sixty have a
/// chance below 1e-80.
const MOST_ARRIVALS: usize = 60;
/// How many services a wait may last for this to be computed.
const MOST_SERVICES: f64 = 1e6;

/// The share of requests that wait for `t` seconds at most when all services take `service_time`.
/// `None` where there is no steady state, and for waits of more than a million services.
///
/// Erlang's own sum alternates and loses all digits for long waits. This is the form of Franx, "A
/// simple solution for the M/D/c waiting time distribution", Operations Research Letters 29 (2001),
/// which adds positive terms only, as does the recursion for the number in the system (Ramaswami
/// 1988, "A stable recursion for the steady state vector in Markov chains of M/G/1 type").
#[must_use]
pub fn md1_wait_share(arrival_rate: f64, service_time: f64, t: f64) -> Option<f64> {
    let rho = arrival_rate * service_time;
    let services = t / service_time;
    let is_stable = are_positive(&[arrival_rate, service_time]) && rho < 1.0;
    if !is_stable || services.is_nan() || services > MOST_SERVICES {
        return None;
    }
    if services < 0.0 {
        return Some(0.0);
    }
    // (k-1)·d ≤ t < k·d
    let k = services as usize + 1;
    let up_to = shares_up_to(rho, k);
    // Poisson weights of what arrives in the rest of the k-th service.
    let mean = rho * (k as f64 - services);
    let mut weight = libm::exp(-mean);
    let mut share = 0.0;
    for j in 0..k.min(MOST_ARRIVALS) {
        share += weight * up_to[k - j];
        weight *= mean / (j + 1) as f64;
    }
    Some(share.clamp(0.0, 1.0))
}

/// The chances of at most 0, 1, ... `most` in an M/D/1 system.
fn shares_up_to(rho: f64, most: usize) -> Vec<f64> {
    // at_least[m]: the chance of m arrivals or more during a service, summed from the small end.
    let mut exactly = vec![libm::exp(-rho)];
    for m in 1..=MOST_ARRIVALS {
        exactly.push(exactly[m - 1] * rho / m as f64);
    }
    let mut at_least = exactly.clone();
    for m in (0..MOST_ARRIVALS).rev() {
        at_least[m] += at_least[m + 1];
    }
    // Whoever leaves n-1 behind comes from n with no arrival; whoever leaves n or more behind comes
    // from fewer. The two are equally frequent.
    let mut shares = vec![1.0 - rho];
    for n in 1..=most {
        let from_empty = at_least.get(n).map_or(0.0, |chance| shares[0] * chance);
        let nearest = n.saturating_sub(MOST_ARRIVALS - 1).max(1);
        let from_others: f64 = (nearest..n).map(|i| shares[i] * at_least[n - i + 1]).sum();
        shares.push((from_empty + from_others) / exactly[0]);
    }
    let mut sum = 0.0;
    for share in &mut shares {
        sum += *share;
        *share = sum;
    }
    shares
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::theory::close;

    #[test]
    fn waits_match_the_published_table() {
        for (t, want) in [
            (0.0, 0.2),
            (1.0, 0.445_108),
            (2.0, 0.634_520),
            (5.0, 0.899_503),
            (8.0, 0.972_406),
        ] {
            close(md1_wait_share(0.8, 1.0, t).expect("stable"), want);
            close(md1_wait_share(80.0, 0.01, t / 100.0).expect("stable"), want);
        }
    }

    #[test]
    fn long_waits_keep_their_digits() {
        // The mean is the area over the distribution: 2 for ρ = 0.8 (Pollaczek and Khinchine).
        let steps = 20_000;
        let step = 100.0 / f64::from(steps);
        let area: f64 = (0..steps)
            .map(|i| (f64::from(i) + 0.5) * step)
            .map(|t| 1.0 - md1_wait_share(0.8, 1.0, t).expect("stable"))
            .sum();
        assert!((area * step - 2.0).abs() < 1e-4, "{area}");
        let late = md1_wait_share(0.99, 1.0, 2_000.0).expect("stable");
        assert!((1.0 - late).abs() < 1e-12);
    }

    #[test]
    fn it_is_total() {
        assert_eq!(md1_wait_share(0.8, 1.0, -1.0), Some(0.0));
        for (rate, t) in [(1.0, 1.0), (0.0, 1.0), (0.5, f64::NAN), (0.5, 1e9)] {
            assert_eq!(md1_wait_share(rate, 1.0, t), None);
        }
    }
}
