//! From keys and values to front matter, with every mistake named.

use std::ops::Range;

use diagram::Problem;
use diagram::suggestion::did_you_mean;

use super::yaml::{Entry, Value};
use super::{Date, FrontMatter, Layout};

const KEYS: [&str; 10] = [
    "layout",
    "title",
    "date",
    "updated",
    "categories",
    "tags",
    "lang",
    "lang-ref",
    "description",
    "draft",
];

/// Turns raw entries into front matter, one key after the other, and keeps going after a mistake.
pub(super) struct Validator<'a> {
    pub(super) front: &'a mut FrontMatter,
    pub(super) problems: &'a mut Vec<Problem>,
    /// The opening `---`: where a missing key is reported.
    pub(super) fence: Range<usize>,
}

impl Validator<'_> {
    pub(super) fn validate(mut self, entries: &[Entry]) {
        for entry in entries {
            self.entry(entry);
        }
        self.check_order_of_dates(entries);
        self.require(entries);
    }

    fn entry(&mut self, entry: &Entry) {
        match entry.key.as_str() {
            "layout" => self.layout(entry),
            "title" => {
                if let Some(text) = self.text(entry) {
                    self.front.title = text;
                }
            }
            "description" => {
                if let Some(text) = self.text(entry) {
                    self.front.description = text;
                }
            }
            "lang" => self.lang(entry),
            "lang-ref" => {
                if let Some(text) = self.text(entry) {
                    self.front.lang_ref = text;
                }
            }
            "date" => {
                if let Some(date) = self.date(entry) {
                    self.front.date = Some(date);
                }
            }
            "updated" => {
                if let Some(date) = self.date(entry) {
                    self.front.updated = Some(date);
                }
            }
            "categories" => {
                if let Some(list) = self.list(entry) {
                    self.front.categories = list;
                }
            }
            "tags" => {
                if let Some(list) = self.list(entry) {
                    self.front.tags = list;
                }
            }
            "draft" => self.draft(entry),
            other => {
                let help = did_you_mean(other, KEYS).unwrap_or_else(|| {
                    format!(
                        "the keys are {}",
                        KEYS.map(|key| format!("`{key}`")).join(", ")
                    )
                });
                self.problem(
                    &entry.key_span,
                    format!("unknown key `{other}`"),
                    Some(help),
                );
            }
        }
    }

    fn require(&mut self, entries: &[Entry]) {
        let is_article = self.front.layout == Layout::Article;
        for key in KEYS {
            let is_needed = match key {
                "date" => is_article,
                "updated" | "categories" | "tags" | "draft" => false,
                _ => true,
            };
            if is_needed && !entries.iter().any(|entry| entry.key == key) {
                let span = self.fence.clone();
                self.problem(
                    &span,
                    format!("the key `{key}` is missing"),
                    Some(format!(
                        "add a line `{key}: {}`",
                        example(key, self.front.layout)
                    )),
                );
            }
        }
    }

    fn layout(&mut self, entry: &Entry) {
        let expected = self.front.layout;
        match self.text(entry) {
            Some(text) if text != expected.name() => {
                let help = format!(
                    "write `layout: {}`: `index.md` is the article's first page, numbered files are its chapters",
                    expected.name()
                );
                self.problem(
                    &entry.value_span,
                    format!(
                        "the layout of this file is `{}`, not `{text}`",
                        expected.name()
                    ),
                    Some(help),
                );
            }
            _ => {}
        }
    }

    fn lang(&mut self, entry: &Entry) {
        let Some(text) = self.text(entry) else { return };
        if text.chars().all(|c| c.is_ascii_lowercase() || c == '-') {
            self.front.lang = text;
        } else {
            self.problem(
                &entry.value_span,
                format!("`{text}` is not a language tag"),
                Some("write it as the folder is named, for example `lang: en`".to_owned()),
            );
        }
    }

    fn date(&mut self, entry: &Entry) -> Option<Date> {
        let text = self.text(entry)?;
        match Date::parse(&text) {
            Ok(date) => Some(date),
            Err(message) => {
                self.problem(
                    &entry.value_span,
                    message,
                    Some(
                        "write it as `2024-09-15`, or with a time as `2024-09-15 10:30:00 +0200`"
                            .to_owned(),
                    ),
                );
                None
            }
        }
    }

    /// Looks at both dates once they are read: authors write them in either order.
    fn check_order_of_dates(&mut self, entries: &[Entry]) {
        let (Some(date), Some(updated)) = (self.front.date, self.front.updated) else {
            return;
        };
        if let Some(entry) = entries
            .iter()
            .find(|entry| entry.key == "updated" && updated < date)
        {
            self.problem(
                &entry.value_span,
                format!("`updated` is {updated}, before the page was first published on {date}"),
                Some("correct one of the two, or leave `updated` out".to_owned()),
            );
        }
    }

    fn draft(&mut self, entry: &Entry) {
        match self.text(entry).as_deref() {
            Some("true") => self.front.draft = true,
            Some("false") | None => {}
            Some(other) => self.problem(
                &entry.value_span,
                format!("`draft` is `true` or `false`, not `{other}`"),
                None,
            ),
        }
    }

    /// A text that is not empty. Numbers and words such as `no` stay the text that they were written as.
    fn text(&mut self, entry: &Entry) -> Option<String> {
        match &entry.value {
            Value::Text(text) if !text.trim().is_empty() => Some(text.trim().to_owned()),
            Value::Text(_) => {
                self.problem(
                    &entry.key_span,
                    format!("the key `{}` has no value", entry.key),
                    None,
                );
                None
            }
            Value::List(_) | Value::Mapping => {
                self.problem(
                    &entry.value_span,
                    format!("`{}` is one text, not {}", entry.key, entry.value.kind()),
                    None,
                );
                None
            }
        }
    }

    /// Jekyll takes a list, or words with spaces between them.
    fn list(&mut self, entry: &Entry) -> Option<Vec<String>> {
        match &entry.value {
            Value::Text(text) => Some(text.split_whitespace().map(str::to_owned).collect()),
            Value::List(items) => {
                let mut list = Vec::new();
                for item in items {
                    match &item.value {
                        Value::Text(text) => list.push(text.trim().to_owned()),
                        other => self.problem(
                            &item.span,
                            format!(
                                "`{}` is a list of texts; this is {}",
                                entry.key,
                                other.kind()
                            ),
                            None,
                        ),
                    }
                }
                Some(list)
            }
            Value::Mapping => {
                self.problem(
                    &entry.value_span,
                    format!(
                        "`{}` is a list of texts, not {}",
                        entry.key,
                        entry.value.kind()
                    ),
                    Some(format!("write `{}: [one, two]`", entry.key)),
                );
                None
            }
        }
    }

    fn problem(&mut self, span: &Range<usize>, message: String, help: Option<String>) {
        self.problems.push(Problem {
            span: span.clone(),
            at: String::new(),
            message,
            help,
        });
    }
}

fn example(key: &str, layout: Layout) -> &'static str {
    match key {
        "layout" => layout.name(),
        "title" => "What a load balancer does",
        "date" => "2024-09-15",
        "lang" => "en",
        "lang-ref" => "load-balancer",
        _ => "One sentence that says what the reader learns.",
    }
}
