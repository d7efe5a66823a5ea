//! A day, as Jekyll writes it. A time of day is read and checked, then left out: pages show days.

use std::fmt;
use std::time::SystemTime;

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// A day of the calendar. Displays as `2024-09-15`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Date {
    year: u16,
    month: u8,
    day: u8,
}

impl Date {
    /// The day in Greenwich at a moment; what is out of range becomes its end.
    #[must_use]
    pub fn of(moment: SystemTime) -> Self {
        let seconds = moment
            .duration_since(SystemTime::UNIX_EPOCH)
            .map_or(0, |since| since.as_secs());
        let mut date = Self {
            year: 1970,
            month: 1,
            day: 1,
        };
        let mut days = seconds / (24 * 60 * 60);
        while date.year < 9999 && days >= date.days_in_year() {
            days -= date.days_in_year();
            date.year += 1;
        }
        while date.month < 12 && days >= u64::from(date.days_in_month()) {
            days -= u64::from(date.days_in_month());
            date.month += 1;
        }
        let last = date.days_in_month();
        date.day = u8::try_from(days + 1).map_or(last, |day| day.min(last));
        date
    }

    /// Reads `YYYY-MM-DD`, optionally with ` HH:MM[:SS]` and then ` +ZZZZ`.
    ///
    /// # Errors
    /// A sentence that says what is wrong.
    pub fn parse(text: &str) -> Result<Self, String> {
        let unreadable = || format!("`{text}` is not a date");
        let mut words = text.split_whitespace();
        let date = Self::parse_day(words.next().ok_or_else(unreadable)?).ok_or_else(unreadable)?;
        if words.next().is_some_and(|word| !is_time(word))
            || words.next().is_some_and(|word| !is_zone(word))
        {
            return Err(unreadable());
        }
        if words.next().is_some() {
            return Err(unreadable());
        }
        if date.month == 0 || date.month > 12 {
            return Err(format!("`{text}` has month {}; a year has 12", date.month));
        }
        let days = date.days_in_month();
        if date.day == 0 || date.day > days {
            return Err(format!(
                "`{text}` has day {}; {} {} has {days}",
                date.day,
                date.month_name(),
                date.year
            ));
        }
        Ok(date)
    }

    fn parse_day(word: &str) -> Option<Self> {
        let mut parts = word.split('-');
        let date = Self {
            year: digits(parts.next()?, 4)?,
            month: u8::try_from(digits(parts.next()?, 2)?).ok()?,
            day: u8::try_from(digits(parts.next()?, 2)?).ok()?,
        };
        parts.next().is_none().then_some(date)
    }

    fn days_in_year(self) -> u64 {
        (1..=12)
            .map(|month| u64::from(Self { month, ..self }.days_in_month()))
            .sum()
    }

    fn days_in_month(self) -> u8 {
        match self.month {
            2 if self.year.is_multiple_of(4)
                && (!self.year.is_multiple_of(100) || self.year.is_multiple_of(400)) =>
            {
                29
            }
            2 => 28,
            4 | 6 | 9 | 11 => 30,
            _ => 31,
        }
    }

    fn month_name(self) -> &'static str {
        MONTHS[usize::from(self.month.clamp(1, 12) - 1)]
    }

    /// For people: "15 September 2024".
    #[must_use]
    pub fn in_words(self) -> String {
        format!("{} {} {}", self.day, self.month_name(), self.year)
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

fn digits(text: &str, count: usize) -> Option<u16> {
    (text.len() == count && text.bytes().all(|byte| byte.is_ascii_digit()))
        .then(|| text.parse().ok())
        .flatten()
}

fn is_time(word: &str) -> bool {
    let parts: Vec<Option<u16>> = word.split(':').map(|part| digits(part, 2)).collect();
    match parts[..] {
        [Some(hour), Some(minute)] => hour < 24 && minute < 60,
        [Some(hour), Some(minute), Some(second)] => hour < 24 && minute < 60 && second <= 60,
        _ => false,
    }
}

fn is_zone(word: &str) -> bool {
    word.strip_prefix(['+', '-'])
        .is_some_and(|zone| digits(&zone.replace(':', ""), 4).is_some())
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, SystemTime};

    use super::Date;

    #[test]
    fn days_with_and_without_a_time_are_read() {
        for text in [
            "2024-09-15",
            "2024-09-15 10:30",
            "2024-09-15 10:30:00 +0200",
            "2024-09-15 10:30:00 -05:00",
        ] {
            let date = Date::parse(text).unwrap_or_else(|error| panic!("{text}: {error}"));
            assert_eq!(date.to_string(), "2024-09-15");
            assert_eq!(date.in_words(), "15 September 2024");
        }
    }

    #[test]
    fn a_moment_is_on_a_day() {
        for (seconds, expected) in [
            (0, "1970-01-01"),
            (86_399, "1970-01-01"),
            (951_782_400, "2000-02-29"),
            (1_726_358_400, "2024-09-15"),
            (1_735_689_599, "2024-12-31"),
            (1_735_689_600, "2025-01-01"),
            (1 << 40, "9999-12-31"),
        ] {
            let moment = SystemTime::UNIX_EPOCH + Duration::from_secs(seconds);
            assert_eq!(Date::of(moment).to_string(), expected, "{seconds}");
        }
    }

    #[test]
    fn days_that_do_not_exist_are_refused_by_name() {
        let cases = [
            (
                "2023-02-29",
                "`2023-02-29` has day 29; February 2023 has 28",
            ),
            (
                "2100-02-29",
                "`2100-02-29` has day 29; February 2100 has 28",
            ),
            ("2024-13-01", "`2024-13-01` has month 13; a year has 12"),
            ("15.9.2024", "`15.9.2024` is not a date"),
            ("2024-09-15 25:00", "`2024-09-15 25:00` is not a date"),
            (
                "2024-09-15 10:00 CEST",
                "`2024-09-15 10:00 CEST` is not a date",
            ),
            (
                "2024-09-15 10:00 +0200 x",
                "`2024-09-15 10:00 +0200 x` is not a date",
            ),
        ];
        for (text, expected) in cases {
            assert_eq!(Date::parse(text), Err(expected.to_owned()));
        }
        assert!(Date::parse("2024-02-29").is_ok());
        assert!(Date::parse("2000-02-29").is_ok());
    }
}
