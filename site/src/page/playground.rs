//! The playground's page. The application takes over the host; until then, and without scripts, it explains itself.

use super::{Context, Page};
use crate::frame::{Place, frame};
use crate::text::Language;

const DESCRIPTION: &str = "Build a web system from users, balancers, servers and databases, run it request by request, and break it.";

pub(super) fn page(context: &Context<'_>) -> Page {
    let content = format!(
        "<main id=\"main\" class=\"playground-page\" tabindex=\"-1\">\n<h1 class=\"visually-hidden\">Playground</h1>\n\
         <div id=\"playground\" data-live data-playground>\n<div class=\"playground-static prose\">\n\
         <h2>Build a system and watch it work</h2>\n\
         <noscript><p><strong>The playground needs JavaScript and WebAssembly.</strong>\n\
         This page shows what it opens with; the articles can be read without either.</p></noscript>\n\
         <p>Here you can put together users, DNS, load balancers, servers and databases, \
         and give each its numbers: how many requests a second, how many workers, how long a query takes.\n\
         The simulator then runs the system request by request, as slowly as you like.\n\
         Kill a server, make one slow, change the balancer’s policy, and see which requests fail and why.</p>\n\
         <p>A system is a small text that you can save and edit by hand, \
         and a link that reproduces the same run for anybody who opens it.</p>\n\
         <p class=\"figure-status\"></p>\n{}</div>\n</div>\n</main>\n",
        context.opening_picture("opening"),
    );
    context.page(
        context.playground.clone(),
        "Playground",
        DESCRIPTION,
        frame(&content, Place::Playground, Language::English, context.base),
    )
}
