//! A problem with the file, line and column where it is, ready to be printed.

use std::fmt;

use crate::problem::Problem;

/// A problem in a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// The file, as the reader knows it.
    pub path: String,
    /// The line, from 1.
    pub line: usize,
    /// The character in the line, from 1.
    pub column: usize,
    /// How many characters of the line are at fault, at least 1.
    pub width: usize,
    /// The path inside the document; may be empty.
    pub at: String,
    /// What is wrong.
    pub message: String,
    /// What to do instead.
    pub help: Option<String>,
    /// The whole line.
    pub source_line: String,
}

/// Line and character of byte `offset` of `text`, both from 1; past the end, of the end.
#[must_use]
pub fn line_and_column(text: &str, offset: usize) -> (usize, usize) {
    let start = floor(text, offset);
    let line_start = text[..start].rfind('\n').map_or(0, |at| at + 1);
    let line = text[..start].matches('\n').count() + 1;
    (line, text[line_start..start].chars().count() + 1)
}

impl Diagnostic {
    /// A problem of a text that begins at byte `offset` of the file whose whole text is `text`. So
    /// a problem of a scenario inside a longer page shows the page's line.
    #[must_use]
    pub fn new(path: &str, text: &str, offset: usize, problem: &Problem) -> Self {
        let start = floor(text, problem.span.start.saturating_add(offset));
        let end = floor(text, problem.span.end.saturating_add(offset)).max(start);
        let line_start = text[..start].rfind('\n').map_or(0, |at| at + 1);
        let line_end = text[start..].find('\n').map_or(text.len(), |at| start + at);
        let source_line = text[line_start..line_end].trim_end_matches('\r');
        let shown_end = end.min(line_start + source_line.len()).max(start);
        let (line, column) = line_and_column(text, start);
        Self {
            path: path.to_owned(),
            line,
            column,
            width: text[start..shown_end].chars().count().max(1),
            at: problem.at.clone(),
            message: problem.message.clone(),
            help: problem.help.clone(),
            source_line: source_line.to_owned(),
        }
    }

    /// The problem with its line and an arrow below the fault, for a terminal.
    #[cfg(feature = "terminal")]
    #[must_use]
    pub fn render(&self, with_colour: bool) -> String {
        use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet};

        let chars: Vec<(usize, char)> = self.source_line.char_indices().collect();
        let byte = |character: usize| {
            chars
                .get(character)
                .map_or(self.source_line.len(), |&(byte, _)| byte)
        };
        let start = byte(self.column - 1);
        let end = byte(self.column - 1 + self.width).max(start);
        let title = if self.at.is_empty() {
            self.message.clone()
        } else {
            format!("{}: {}", self.at, self.message)
        };
        let mut group = Level::ERROR.primary_title(title.as_str()).element(
            Snippet::source(self.source_line.as_str())
                .path(self.path.as_str())
                .line_start(self.line)
                .annotation(AnnotationKind::Primary.span(start..end)),
        );
        if let Some(help) = &self.help {
            group = group.element(Level::HELP.message(help.as_str()));
        }
        let renderer = if with_colour {
            Renderer::styled()
        } else {
            Renderer::plain()
        };
        renderer.render(&[group])
    }
}

impl fmt::Display for Diagnostic {
    /// One line: `path:line:column: at: message; help`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:{}: ", self.path, self.line, self.column)?;
        if !self.at.is_empty() {
            write!(f, "{}: ", self.at)?;
        }
        f.write_str(&self.message)?;
        match &self.help {
            Some(help) => write!(f, "; {help}"),
            None => Ok(()),
        }
    }
}

fn floor(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problem(span: std::ops::Range<usize>) -> Problem {
        Problem {
            span,
            at: "nodes.web".into(),
            message: "wrong".into(),
            help: Some("right".into()),
        }
    }

    #[test]
    fn lines_and_columns_count_characters_from_one() {
        let text = "äö = 1\r\nweb = \"x\"\n";
        let at = text.find('x').expect("there");
        let found = Diagnostic::new("a.toml", text, 0, &problem(at..at + 1));
        assert_eq!((found.line, found.column, found.width), (2, 8, 1));
        assert_eq!(found.source_line, "web = \"x\"");
        assert_eq!(found.to_string(), "a.toml:2:8: nodes.web: wrong; right");
    }

    #[test]
    fn a_span_outside_the_text_is_brought_into_it() {
        for span in [0..0, 3..4, 1..2, 5..99, 99..100] {
            let found = Diagnostic::new("a", "é\nb\n", 0, &problem(span));
            assert!(found.line <= 3 && found.column >= 1 && found.width >= 1);
        }
        assert_eq!(Diagnostic::new("a", "", usize::MAX, &problem(0..1)).line, 1);
    }

    #[test]
    fn an_offset_moves_the_place_into_the_page() {
        let page = "# Title\n\n```scenario\nformat = 2\n```\n";
        let offset = page.find("format").expect("there");
        let found = Diagnostic::new("page.md", page, offset, &problem(9..10));
        assert_eq!((found.line, found.column), (4, 10));
    }
}
