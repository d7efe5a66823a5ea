//! Power of d choices: each request joins the shortest of d queues drawn at random.

use super::is_share;

/// The share of servers with at least `i` requests, when there are infinitely many servers, each
/// busy for a share `rho` of the time: s_i = ρ^((dⁱ-1)/(d-1)). `None` for no choice or a utilisation
/// outside 0 to below 1.
///
/// Mitzenmacher 2001, "The power of two choices in randomized load balancing", IEEE TPDS 12 (10);
/// Vvedenskaya, Dobrushin, Karpelevich 1996. For n servers the truth is more by an order of 1/n.
#[must_use]
pub fn power_of_d_share(rho: f64, choices: u32, i: u32) -> Option<f64> {
    (is_share(rho) && rho < 1.0 && choices > 0).then(|| libm::pow(rho, exponent(choices, i)))
}

/// The mean response time in mean services, for exponential services, Poisson arrivals and
/// infinitely many servers: Σ ρ^((dⁱ-d)/(d-1)). One choice is M/M/1.
#[must_use]
pub fn power_of_d(rho: f64, choices: u32) -> Option<f64> {
    if !is_share(rho) || rho >= 1.0 || choices == 0 {
        return None;
    }
    if choices == 1 {
        return Some(1.0 / (1.0 - rho));
    }
    let mut sum = 0.0;
    for i in 1.. {
        // s_i/ρ: whoever comes finds i-1 in the shortest of the queues at least.
        let term = libm::pow(rho, exponent(choices, i) - 1.0);
        sum += term;
        if term < f64::EPSILON {
            break;
        }
    }
    Some(sum)
}

/// (dⁱ-1)/(d-1) = 1 + d + ... + dⁱ⁻¹.
fn exponent(choices: u32, i: u32) -> f64 {
    let d = f64::from(choices);
    if choices == 1 {
        return f64::from(i);
    }
    (libm::pow(d, f64::from(i)) - 1.0) / (d - 1.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::theory::close;

    #[test]
    fn means_match_the_published_table() {
        for (rho, want) in [
            (0.5, 1.265_686),
            (0.7, 1.614_454),
            (0.8, 1.947_363),
            (0.9, 2.614_057),
            (0.95, 3.383_046),
            (0.99, 5.431_997),
        ] {
            close(power_of_d(rho, 2).expect("stable"), want);
        }
        close(power_of_d(0.5, 3).expect("stable"), 1.125_244);
        close(power_of_d(0.9, 3).expect("stable"), 2.027_856);
        close(power_of_d(0.9, 1).expect("stable"), 10.0);
        close(power_of_d(0.0, 2).expect("stable"), 1.0);
    }

    #[test]
    fn long_queues_are_far_rarer_with_a_choice() {
        close(power_of_d_share(0.9, 1, 3).expect("stable"), 0.729);
        close(power_of_d_share(0.9, 2, 3).expect("stable"), 0.478_297);
        for (rho, choices) in [(1.0, 2), (0.5, 0), (f64::NAN, 2), (-0.1, 2)] {
            assert_eq!(power_of_d(rho, choices), None);
            assert_eq!(power_of_d_share(rho, choices, 1), None);
        }
    }
}
