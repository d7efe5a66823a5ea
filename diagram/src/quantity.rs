//! Every text format of a value: durations, rates, percentages, counts, choices, service times.
//!
//! Reading and writing stand next to each other here and nowhere else. Durations are read by integer
//! arithmetic, so `"0.1s"` is exactly 100,000,000 ns. What [`Quantity::format`] writes,
//! [`Quantity::parse`] reads back as the same value.

mod decimal;
mod duration;
mod law;

use std::borrow::Cow;

use simulator::{Distribution, SimDuration};

use crate::parameter::Parameter;
use crate::shortest::Shortest;
use crate::speed::Speed;
use crate::suggestion::{did_you_mean, nearest};
use crate::wording::alternatives;

pub(crate) use decimal::parse_number;
pub use decimal::{format_rate, without_separators};
pub use duration::{format_duration, parse_duration};

/// What a parameter may hold: its form, its range, its unit.
#[derive(Clone, Copy, Debug)]
pub enum Quantity {
    /// A length of time such as `"8ms"`.
    Duration {
        /// The shortest allowed.
        min: SimDuration,
        /// The longest allowed.
        max: SimDuration,
        /// A word that means "no limit", where there is one.
        never: Option<&'static str>,
    },
    /// Something per second, such as `"150/s"`.
    Rate {
        /// The highest allowed.
        max: f64,
    },
    /// A share of the whole such as `"90%"`.
    Share,
    /// A number without a unit, such as `1.2`.
    Number {
        /// The smallest allowed.
        min: f64,
        /// The largest allowed.
        max: f64,
    },
    /// A whole number.
    Count {
        /// The smallest allowed.
        min: u64,
        /// The largest allowed.
        max: u64,
    },
    /// One of a few words.
    Choice(&'static [Choice]),
    /// A random duration: `"8ms"`, `"8ms lognormal cv2=4"`, `"4ms to 12ms"`, or its quantiles.
    ServiceTime {
        /// The shortest mean allowed.
        min: SimDuration,
        /// The longest mean allowed.
        max: SimDuration,
    },
    /// A table of parameters that belong together, or one word that switches all of it off.
    Group {
        /// The word.
        off: &'static str,
        /// The parameters.
        fields: &'static [Parameter],
    },
    /// Free text.
    Text {
        /// The most characters allowed.
        max: usize,
    },
    /// How fast simulated time passes: `"slowed 50x"`.
    Speed,
}

/// One word of a [`Quantity::Choice`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Choice {
    /// How it is written: `"round-robin"`.
    pub text: &'static str,
    /// How people read it: "Round robin".
    pub label: &'static str,
    /// What it does, in one sentence.
    pub doc: &'static str,
}

/// A value that a [`Quantity`] can hold.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// A length of time.
    Duration(SimDuration),
    /// No limit.
    Never,
    /// Per second.
    Rate(f64),
    /// 0 to 1.
    Share(f64),
    /// A number without a unit.
    Number(f64),
    /// A whole number.
    Count(u64),
    /// The place in the list of choices.
    Choice(usize),
    /// A random duration.
    ServiceTime(Distribution),
    /// The values of the fields in their order; `None` is "off".
    Group(Option<Vec<Value>>),
    /// Free text.
    Text(String),
    /// A pace of simulated time.
    Speed(Speed),
}

/// Why a text is not a value of a quantity.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// What is wrong, in plain words.
    pub message: String,
    /// What to write instead, where that can be guessed.
    pub help: Option<String>,
}

impl Fault {
    pub(crate) fn new(message: impl Into<String>) -> Self {
        Self {
            message: message.into(),
            help: None,
        }
    }

    pub(crate) fn with_help(message: impl Into<String>, help: impl Into<String>) -> Self {
        Self {
            message: message.into(),
            help: Some(help.into()),
        }
    }
}

