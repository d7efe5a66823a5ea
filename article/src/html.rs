//! Page tree to HTML: one writer, no templates.
//!
//! The output never holds `style=` or an inline script, so that a strict content security policy fits it.

mod block;
pub mod figure;
mod inline;
mod json;

use crate::check::Reports;
use crate::page::Page;
use crate::site_map::SiteMap;
use crate::url::{Base, Url};

/// What a page is drawn with.
#[derive(Clone, Copy)]
pub struct Rendering<'a> {
    /// The page.
    pub page: &'a Page,
    /// What the page's figures measured.
    pub reports: &'a Reports,
    /// Where links lead.
    pub site_map: &'a SiteMap,
    /// The path under which the site is served.
    pub base: &'a Base,
    /// Where figures open as a whole.
    pub playground: &'a Url,
}

/// The text of a page as HTML, without its title and everything around it.
#[must_use]
pub fn render(rendering: &Rendering<'_>) -> String {
    let mut writer = Writer {
        rendering,
        out: String::new(),
    };
    writer.blocks(&rendering.page.blocks);
    writer.footnotes();
    writer.out
}

/// Writes one page.
struct Writer<'a> {
    rendering: &'a Rendering<'a>,
    out: String,
}

#[cfg(test)]
mod tests;
