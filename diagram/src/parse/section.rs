//! A table of the tree with its path, and reading parameters from it.

use std::ops::Range;

use toml::Spanned;
use toml::de::{DeString, DeTable, DeValue};

use crate::decade::power_of_ten;
use crate::kind;
use crate::parameter::Parameter;
use crate::problem::{MAX_PROBLEMS, Problem};
use crate::quantity::{Fault, Quantity, Value, parse_number, quote};
use crate::shortest::Shortest;
use crate::suggestion::did_you_mean;

/// The problems found so far.
#[derive(Default)]
pub(super) struct Problems {
    found: Vec<Problem>,
}

impl Problems {
    pub(super) fn add(&mut self, span: Range<usize>, at: &str, Fault { message, help }: Fault) {
        if self.found.len() < MAX_PROBLEMS {
            self.found.push(Problem {
                span,
                at: at.to_owned(),
                message,
                help,
            });
        }
    }

    /// Whether no more are kept: then there is no need to look for them.
    pub(super) fn are_enough(&self) -> bool {
        self.found.len() >= MAX_PROBLEMS
    }

    /// All problems in the order of their places.
    pub(super) fn finish(mut self) -> Vec<Problem> {
        self.found.sort_by_key(|problem| problem.span.start);
        self.found
    }
}

/// Something with the place where it is written.
pub(super) struct At<T> {
    pub(super) span: Range<usize>,
    pub(super) at: String,
    pub(super) what: T,
}

/// A table and where it is.
pub(super) struct Section<'a, 'i> {
    table: &'a DeTable<'i>,
    /// Where faults of the table as a whole are shown.
    pub(super) span: Range<usize>,
    /// The path: `nodes.web`.
    pub(super) at: String,
}

type Entry<'a, 'i> = (&'a Spanned<DeString<'i>>, &'a Spanned<DeValue<'i>>);

impl<'a, 'i> Section<'a, 'i> {
    pub(super) fn root(table: &'a DeTable<'i>) -> Self {
        Self {
            table,
            span: 0..0,
            at: String::new(),
        }
    }

    /// The table in `value`; anything else is reported.
    pub(super) fn of(
        value: &'a Spanned<DeValue<'i>>,
        at: &str,
        problems: &mut Problems,
    ) -> Option<Self> {
        match value.get_ref() {
            DeValue::Table(table) => Some(Self {
                table,
                span: value.span(),
                at: at.to_owned(),
            }),
            other => {
                let fault = Fault::new(format!("a table is expected here, not {}", what(other)));
                problems.add(value.span(), at, fault);
                None
            }
        }
    }

    /// The path of a key of this table.
    pub(super) fn path(&self, key: &str) -> String {
        if self.at.is_empty() {
            key.to_owned()
        } else {
            format!("{}.{key}", self.at)
        }
    }

    pub(super) fn get(&self, key: &str) -> Option<Entry<'a, 'i>> {
        self.table.get_key_value(key)
    }

    /// All entries in the order in which they are written.
    pub(super) fn entries(&self) -> Vec<Entry<'a, 'i>> {
        let mut entries: Vec<_> = self.table.iter().collect();
        entries.sort_by_key(|(key, _)| key.span().start);
        entries
    }

    /// Reports every key that is not in `known`.
    pub(super) fn expect_keys(&self, known: &[&str], problems: &mut Problems) {
        for (key, _) in self.entries() {
            let written: &str = key.get_ref();
            if known.contains(&written) {
                continue;
            }
            if problems.are_enough() {
                return;
            }
            let help = did_you_mean(written, known.iter().copied())
                .or_else(|| Some(format!("the keys here are {}", known.join(", "))));
            let message = format!("there is no key {} here", quote(written));
            problems.add(
                key.span(),
                &self.path(shown(written)),
                Fault { message, help },
            );
        }
    }

