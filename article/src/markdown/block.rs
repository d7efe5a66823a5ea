//! What stands on lines of its own: paragraphs, lists, quotations, and the way to all others.

use std::ops::Range;

use pulldown_cmark::{Event, Tag, TagEnd};

use super::Reader;
use super::callout::callout;
use crate::page::{Block, Inline, Item};

impl<'a> Reader<'a> {
    /// Blocks up to the end of the given element, or of the file.
    pub(super) fn blocks(&mut self, until: Option<TagEnd>) -> Vec<Block> {
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
            Tag::FootnoteDefinition(name) => self.footnote_definition(name.to_string(), span),
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
