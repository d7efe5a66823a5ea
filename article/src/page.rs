//! The page tree: what a Markdown file says, with every reference counted and nothing drawn yet.
//!
//! Links, claims, figures and footnotes are kept in lists of their own and the tree points into them,
//! so that they can be checked without walking it.

use std::ops::Range;

use diagram::Document;

use crate::claim::Claim;
use crate::front_matter::FrontMatter;
use crate::link::Target;

/// One page: front matter and text.
#[derive(Clone, Debug)]
pub struct Page {
    /// Path of the Markdown file, as errors name it.
    pub path: String,
    /// The whole file, for errors that are found later.
    pub source: String,
    /// The chapter's number, if it is a chapter.
    pub number: Option<u32>,
    /// What the page says about itself.
    pub front: FrontMatter,
    /// The text.
    pub blocks: Vec<Block>,
    /// Headings in the order of the text.
    pub headings: Vec<Heading>,
    /// Figures in the order of the text.
    pub figures: Vec<Figure>,
    /// Links and images in the order of the text.
    pub links: Vec<Link>,
    /// Checked and inserted numbers in the order of the text.
    pub claims: Vec<Claim>,
    /// Footnotes in the order in which the text first refers to them.
    pub footnotes: Vec<Footnote>,
}

impl Page {
    /// Everything in the page that a link can lead to.
    pub fn anchors(&self) -> impl Iterator<Item = &str> {
        let headings = self.headings.iter().map(|heading| heading.id.as_str());
        headings.chain(self.figures.iter().map(|figure| figure.id.as_str()))
    }
}

/// A heading, for tables of contents.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heading {
    /// 2 to 6: the first level is the page's title.
    pub level: u8,
    /// Its id in the page.
    pub id: String,
    /// Its words without markup.
    pub text: String,
}

/// A scenario fence.
#[derive(Clone, Debug)]
pub struct Figure {
    /// The author's name for it, unique in the page.
    pub id: String,
    /// "3.4", or "4" outside of chapters.
    pub number: String,
    /// What the paragraph after the fence says, if it begins with a colon.
    pub caption: Vec<Inline>,
    /// The scenario. Missing only when it has problems, which are then among the page's.
    pub document: Option<Document>,
    /// The same as a share link; empty where there is none.
    pub link: String,
    /// Where the fence is.
    pub span: Range<usize>,
}

/// A link or an image.
#[derive(Clone, Debug)]
pub struct Link {
    /// Where it leads. Missing only when that is among the page's problems.
    pub target: Option<Target>,
    /// Where it is.
    pub span: Range<usize>,
}

/// A footnote.
#[derive(Clone, Debug)]
pub struct Footnote {
    /// Its text.
    pub blocks: Vec<Block>,
    /// How many times the text refers to it.
    pub references: usize,
}

/// What stands on lines of its own.
#[derive(Clone, Debug)]
pub enum Block {
    /// A heading; the number is its place in [`Page::headings`].
    Heading(usize, Vec<Inline>),
    /// A paragraph.
    Paragraph(Vec<Inline>),
    /// Text without a paragraph around it, as in lists without blank lines.
    Plain(Vec<Inline>),
    /// A list, with the first number if it is numbered.
    List {
        /// The first number, if it is numbered.
        start: Option<u64>,
        /// Its items.
        items: Vec<Item>,
    },
    /// A quotation.
    Quote(Vec<Block>),
    /// A note set apart from the text.
    Callout(Callout, Vec<Block>),
    /// Code.
    Code {
        /// The language, one of those known.
        language: Option<String>,
        /// The code.
        text: String,
    },
    /// A table.
    Table {
        /// One for each column.
        alignments: Vec<Alignment>,
        /// The cells of the first row.
        head: Vec<Vec<Inline>>,
        /// The cells of the other rows.
        rows: Vec<Vec<Vec<Inline>>>,
    },
    /// A figure; the number is its place in [`Page::figures`].
    Figure(usize),
    /// A change of subject.
    Rule,
}

/// An item of a list.
#[derive(Clone, Debug)]
pub struct Item {
    /// Whether it is ticked, if it is a task.
    pub is_done: Option<bool>,
    /// Its content.
    pub blocks: Vec<Block>,
}

/// The five kinds of note that Markdown knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Callout {
    /// Worth knowing on the side.
    Note,
    /// Something to try, or an easier way.
    Tip,
    /// What to remember.
    Important,
    /// What often goes wrong.
    Warning,
    /// What does damage.
    Caution,
}

/// How a table's column is set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Alignment {
    /// As the language reads.
    Natural,
    /// To the left.
    Left,
    /// In the middle.
    Center,
    /// To the right, for numbers.
    Right,
}

/// What stands within a line.
#[derive(Clone, Debug)]
pub enum Inline {
    /// Words.
    Text(String),
    /// Stressed.
    Emphasis(Vec<Inline>),
    /// Strongly stressed.
    Strong(Vec<Inline>),
    /// No longer so.
    Struck(Vec<Inline>),
    /// Code.
    Code(String),
    /// A link; the number is its place in [`Page::links`].
    Link(usize, Vec<Inline>),
    /// A picture; the number is its place in [`Page::links`], the text says what it shows.
    Image(usize, String),
    /// A measured number; the number is its place in [`Page::claims`].
    Claim(usize),
    /// The nth reference to the footnote at this place in [`Page::footnotes`].
    FootnoteReference {
        /// Place of the footnote.
        footnote: usize,
        /// Counts from 1.
        nth: usize,
    },
    /// The end of a line in the source, which is only a space.
    SoftBreak,
    /// A new line.
    HardBreak,
}

/// The words of a text without its markup.
#[must_use]
pub fn plain_text(inlines: &[Inline]) -> String {
    let mut out = String::new();
    collect_text(inlines, &mut out);
    out
}

fn collect_text(inlines: &[Inline], out: &mut String) {
    for inline in inlines {
        match inline {
            Inline::Text(text) | Inline::Code(text) | Inline::Image(_, text) => out.push_str(text),
            Inline::Emphasis(inner)
            | Inline::Strong(inner)
            | Inline::Struck(inner)
            | Inline::Link(_, inner) => {
                collect_text(inner, out);
            }
            Inline::SoftBreak | Inline::HardBreak => out.push(' '),
            Inline::Claim(_) | Inline::FootnoteReference { .. } => {}
        }
    }
}
