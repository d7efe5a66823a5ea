//! Numbers with a unit that are not durations: rates, shares, counts.

use super::{Fault, quote};
use crate::wording::{grouped, thousands};

/// A number split from the unit behind it. The number is made of digits and at most one point.
pub(super) struct Number<'t> {
    pub(super) digits: &'t str,
    pub(super) unit: &'t str,
}

impl<'t> Number<'t> {
    /// Splits "12.5 ms" into "12.5" and "ms".
    pub(super) fn split(text: &'t str) -> Result<Self, Fault> {
        if text.starts_with('-') {
            return Err(Fault::new("a value cannot be negative"));
        }
        let end = text
            .find(|c: char| !c.is_ascii_digit() && c != '.')
            .unwrap_or(text.len());
        let (digits, unit) = text.split_at(end);
        let unit = unit.trim_start();
        if unit.starts_with([',', '_', '\'']) {
            let plain: String = text
                .chars()
                .filter(|c| !matches!(c, ',' | '_' | '\''))
                .collect();
            return Err(Fault::with_help(
                format!("{} has a separator between its digits", quote(text)),
                format!("write {}", quote(&plain)),
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
        self.digits.parse().unwrap_or(f64::MAX)
    }
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
        return Err(Fault::new(format!(
            "{} is out of range: 0/s to {}/s",
            quote(text),
            grouped(max)
        )));
    }
    Ok(per_second)
}

pub(super) fn parse_share(text: &str) -> Result<f64, Fault> {
    let number = Number::split(text).map_err(|fault| Fault {
        help: fault.help.or(Some("write \"90%\"".into())),
        ..fault
    })?;
    if number.unit != "%" {
        let value = number.value();
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
    let share = shift_left(number.digits).parse().unwrap_or(f64::MAX);
    if share > 1.0 {
        return Err(Fault::new(format!(
            "{} is out of range: 0% to 100%",
            quote(text)
        )));
    }
    Ok(share)
}

pub(super) fn format_share(share: f64) -> String {
    format!("{}%", shift_right(&share.to_string()))
}

pub(super) fn parse_count(text: &str, min: u64, max: u64) -> Result<u64, Fault> {
    let number = Number::split(text)?;
    if !number.unit.is_empty() {
        return Err(Fault::with_help(
            format!("{} is not a whole number", quote(text)),
            format!("write {} without a unit", number.digits),
        ));
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