    /// Reads every parameter of `table`, defaults where none is written or something is wrong, and
    /// reports every key that is neither a parameter nor in `besides`.
    pub(super) fn read_all(
        &self,
        table: &'static [Parameter],
        besides: &[&str],
        problems: &mut Problems,
    ) -> Vec<Value> {
        let known: Vec<&str> = besides
            .iter()
            .copied()
            .chain(table.iter().map(|parameter| parameter.key))
            .collect();
        self.expect_keys(&known, problems);
        table
            .iter()
            .map(|parameter| self.read(parameter, problems))
            .collect()
    }

    /// The value of one parameter.
    pub(super) fn read(&self, parameter: &Parameter, problems: &mut Problems) -> Value {
        self.get(parameter.key)
            .and_then(|(_, value)| {
                read_value(parameter, value, &self.path(parameter.key), problems)
            })
            .unwrap_or_else(|| kind::default_of(parameter))
    }

    /// The text under a key; anything else is reported. `None` where there is no such key.
    pub(super) fn text(
        &self,
        key: &str,
        problems: &mut Problems,
    ) -> Option<(String, Range<usize>)> {
        let (_, value) = self.get(key)?;
        match value.get_ref() {
            DeValue::String(text) => Some((text.to_string(), value.span())),
            other => {
                let fault = Fault::new(format!(
                    "a text in quotes is expected here, not {}",
                    what(other)
                ));
                problems.add(value.span(), &self.path(key), fault);
                None
            }
        }
    }

    /// Like [`Section::text`], but reports a key that is missing.
    pub(super) fn required_text(
        &self,
        key: &str,
        example: &str,
        problems: &mut Problems,
    ) -> Option<(String, Range<usize>)> {
        if self.get(key).is_none() {
            let fault = Fault::with_help(
                format!("the key \"{key}\" is missing here"),
                format!("write {key} = \"{example}\""),
            );
            problems.add(self.span.clone(), &self.at, fault);
        }
        self.text(key, problems)
    }
}

/// The values of a list; anything else is reported. Empty where there is no such key.
pub(super) fn list<'a, 'i>(
    section: &Section<'a, 'i>,
    key: &str,
    problems: &mut Problems,
) -> &'a [Spanned<DeValue<'i>>] {
    match section.get(key) {
        None => &[],
        Some((_, value)) => match value.get_ref() {
            DeValue::Array(values) => values,
            other => {
                let fault = Fault::with_help(
                    format!("a list is expected here, not {}", what(other)),
                    format!("begin each entry with [[{key}]]"),
                );
                problems.add(value.span(), &section.path(key), fault);
                &[]
            }
        },
    }
}

/// The digits of a whole number.
pub(super) fn whole_number(value: &DeValue<'_>) -> Option<String> {
    match value {
        DeValue::Integer(number) if number.radix() == 10 => {
            Some(number.as_str().trim_start_matches('+').to_owned())
        }
        _ => None,
    }
}

/// A value as the text that `Edit::Set` takes.
pub(super) fn plain_text(value: &DeValue<'_>) -> Option<String> {
    match value {
        DeValue::String(text) => Some(text.to_string()),
        DeValue::Integer(_) => whole_number(value),
        DeValue::Float(number) => Some(number.as_str().to_owned()),
        DeValue::Table(table) => {
            let fields: Option<Vec<String>> = table
                .iter()
                .map(|(key, value)| {
                    let value = match value.get_ref() {
                        DeValue::String(text) => crate::quantity::toml_string(text),
                        other => whole_number(other)?,
                    };
                    Some(format!(
                        "{} = {value}",
                        crate::quantity::toml_string(key.get_ref())
                    ))
                })
                .collect();
            Some(format!("{{ {} }}", fields?.join(", ")))
        }
        _ => None,
    }
}

