//! A number with a unit, as an author writes it in a claim.

use std::fmt;

/// What a number counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// How many.
    Count,
    /// A part of a whole; base unit 1 = 100 %.
    Share,
    /// A length of time; base unit one second.
    Time,
    /// How many in a second.
    Rate,
}

impl Kind {
    /// With its article, for sentences: "a time".
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Count => "a count",
            Self::Share => "a percentage",
            Self::Time => "a time",
            Self::Rate => "a rate",
        }
    }
}

struct Unit {
    written: &'static [&'static str],
    shown: &'static str,
    kind: Kind,
    factor: f64,
}

const UNITS: [Unit; 9] = [
    unit(&[""], "", Kind::Count, 1.0),
    unit(&["%"], "%", Kind::Share, 0.01),
    unit(&["/s"], "/s", Kind::Rate, 1.0),
    unit(&["ns"], "\u{a0}ns", Kind::Time, 1e-9),
    unit(&["us", "µs", "μs"], "\u{a0}µs", Kind::Time, 1e-6),
    unit(&["ms"], "\u{a0}ms", Kind::Time, 1e-3),
    unit(&["s"], "\u{a0}s", Kind::Time, 1.0),
    unit(&["min"], "\u{a0}min", Kind::Time, 60.0),
    unit(&["h"], "\u{a0}h", Kind::Time, 3600.0),
];

const fn unit(
    written: &'static [&'static str],
    shown: &'static str,
    kind: Kind,
    factor: f64,
) -> Unit {
    Unit {
        written,
        shown,
        kind,
        factor,
    }
}

/// A number with a unit. Displays as written, with a space that does not break before the unit.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Amount {
    number: f64,
    decimals: u8,
    unit: u8,
}

impl Amount {
    /// Reads "79ms", "79 ms", "4,500", "90%" or "150/s".
    ///
    /// # Errors
    /// A sentence that says what is wrong.
    pub fn parse(text: &str) -> Result<Self, String> {
        let text = text.trim();
        if text.starts_with('-') {
            return Err(format!("`{text}` is negative"));
        }
        let end = text
            .find(|c: char| !(c.is_ascii_digit() || c == '.' || c == ','))
            .unwrap_or(text.len());
        let (digits, unit) = (text[..end].replace(',', ""), text[end..].trim());
        let number = digits
            .parse::<f64>()
            .ok()
            .filter(|number| number.is_finite())
            .ok_or_else(|| format!("`{text}` is not a number"))?;
        let decimals = digits.split_once('.').map_or(0, |(_, after)| after.len());
        let place = UNITS
            .iter()
            .position(|known| known.written.contains(&unit))
            .ok_or_else(|| format!("`{unit}` is not a unit"))?;
        Ok(Self {
            number,
            decimals: u8::try_from(decimals)
                .map_err(|_| format!("`{text}` has too many decimals"))?,
            unit: u8::try_from(place).expect("there are fewer than 256 units"),
        })
    }

    /// The number in the base unit of its kind: seconds, requests a second, 1 for 100 %.
    #[must_use]
    pub fn value(self) -> f64 {
        self.number * self.unit().factor
    }

    /// What the number counts.
    #[must_use]
    pub fn kind(self) -> Kind {
        self.unit().kind
    }

    fn unit(self) -> &'static Unit {
        &UNITS[usize::from(self.unit)]
    }
}

impl fmt::Display for Amount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let digits = format!("{:.*}", usize::from(self.decimals), self.number);
        write!(f, "{}{}", with_thousands(&digits), self.unit().shown)
    }
}

/// "4500" becomes "4,500".
fn with_thousands(digits: &str) -> String {
    let (whole, rest) = digits.split_at(digits.find('.').unwrap_or(digits.len()));
    let mut out = String::new();
    for (i, c) in whole.chars().enumerate() {
        if i > 0 && (whole.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(c);
    }
    out + rest
}

/// A number without needless decimals, at most three of them.
pub(super) fn plain_number(number: f64) -> String {
    let text = format!("{number:.3}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

#[cfg(test)]
mod tests {
    use super::{Amount, Kind};

    #[test]
    fn amounts_keep_the_precision_that_was_written() {
        for (text, shown, kind, value) in [
            ("79ms", "79\u{a0}ms", Kind::Time, 0.079),
            (" 1.50 s ", "1.50\u{a0}s", Kind::Time, 1.5),
            ("4,500", "4,500", Kind::Count, 4500.0),
            ("1234567", "1,234,567", Kind::Count, 1_234_567.0),
            ("90 %", "90%", Kind::Share, 0.9),
            ("166.7/s", "166.7/s", Kind::Rate, 166.7),
            ("250us", "250\u{a0}µs", Kind::Time, 0.00025),
        ] {
            let amount = Amount::parse(text).expect(text);
            assert_eq!(amount.to_string(), shown);
            assert_eq!(amount.kind(), kind);
            assert!((amount.value() - value).abs() < 1e-9 * value, "{text}");
        }
    }

    #[test]
    fn what_is_no_number_is_refused() {
        for text in ["", "ms", "-", "-5%", "1.2.3ms", "5 apples", "±"] {
            assert!(Amount::parse(text).is_err(), "{text:?}");
        }
    }
}
