//! One article, pure: front matter, Markdown to page tree to HTML, checked claims.
//!
//! ```text
//!              parse                     simulate            check             render
//! Markdown ───────────► Page ──────────────────────► Reports ──────► problems ──────► HTML of <main>
//!            + problems  │  figures, links, claims               ▲
//!                        └───────── SiteMap (all pages) ─────────┘
//! ```
//!
//! [`parse`] reads one file and names everything that is wrong with it at once.
//! What needs more than the file comes after: links need the [`SiteMap`], claims need the [`Reports`].
//! [`render`] cannot fail; a page with problems is only good for finding more of them.
//!
//! There are no files, no clock and no DOM here, so that the same code runs in the generator and in a browser.

mod check;
mod claim;
mod front_matter;
mod html;
mod link;
#[cfg(test)]
mod listing;
mod markdown;
mod page;
mod site_map;
mod url;

pub use self::check::{Reports, check_claims, simulate};
pub use self::claim::{Amount, Claim, ClaimKind, Kind, Tolerance};
pub use self::front_matter::{Date, FrontMatter, Layout};
pub use self::html::{Rendering, figure, render};
pub use self::link::Target;
pub use self::page::{
    Alignment, Block, Callout, Figure, Footnote, Heading, Inline, Item, Link, Page, plain_text,
};
pub use self::site_map::SiteMap;
pub use self::url::{Base, Url};

use diagram::diagnostic::Diagnostic;

/// Reads one Markdown file.
///
/// `path` names the file in errors, and links in it are read from its folder.
/// Chapters have a number, which their figures carry.
#[must_use]
pub fn parse(
    path: &str,
    text: &str,
    layout: Layout,
    number: Option<u32>,
) -> (Page, Vec<Diagnostic>) {
    let mut problems = Vec::new();
    let (front, start) = front_matter::read(text, layout, &mut problems);
    let body = markdown::read(path, text, start, number, &mut problems);
    problems.sort_by_key(|problem| problem.span.start);
    let diagnostics = problems
        .iter()
        .map(|problem| Diagnostic::new(path, text, 0, problem))
        .collect();
    let page = Page {
        path: path.to_owned(),
        source: text.to_owned(),
        number,
        front,
        blocks: body.blocks,
        headings: body.headings,
        figures: body.figures,
        links: body.links,
        claims: body.claims,
        footnotes: body.footnotes,
    };
    (page, diagnostics)
}