impl Quantity {
    /// Reads `text` as a value of this quantity.
    ///
    /// # Errors
    /// A [`Fault`] where the form, the unit or the range is wrong.
    pub fn parse(&self, text: &str) -> Result<Value, Fault> {
        let text = text.trim();
        match *self {
            Self::Duration {
                never: Some(word), ..
            } if text == word => Ok(Value::Never),
            Self::Duration { min, max, never } => {
                let duration = parse_duration(text).map_err(|fault| match never {
                    Some(word) if nearest(text, [word]).is_some() => {
                        Fault::with_help(fault.message, format!("write \"{word}\""))
                    }
                    Some(word) if fault.help.is_none() => {
                        Fault::with_help(fault.message, format!("write a duration or \"{word}\""))
                    }
                    _ => fault,
                })?;
                duration::check_range(duration, min, max)?;
                Ok(Value::Duration(duration))
            }
            Self::Rate { max } => decimal::parse_rate(text, max).map(Value::Rate),
            Self::Share => decimal::parse_share(text).map(Value::Share),
            Self::Number { min, max } => decimal::parse_within(text, min, max).map(Value::Number),
            Self::Count { min, max } => decimal::parse_count(text, min, max).map(Value::Count),
            Self::Choice(choices) => {
                if let Some(place) = choices.iter().position(|choice| choice.text == text) {
                    return Ok(Value::Choice(place));
                }
                let words: Vec<&str> = choices.iter().map(|choice| choice.text).collect();
                Err(Fault {
                    message: format!("{} is not one of {}", quote(text), list(&words)),
                    help: did_you_mean(text, words),
                })
            }
            Self::ServiceTime { min, max } => law::parse(text, min, max).map(Value::ServiceTime),
            Self::Group { off, fields } => {
                if text == off {
                    return Ok(Value::Group(None));
                }
                let example: Vec<String> = fields
                    .iter()
                    .map(|field| {
                        format!("{} = {}", field.key, field.quantity.in_toml(field.default))
                    })
                    .collect();
                Err(Fault::with_help(
                    format!("{} is neither a table nor \"{off}\"", quote(text)),
                    format!("write {{ {} }} or \"{off}\"", example.join(", ")),
                ))
            }
            Self::Text { max } => parse_text(text, max).map(Value::Text),
            Self::Speed => Speed::parse(text).map(Value::Speed),
        }
    }

    /// Writes `value` so that [`Quantity::parse`] reads it back. A group is written as the inside
    /// of a TOML table in braces.
    #[must_use]
    pub fn format(&self, value: &Value) -> String {
        match (self, value) {
            (Self::Duration { never, .. }, Value::Never) => never.unwrap_or("never").to_owned(),
            (_, Value::Never) => "never".to_owned(),
            (_, Value::Duration(duration)) => format_duration(*duration),
            (_, Value::Rate(rate)) => format_rate(*rate),
            (_, Value::Share(share)) => decimal::format_share(*share),
            (_, Value::Number(number)) => Shortest(*number).to_string(),
            (_, Value::Count(count)) => count.to_string(),
            (Self::Choice(choices), Value::Choice(place)) => choices
                .get(*place)
                .map_or_else(String::new, |choice| choice.text.to_owned()),
            (_, Value::Choice(place)) => place.to_string(),
            (_, Value::ServiceTime(law)) => law::format(law),
            (Self::Group { off, .. }, Value::Group(None)) => (*off).to_owned(),
            (Self::Group { fields, .. }, Value::Group(Some(values))) => {
                let inside: Vec<String> = fields
                    .iter()
                    .zip(values)
                    .map(|(field, value)| format!("{} = {}", field.key, field.to_toml(value)))
                    .collect();
                format!("{{ {} }}", inside.join(", "))
            }
            (_, Value::Group(_)) => "off".to_owned(),
            (_, Value::Text(text)) => text.clone(),
            (_, Value::Speed(speed)) => speed.to_ascii(),
        }
    }

