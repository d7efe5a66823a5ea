//! From text to a [`Document`]: every fault of the text is reported, each with its place.
//!
//! The text is read in two steps. The tree of tables is walked by hand, which gives a
//! [`Draft`](crate::document::Draft) with defaults wherever something was wrong; then the draft is
//! checked as a whole. So a misspelt key does not hide a link to nowhere.

mod diagram;
mod node;
mod section;
mod setting;
mod sound;
mod timeline;
mod variant;

use std::ops::Range;

use toml::de::DeTable;

use crate::document::{Document, FORMAT, MAX_TEXT};
use crate::problem::Problem;
use crate::quantity::Fault;

use section::{Problems, Section};

impl Document {
    /// Reads a document.
    ///
    /// # Errors
    /// Every [`Problem`] of the text, in the order of their places.
    pub fn parse(text: &str) -> Result<Self, Vec<Problem>> {
        let mut problems = Problems::default();
        let document = read(text, &mut problems);
        match (document, problems.finish()) {
            (Some(document), found) if found.is_empty() => Ok(document),
            (_, found) => Err(found),
        }
    }
}

fn read(text: &str, problems: &mut Problems) -> Option<Document> {
    if text.len() > MAX_TEXT {
        problems.add(
            0..0,
            "",
            Fault::new(format!(
                "this text has {} bytes; at most {MAX_TEXT} are read",
                text.len()
            )),
        );
        return None;
    }
    let (tree, errors) = DeTable::parse_recoverable(text);
    for (nth, error) in errors.iter().enumerate() {
        // A line that went wrong goes wrong in the same way again and again.
        let line = |error: &toml::de::Error| line_of(error, text);
        let is_the_same = |other: &toml::de::Error| {
            other.message() == error.message() && line(other) == line(error)
        };
        if nth > 0 && is_the_same(&errors[nth - 1]) {
            continue;
        }
        let span = error.span().unwrap_or(0..0);
        problems.add(
            clip(span, text),
            "",
            Fault::new(format!("this is not TOML: {}", error.message())),
        );
    }
    // What a broken text recovers to would only add faults that are none.
    if !errors.is_empty() {
        return None;
    }
    let root = Section::root(tree.get_ref());
    if !has_known_format(&root, problems) {
        return None;
    }
    let read = diagram::read(&root, problems);
    let timeline = timeline::read_timeline(&root, problems);
    let variants = variant::read_variants(&root, problems);

    let (mut document, doubts) = sound::build(read.draft, &read.spans, read.unread, problems)?;
    timeline::check_timeline(&mut document, timeline, &doubts, problems);
    variant::check_variants(&mut document, variants, &doubts, problems);
    Some(document)
}

fn has_known_format(root: &Section<'_, '_>, problems: &mut Problems) -> bool {
    let Some((_, value)) = root.get("format") else {
        problems.add(
            0..0,
            "format",
            Fault::with_help(
                "the document does not say its format",
                format!("write \"format = {FORMAT}\" as the first line"),
            ),
        );
        return true;
    };
    let Some(number) = section::whole_number(value.get_ref()) else {
        problems.add(
            value.span(),
            "format",
            Fault::with_help(
                "the format is a whole number",
                format!("write \"format = {FORMAT}\""),
            ),
        );
        return true;
    };
    if number != FORMAT.to_string() {
        problems.add(
            value.span(),
            "format",
            Fault::new(format!(
                "this file is of format {}; this program reads format {FORMAT}",
                crate::quantity::quote(&number).trim_matches('"')
            )),
        );
        return false;
    }
    true
}

fn line_of(error: &toml::de::Error, text: &str) -> usize {
    let start = clip(error.span().unwrap_or(0..0), text).start;
    text[..start].matches('\n').count()
}

/// A span that lies in `text`, whatever the TOML reader says.
fn clip(span: Range<usize>, text: &str) -> Range<usize> {
    let floor = |at: usize| {
        let mut at = at.min(text.len());
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        at
    };
    let start = floor(span.start);
    start..floor(span.end).max(start)
}

#[cfg(test)]
mod tests;
