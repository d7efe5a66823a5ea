//! The regularised incomplete gamma functions, from which chi-square comes.

/// P(a, x): the chance that a gamma-distributed number with shape `a` (above 0) and scale 1 is at most
/// `x` (0 and more). Zero for arguments outside of that.
///
/// By its series (DLMF 8.11.4) below the mean and the continued fraction of Q above (DLMF 8.9.2, by
/// Lentz).
#[must_use]
pub fn gamma_p(a: f64, x: f64) -> f64 {
    if !is_in_range(a, x) {
        return 0.0;
    }
    if x < a + 1.0 {
        series(a, x)
    } else {
        1.0 - fraction(a, x)
    }
}

/// Q(a, x) = 1 - P(a, x), with all its digits where it is small. One for arguments outside of the
/// range.
#[must_use]
pub fn gamma_q(a: f64, x: f64) -> f64 {
    if !is_in_range(a, x) {
        return 1.0;
    }
    if x < a + 1.0 {
        1.0 - series(a, x)
    } else {
        fraction(a, x)
    }
}

fn is_in_range(a: f64, x: f64) -> bool {
    a.is_finite() && a > 0.0 && x > 0.0
}

/// Enough for shapes up to many millions: both forms take about √a steps.
const MOST_STEPS: u32 = 100_000;

fn front(a: f64, x: f64) -> f64 {
    libm::exp(a * libm::log(x) - x - libm::lgamma(a))
}

fn series(a: f64, x: f64) -> f64 {
    let mut term = 1.0 / a;
    let mut sum = term;
    for n in 1..MOST_STEPS {
        term *= x / (a + f64::from(n));
        sum += term;
        if term < sum * f64::EPSILON {
            break;
        }
    }
    (front(a, x) * sum).clamp(0.0, 1.0)
}

fn fraction(a: f64, x: f64) -> f64 {
    if x == f64::INFINITY {
        return 0.0;
    }
    const TINY: f64 = 1e-300;
    let not_zero = |value: f64| if value.abs() < TINY { TINY } else { value };
    let mut b = x + 1.0 - a;
    let (mut c, mut d) = (1.0 / TINY, 1.0 / not_zero(b));
    let mut result = d;
    for n in 1..MOST_STEPS {
        let n = f64::from(n);
        let term = n * (a - n);
        b += 2.0;
        d = 1.0 / not_zero(b + term * d);
        c = not_zero(b + term / c);
        let factor = c * d;
        result *= factor;
        if (factor - 1.0).abs() <= f64::EPSILON {
            break;
        }
    }
    (front(a, x) * result).clamp(0.0, 1.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::statistics::close;

    #[test]
    fn it_agrees_with_closed_forms() {
        for x in [0.001, 0.5, 1.0, 3.0, 20.0, 300.0] {
            close(gamma_q(1.0, x), libm::exp(-x), 1e-12);
            close(gamma_p(0.5, x), libm::erf(libm::sqrt(x)), 1e-12);
            // Erlang of three phases.
            close(
                gamma_q(3.0, x),
                libm::exp(-x) * (1.0 + x + x * x / 2.0),
                1e-11,
            );
            close(gamma_p(7.3, x) + gamma_q(7.3, x), 1.0, 1e-12);
        }
        close(gamma_p(1e6, 1e6), 0.500_133, 1e-5);
    }

    #[test]
    fn it_is_total() {
        for (a, x) in [
            (0.0, 1.0),
            (1.0, 0.0),
            (1.0, -1.0),
            (f64::NAN, 1.0),
            (1.0, f64::NAN),
        ] {
            assert_eq!((gamma_p(a, x), gamma_q(a, x)), (0.0, 1.0));
        }
        assert_eq!(gamma_q(2.0, f64::INFINITY), 0.0);
    }
}
