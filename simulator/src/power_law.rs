//! The area under a power of x, which Pareto's law is made of.

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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn areas_are_the_textbooks() {
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
        }
    }
}
