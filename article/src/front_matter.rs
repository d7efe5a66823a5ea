//! What a page says about itself: the YAML between the two `---` lines.
//!
//! The keys are the ones that blog authors know from Jekyll.
//! Reading goes in two steps: [`yaml`] turns text into keys and values with their places and judges nothing;
//! [`validator`] judges, and names everything that is wrong at once.

mod date;
mod fence;
mod validator;
mod yaml;

use std::ops::Range;

use diagram::Problem;

pub use self::date::Date;
use self::fence::Fence;
use self::validator::Validator;
use self::yaml::Entry;

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
    /// When its text last changed in a way that readers should know of; never before `date`.
    pub updated: Option<Date>,
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
            updated: None,
            categories: Vec::new(),
            tags: Vec::new(),
            lang: String::new(),
            lang_ref: String::new(),
            draft: false,
        }
    }
}

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
    let (yaml, body) = match fence::find(text) {
        Fence::Closed { yaml, body } => (yaml, body),
        Fence::Open { body } => {
            problems.push(on_first_line(
                text,
                "the front matter does not end",
                "close it with another line `---`".to_owned(),
            ));
            return (front, body);
        }
        Fence::Missing => {
            problems.push(on_first_line(
                text,
                "the file does not begin with front matter",
                format!(
                    "begin with a line `---`, then `layout: {}`, `title: …` and so on, then another line `---`",
                    layout.name()
                ),
            ));
            return (front, 0);
        }
    };
    match yaml::read(&text[yaml.clone()]) {
        Ok(entries) => {
            let entries: Vec<Entry> = entries
                .into_iter()
                .map(|entry| entry.shifted(yaml.start))
                .collect();
            Validator {
                front: &mut front,
                problems,
                fence: 0..3,
            }
            .validate(&entries);
        }
        Err(error) => problems.push(Problem {
            span: shift(&error.span, yaml.start),
            at: String::new(),
            message: format!("this is not valid YAML: {}", error.message),
            help: error.help,
        }),
    }
    (front, body)
}

fn on_first_line(text: &str, message: &str, help: String) -> Problem {
    Problem {
        span: 0..text.lines().next().map_or(0, str::len),
        at: String::new(),
        message: message.to_owned(),
        help: Some(help),
    }
}

fn shift(span: &Range<usize>, by: usize) -> Range<usize> {
    span.start + by..span.end + by
}

#[cfg(test)]
mod tests;
