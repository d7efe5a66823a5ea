//! Code fences: code in a known language, or a scenario.

use std::ops::Range;

use diagram::suggestion::did_you_mean;
use pulldown_cmark::{CodeBlockKind, Event, TagEnd};

use super::Reader;
use crate::page::Block;

/// Languages that a fence may name. A name that is not here is most likely misspelt.
const LANGUAGES: [&str; 33] = [
    "bash",
    "c",
    "console",
    "cpp",
    "css",
    "csv",
    "diff",
    "dockerfile",
    "go",
    "graphql",
    "haskell",
    "html",
    "http",
    "ini",
    "java",
    "javascript",
    "json",
    "kotlin",
    "lua",
    "markdown",
    "nginx",
    "php",
    "python",
    "ruby",
    "rust",
    "sh",
    "sql",
    "svg",
    "text",
    "toml",
    "typescript",
    "xml",
    "yaml",
];

/// A code block's text together with the places that its lines come from.
///
/// Within a list or a quotation the parser removes what stands in front of each line,
/// so a place in the text is not simply a place in the file.
pub(super) struct Pieces {
    pub(super) text: String,
    /// Offset in the text, and the offset in the file that belongs to it.
    starts: Vec<(usize, usize)>,
}

impl Pieces {
    /// The place in the file of a place in the text.
    pub(super) fn in_file(&self, span: &Range<usize>) -> Range<usize> {
        self.offset(span.start)..self.offset(span.end)
    }

    fn offset(&self, at: usize) -> usize {
        let at = at.min(self.text.len());
        let piece = self.starts.iter().rev().find(|(start, _)| *start <= at);
        piece.map_or(0, |(start, file)| file + (at - start))
    }
}

impl Reader<'_> {
    pub(super) fn code_block(
        &mut self,
        kind: &CodeBlockKind<'_>,
        span: &Range<usize>,
    ) -> Option<Block> {
        let pieces = self.pieces(span);
        let CodeBlockKind::Fenced(info) = kind else {
            return Some(Block::Code {
                language: None,
                text: pieces.text,
            });
        };
        let mut words = info.split_whitespace();
        let Some(language) = words.next() else {
            return Some(Block::Code {
                language: None,
                text: pieces.text,
            });
        };
        if language == "scenario" {
            let attributes: Vec<&str> = words.collect();
            return Some(self.figure(&attributes, &pieces, span));
        }
        let info_span = self.info_span(info, span);
        if !LANGUAGES.contains(&language) {
            let known = LANGUAGES.into_iter().chain(["scenario"]);
            let help = did_you_mean(language, known)
                .unwrap_or_else(|| "write `text` for anything that is no language".to_owned());
            self.problem_with(
                info_span,
                format!("unknown language `{language}`"),
                Some(help),
            );
        } else if let Some(word) = words.next() {
            self.problem(
                info_span,
                format!("a code block takes a language and nothing else, not `{word}`"),
                None,
            );
        }
        Some(Block::Code {
            language: Some(language.to_owned()),
            text: pieces.text,
        })
    }

    /// Where the words behind the opening backticks are.
    pub(super) fn info_span(&self, info: &str, span: &Range<usize>) -> Range<usize> {
        let first_line = self.source[span.clone()].lines().next().unwrap_or_default();
        match first_line.find(info) {
            Some(at) if !info.is_empty() => span.start + at..span.start + at + info.len(),
            _ => span.start..span.start + first_line.len(),
        }
    }

    fn pieces(&mut self, block: &Range<usize>) -> Pieces {
        let mut pieces = Pieces {
            text: String::new(),
            starts: Vec::new(),
        };
        while let Some((event, span)) = self.advance() {
            match event {
                Event::End(TagEnd::CodeBlock) => break,
                Event::Text(text) => self.add_lines(&mut pieces, &text, span.start),
                _ => {}
            }
        }
        if pieces.starts.is_empty() {
            pieces.starts.push((0, block.start));
        }
        pieces
    }

    /// Merged text covers several lines with one place; each line is looked for from where the last one ended.
    fn add_lines(&self, pieces: &mut Pieces, text: &str, start: usize) {
        let mut file = start;
        for line in text.split_inclusive('\n') {
            let words = line.trim_end_matches(['\n', '\r']);
            // The parser turns CRLF into LF, and takes indentation and `>` away from the front of a line.
            let found = self.source[file..]
                .find(words)
                .map_or(file, |skipped| file + skipped);
            pieces.starts.push((pieces.text.len(), found));
            pieces.text.push_str(line);
            file = found + words.len();
            let rest = &self.source[file..];
            file += rest.find('\n').map_or(0, |at| {
                if rest[..at].trim().is_empty() {
                    at + 1
                } else {
                    0
                }
            });
        }
    }
}
