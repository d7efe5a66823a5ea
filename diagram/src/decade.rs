//! Powers of ten without logarithms: exact where those are off by one, and less to download.

/// 10 to the power of `exponent`; to the nearest number for -22 to 22.
#[must_use]
pub fn power_of_ten(exponent: i32) -> f64 {
    let size = (0..exponent.unsigned_abs().min(308)).fold(1.0, |power, _| power * 10.0);
    if exponent < 0 { 1.0 / size } else { size }
}

/// The exponent of the greatest power of ten that is not above `number`; 0 for what is not a
/// positive number.
#[must_use]
pub fn magnitude(number: f64) -> i32 {
    if !number.is_finite() || number <= 0.0 {
        return 0;
    }
    let mut exponent = 0;
    while exponent < 308 && power_of_ten(exponent + 1) <= number {
        exponent += 1;
    }
    while exponent > -308 && power_of_ten(exponent) > number {
        exponent -= 1;
    }
    exponent
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn powers_are_the_nearest_numbers() {
        for (exponent, power) in [(0, 1.0), (3, 1e3), (22, 1e22), (-9, 1e-9), (-1, 0.1)] {
            assert_eq!(power_of_ten(exponent), power);
        }
    }

    #[test]
    fn a_power_of_ten_has_its_own_magnitude_and_a_little_less_has_the_one_below() {
        for exponent in -20..=20 {
            let power = power_of_ten(exponent);
            assert_eq!(magnitude(power), exponent);
            assert_eq!(magnitude(power * 0.999_999), exponent - 1);
            assert_eq!(magnitude(power * 9.999_999), exponent);
        }
        for odd in [0.0, -1.0, f64::NAN, f64::INFINITY] {
            assert_eq!(magnitude(odd), 0);
        }
        assert_eq!(magnitude(f64::MAX), 308);
        assert_eq!(magnitude(f64::MIN_POSITIVE), -308);
    }
}
