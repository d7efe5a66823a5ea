//! The page for addresses that lead nowhere. It is served at any depth, so its links are complete.

use article::Url;

use super::{Context, Page};
use crate::frame::{Place, frame};
use crate::library::home_url;
use crate::text::Language;

/// Where hosts of plain files look for it.
pub(crate) fn url() -> Url {
    home_url(Language::English).file("404.html")
}

pub(super) fn page(context: &Context<'_>) -> Page {
    let content = format!(
        "<main id=\"main\" class=\"single\" tabindex=\"-1\">\n<article class=\"prose\">\n\
         <header class=\"page-head\">\n<p class=\"page-kicker\">Error 404</p>\n<h1>There is no page here</h1>\n</header>\n\
         <p>The address may be misspelt, or the page may have moved.\n\
         All articles are on the <a href=\"{}\">home page</a>, \
         and the <a href=\"{}\">playground</a> is where it always was.</p>\n</article>\n</main>\n",
        context.href(&context.home()),
        context.href(context.playground),
    );
    context.page(
        url(),
        "Page not found",
        "There is no page at this address.",
        frame(&content, Place::Elsewhere, Language::English, context.base),
    )
}
