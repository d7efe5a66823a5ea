//! How fast simulated time passes on the screen.
//!
//! Real services answer in milliseconds, which nobody can watch, so the scale is logarithmic: a
//! slider step multiplies.

use crate::shortest::Shortest;
use std::fmt;

use crate::quantity::{Fault, parse_number, quote};
use crate::wording::grouped;

/// Simulated seconds per second on the wall, between "slowed 1000×" and "3600× faster".
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Speed(f64);

impl Speed {
    /// One second of simulated time takes a second.
    pub const REAL_TIME: Self = Self(1.0);
    /// A second on the wall shows a millisecond.
    pub const SLOWEST: Self = Self(0.001);
    /// A second on the wall shows an hour.
    pub const FASTEST: Self = Self(3600.0);

    /// The speed with `factor` simulated seconds per second, brought into the range.
    #[must_use]
    pub fn new(factor: f64) -> Self {
        if factor.is_nan() {
            return Self::REAL_TIME;
        }
        let factor = factor.clamp(Self::SLOWEST.0, Self::FASTEST.0);
        if factor < 1.0 {
            Self::slowed(1.0 / factor)
        } else {
            Self(tidy(factor))
        }
    }

    /// Simulated seconds per second on the wall.
    #[must_use]
    pub const fn factor(self) -> f64 {
        self.0
    }

    /// Reads "slowed 50x", "real time" or "10x faster"; `×` is as good as `x`.
    ///
    /// # Errors
    /// A [`Fault`] that shows the three forms.
    pub fn parse(text: &str) -> Result<Self, Fault> {
        let text = text.trim();
        if text == "real time" {
            return Ok(Self::REAL_TIME);
        }
        let wrong = || {
            Fault::with_help(
                format!("{} is not a speed", quote(text)),
                "write \"slowed 50x\", \"real time\" or \"10x faster\"",
            )
        };
        let number = |digits: &str| -> Result<f64, Fault> {
            let digits = digits.trim().trim_end_matches(['x', '×']);
            if digits.is_empty() || !digits.bytes().all(|b| b.is_ascii_digit() || b == b'.') {
                return Err(wrong());
            }
            parse_number(digits).ok_or_else(wrong)
        };
        let out_of_range = || {
            Fault::new(format!(
                "{} is out of range: \"slowed 1000x\" to \"3600x faster\"",
                quote(text)
            ))
        };
        if let Some(digits) = text.strip_prefix("slowed ") {
            let times = number(digits)?;
            if !(1.0..=1000.0).contains(&times) {
                return Err(out_of_range());
            }
            return Ok(Self::slowed(times));
        }
        if let Some(digits) = text.strip_suffix(" faster") {
            let times = number(digits)?;
            if !(1.0..=3600.0).contains(&times) {
                return Err(out_of_range());
            }
            return Ok(Self(tidy(times)));
        }
        Err(wrong())
    }

    /// The text for a file: "slowed 50x".
    #[must_use]
    pub fn to_ascii(self) -> String {
        self.words("x")
    }

    /// The speed at `place` of a slider from 0 to 100: a logarithmic scale over round numbers.
    #[must_use]
    pub fn from_slider(place: f64) -> Self {
        let last = (STEPS.len() - 1) as f64;
        let place = if place.is_nan() {
            0.0
        } else {
            place.clamp(0.0, 100.0)
        };
        let step = (place / 100.0 * last).round() as usize;
        Self(STEPS[step.min(STEPS.len() - 1)])
    }

    /// The place on a slider from 0 to 100 that is nearest to this speed.
    #[must_use]
    pub fn to_slider(self) -> f64 {
        let distance = |step: f64| {
            if step > self.0 {
                step / self.0
            } else {
                self.0 / step
            }
        };
        let nearest = (0..STEPS.len())
            .min_by(|&a, &b| distance(STEPS[a]).total_cmp(&distance(STEPS[b])))
            .unwrap_or(0);
        nearest as f64 * 100.0 / (STEPS.len() - 1) as f64
    }

    fn slowed(times: f64) -> Self {
        Self(1.0 / tidy(times))
    }

    fn words(self, times: &str) -> String {
        if self.0 < 1.0 {
            format!("slowed {}{times}", Shortest(tidy(1.0 / self.0)))
        } else if self.0 > 1.0 {
            format!("{}{times} faster", Shortest(tidy(self.0)))
        } else {
            "real time".to_owned()
        }
    }
}

impl fmt::Display for Speed {
    /// For people: "slowed 200×", "real time", "10× faster".
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0 < 1.0 {
            write!(f, "slowed {}×", grouped(1.0 / self.0))
        } else if self.0 > 1.0 {
            write!(f, "{}× faster", grouped(self.0))
        } else {
            f.write_str("real time")
        }
    }
}

/// Six decimals: enough for any slider, and the inverse of "slowed 3x" is 3 again.
fn tidy(number: f64) -> f64 {
    (number * 1e6).round() / 1e6
}

/// The places of the slider: 1, 2 and 5 of every power of ten, then round minutes to an hour.
const STEPS: [f64; 20] = [
    1.0 / 1000.0,
    1.0 / 500.0,
    1.0 / 200.0,
    1.0 / 100.0,
    1.0 / 50.0,
    1.0 / 20.0,
    1.0 / 10.0,
    1.0 / 5.0,
    1.0 / 2.0,
    1.0,
    2.0,
    5.0,
    10.0,
    20.0,
    60.0,
    120.0,
    300.0,
    600.0,
    1800.0,
    3600.0,
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_step_of_the_slider_is_read_back() {
        for step in 0..STEPS.len() {
            let place = step as f64 * 100.0 / (STEPS.len() - 1) as f64;
            let speed = Speed::from_slider(place);
            assert_eq!(Speed::parse(&speed.to_ascii()), Ok(speed));
            assert!((speed.to_slider() - place).abs() < 1e-9);
        }
    }

    #[test]
    fn the_words_say_the_direction() {
        for (text, shown) in [
            ("slowed 200x", "slowed 200×"),
            ("slowed 50×", "slowed 50×"),
            ("real time", "real time"),
            ("10x faster", "10× faster"),
        ] {
            assert_eq!(Speed::parse(text).expect("valid").to_string(), shown);
        }
        assert!(Speed::parse("slowed 0x").is_err());
        assert!(Speed::parse("slowed").is_err());
        assert!(Speed::parse("fast").is_err());
        assert_eq!(Speed::new(f64::NAN), Speed::REAL_TIME);
    }
}
