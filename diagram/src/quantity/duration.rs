//! Durations as text: `"8ms"`, `"250us"`, `"1.5s"`, `"2min"`, `"1h"`.

use simulator::SimDuration;

use super::decimal::Number;
use super::{Fault, quote};

/// Unit names, longest unit first, with their nanoseconds.
const UNITS: [(&str, u64); 6] = [
    ("h", 3_600_000_000_000),
    ("min", 60_000_000_000),
    ("s", 1_000_000_000),
    ("ms", 1_000_000),
    ("us", 1_000),
    ("ns", 1),
];

/// Reads a duration exactly, by integer arithmetic.
///
/// # Errors
/// A [`Fault`] that says what to write where the unit is missing or unknown.
pub fn parse_duration(text: &str) -> Result<SimDuration, Fault> {
    let number = Number::split(text).map_err(|fault| Fault {
        help: fault.help.or(Some("write \"8ms\"".into())),
        ..fault
    })?;
    let unit = match number.unit {
        // The micro sign and the Greek letter mu look the same.
        "µs" | "μs" => "us",
        unit => unit,
    };
    let Some(&(_, nanos)) = UNITS.iter().find(|(name, _)| *name == unit) else {
        return Err(unknown_unit(&number, text));
    };
    let (whole, fraction) = number.digits.split_once('.').unwrap_or((number.digits, ""));
    let fraction = fraction.trim_end_matches('0');
    let too_long = || Fault::new(format!("{} is too long a time", quote(text)));
    if whole.len() > 20 {
        return Err(too_long());
    }
    if fraction.len() > 13 {
        return Err(Fault::new(format!(
            "{} is finer than a nanosecond",
            quote(text)
        )));
    }
    let whole: u128 = whole.parse().map_err(|_| too_long())?;
    let scale = 10_u128.pow(fraction.len() as u32);
    let part: u128 = if fraction.is_empty() {
        0
    } else {
        fraction.parse().unwrap_or(0)
    };
    let scaled = part * u128::from(nanos);
    if !scaled.is_multiple_of(scale) {
        return Err(Fault::new(format!(
            "{} is finer than a nanosecond",
            quote(text)
        )));
    }
    let total = whole * u128::from(nanos) + scaled / scale;
    u64::try_from(total)
        .map(SimDuration::from_nanos)
        .map_err(|_| too_long())
}

/// Writes a duration so that [`parse_duration`] reads the same one.
#[must_use]
pub fn format_duration(duration: SimDuration) -> String {
    let nanos = duration.as_nanos();
    if nanos == 0 {
        return "0ms".to_owned();
    }
    // Hours and minutes only where they are whole: "90s" says more than "1.5min".
    let (name, unit) = UNITS
        .into_iter()
        .find(|&(name, unit)| match name {
            "h" => nanos.is_multiple_of(unit),
            "min" => nanos.is_multiple_of(unit) && nanos > unit,
            _ => nanos >= unit,
        })
        .unwrap_or(("ns", 1));
    let (whole, rest) = (nanos / unit, nanos % unit);
    if rest == 0 {
        return format!("{whole}{name}");
    }
    let width = unit.ilog10() as usize;
    let fraction = format!("{rest:0width$}");
    format!("{whole}.{}{name}", fraction.trim_end_matches('0'))
}

pub(super) fn check_range(
    duration: SimDuration,
    min: SimDuration,
    max: SimDuration,
) -> Result<(), Fault> {
    if (min..=max).contains(&duration) {
        return Ok(());
    }
    Err(Fault::new(format!(
        "\"{}\" is out of range: {} to {}",
        format_duration(duration),
        format_duration(min),
        format_duration(max)
    )))
}

fn unknown_unit(number: &Number<'_>, text: &str) -> Fault {
    let digits = number.digits;
    let help = match number.unit.to_ascii_lowercase().as_str() {
        "" => format!("write \"{digits}ms\""),
        "sec" | "secs" | "second" | "seconds" => format!("write \"{digits}s\""),
        "m" | "mins" | "minute" | "minutes" => {
            format!("write \"{digits}min\" for minutes or \"{digits}ms\" for milliseconds")
        }
        "msec" | "millis" | "milliseconds" | "millisecond" => format!("write \"{digits}ms\""),
        "hour" | "hours" | "hr" => format!("write \"{digits}h\""),
        _ => "the units are ns, us, ms, s, min and h".to_owned(),
    };
    if number.unit.is_empty() {
        Fault::with_help("a duration needs its unit", help)
    } else {
        Fault::with_help(
            format!("{} has no unit of time that is known here", quote(text)),
            help,
        )
    }
}
