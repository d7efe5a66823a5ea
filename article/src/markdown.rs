//! Markdown to page tree: one pass over pulldown-cmark's events, which come with their places in the file.
//!
//! Nothing here draws. Whatever a page may not hold (raw HTML, undefined references, images without words)
//! is a problem with its place, and reading goes on after it.

mod anchor;
mod code;
mod figure;
mod inline;
mod table;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use diagram::Problem;
use pulldown_cmark::{
    BlockQuoteKind, BrokenLink, Event, Options, Parser, Tag, TagEnd, TextMergeWithOffset,
};

use self::anchor::Anchors;
use crate::claim::Claim;
use crate::page::{Block, Callout, Figure, Footnote, Heading, Inline, Item, Link, plain_text};

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

    /// Blocks up to the end of the given element, or of the file.
    fn blocks(&mut self, until: Option<TagEnd>) -> Vec<Block> {
        let mut blocks = Vec::new();
        let mut loose: Vec<Inline> = Vec::new();
        while let Some((event, span)) = self.advance() {
            match event {
                Event::End(end) if Some(end) == until => break,
                Event::Start(tag) if is_block(&tag) => {
                    flush(&mut loose, &mut blocks);
                    self.deeper(&span, tag.to_end(), |reader| {
                        reader.block(tag, &span, &mut blocks)
                    });
                }
                Event::Rule => {
                    flush(&mut loose, &mut blocks);
                    blocks.push(Block::Rule);
                }
                // Lists without blank lines hold their text directly.
                other => self.inline(other, span, &mut loose),
            }
        }
        flush(&mut loose, &mut blocks);
        blocks
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

    fn block(&mut self, tag: Tag<'a>, span: &Range<usize>, out: &mut Vec<Block>) {
        match tag {
            Tag::Paragraph => out.push(Block::Paragraph(self.inlines(TagEnd::Paragraph))),
            Tag::Heading {
                level,
                id,
                classes,
                attrs,
            } => {
                if !classes.is_empty() || !attrs.is_empty() {
                    self.problem(
                        span.clone(),
                        "a heading takes an id in its braces and nothing else",
                        "write `## Words {#id}`",
                    );
                }
                let block = self.heading(level, id.as_deref(), span);
                out.push(block);
            }
            Tag::BlockQuote(kind) => {
                let blocks = self.blocks(Some(TagEnd::BlockQuote(kind)));
                out.push(match kind {
                    Some(kind) => Block::Callout(callout(kind), blocks),
                    None => {
                        self.check_for_missed_callout(span);
                        Block::Quote(blocks)
                    }
                });
            }
            Tag::CodeBlock(kind) => {
                if let Some(block) = self.code_block(&kind, span) {
                    out.push(block);
                }
            }
            Tag::List(start) => {
                let items = self.items(TagEnd::List(start.is_some()));
                out.push(Block::List { start, items });
            }
            Tag::Table(alignments) => {
                let table = self.table(&alignments);
                out.push(table);
            }
            Tag::FootnoteDefinition(name) => {
                let blocks = self.blocks(Some(TagEnd::FootnoteDefinition));
                if self
                    .definitions
                    .insert(name.to_string(), (blocks, span.clone()))
                    .is_some()
                {
                    self.problem(
                        span.clone(),
                        format!("the footnote `{name}` is defined twice"),
                        None,
                    );
                }
            }
            Tag::HtmlBlock => {
                self.skip(TagEnd::HtmlBlock);
                self.raw_html(span.clone());
            }
            other => {
                // Only reached if an option above is turned on without a block for it here.
                self.skip(other.to_end());
                self.problem(span.clone(), "this kind of block is not supported", None);
            }
        }
    }

    fn heading(
        &mut self,
        level: pulldown_cmark::HeadingLevel,
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

    fn items(&mut self, until: TagEnd) -> Vec<Item> {
        let mut items = Vec::new();
        while let Some((event, span)) = self.advance() {
            match event {
                Event::End(end) if end == until => break,
                Event::Start(Tag::Item) => self.deeper(&span, TagEnd::Item, |reader| {
                    let mut is_done = None;
                    if let Some(Event::TaskListMarker(ticked)) = reader.peek() {
                        is_done = Some(*ticked);
                        reader.next += 1;
                    }
                    let blocks = reader.blocks(Some(TagEnd::Item));
                    items.push(Item { is_done, blocks });
                }),
                _ => {}
            }
        }
        items
    }

    /// `> [!NOTE]` is only a callout if the text follows on the very next line, and only for five words.
    fn check_for_missed_callout(&mut self, span: &Range<usize>) {
        let first = self.source[span.clone()].lines().next().unwrap_or_default();
        let Some(rest) = first.trim_start_matches(['>', ' ']).strip_prefix("[!") else {
            return;
        };
        let Some((word, _)) = rest.split_once(']') else {
            return;
        };
        let known = ["NOTE", "TIP", "IMPORTANT", "WARNING", "CAUTION"];
        // The bracket is also an undefined reference; one mistake is reported once.
        self.problems.retain(|problem| {
            !(span.contains(&problem.span.start) && problem.message.starts_with("`[!"))
        });
        let length = first.trim_end().len();
        let place = span.start..span.start + length;
        if known.contains(&word.to_uppercase().as_str()) {
            self.problem_with(
                place,
                format!("the text of a callout has to begin on the line after `[!{word}]`"),
                Some("remove the empty line or the words behind the bracket".to_owned()),
            );
        } else {
            let help = crate::suggestion::did_you_mean(word, known)
                .unwrap_or_else(|| format!("the kinds are {}", known.join(", ")));
            self.problem_with(place, format!("there is no callout `{word}`"), Some(help));
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

    /// Puts the texts of footnotes in the order of the references to them.
    fn finish_footnotes(&mut self) {
        let mut definitions = std::mem::take(&mut self.definitions);
        let used: BTreeSet<String> = self.names.keys().cloned().collect();
        for (name, place) in std::mem::take(&mut self.names) {
            if let Some((blocks, _)) = definitions.remove(&name) {
                self.body.footnotes[place].blocks = blocks;
            }
        }
        for (name, (_, span)) in definitions {
            if !used.contains(&name) {
                let end = span.start + name.len() + "[^]:".len();
                self.problem(
                    span.start..end,
                    format!("nothing refers to the footnote `{name}`"),
                    "refer to it with `[^name]`, or remove it",
                );
            }
        }
    }
}

fn is_block(tag: &Tag<'_>) -> bool {
    !matches!(
        tag,
        Tag::Emphasis
            | Tag::Strong
            | Tag::Strikethrough
            | Tag::Superscript
            | Tag::Subscript
            | Tag::Link { .. }
            | Tag::Image { .. }
    )
}

fn flush(loose: &mut Vec<Inline>, blocks: &mut Vec<Block>) {
    if !loose.is_empty() {
        blocks.push(Block::Plain(std::mem::take(loose)));
    }
}

fn callout(kind: BlockQuoteKind) -> Callout {
    match kind {
        BlockQuoteKind::Note => Callout::Note,
        BlockQuoteKind::Tip => Callout::Tip,
        BlockQuoteKind::Important => Callout::Important,
        BlockQuoteKind::Warning => Callout::Warning,
        BlockQuoteKind::Caution => Callout::Caution,
    }
}

#[cfg(test)]
mod tests;
