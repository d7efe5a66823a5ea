//! Footnotes: references in the text, and their texts in the order of the references.

use std::collections::BTreeSet;
use std::ops::Range;

use pulldown_cmark::{CowStr, TagEnd};

use super::Reader;
use crate::page::{Footnote, Inline};

impl Reader<'_> {
    pub(super) fn footnote_reference(&mut self, name: CowStr<'_>) -> Inline {
        let footnotes = &mut self.body.footnotes;
        let footnote = *self.names.entry(name.into_string()).or_insert_with(|| {
            footnotes.push(Footnote {
                blocks: Vec::new(),
                references: 0,
            });
            footnotes.len() - 1
        });
        footnotes[footnote].references += 1;
        Inline::FootnoteReference {
            footnote,
            nth: footnotes[footnote].references,
        }
    }

    /// The parser leaves `[^name]` as plain text when there is no such footnote.
    pub(super) fn check_for_undefined_footnote(&mut self, text: &str, span: &Range<usize>) {
        let mut rest = text;
        while let Some(start) = rest.find("[^") {
            rest = &rest[start + 2..];
            let Some((name, _)) = rest.split_once(']') else {
                return;
            };
            if !name.is_empty() && !name.contains(char::is_whitespace) {
                let written = format!("[^{name}]");
                let source = &self.source[span.clone()];
                // Escaped brackets are found in the text but not in the source, and are meant.
                if let Some(at) = source
                    .find(&written)
                    .filter(|&at| !source[..at].ends_with('\\'))
                {
                    let place = span.start + at..span.start + at + written.len();
                    self.problem_with(
                        place,
                        format!("there is no footnote `{name}`"),
                        Some(format!("define it on a line of its own: `[^{name}]: text`")),
                    );
                }
            }
        }
    }

    pub(super) fn footnote_definition(&mut self, name: String, span: &Range<usize>) {
        let blocks = self.blocks(Some(TagEnd::FootnoteDefinition));
        let message = format!("the footnote `{name}` is defined twice");
        if self
            .definitions
            .insert(name, (blocks, span.clone()))
            .is_some()
        {
            self.problem(span.clone(), message, None);
        }
    }

    /// Puts the texts of footnotes in the order of the references to them.
    pub(super) fn finish_footnotes(&mut self) {
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
