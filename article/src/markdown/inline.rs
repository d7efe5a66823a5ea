//! Text within a line: words, links, pictures, claims, references to footnotes.

use std::ops::Range;

use pulldown_cmark::{CowStr, Event, LinkType, Tag, TagEnd};

use super::Reader;
use crate::claim::{self, Claim};
use crate::link::Target;
use crate::page::{Inline, Link, plain_text};

impl<'a> Reader<'a> {
    /// Text up to the end of the given element.
    pub(super) fn inlines(&mut self, until: TagEnd) -> Vec<Inline> {
        let mut out = Vec::new();
        while let Some((event, span)) = self.advance() {
            match event {
                Event::End(end) if end == until => break,
                other => self.inline(other, span, &mut out),
            }
        }
        out
    }

    /// One event within a line, and for elements everything up to their end.
    pub(super) fn inline(&mut self, event: Event<'a>, span: Range<usize>, out: &mut Vec<Inline>) {
        match event {
            Event::Text(text) => {
                self.check_for_undefined_footnote(&text, &span);
                out.push(Inline::Text(text.into_string()));
            }
            Event::Code(code) => out.push(self.code_span(&code, span)),
            Event::SoftBreak => out.push(Inline::SoftBreak),
            Event::HardBreak => out.push(Inline::HardBreak),
            Event::FootnoteReference(name) => out.push(self.footnote_reference(name)),
            Event::Html(_) | Event::InlineHtml(_) => self.raw_html(span),
            Event::Start(tag) => {
                let end = tag.to_end();
                self.deeper(&span.clone(), end, |reader| {
                    reader.element(tag, end, span, out)
                });
            }
            Event::TaskListMarker(_) => self.problem(
                span,
                "a tick box has to stand at the beginning of a list item",
                None,
            ),
            // An end without a beginning does not occur; mathematics is not turned on.
            Event::End(_) | Event::Rule | Event::InlineMath(_) | Event::DisplayMath(_) => {}
        }
    }

    fn element(&mut self, tag: Tag<'a>, end: TagEnd, span: Range<usize>, out: &mut Vec<Inline>) {
        let content = self.inlines(end);
        match tag {
            Tag::Emphasis => out.push(Inline::Emphasis(content)),
            Tag::Strong => out.push(Inline::Strong(content)),
            Tag::Strikethrough => out.push(Inline::Struck(content)),
            Tag::Link {
                link_type,
                dest_url,
                title,
                ..
            } => {
                self.refuse_title(&title, &span);
                let has_words = !plain_text(&content).trim().is_empty()
                    || content
                        .iter()
                        .any(|inline| matches!(inline, Inline::Claim(_)));
                if !has_words {
                    self.problem(span.clone(), "the link has no words", None);
                }
                let address = match link_type {
                    LinkType::Email => format!("mailto:{dest_url}"),
                    _ => dest_url.into_string(),
                };
                let link = self.link(&address, span);
                out.push(Inline::Link(link, content));
            }
            Tag::Image {
                dest_url, title, ..
            } => {
                self.refuse_title(&title, &span);
                let words = plain_text(&content).trim().to_owned();
                if words.is_empty() {
                    self.problem(
                        span.clone(),
                        "the picture has no words for readers who cannot see it",
                        "write `![what it shows](file.png)`",
                    );
                }
                let link = self.link(&dest_url, span.clone());
                if let Some(Target::External(_)) = self.body.links[link].target {
                    self.problem(
                        span,
                        "a picture from another site would not load: pages only use their own files",
                        "put the file beside the Markdown",
                    );
                }
                out.push(Inline::Image(link, words));
            }
            // The parser has no other element within a line.
            _ => out.extend(content),
        }
    }

    fn link(&mut self, address: &str, span: Range<usize>) -> usize {
        let target = match Target::parse(address, self.path) {
            Ok(target) => Some(target),
            Err((message, help)) => {
                self.problem_with(span.clone(), message, help);
                None
            }
        };
        self.body.links.push(Link { target, span });
        self.body.links.len() - 1
    }

    fn refuse_title(&mut self, title: &CowStr<'_>, span: &Range<usize>) {
        if !title.is_empty() {
            self.problem(
                span.clone(),
                "links and pictures take no title: touch screens and keyboards cannot reach it",
                "say it in the text",
            );
        }
    }

    fn code_span(&mut self, code: &str, span: Range<usize>) -> Inline {
        match claim::parse(code) {
            None => Inline::Code(code.to_owned()),
            Some(Ok((figure, metric, kind))) => {
                self.body.claims.push(Claim {
                    figure,
                    metric,
                    kind,
                    span,
                });
                Inline::Claim(self.body.claims.len() - 1)
            }
            Some(Err((message, help))) => {
                self.problem_with(span, message, help);
                Inline::Code(code.to_owned())
            }
        }
    }
}
