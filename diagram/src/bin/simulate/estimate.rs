//! Measured numbers with what they may be off: "18.83 ± 0.21 ms".

use diagram::wording::thousands;
use diagram::{Metric, Unit};

use crate::interval::Interval;

/// A mean with its half-width, both to the digits that the half-width leaves.
pub(crate) fn estimate(unit: Unit, interval: Option<Interval>) -> String {
    written(unit, interval, false)
}

/// A difference with its half-width: it always has a sign.
pub(crate) fn difference(unit: Unit, interval: Option<Interval>) -> String {
    written(unit, interval, true)
}

fn written(unit: Unit, interval: Option<Interval>, is_signed: bool) -> String {
    let Some(Interval {
        mean, half_width, ..
    }) = interval
    else {
        return "–".to_owned();
    };
    let half = half_width.filter(|&half| half > 0.0);
    let Some(half) = half else {
        return alone(unit, mean, is_signed);
    };
    let (factor, suffix) = scale(unit, mean.abs().max(half));
    let (mean, half) = (mean * factor, half * factor);
    let places = places(half, 9.5).min(5 - digits_before_point(mean.abs()).min(5));
    let sign = sign(mean, is_signed);
    let (mean, half) = (fixed(mean.abs(), places), fixed(half, places));
    format!("{sign}{mean} ± {half}{suffix}")
}

/// A number without an interval, as tables show it.
fn alone(unit: Unit, value: f64, is_signed: bool) -> String {
    let sign = sign(value, is_signed);
    let size = value.abs();
    // A percentage with one digit behind the point would be zero.
    if unit == Unit::Share && size > 0.0 && size < 0.001 {
        let percent = size * 100.0;
        return format!("{sign}{}%", fixed(percent, places(percent, 9.5)));
    }
    let metric = Metric { value: size, unit };
    format!("{sign}{metric}")
}

const fn sign(value: f64, is_signed: bool) -> &'static str {
    if value < 0.0 {
        "−"
    } else if is_signed && value > 0.0 {
        "+"
    } else {
        ""
    }
}

/// By what to multiply so that the number has the unit that fits, and the unit.
fn scale(unit: Unit, size: f64) -> (f64, &'static str) {
    match unit {
        Unit::Count => (1.0, ""),
        Unit::PerSecond => (1.0, "/s"),
        Unit::Share => (100.0, "%"),
        Unit::Seconds if size >= 0.9995 => (1.0, " s"),
        Unit::Seconds if size >= 0.000_999_5 => (1e3, " ms"),
        Unit::Seconds => (1e6, " µs"),
    }
}

/// How many places behind the point leave `size` at least `wanted` in units of the last one.
fn places(size: f64, wanted: f64) -> usize {
    let mut shifted = size;
    let mut places = 0;
    while shifted < wanted && places < 6 {
        shifted *= 10.0;
        places += 1;
    }
    places
}

fn digits_before_point(size: f64) -> usize {
    let mut rest = size;
    let mut digits = 0;
    while rest >= 1.0 && digits < 20 {
        rest /= 10.0;
        digits += 1;
    }
    digits
}

fn fixed(value: f64, places: usize) -> String {
    let text = format!("{value:.places$}");
    let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
    let whole = whole.parse().map_or_else(|_| whole.to_owned(), thousands);
    if fraction.is_empty() {
        whole
    } else {
        format!("{whole}.{fraction}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn interval(mean: f64, half: f64) -> Option<Interval> {
        Some(Interval {
            mean,
            half_width: Some(half),
            count: 10,
        })
    }

    #[test]
    fn digits_end_where_the_interval_does() {
        for (unit, mean, half, shown) in [
            (Unit::Seconds, 0.018_834_1, 0.000_213, "18.83 ± 0.21 ms"),
            (Unit::Seconds, 1.7249, 0.0312, "1.725 ± 0.031 s"),
            (Unit::Seconds, 0.000_4, 0.002, "0.4 ± 2.0 ms"),
            (Unit::PerSecond, 2544.3, 12.4, "2,544 ± 12/s"),
            (Unit::PerSecond, 400.21, 0.004_31, "400.21 ± 0.00/s"),
            (Unit::Share, 0.8012, 0.0042, "80.12 ± 0.42%"),
            (Unit::Count, 1_234_567.0, 1_234.0, "1,234,567 ± 1,234"),
            (Unit::Share, 0.0, 0.0, "0%"),
            (Unit::Share, 0.000_12, 0.0, "0.012%"),
            (Unit::Seconds, 0.018_834, 0.0, "18.8 ms"),
        ] {
            assert_eq!(estimate(unit, interval(mean, half)), shown);
        }
        assert_eq!(estimate(Unit::Count, None), "–");
    }

    #[test]
    fn a_difference_has_a_sign() {
        for (unit, mean, half, shown) in [
            (Unit::Seconds, -0.012_34, 0.001, "−12.3 ± 1.0 ms"),
            (Unit::PerSecond, 0.83, 1.24, "+0.8 ± 1.2/s"),
            (Unit::Share, 0.0, 0.0, "0%"),
            (Unit::Share, -0.25, 0.0, "−25%"),
        ] {
            assert_eq!(difference(unit, interval(mean, half)), shown);
        }
    }
}
