//! Numbers with a unit that are not durations: rates, shares, counts.

use super::{Fault, quote};
use crate::shortest::Shortest;
use crate::wording::{grouped, thousands};

/// A number split from the unit behind it. The number is made of digits and at most one point.
pub(super) struct Number<'t> {
    pub(super) digits: &'t str,
    pub(super) unit: &'t str,
}

impl<'t> Number<'t> {
    /// Splits "12.5 ms" into "12.5" and "ms".
    pub(super) fn split(text: &'t str) -> Result<Self, Fault> {
        if let Some(positive) = text.strip_prefix('-') {
            let is_number = positive.starts_with(|c: char| c.is_ascii_digit());
            return Err(Fault {
                message: "a value cannot be negative".to_owned(),
                help: is_number.then(|| format!("write {}", quote(positive))),
            });
        }
        let end = text
            .find(|c: char| !c.is_ascii_digit() && c != '.')
            .unwrap_or(text.len());
        let (digits, unit) = text.split_at(end);
        let unit = unit.trim_start();
        if unit.starts_with([',', '_', '\'']) {
            return Err(Fault::with_help(
                format!("{} has a separator between its digits", quote(text)),
                format!("write {}", quote(&without_separators(text))),
            ));
        }
        let is_number = digits.bytes().any(|b| b.is_ascii_digit())
            && digits.bytes().filter(|&b| b == b'.').count() <= 1
            && !digits.starts_with('.')
            && !digits.ends_with('.')
            // The shortest text of the smallest f64 has 326 digits.
            && digits.len() <= 400;
        if !is_number {
            return Err(Fault::new(format!(
                "{} does not begin with a number",
                quote(text)
            )));
        }
        Ok(Self { digits, unit })
    }

    fn value(&self) -> f64 {
        // Digits with at most one point: always a number, and never negative.
        parse_number(self.digits).unwrap_or(f64::MAX)
    }
}

/// A number as it would be written here. What stands before three digits parts thousands; a comma
/// before any other number of digits is the point of those who write "8,5".
#[must_use]
pub fn without_separators(text: &str) -> String {
    let is_point = text.split_once(',').is_some_and(|(before, after)| {
        let n_digits = after.bytes().take_while(u8::is_ascii_digit).count();
        let is_only = !before.contains('.') && !after.contains(['.', ',']);
        is_only && n_digits > 0 && n_digits != 3
    });
    text.chars()
        .filter_map(|c| match c {
            ',' if is_point => Some('.'),
            ',' | '_' | '\'' => None,
            c => Some(c),
        })
        .collect()
}

pub(super) fn parse_rate(text: &str, max: f64) -> Result<f64, Fault> {
    let number = Number::split(text).map_err(|fault| Fault {
        help: fault.help.or(Some("write \"150/s\"".into())),
        ..fault
    })?;
    let per_second = match number.unit {
        "/s" | "/ s" | "per second" => number.value(),
        "/min" => number.value() / 60.0,
        "/h" => number.value() / 3600.0,
        _ if number.value() > max => return Err(rate_out_of_range(text, max)),
        "" => {
            return Err(Fault::with_help(
                "a rate needs its unit",
                format!("write \"{}/s\"", number.digits),
            ));
        }
        unit => {
            return Err(Fault::with_help(
                format!("{} is not a unit of a rate", quote(unit)),
                format!("write \"{}/s\"; /min and /h are units too", number.digits),
            ));
        }
    };
    if per_second > max {
        return Err(rate_out_of_range(text, max));
    }
    Ok(per_second)
}

fn rate_out_of_range(text: &str, max: f64) -> Fault {
    Fault::new(format!(
        "{} is out of range: 0/s to {}/s",
        quote(text),
        grouped(max)
    ))
}

pub(super) fn parse_share(text: &str) -> Result<f64, Fault> {
    let number = Number::split(text).map_err(|fault| Fault {
        help: fault
            .help
            .map(|help| match text.contains('%') {
                true => help,
                false => format!("{}%\"", help.trim_end_matches('"')),
            })
            .or(Some("write \"90%\"".into())),
        ..fault
    })?;
    let value = number.value();
    if number.unit != "%" && value <= 100.0 {
        let percent = if number.digits.contains('.') && value <= 1.0 {
            shift_right(number.digits)
        } else {
            number.digits.to_owned()
        };
        return Err(Fault::with_help(
            "a share needs the sign %",
            format!("write \"{percent}%\""),
        ));
    }
    let share = parse_number(&shift_left(number.digits)).unwrap_or(f64::MAX);
    if share > 1.0 {
        return Err(Fault::new(format!(
            "{} is out of range: 0% to 100%",
            quote(text)
        )));
    }
    Ok(share)
}

/// Writes a rate so that the very same one is read back: per minute or per hour where that is a whole
/// number and per second it is one without end.
#[must_use]
pub fn format_rate(rate: f64) -> String {
    let per_second = format!("{}/s", Shortest(rate));
    if per_second.len() <= LONGEST_SHORT_RATE {
        return per_second;
    }
    [(60.0, "min"), (3600.0, "h")]
        .into_iter()
        .map(|(seconds, unit)| (seconds, unit, (rate * seconds).round()))
        .find(|(seconds, _, number)| number / seconds == rate)
        .map_or(per_second, |(_, unit, number)| {
            format!("{}/{unit}", Shortest(number))
        })
}

