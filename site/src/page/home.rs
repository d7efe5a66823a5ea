//! The home page: what this is, and the articles.

use diagram::escape;

use super::dates::dates;
use super::{Context, Page};
use crate::frame::{Place, frame};
use crate::library::Article;
use crate::text::{Language, SITE_NAME};

const DESCRIPTION: &str = "Articles about large systems in which every figure is a running system. Load it, break it, repair it.";

pub(super) fn page(context: &Context<'_>) -> Page {
    let mut cards = String::new();
    for article in context.articles() {
        cards.push_str(&card(context, article));
    }
    if cards.is_empty() {
        cards.push_str("<li>There are no articles yet.</li>\n");
    }
    let content = format!(
        "<main id=\"main\" class=\"home\" tabindex=\"-1\">\n\
         <header class=\"hero\">\n<h1>How large systems work, and how they break</h1>\n\
         <p class=\"lede\">Articles in which every figure is a running system. \
         Send it more users, take a server away, and watch what happens to each request.</p>\n\
         <p class=\"hero-note\">Everything is simulated in your browser, request by request. \
         Without JavaScript the figures show what the same simulator computed when this page was built.</p>\n\
         </header>\n\
         <section class=\"home-section\" aria-labelledby=\"articles\">\n<h2 id=\"articles\">Articles</h2>\n\
         <ul class=\"article-cards\">\n{cards}</ul>\n</section>\n\
         <section class=\"home-section\" aria-labelledby=\"build-your-own\">\n\
         <h2 id=\"build-your-own\">Build your own</h2>\n{}</section>\n</main>\n",
        playground_card(context),
    );
    context.page(
        context.home(),
        SITE_NAME,
        DESCRIPTION,
        frame(&content, Place::Elsewhere, Language::English, context.base),
    )
}

fn card(context: &Context<'_>, article: &Article) -> String {
    let front = &article.page.front;
    let mut facts: Vec<String> = dates(front).collect();
    let count = |count: usize, noun: &str| match count {
        0 => None,
        1 => Some(format!("1 {noun}")),
        more => Some(format!("{more} {noun}s")),
    };
    facts.extend(count(article.chapters.len(), "chapter"));
    let chapter_figures: usize = article
        .chapters
        .iter()
        .map(|chapter| chapter.page.figures.len())
        .sum();
    facts.extend(count(
        article.page.figures.len() + chapter_figures,
        "live figure",
    ));
    let mut chapters = String::new();
    for chapter in &article.chapters {
        chapters.push_str(&format!(
            "<li><a href=\"{}\">{}</a></li>\n",
            context.href(&chapter.url),
            escape(&chapter.page.front.title)
        ));
    }
    format!(
        "<li class=\"article-card\">\n<p class=\"article-card-facts\">{}</p>\n\
         <h3><a href=\"{}\">{}</a></h3>\n<p>{}</p>\n<ol class=\"article-card-chapters\">\n{chapters}</ol>\n</li>\n",
        facts.join(" · "),
        context.href(&article.url),
        escape(&front.title),
        escape(&front.description)
    )
}

fn playground_card(context: &Context<'_>) -> String {
    format!(
        "<p>The <a href=\"{}\">playground</a> has all the parts that the articles use: \
         users, DNS, load balancers, servers, databases. \
         Put them together, give them numbers, kill one while it runs, \
         and send the result to somebody as a link that reproduces the very same run.</p>\n{}",
        context.href(context.playground),
        context.opening_picture("opening")
    )
}
