//! The area under a power of x, which Pareto's and Zipf's laws are made of.

/// The integral of t^-`exponent` from 1 to x, where `ln_x` is the logarithm of x.
///
/// One expression for every exponent: where it is near 1, the textbook's
/// (x^(1-s) - 1) / (1 - s) would lose its digits.
pub(crate) fn area(exponent: f64, ln_x: f64) -> f64 {
    let power = (1.0 - exponent) * ln_x;
    let is_tiny = power.abs() < f64::EPSILON;
    ln_x * if is_tiny {
        1.0
    } else {
        libm::expm1(power) / power
    }
}

/// The x up to which the integral of t^-`exponent` from 1 is `area`; infinite where it is never.
pub(crate) fn reach(exponent: f64, area: f64) -> f64 {
    let part = f64::max((1.0 - exponent) * area, -1.0);
    let is_tiny = part.abs() < f64::EPSILON;
    libm::exp(
        area * if is_tiny {
            1.0
        } else {
            libm::log1p(part) / part
        },
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn areas_are_the_textbooks_and_reach_undoes_them() {
        for (exponent, x, expected) in [
            (0.0, 5.0, 4.0),
            (1.0, 5.0, libm::log(5.0)),
            (1.0 + 1e-13, 5.0, libm::log(5.0)),
            (2.0, 5.0, 0.8),
            (3.0, 0.5, -1.5),
            (-1.0, 3.0, 4.0),
        ] {
            let got = area(exponent, libm::log(x));
            assert!((got - expected).abs() < 1e-12, "{exponent}, {x}: {got}");
            let back = reach(exponent, got);
            assert!((back / x - 1.0).abs() < 1e-12, "{exponent}, {x}: {back}");
        }
        assert_eq!(reach(2.0, 1.0), f64::INFINITY);
    }
}
