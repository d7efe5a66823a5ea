//! Headings: one for each part of the page, with no level left out.

use std::ops::Range;

use pulldown_cmark::{HeadingLevel, TagEnd};

use super::Reader;
use crate::page::{Block, Heading, plain_text};

impl Reader<'_> {
    pub(super) fn heading(
        &mut self,
        level: HeadingLevel,
        id: Option<&str>,
        span: &Range<usize>,
    ) -> Block {
        let span = &(span.start..span.start + self.source[span.clone()].trim_end().len());
        let claims = self.body.claims.len();
        let content = self.inlines(TagEnd::Heading(level));
        if self.body.claims.len() > claims {
            self.problem(
                span.clone(),
                "a heading cannot hold a measured number",
                "say it in the text",
            );
        }
        let level = level as u8;
        let previous = self.body.headings.last().map_or(1, |heading| heading.level);
        if level == 1 {
            self.problem(
                span.clone(),
                "the first level of heading is the page's title, from the front matter",
                "begin sections with `##`",
            );
        } else if level > previous + 1 {
            self.problem_with(
                span.clone(),
                format!("a heading of level {level} follows one of level {previous}"),
                Some(format!(
                    "write `{}`, so that no level is left out",
                    "#".repeat(usize::from(previous) + 1)
                )),
            );
        }
        let text = plain_text(&content).trim().to_owned();
        if text.is_empty() {
            self.problem(span.clone(), "the heading has no words", None);
        }
        let id = match id {
            Some(id) => {
                if let Err(message) = self.anchors.claim(id) {
                    self.problem_with(span.clone(), message, None);
                }
                id.to_owned()
            }
            None => self.anchors.invent(&text),
        };
        self.body.headings.push(Heading { level, id, text });
        Block::Heading(self.body.headings.len() - 1, content)
    }
}
