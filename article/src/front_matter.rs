//! What a page says about itself: the YAML between the two `---` lines.
//!
//! The keys are the ones that blog authors know from Jekyll.
//! Reading goes in two steps: [`yaml`] turns text into keys and values with their places and judges nothing;
//! this file judges, and names everything that is wrong at once.

mod date;
mod yaml;

use std::ops::Range;

use diagram::Problem;

pub use self::date::Date;
use self::yaml::{Entry, Value};
use crate::suggestion::did_you_mean;

/// What kind of page a file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Layout {
    /// The first page of an article (`index.md`): what it is about, and its chapters.
    Article,
    /// One chapter of an article (`01-single-server.md`).
    Chapter,
}

impl Layout {
    /// The word in the front matter.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Article => "article",
            Self::Chapter => "chapter",
        }
    }
}

/// Valid front matter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FrontMatter {
    /// The kind of page.
    pub layout: Layout,
    /// The page's main heading; plain text.
    pub title: String,
    /// One or two sentences for search engines, lists and previews; plain text.
    pub description: String,
    /// When it was first published. Articles always have one.
    pub date: Option<Date>,
    /// Broad subjects: "System Design".
    pub categories: Vec<String>,
    /// Narrow subjects: "load-balancing".
    pub tags: Vec<String>,
    /// Language of the text, as in the folder's name: "en".
    pub lang: String,
    /// The key that ties the translations of one page together.
    pub lang_ref: String,
    /// Drafts are left out of the site.
    pub draft: bool,
}

impl FrontMatter {
    /// What a page gets whose front matter could not be read, so that the rest of it can still be checked.
    fn placeholder(layout: Layout) -> Self {
        Self {
            layout,
            title: String::new(),
            description: String::new(),
            date: None,
            categories: Vec::new(),
            tags: Vec::new(),
            lang: String::new(),
            lang_ref: String::new(),
            draft: false,
        }
    }
}

const KEYS: [&str; 9] = [
    "layout",
    "title",
    "date",
    "categories",
    "tags",
    "lang",
    "lang-ref",
    "description",
    "draft",
];

/// Reads the front matter of a file.
///
/// Gives it together with the offset at which the Markdown begins.
/// With problems, the front matter holds what could be read and empty text for the rest.
pub(crate) fn read(
    text: &str,
    layout: Layout,
    problems: &mut Vec<Problem>,
) -> (FrontMatter, usize) {
    let mut front = FrontMatter::placeholder(layout);
    let Some(block) = find(text) else {
        let (message, help) = if text.starts_with("---") {
            (
                "the front matter does not end",
                "close it with another line `---`".to_owned(),
            )
        } else {
            (
                "the file does not begin with front matter",
                format!(
                    "begin with a line `---`, then `layout: {}`, `title: …` and so on, then another line `---`",
                    layout.name()
                ),
            )
        };
        problems.push(Problem {
            span: 0..first_line_length(text),
            at: String::new(),
            message: message.to_owned(),
            help: Some(help),
        });
        return (front, 0);
    };
    match yaml::read(&text[block.yaml.clone()]) {
        Ok(entries) => {
            let entries: Vec<Entry> = entries
                .into_iter()
                .map(|entry| entry.shifted(block.yaml.start))
                .collect();
            Validator {
                front: &mut front,
                problems,
                fence: 0..3,
            }
            .validate(&entries);
        }
        Err(error) => problems.push(Problem {
            span: shift(&error.span, block.yaml.start),
            at: String::new(),
            message: format!("this is not valid YAML: {}", error.message),
            help: error.help,
        }),
    }
    (front, block.body)
}

/// Where the YAML and the Markdown are.
struct Found {
    yaml: Range<usize>,
    body: usize,
}

fn find(text: &str) -> Option<Found> {
    let mut lines = text.split_inclusive('\n');
    let first = lines.next()?;
    if first.trim_end() != "---" {
        return None;
    }
    let start = first.len();
    let mut at = start;
    for line in lines {
        if line.trim_end() == "---" {
            return Some(Found {
                yaml: start..at,
                body: at + line.len(),
            });
        }
        at += line.len();
    }
    None
}

fn first_line_length(text: &str) -> usize {
    text.lines().next().map_or(0, str::len)
}

fn shift(span: &Range<usize>, by: usize) -> Range<usize> {
    span.start + by..span.end + by
}

/// Turns raw entries into front matter, one key after the other, and keeps going after a mistake.
struct Validator<'a> {
    front: &'a mut FrontMatter,
    problems: &'a mut Vec<Problem>,
    /// The opening `---`: where a missing key is reported.
    fence: Range<usize>,
}

impl Validator<'_> {
    fn validate(mut self, entries: &[Entry]) {
        for entry in entries {
            self.entry(entry);
        }
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
            "date" => self.date(entry),
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
                "categories" | "tags" | "draft" => false,
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

    fn date(&mut self, entry: &Entry) {
        let Some(text) = self.text(entry) else { return };
        match Date::parse(&text) {
            Ok(date) => self.front.date = Some(date),
            Err(message) => self.problem(
                &entry.value_span,
                message,
                Some(
                    "write it as `2024-09-15`, or with a time as `2024-09-15 10:30:00 +0200`"
                        .to_owned(),
                ),
            ),
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

#[cfg(test)]
mod tests;
