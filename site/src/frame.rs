//! What every page has around its own content: a way past it all, the header, the footer.

use article::Base;
use diagram::escape;

use crate::library::{home_url, playground_url};
use crate::text::{Language, SITE_NAME};

/// The part of the site that a page belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    Articles,
    Playground,
    Elsewhere,
}

/// Puts the frame around the content, which holds the page's `<main id="main">`.
pub(crate) fn frame(content: &str, place: Place, language: Language, base: &Base) -> String {
    let home = escape(&base.href(&home_url(language)));
    let playground = escape(&base.href(&playground_url()));
    let link = |href: &str, label: &str, here: Place| {
        let current = if place == here {
            " aria-current=\"true\""
        } else {
            ""
        };
        format!("<a href=\"{href}\"{current}>{label}</a>")
    };
    format!(
        "<a class=\"skip-link\" href=\"#main\">Skip to the content</a>\n\
         <header class=\"site-header\">\n\
         <a class=\"site-name\" href=\"{home}\">{SITE_NAME}</a>\n\
         <nav class=\"site-nav\" aria-label=\"Site\">{}{}</nav>\n\
         {THEME_BUTTON}\n\
         </header>\n\
         {content}\
         <footer class=\"site-footer\">\n\
         <p>Every number beside a figure was measured by the simulator when this page was built, \
         and every figure can be run again: the same seed gives the same run.</p>\n\
         </footer>\n",
        link(&format!("{home}#articles"), "Articles", Place::Articles),
        link(&playground, "Playground", Place::Playground),
    )
}

/// Works only with scripts, so it is hidden until `theme.js` has taken it over.
const THEME_BUTTON: &str = "<button type=\"button\" class=\"theme-toggle\" data-theme-toggle aria-label=\"Colours: Auto\" hidden>\
<svg viewBox=\"0 0 20 20\" width=\"20\" height=\"20\" aria-hidden=\"true\" focusable=\"false\">\
<circle cx=\"10\" cy=\"10\" r=\"7.25\" fill=\"none\" stroke=\"currentColor\" stroke-width=\"1.5\"/>\
<path class=\"theme-half\" d=\"M10 2.75a7.25 7.25 0 0 1 0 14.5z\" fill=\"currentColor\"/>\
<circle class=\"theme-full\" cx=\"10\" cy=\"10\" r=\"7.25\" fill=\"currentColor\"/>\
</svg><span class=\"theme-label\" data-theme-label>Auto</span></button>";