/// The longest text of a rate that people read at a glance: "0.125/s", "123456/s".
const LONGEST_SHORT_RATE: usize = 10;

pub(super) fn format_share(share: f64) -> String {
    format!("{}%", shift_right(&Shortest(share).to_string()))
}

/// A number without a unit, from `min` to `max`.
pub(super) fn parse_within(text: &str, min: f64, max: f64) -> Result<f64, Fault> {
    // Numbers stand without the quotes that other values are offered in.
    let number = Number::split(text).map_err(|fault| Fault {
        help: fault.help.map(|help| help.replace('"', "")),
        ..fault
    })?;
    if !number.unit.is_empty() {
        return Err(Fault {
            message: format!("{} is not a number", quote(text)),
            help: Some(format!("write {} without a unit", number.digits)),
        });
    }
    let value = number.value();
    if (min..=max).contains(&value) {
        return Ok(value);
    }
    Err(Fault::new(format!(
        "{} is out of range: {} to {}",
        number.digits,
        Shortest(min),
        Shortest(max)
    )))
}

pub(super) fn parse_count(text: &str, min: u64, max: u64) -> Result<u64, Fault> {
    // Counts stand without the quotes that other values are offered in.
    let number = Number::split(text).map_err(|fault| Fault {
        help: fault.help.map(|help| help.replace('"', "")),
        ..fault
    })?;
    if !number.unit.is_empty() {
        // "1e5" has no unit, and is not 1.
        let is_exponent = number.unit.starts_with(['e', 'E']);
        return Err(Fault {
            message: format!("{} is not a whole number", quote(text)),
            help: (!is_exponent).then(|| format!("write {} without a unit", number.digits)),
        });
    }
    if number.digits.contains('.') {
        return Err(Fault::new(format!("{} is not a whole number", quote(text))));
    }
    match number.digits.parse::<u64>() {
        Ok(count) if (min..=max).contains(&count) => Ok(count),
        _ => Err(Fault::new(format!(
            "{} is out of range: {} to {}",
            number.digits,
            thousands(min),
            thousands(max)
        ))),
    }
}

/// The number nearest to digits with at most one point; `None` where the text is none or has more
/// than 38 digits before the point.
///
/// Half the code and none of the tables of the standard library, which weigh as much as the picture
/// of a system. The part behind the point is doubled, digit by digit: what is carried out of it are
/// its binary digits.
pub(crate) fn parse_number(text: &str) -> Option<f64> {
    /// The binary digits of the fraction of the smallest number.
    const FINEST: i32 = 1074;
    let (whole, fraction) = text.split_once('.').unwrap_or((text, "0"));
    let is_digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    if !is_digits(whole) || !is_digits(fraction) {
        return None;
    }
    let whole: u128 = whole.parse().ok()?;
    if whole >= 1 << 54 {
        // The fraction cannot matter any more, and neither can it where a program writes a number.
        return Some(whole as f64);
    }
    let mut digits: Vec<u8> = fraction.bytes().map(|b| b - b'0').collect();
    let mut mantissa = whole as u64;
    let mut places = 0;
    // One binary digit more than a number holds, for rounding.
    while mantissa < 1 << 53 && places <= FINEST && digits.iter().any(|&digit| digit > 0) {
        let mut carry = 0;
        for digit in digits.iter_mut().rev() {
            let doubled = *digit * 2 + carry;
            (*digit, carry) = (doubled % 10, doubled / 10);
        }
        mantissa = mantissa * 2 + u64::from(carry);
        places += 1;
    }
    let is_rounded = mantissa >= 1 << 53 || places > FINEST;
    if is_rounded {
        // Half goes to the even neighbour, more than half goes up.
        let is_more = digits.iter().any(|&digit| digit > 0);
        let goes_up = mantissa % 2 == 1 && (is_more || mantissa / 2 % 2 == 1);
        mantissa = mantissa / 2 + u64::from(goes_up);
        places -= 1;
    }
    Some(libm::scalbn(mantissa as f64, -places))
}

/// Divides a decimal text by 100 by moving the point, so that nothing is rounded twice.
fn shift_left(digits: &str) -> String {
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let padded = format!("{whole:0>3}");
    let (high, low) = padded.split_at(padded.len() - 2);
    format!("{high}.{low}{fraction}")
}

/// Multiplies a decimal text by 100 by moving the point.
fn shift_right(digits: &str) -> String {
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let padded = format!("{fraction:0<2}");
    let (near, far) = padded.split_at(2);
    let moved = format!("{whole}{near}");
    let moved = moved.trim_start_matches('0');
    let moved = if moved.is_empty() { "0" } else { moved };
    let far = far.trim_end_matches('0');
    if far.is_empty() {
        moved.to_owned()
    } else {
        format!("{moved}.{far}")
    }
}
