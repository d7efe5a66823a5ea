//! The figure's link to the playground, which stands outside of the live region: it carries what the
//! reader changed. Without a change, or without JavaScript, it is the author's.

use web_sys::Element;

use super::Island;

/// What the page's own link ends before; [`crate::link`] reads what follows.
const EDITS: &str = "&e=";

impl Island {
    /// Lets the link lead to the author's system with these edits.
    pub(super) fn carry_changes(&self, edits: &str) {
        let canvas = self.canvas.cast::<Element>();
        let figure = canvas.and_then(|canvas| canvas.closest("[data-figure]").ok().flatten());
        let link = figure.and_then(|figure| figure.query_selector(".figure-open").ok().flatten());
        let Some((link, address)) = link.and_then(|link| {
            let address = link.get_attribute("href")?;
            Some((link, address))
        }) else {
            return;
        };
        let own = address.split(EDITS).next().unwrap_or_default();
        let mark = if edits.is_empty() { "" } else { EDITS };
        let _ = link.set_attribute("href", &[own, mark, edits].concat());
    }
}