fn read_value(
    parameter: &Parameter,
    value: &Spanned<DeValue<'_>>,
    at: &str,
    problems: &mut Problems,
) -> Option<Value> {
    let quantity = &parameter.quantity;
    let result = match (quantity, value.get_ref()) {
        (Quantity::Group { fields, .. }, DeValue::Table(_)) => {
            let section = Section::of(value, at, problems)?;
            return Some(Value::Group(Some(section.read_all(fields, &[], problems))));
        }
        (Quantity::Count { .. }, DeValue::String(text)) => {
            let help = quantity
                .parse(text)
                .is_ok()
                .then(|| format!("write {}", text.trim()));
            Err(Fault {
                message: "a whole number stands without quotes".to_owned(),
                help,
            })
        }
        (_, DeValue::String(text)) => quantity.parse(text),
        (Quantity::Count { .. }, DeValue::Float(number)) if is_power(number.as_str()) => {
            let whole = without_power(number.as_str());
            Err(Fault {
                message: format!("{} is not a whole number", quote(number.as_str())),
                help: whole
                    .filter(|whole| quantity.parse(whole).is_ok())
                    .map(|whole| format!("write {whole}")),
            })
        }
        (Quantity::Text { .. }, other) => Err(Fault::new(format!(
            "a text in quotes is expected here, not {}",
            what(other)
        ))),
        (
            Quantity::Count { .. }
            | Quantity::Number { .. }
            | Quantity::Duration { .. }
            | Quantity::Rate { .. }
            | Quantity::Share
            | Quantity::ServiceTime { .. },
            DeValue::Integer(number),
        ) if number.radix() == 10 => quantity.parse(number.as_str().trim_start_matches('+')),
        (
            Quantity::Duration { .. }
            | Quantity::Rate { .. }
            | Quantity::Share
            | Quantity::ServiceTime { .. }
            | Quantity::Number { .. }
            | Quantity::Count { .. },
            DeValue::Float(number),
        ) => quantity.parse(number.as_str()),
        (_, other) => Err(Fault::new(format!(
            "{} is expected here, not {}",
            quantity.describe(),
            what(other)
        ))),
    };
    match result {
        Ok(value) => Some(value),
        Err(fault) => {
            problems.add(
                value.span(),
                at,
                with_usual_unit(parameter, value.get_ref(), fault),
            );
            None
        }
    }
}

/// Whether a number is written as "1e5".
fn is_power(number: &str) -> bool {
    number.contains(['e', 'E'])
}

/// `1e5` as "100000".
fn without_power(number: &str) -> Option<String> {
    let (digits, exponent) = number.split_once(['e', 'E'])?;
    let number = parse_number(digits)? * power_of_ten(exponent.parse().ok()?);
    Some(Shortest(number).to_string())
}

/// A bare number most likely means the unit of the default: "10s" for a warm-up, not "10ms".
fn with_usual_unit(parameter: &Parameter, value: &DeValue<'_>, fault: Fault) -> Fault {
    let is_number =
        |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit() || b == b'.');
    let unit = parameter
        .default
        .trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
    match (parameter.quantity, plain_text(value)) {
        (quantity @ (Quantity::Duration { .. } | Quantity::ServiceTime { .. }), Some(text))
            if is_number(text.trim()) && !unit.is_empty() =>
        {
            let offered = format!("{}{unit}", text.trim());
            match quantity.parse(&offered) {
                Ok(_) => Fault {
                    help: Some(format!("write \"{offered}\"")),
                    ..fault
                },
                Err(fault) => fault,
            }
        }
        _ => fault,
    }
}

/// A key that is safe to show in a path.
pub(super) fn shown(key: &str) -> &str {
    if crate::name::check_name(key).is_ok() {
        key
    } else {
        "?"
    }
}

pub(super) fn what(value: &DeValue<'_>) -> &'static str {
    match value {
        DeValue::String(_) => "a text",
        DeValue::Integer(_) | DeValue::Float(_) => "a number",
        DeValue::Boolean(_) => "true or false",
        DeValue::Datetime(_) => "a date",
        DeValue::Array(_) => "a list",
        DeValue::Table(_) => "a table",
    }
}