    /// How people read `value`: with a space before the unit and with labels instead of keys.
    #[must_use]
    pub fn for_people(&self, value: &Value) -> String {
        match (self, value) {
            (_, Value::Duration(duration)) => duration.to_string(),
            (_, Value::Rate(rate)) => format!("{}/s", crate::wording::grouped(*rate)),
            (_, Value::Share(share)) => {
                format!("{}%", decimal::format_share(*share).trim_end_matches('%'))
            }
            (_, Value::Count(count)) => crate::wording::thousands(*count),
            (Self::Choice(choices), Value::Choice(place)) => choices
                .get(*place)
                .map_or_else(String::new, |choice| choice.label.to_owned()),
            (_, Value::ServiceTime(law)) => law::for_people(law),
            (Self::Group { fields, .. }, Value::Group(Some(values))) => {
                let inside: Vec<String> = fields
                    .iter()
                    .zip(values)
                    .map(|(field, value)| {
                        format!(
                            "{} {}",
                            field.label.to_ascii_lowercase(),
                            field.quantity.for_people(value)
                        )
                    })
                    .collect();
                inside.join(", ")
            }
            (_, Value::Speed(speed)) => speed.to_string(),
            _ => self.format(value),
        }
    }

    /// How `text`, which is in the format of this quantity, stands in a TOML file.
    #[must_use]
    pub fn in_toml(&self, text: &str) -> String {
        match self {
            Self::Count { .. } | Self::Number { .. } => text.to_owned(),
            Self::Group { .. } if text.starts_with('{') => text.to_owned(),
            _ => toml_string(text),
        }
    }

    /// The form in a few words, for messages and documentation: "a duration such as \"8ms\"".
    #[must_use]
    pub fn describe(&self) -> Cow<'static, str> {
        match self {
            Self::Duration { min, max, never } => {
                let or = never.map(|word| format!(", or \"{word}\"")).unwrap_or_default();
                format!("a duration from {min} to {max}{or}").into()
            }
            Self::Rate { max } => {
                format!("a rate up to {}/s, such as \"150/s\"", crate::wording::grouped(*max)).into()
            }
            Self::Share => "a percentage such as \"90%\"".into(),
            Self::Number { min, max } => {
                format!("a number from {} to {}", Shortest(*min), Shortest(*max)).into()
            }
            Self::Count { min, max } => format!(
                "a whole number from {} to {}",
                crate::wording::thousands(*min),
                crate::wording::thousands(*max)
            )
            .into(),
            Self::Choice(choices) => {
                let words: Vec<&str> = choices.iter().map(|choice| choice.text).collect();
                format!("one of {}", list(&words)).into()
            }
            Self::ServiceTime { .. } => {
                "a duration, alone or with its law: \"8ms\", \"8ms deterministic\", \"8ms lognormal cv2=4\", \"4ms to 12ms\""
                    .into()
            }
            Self::Group { off, fields } => {
                let keys: Vec<&str> = fields.iter().map(|field| field.key).collect();
                format!("a table with {}, or \"{off}\"", keys.join(", ")).into()
            }
            Self::Text { max } => format!("text of at most {max} characters").into(),
            Self::Speed => "\"slowed 50x\", \"real time\" or \"10x faster\"".into(),
        }
    }
}

/// `text` in double quotes, shortened so that a message stays readable.
pub(crate) fn quote(text: &str) -> String {
    let mut chars = text.chars().map(|c| if c.is_control() { ' ' } else { c });
    let start: String = chars.by_ref().take(40).collect();
    let rest = if chars.next().is_some() { "…" } else { "" };
    format!("\"{start}{rest}\"")
}

/// `"a", "b" or "c"`.
pub(crate) fn list(words: &[&str]) -> String {
    let quoted: Vec<String> = words.iter().map(|word| format!("\"{word}\"")).collect();
    alternatives(&quoted)
}

/// `text` as a TOML basic string.
pub(crate) fn toml_string(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            c if c.is_control() => out.push_str(&format!("\\u{:04X}", u32::from(c))),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

fn parse_text(text: &str, max: usize) -> Result<String, Fault> {
    let length = text.chars().count();
    if length > max {
        return Err(Fault::new(format!(
            "this text has {length} characters; at most {max} fit"
        )));
    }
    if text.chars().any(char::is_control) {
        return Err(Fault::new(
            "this text holds a control character, such as a line break",
        ));
    }
    Ok(text.to_owned())
}

#[cfg(test)]
mod tests;
