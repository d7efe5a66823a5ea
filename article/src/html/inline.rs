//! What stands within a line.

use diagram::escape;

use super::Writer;
use crate::claim::ClaimKind;
use crate::page::Inline;

impl Writer<'_> {
    pub(super) fn inlines(&mut self, inlines: &[Inline]) {
        for inline in inlines {
            self.inline(inline);
        }
    }

    fn inline(&mut self, inline: &Inline) {
        match inline {
            Inline::Text(text) => self.out.push_str(&escape(text)),
            Inline::Emphasis(inner) => self.element("em", inner),
            Inline::Strong(inner) => self.element("strong", inner),
            Inline::Struck(inner) => self.element("s", inner),
            Inline::Code(code) => {
                self.out.push_str("<code>");
                self.out.push_str(&escape(code));
                self.out.push_str("</code>");
            }
            Inline::Link(link, inner) => {
                let address = self.address(*link);
                self.out.push_str(&format!("<a href=\"{address}\">"));
                self.inlines(inner);
                self.out.push_str("</a>");
            }
            Inline::Image(link, words) => {
                let address = self.address(*link);
                let words = escape(words);
                self.out.push_str(&format!(
                    "<img src=\"{address}\" alt=\"{words}\" loading=\"lazy\">"
                ));
            }
            Inline::Claim(claim) => self.claim(*claim),
            Inline::FootnoteReference { footnote, nth } => {
                let number = footnote + 1;
                let id = reference_id(number, *nth);
                self.out.push_str(&format!(
                    "<sup class=\"footnote-reference\"><a id=\"{id}\" href=\"#fn-{number}\" \
                     aria-label=\"Footnote {number}\">{number}</a></sup>"
                ));
            }
            Inline::SoftBreak => self.out.push('\n'),
            Inline::HardBreak => self.out.push_str("<br>\n"),
        }
    }

    fn element(&mut self, name: &str, inner: &[Inline]) {
        self.out.push_str(&format!("<{name}>"));
        self.inlines(inner);
        self.out.push_str(&format!("</{name}>"));
    }

    fn address(&self, link: usize) -> String {
        let rendering = self.rendering;
        let target = rendering
            .page
            .links
            .get(link)
            .and_then(|link| link.target.as_ref());
        let href = target.and_then(|target| {
            rendering
                .site_map
                .href(target, rendering.page, rendering.base)
        });
        escape(&href.unwrap_or_default())
    }

    fn claim(&mut self, claim: usize) {
        let rendering = self.rendering;
        let claim = &rendering.page.claims[claim];
        let Some(measured) = rendering.reports.measured(claim) else {
            return;
        };
        let shown = match &claim.kind {
            ClaimKind::Inserted => measured.clone(),
            ClaimKind::Checked { claimed, .. } => claimed.to_string(),
        };
        let number = rendering
            .page
            .figures
            .iter()
            .find(|figure| figure.id == claim.figure)
            .map_or("", |figure| figure.number.as_str());
        self.out.push_str(&format!(
            "<span class=\"claim\" title=\"Measured in figure {number}: {}\">{}</span>",
            escape(&measured),
            escape(&shown)
        ));
    }
}

/// Id of the nth reference to a footnote, which the footnote links back to.
pub(super) fn reference_id(number: usize, nth: usize) -> String {
    if nth == 1 {
        format!("fnref-{number}")
    } else {
        format!("fnref-{number}-{nth}")
    }
}
