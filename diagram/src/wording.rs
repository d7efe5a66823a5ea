//! Numbers as people read them.

use crate::shortest::Shortest;
use simulator::FailureReason;

use crate::decade::{magnitude, power_of_ten};
use crate::fixed::fixed;

/// 1234567 as "1,234,567".
#[must_use]
pub fn thousands(number: u64) -> String {
    let digits = number.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// A rate or count with as many digits as matter: "0.07", "2.5", "69", "1,312".
#[must_use]
pub fn grouped(number: f64) -> String {
    if !number.is_finite() || number < 0.0 {
        return "–".to_owned();
    }
    if number >= 99.95 {
        return thousands(number.round() as u64);
    }
    fixed(number, if number >= 9.995 { 1 } else { 2 }).to_string()
}

/// A rate or count where there is little room: "5e-5", "0.002", "5,000", "120k", "1.5M".
pub(crate) fn compact(number: f64) -> String {
    let (value, unit) = if number >= 999_950_000.0 {
        (number / 1e9, "G")
    } else if number >= 999_950.0 {
        (number / 1e6, "M")
    } else if number >= 9_999.5 {
        (number / 1e3, "k")
    } else if number >= 0.1 || number <= 0.0 {
        return grouped(number);
    } else if number >= 0.001 {
        return fixed(number, 3).to_string();
    } else {
        let power = magnitude(number);
        let digit = fixed(number / power_of_ten(power), 1);
        return format!("{digit}e{power}");
    };
    format!("{}{unit}", fixed(value, 1))
}

/// A duration in the unit that fits, to three significant digits: "18.8 ms", "1.2 s", "250 µs".
#[must_use]
pub fn duration(duration: simulator::SimDuration) -> String {
    let nanos = duration.as_nanos() as f64;
    let (value, unit) = if nanos >= 999_500_000.0 {
        (nanos / 1e9, "s")
    } else if nanos >= 999_500.0 {
        (nanos / 1e6, "ms")
    } else {
        (nanos / 1e3, "µs")
    };
    if duration.is_zero() {
        return "0 ms".to_owned();
    }
    format!("{} {unit}", three_digits(value))
}

/// A share of the whole as a percentage: "90%", "0.4%".
#[must_use]
pub fn percent(share: f64) -> String {
    if !share.is_finite() {
        return "–".to_owned();
    }
    let percent = share * 100.0;
    if percent > 0.0 && percent < 9.95 {
        format!("{}%", fixed(percent, 1))
    } else {
        format!("{}%", fixed(percent, 0))
    }
}

/// With two digits behind the point, come what may: "0.90".
#[must_use]
pub fn hundredths(number: f64) -> String {
    let hundredths = (number * 100.0).round() as u64;
    format!("{}.{:02}", hundredths / 100, hundredths % 100)
}

/// The condition of a node in a word or two: "up", "4× slower", "dead".
#[must_use]
pub fn condition(condition: simulator::Condition) -> String {
    match condition {
        simulator::Condition::Up => "up".to_owned(),
        simulator::Condition::Slow { factor } => format!("{}× slower", Shortest(factor)),
        simulator::Condition::Erring { share } => format!("{} errors", percent(share)),
        simulator::Condition::Booting { .. } => "booting".to_owned(),
        simulator::Condition::Dead => "dead".to_owned(),
    }
}

/// One word or two for a reason, where there is no room for its label.
pub(crate) const fn short(reason: FailureReason) -> &'static str {
    match reason {
        FailureReason::Refused => "refused",
        FailureReason::QueueFull => "full",
        FailureReason::TimedOut => "timed out",
        FailureReason::ServerDied => "died",
        FailureReason::NoHealthyBackend => "no server",
        FailureReason::NameNotResolved => "no name",
        FailureReason::NoRoute => "no link",
        FailureReason::NoConnection => "no connection",
        FailureReason::TooManyCalls => "too many",
        FailureReason::ServerError => "error",
        FailureReason::Expired => "expired",
        FailureReason::WaitedTooLong => "waited",
        FailureReason::ServerLimit => "limit",
        FailureReason::PoolExhausted => "no connection",
        FailureReason::Throttled => "throttled",
        FailureReason::Unavailable => "unavailable",
        FailureReason::DependencyTimedOut => "slow call",
        FailureReason::BreakerOpen => "breaker",
        FailureReason::BulkheadFull => "bulkhead",
        FailureReason::RateLimited => "rate limit",
        FailureReason::ConnectionLost => "lost",
    }
}

/// "1 request", "2 requests".
#[must_use]
pub fn counted(number: u64, noun: &str) -> String {
    let plural = if number == 1 { "" } else { "s" };
    format!("{} {noun}{plural}", thousands(number))
}

/// "a", "a and b", "a, b and c".
#[must_use]
pub fn enumeration<T: AsRef<str>>(words: &[T]) -> String {
    joined(words, "and")
}

/// "a, b or c".
#[must_use]
pub fn alternatives<T: AsRef<str>>(words: &[T]) -> String {
    joined(words, "or")
}

fn joined<T: AsRef<str>>(words: &[T], conjunction: &str) -> String {
    match words {
        [] => String::new(),
        [only] => only.as_ref().to_owned(),
        [rest @ .., last] => {
            let rest: Vec<&str> = rest.iter().map(AsRef::as_ref).collect();
            format!("{} {conjunction} {}", rest.join(", "), last.as_ref())
        }
    }
}

fn three_digits(value: f64) -> String {
    if value >= 99.95 {
        return thousands(value.round() as u64);
    }
    fixed(value, if value >= 9.995 { 1 } else { 2 }).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use simulator::SimDuration;

    #[test]
    fn numbers_keep_the_digits_that_matter() {
        assert_eq!(thousands(0), "0");
        assert_eq!(thousands(1_234_567), "1,234,567");
        assert_eq!(grouped(0.07), "0.07");
        assert_eq!(grouped(69.0), "69");
        assert_eq!(grouped(166.67), "167");
        assert_eq!(grouped(f64::NAN), "–");
        assert_eq!(percent(0.8), "80%");
        for (number, text) in [
            (0.0, "0"),
            (2e-5, "2e-5"),
            (0.002, "0.002"),
            (0.5, "0.5"),
            (5_000.0, "5,000"),
            (10_000.0, "10k"),
            (12_500.0, "12.5k"),
            (1_000_000.0, "1M"),
            (2e9, "2G"),
        ] {
            assert_eq!(compact(number), text);
        }
        assert_eq!(percent(0.004), "0.4%");
        assert_eq!(hundredths(0.9), "0.90");
        assert_eq!(hundredths(1.046), "1.05");
        assert_eq!(counted(1, "worker"), "1 worker");
        assert_eq!(counted(2_000, "worker"), "2,000 workers");
        assert_eq!(enumeration(&["a", "b", "c"]), "a, b and c");
    }

    #[test]
    fn durations_have_three_significant_digits() {
        for (nanos, text) in [
            (0, "0 ms"),
            (250_000, "250 µs"),
            (999_600, "1 ms"),
            (18_812_345, "18.8 ms"),
            (8_000_000, "8 ms"),
            (999_700_000, "1 s"),
            (2_766_000_000, "2.77 s"),
            (83_000_000_000_000, "83,000 s"),
        ] {
            assert_eq!(duration(SimDuration::from_nanos(nanos)), text);
        }
    }
}
