//! YAML as an author wrote it: keys and values with their places. Nothing is judged here.

use std::fmt;
use std::ops::Range;

use serde::de::{self, Deserialize, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_saphyr::{Location, Spanned};

/// One `key: value`.
#[derive(Debug)]
pub(super) struct Entry {
    pub(super) key: String,
    pub(super) key_span: Range<usize>,
    pub(super) value: Value,
    pub(super) value_span: Range<usize>,
}

impl Entry {
    /// The same entry in a text that has `by` more bytes in front.
    pub(super) fn shifted(mut self, by: usize) -> Self {
        self.key_span = super::shift(&self.key_span, by);
        self.value_span = super::shift(&self.value_span, by);
        if let Value::List(items) = &mut self.value {
            for item in items {
                item.span = super::shift(&item.span, by);
            }
        }
        self
    }
}

/// A value, with every scalar as the text that was written: `no` and `007` keep their letters.
#[derive(Debug)]
pub(super) enum Value {
    Text(String),
    List(Vec<Item>),
    Mapping,
}

impl Value {
    pub(super) fn kind(&self) -> &'static str {
        match self {
            Self::Text(_) => "a text",
            Self::List(_) => "a list",
            Self::Mapping => "a mapping",
        }
    }
}

/// One item of a list.
#[derive(Debug)]
pub(super) struct Item {
    pub(super) value: Value,
    pub(super) span: Range<usize>,
}

/// The text is not YAML, or not a mapping of keys to values.
#[derive(Debug)]
pub(super) struct YamlError {
    pub(super) span: Range<usize>,
    pub(super) message: String,
    pub(super) help: Option<String>,
}

/// Reads a mapping, keys in the order of the text.
pub(super) fn read(text: &str) -> Result<Vec<Entry>, YamlError> {
    let options = serde_saphyr::options! { with_snippet: false };
    match serde_saphyr::from_str_with_options::<RawMapping>(text, options) {
        Ok(mapping) => Ok(mapping
            .0
            .into_iter()
            .map(|(key, value)| Entry {
                key_span: span(text, &key.referenced),
                key: key.value,
                value_span: span(text, &value.referenced),
                value: resolve(text, value),
            })
            .collect()),
        Err(error) => Err(explain(text, &error)),
    }
}

fn resolve(text: &str, raw: Spanned<RawValue>) -> Value {
    match raw.value {
        RawValue::Text(written) => Value::Text(written),
        // The parser has made a boolean or a number of it; the author's letters are still in the file.
        RawValue::Plain => match &text[span(text, &raw.referenced)] {
            "~" => Value::Text(String::new()),
            written => Value::Text(written.to_owned()),
        },
        RawValue::List(items) => Value::List(
            items
                .into_iter()
                .map(|item| Item {
                    span: span(text, &item.referenced),
                    value: resolve(text, item),
                })
                .collect(),
        ),
        RawValue::Mapping => Value::Mapping,
    }
}

fn explain(text: &str, error: &serde_saphyr::Error) -> YamlError {
    let full = error.to_string();
    // The place is said in front of the message, so the library's own "at line 1, column 9" goes.
    let message = full
        .rsplit_once(" at line ")
        .map_or(full.as_str(), |(message, _)| message);
    let (message, help) = if message.starts_with("mapping values are not allowed") {
        (
            "there is a second `: ` in this line".to_owned(),
            Some("put the value in quotes: `title: \"Caching: part 1\"`".to_owned()),
        )
    } else if let Some(rest) = message.strip_prefix("duplicate mapping key: ") {
        let key = rest.split(',').next().unwrap_or(rest);
        (format!("the key `{key}` is there twice"), None)
    } else if message.starts_with("expected mapping start") {
        ("expected lines of the form `key: value`".to_owned(), None)
    } else {
        (message.to_owned(), None)
    };
    let span = error.location().map_or(0..0, |location| {
        let start = offset(text, location.line(), location.column());
        start..end_of_word(text, start)
    });
    YamlError {
        span,
        message,
        help,
    }
}

fn span(text: &str, location: &Location) -> Range<usize> {
    let start = offset(text, location.line(), location.column());
    // Characters, because the byte count of a span is not always known.
    let length = location.span().len() as usize;
    let bytes: usize = text[start..].chars().take(length).map(char::len_utf8).sum();
    start..start + text[start..start + bytes].trim_end().len()
}

/// The byte at a line and column that both begin at 1 and count characters.
fn offset(text: &str, line: u64, column: u64) -> usize {
    let mut start = 0;
    for (number, content) in (1..).zip(text.split_inclusive('\n')) {
        if number == line {
            let before: usize = content
                .chars()
                .take(usize::try_from(column.saturating_sub(1)).unwrap_or(usize::MAX))
                .map(char::len_utf8)
                .sum();
            return start + before;
        }
        start += content.len();
    }
    text.len()
}

fn end_of_word(text: &str, start: usize) -> usize {
    let rest = &text[start..];
    let length = rest.find(char::is_whitespace).unwrap_or(rest.len());
    start + length
}

struct RawMapping(Vec<(Spanned<String>, Spanned<RawValue>)>);

impl<'de> Deserialize<'de> for RawMapping {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Entries;
        impl<'de> Visitor<'de> for Entries {
            type Value = RawMapping;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("lines of the form `key: value`")
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<RawMapping, A::Error> {
                let mut entries = Vec::new();
                while let Some(entry) = map.next_entry()? {
                    entries.push(entry);
                }
                Ok(RawMapping(entries))
            }
        }
        deserializer.deserialize_map(Entries)
    }
}

enum RawValue {
    Text(String),
    /// A boolean, a number or nothing: its text has to be taken from the source.
    Plain,
    List(Vec<Spanned<RawValue>>),
    Mapping,
}

impl<'de> Deserialize<'de> for RawValue {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Any;
        impl<'de> Visitor<'de> for Any {
            type Value = RawValue;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a value")
            }
            fn visit_str<E: de::Error>(self, text: &str) -> Result<RawValue, E> {
                Ok(RawValue::Text(text.to_owned()))
            }
            fn visit_bool<E: de::Error>(self, _: bool) -> Result<RawValue, E> {
                Ok(RawValue::Plain)
            }
            fn visit_i64<E: de::Error>(self, _: i64) -> Result<RawValue, E> {
                Ok(RawValue::Plain)
            }
            fn visit_u64<E: de::Error>(self, _: u64) -> Result<RawValue, E> {
                Ok(RawValue::Plain)
            }
            fn visit_f64<E: de::Error>(self, _: f64) -> Result<RawValue, E> {
                Ok(RawValue::Plain)
            }
            fn visit_unit<E: de::Error>(self) -> Result<RawValue, E> {
                Ok(RawValue::Plain)
            }
            fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<RawValue, A::Error> {
                let mut list = Vec::new();
                while let Some(item) = items.next_element()? {
                    list.push(item);
                }
                Ok(RawValue::List(list))
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<RawValue, A::Error> {
                while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
                Ok(RawValue::Mapping)
            }
        }
        deserializer.deserialize_any(Any)
    }
}
