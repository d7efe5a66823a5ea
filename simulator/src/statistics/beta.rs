//! The regularised incomplete beta function, from which Student's law comes.

/// I_x(a, b), for x from 0 to 1 and a, b above 0: the chance that a beta-distributed number is at
/// most x.
///
/// By the continued fraction of DLMF 8.17.22 in the form of Lentz, on the side of the mean where it
/// converges fast.
pub(super) fn beta_share(x: f64, a: f64, b: f64) -> f64 {
    if x <= 0.0 {
        return 0.0;
    }
    if x >= 1.0 {
        return 1.0;
    }
    if x > (a + 1.0) / (a + b + 2.0) {
        return 1.0 - beta_share(1.0 - x, b, a);
    }
    let log_beta = libm::lgamma(a) + libm::lgamma(b) - libm::lgamma(a + b);
    let front = libm::exp(a * libm::log(x) + b * libm::log1p(-x) - log_beta) / a;
    front * fraction(x, a, b)
}

/// Smaller than any value that occurs, in place of a zero that would be divided by.
const TINY: f64 = 1e-300;

fn fraction(x: f64, a: f64, b: f64) -> f64 {
    let not_zero = |value: f64| if value.abs() < TINY { TINY } else { value };
    let (mut c, mut d) = (1.0, 1.0 / not_zero(1.0 - (a + b) * x / (a + 1.0)));
    let mut result = d;
    for step in 1..2_000_u32 {
        let m = f64::from(step);
        let even = m * (b - m) * x / ((a + 2.0 * m - 1.0) * (a + 2.0 * m));
        let odd = -(a + m) * (a + b + m) * x / ((a + 2.0 * m) * (a + 2.0 * m + 1.0));
        let before = result;
        for term in [even, odd] {
            d = 1.0 / not_zero(1.0 + term * d);
            c = not_zero(1.0 + term / c);
            result *= c * d;
        }
        if (result - before).abs() <= f64::EPSILON * result.abs() {
            break;
        }
    }
    result
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::statistics::close;

    #[test]
    fn it_agrees_with_closed_forms() {
        for x in [0.01, 0.2, 0.5, 0.77, 0.99] {
            close(beta_share(x, 1.0, 1.0), x, 1e-14);
            close(beta_share(x, 3.0, 1.0), x * x * x, 1e-13);
            close(beta_share(x, 1.0, 2.0), x * (2.0 - x), 1e-13);
            // The arcsine law.
            let arcsine = 2.0 / std::f64::consts::PI * libm::asin(libm::sqrt(x));
            close(beta_share(x, 0.5, 0.5), arcsine, 1e-12);
        }
        assert_eq!(beta_share(0.0, 2.0, 3.0), 0.0);
        assert_eq!(beta_share(1.0, 2.0, 3.0), 1.0);
        close(beta_share(0.5, 5_000.0, 5_000.0), 0.5, 1e-10);
    }
}
