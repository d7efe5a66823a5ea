//! Numbers with a fixed number of digits behind the point, by whole numbers: little code, and what
//! pictures are made of.

use std::fmt;

/// A number that is shown with at most so many digits behind the point, and no zeros at the end.
#[derive(Clone, Copy)]
pub struct Fixed {
    scaled: i64,
    places: u32,
}

/// `value` with at most `places` digits behind the point.
pub(crate) fn fixed(value: f64, places: u32) -> Fixed {
    let unit = 10_u32.pow(places);
    Fixed {
        // Halves go away from zero. What is not a number is zero, what is too large the largest.
        scaled: (value * f64::from(unit)).round() as i64,
        places,
    }
}

/// A length in a picture: tenths are enough.
#[must_use]
pub fn px(value: f64) -> Fixed {
    fixed(value, 1)
}

impl fmt::Display for Fixed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.scaled < 0 {
            f.write_str("-")?;
        }
        let (unit, size) = (10_u64.pow(self.places), self.scaled.unsigned_abs());
        write!(f, "{}", size / unit)?;
        let (mut rest, mut places) = (size % unit, self.places as usize);
        if rest == 0 {
            return Ok(());
        }
        while rest.is_multiple_of(10) {
            (rest, places) = (rest / 10, places - 1);
        }
        write!(f, ".{rest:0places$}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn zeros_at_the_end_are_not_written() {
        for (value, places, text) in [
            (12.0, 1, "12"),
            (0.04, 1, "0"),
            (-0.04, 1, "0"),
            (-0.06, 1, "-0.1"),
            (1.05, 2, "1.05"),
            (9.999, 2, "10"),
            (0.30, 2, "0.3"),
            (1234.56, 0, "1235"),
            (f64::NAN, 1, "0"),
        ] {
            assert_eq!(fixed(value, places).to_string(), text);
        }
    }
}
