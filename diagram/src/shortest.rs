//! The shortest decimal text that means a number.
//!
//! The twin of the parser in `quantity/decimal.rs`, and as small: the standard library's own writer weighs as
//! much as all charts.

use std::fmt;

use crate::quantity::parse_number;

/// A number from 0 to 2^63 that is shown with as many digits as it takes to read the very same one back.
#[derive(Clone, Copy, Debug)]
pub struct Shortest(pub f64);

/// So many digits mean any number of 53 binary digits.
const ENOUGH: usize = 17;
const MANTISSA_BITS: u32 = 52;

impl fmt::Display for Shortest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let value = self.0;
        let whole = value as u64;
        if whole as f64 == value {
            return write!(f, "{whole}");
        }
        let (digits, point) = expansion(value);
        let leading = digits.iter().take_while(|&&digit| digit == 0).count();
        let text = (1..=ENOUGH)
            .map(|count| rounded(&digits, point, leading + count))
            .find(|text| parse_number(text) == Some(value));
        f.write_str(&text.unwrap_or_default())
    }
}

/// All decimal digits of a number that is not whole, and how many of them stand before the point.
fn expansion(value: f64) -> (Vec<u8>, usize) {
    let bits = value.to_bits();
    let exponent = (bits >> MANTISSA_BITS) as i32 & 0x7ff;
    let fraction = bits & ((1 << MANTISSA_BITS) - 1);
    // The smallest numbers have no leading one.
    let mantissa = fraction | u64::from(exponent > 0) << MANTISSA_BITS;
    let halvings = 1_075 - exponent.max(1);
    let mut digits: Vec<u8> = mantissa.to_string().bytes().map(|it| it - b'0').collect();
    let point = digits.len();
    for _ in 0..halvings {
        let mut carry = 0;
        for digit in &mut digits {
            let present = carry * 10 + *digit;
            (*digit, carry) = (present / 2, present % 2);
        }
        if carry > 0 {
            digits.push(5);
        }
    }
    (digits, point)
}

/// The number rounded to its first `count` digits, but never within those before the point.
fn rounded(digits: &[u8], point: usize, count: usize) -> String {
    let count = count.clamp(point + 1, digits.len());
    let (kept, rest) = digits.split_at(count);
    let mut kept = kept.to_vec();
    let mut goes_up = rest.first().is_some_and(|&next| next >= 5);
    for digit in kept.iter_mut().rev() {
        if !goes_up {
            break;
        }
        goes_up = *digit == 9;
        *digit = if goes_up { 0 } else { *digit + 1 };
    }
    let text: String = kept.iter().map(|&digit| char::from(b'0' + digit)).collect();
    let (whole, fraction) = text.split_at(point);
    let whole = whole.trim_start_matches('0');
    let whole = if whole.is_empty() { "0" } else { whole };
    // A nine that went up leaves zeros behind it.
    format!("{whole}.{}", fraction.trim_end_matches('0'))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn numbers_are_written_as_people_write_them() {
        for (value, text) in [
            (0.0, "0"),
            (150.0, "150"),
            (0.1, "0.1"),
            (0.3, "0.3"),
            (0.1 + 0.2, "0.30000000000000004"),
            (2.5, "2.5"),
            (123_456.789, "123456.789"),
            (1.0 / 3.0, "0.3333333333333333"),
            (0.000_001, "0.000001"),
            (99.999_999, "99.999999"),
            (9_007_199_254_740_993.0, "9007199254740992"),
        ] {
            assert_eq!(Shortest(value).to_string(), text);
        }
    }

    #[test]
    fn the_smallest_numbers_are_read_back_too() {
        for value in [f64::MIN_POSITIVE, f64::MIN_POSITIVE / 3.0, 5e-324] {
            assert_eq!(parse_number(&Shortest(value).to_string()), Some(value));
        }
    }

    proptest! {
        #[test]
        fn the_very_same_number_is_read_back_and_no_text_is_shorter(value in 1e-9_f64..1e7) {
            let text = Shortest(value).to_string();
            prop_assert_eq!(parse_number(&text), Some(value));
            prop_assert_eq!(text.len(), value.to_string().len());
        }
    }
}
