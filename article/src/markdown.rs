//! Markdown to page tree: one pass over pulldown-cmark's events, which come with their places in the file.
//!
//! Nothing here draws. Whatever a page may not hold (raw HTML, undefined references, images without words)
//! is a problem with its place, and reading goes on after it.

mod anchor;
mod block;
mod callout;
mod code;
mod figure;
mod footnote;
mod heading;
mod inline;
mod table;

use std::collections::BTreeMap;
use std::ops::Range;

use diagram::Problem;
use pulldown_cmark::{BrokenLink, Event, Options, Parser, TagEnd, TextMergeWithOffset};

use self::anchor::Anchors;
use crate::claim::Claim;
use crate::page::{Block, Figure, Footnote, Heading, Link};

/// Blocks and inlines within each other; deeper ones are a mistake, and would exhaust the stack in the end.
const MAX_DEPTH: usize = 24;

/// What the Markdown of one page says.
#[derive(Default)]
pub(crate) struct Body {
    pub(crate) blocks: Vec<Block>,
    pub(crate) headings: Vec<Heading>,
    pub(crate) figures: Vec<Figure>,
    pub(crate) links: Vec<Link>,
    pub(crate) claims: Vec<Claim>,
    pub(crate) footnotes: Vec<Footnote>,
}

/// Reads the Markdown that begins at byte `start` of the file.
pub(crate) fn read(
    path: &str,
    source: &str,
    start: usize,
    number: Option<u32>,
    problems: &mut Vec<Problem>,
) -> Body {
    let mut undefined: Vec<(Range<usize>, String)> = Vec::new();
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_SMART_PUNCTUATION
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_GFM;
    let note_undefined = |link: BrokenLink<'_>| {
        undefined.push((link.span, link.reference.into_string()));
        None
    };
    let parser =
        Parser::new_with_broken_link_callback(&source[start..], options, Some(note_undefined));
    let events: Vec<(Event<'_>, Range<usize>)> =
        TextMergeWithOffset::new(parser.into_offset_iter())
            .map(|(event, span)| (event, span.start + start..span.end + start))
            .collect();

    let mut reader = Reader {
        path,
        source,
        number,
        events,
        next: 0,
        depth: 0,
        problems,
        anchors: Anchors::default(),
        names: BTreeMap::new(),
        definitions: BTreeMap::new(),
        body: Body::default(),
    };
    for (span, name) in undefined {
        reader.undefined_reference(span.start + start..span.end + start, &name);
    }
    reader.reserve_figure_ids();
    reader.body.blocks = reader.blocks(None);
    reader.finish_footnotes();
    reader.body
}

/// Walks the events.
struct Reader<'a> {
    path: &'a str,
    source: &'a str,
    number: Option<u32>,
    events: Vec<(Event<'a>, Range<usize>)>,
    next: usize,
    depth: usize,
    problems: &'a mut Vec<Problem>,
    anchors: Anchors,
    /// Places of footnotes in `body.footnotes`, by the author's name for them.
    names: BTreeMap<String, usize>,
    /// Texts of footnotes by name.
    definitions: BTreeMap<String, (Vec<Block>, Range<usize>)>,
    body: Body,
}

impl<'a> Reader<'a> {
    fn advance(&mut self) -> Option<(Event<'a>, Range<usize>)> {
        let event = self.events.get(self.next).cloned();
        self.next += 1;
        event
    }

    fn peek(&self) -> Option<&Event<'a>> {
        self.events.get(self.next).map(|(event, _)| event)
    }

    fn problem(
        &mut self,
        span: Range<usize>,
        message: impl Into<String>,
        help: impl Into<Option<&'static str>>,
    ) {
        self.problem_with(span, message.into(), help.into().map(str::to_owned));
    }

    fn problem_with(&mut self, span: Range<usize>, message: String, help: Option<String>) {
        self.problems.push(Problem {
            span,
            at: String::new(),
            message,
            help,
        });
    }

    fn undefined_reference(&mut self, span: Range<usize>, name: &str) {
        self.problem_with(
            span,
            format!("`[{name}]` refers to a link that is not defined"),
            Some(format!(
                "define it on a line of its own, `[{name}]: address`, or write `\\[` for a plain bracket"
            )),
        );
    }

    /// Runs `read` one level deeper, or skips the element where the author nests without end.
    fn deeper(&mut self, span: &Range<usize>, end: TagEnd, read: impl FnOnce(&mut Self)) {
        if self.depth >= MAX_DEPTH {
            self.problem(
                span.start..span.start + 1,
                format!("this is nested more than {MAX_DEPTH} levels deep"),
                None,
            );
            self.skip(end);
            return;
        }
        self.depth += 1;
        read(self);
        self.depth -= 1;
    }

    /// Leaves out everything up to the end of an element that has just begun.
    fn skip(&mut self, end: TagEnd) {
        let mut open = 1;
        while let Some((event, _)) = self.advance() {
            match event {
                Event::Start(tag) if tag.to_end() == end => open += 1,
                Event::End(other) if other == end => open -= 1,
                _ => {}
            }
            if open == 0 {
                return;
            }
        }
    }

    fn raw_html(&mut self, span: Range<usize>) {
        let end = span.start
            + self.source[span.clone()]
                .lines()
                .next()
                .unwrap_or_default()
                .len();
        self.problem(
            span.start..end,
            "raw HTML is not allowed in Markdown",
            "use Markdown, or write `\\<` for a plain angle bracket",
        );
    }
}

#[cfg(test)]
mod tests;
