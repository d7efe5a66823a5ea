//! JSON as it is written here: a tree and its text. Nothing is read.

/// A JSON value whose objects keep their order.
#[derive(Clone, Debug, PartialEq)]
pub enum Json {
    /// `true` or `false`.
    Bool(bool),
    /// A number, already in its text form.
    Number(String),
    /// A text.
    Text(String),
    /// A list.
    Array(Vec<Json>),
    /// Keys with their values.
    Object(Vec<(String, Json)>),
    /// Nothing.
    Null,
}

impl Json {
    /// A text.
    #[must_use]
    pub fn text(text: &str) -> Self {
        Self::Text(text.to_owned())
    }

    /// A number, or `null` for one that JSON cannot hold.
    #[must_use]
    pub fn number(number: f64) -> Self {
        if number.is_finite() {
            Self::Number(number.to_string())
        } else {
            Self::Null
        }
    }

    /// An object with these keys.
    pub fn object<'k>(entries: impl IntoIterator<Item = (&'k str, Self)>) -> Self {
        Self::Object(
            entries
                .into_iter()
                .map(|(key, value)| (key.to_owned(), value))
                .collect(),
        )
    }

    /// The text with one entry a line.
    #[must_use]
    pub fn pretty(&self) -> String {
        let mut out = String::new();
        self.write(&mut out, 0);
        out
    }

    fn write(&self, out: &mut String, depth: usize) {
        match self {
            Self::Null => out.push_str("null"),
            Self::Bool(value) => out.push_str(if *value { "true" } else { "false" }),
            Self::Number(digits) => out.push_str(digits),
            Self::Text(text) => out.push_str(&quoted(text)),
            Self::Array(values) => {
                write_list(out, depth, ('[', ']'), values, |out, value| {
                    value.write(out, depth + 1)
                });
            }
            Self::Object(entries) => {
                write_list(out, depth, ('{', '}'), entries, |out, (key, value)| {
                    out.push_str(&quoted(key));
                    out.push_str(": ");
                    value.write(out, depth + 1);
                });
            }
        }
    }
}

fn write_list<T>(
    out: &mut String,
    depth: usize,
    (open, close): (char, char),
    entries: &[T],
    write: impl Fn(&mut String, &T),
) {
    out.push(open);
    for (place, entry) in entries.iter().enumerate() {
        out.push_str(if place == 0 { "\n" } else { ",\n" });
        out.push_str(&"  ".repeat(depth + 1));
        write(out, entry);
    }
    if !entries.is_empty() {
        out.push('\n');
        out.push_str(&"  ".repeat(depth));
    }
    out.push(close);
}

/// A text with its quotes.
#[must_use]
pub fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            c if c.is_control() => out.push_str(&format!("\\u{:04x}", u32::from(c))),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_escaped_and_order_is_kept() {
        let value = Json::object([
            ("b", Json::text("a\"\\\n\u{1}")),
            (
                "a",
                Json::Array(vec![
                    Json::number(0.5),
                    Json::number(f64::NAN),
                    Json::Bool(true),
                ]),
            ),
            ("c", Json::Array(vec![])),
        ]);
        assert_eq!(
            value.pretty(),
            "{\n  \"b\": \"a\\\"\\\\\\n\\u0001\",\n  \"a\": [\n    0.5,\n    null,\n    true\n  ],\n  \"c\": []\n}"
        );
    }
}
