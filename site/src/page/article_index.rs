//! The first page of an article: what it is about, and its chapters.

use diagram::escape;

use super::dates::dates;
use super::{Context, Page, navigation};
use crate::frame::{Place, frame};
use crate::library::Article;

pub(super) fn page(context: &Context<'_>, article: &Article) -> Page {
    let front = &article.page.front;
    let mut kicker: Vec<String> = front.categories.iter().map(|name| escape(name)).collect();
    kicker.extend(dates(front));
    let content = format!(
        "<div class=\"layout\">\n{}<main id=\"main\" tabindex=\"-1\">\n<article class=\"prose\">\n\
         <header class=\"page-head\">\n<p class=\"page-kicker\">{}</p>\n<h1>{}</h1>\n\
         <p class=\"lede\">{}</p>\n</header>\n{}{}</article>\n{}</main>\n</div>\n",
        navigation::chapters(context, article, None),
        kicker.join(" · "),
        escape(&front.title),
        escape(&front.description),
        context.text(&article.page),
        chapters(context, article),
        navigation::neighbours(context, article, None),
    );
    context.page(
        article.url.clone(),
        &front.title,
        &front.description,
        frame(&content, Place::Articles, article.language, context.base),
    )
}

fn chapters(context: &Context<'_>, article: &Article) -> String {
    if article.chapters.is_empty() {
        return String::new();
    }
    let mut out = "<section class=\"chapters\" aria-labelledby=\"chapters\">\n<h2 id=\"chapters\">Chapters</h2>\n\
                   <ol class=\"chapter-cards\">\n"
        .to_owned();
    for (place, chapter) in article.chapters.iter().enumerate() {
        out.push_str(&format!(
            "<li class=\"chapter-card\"><span class=\"chapter-card-number\" aria-hidden=\"true\">{}</span>\n\
             <div><h3><a href=\"{}\">{}</a></h3>\n<p>{}</p></div></li>\n",
            navigation::number(article, place),
            context.href(&chapter.url),
            escape(&chapter.page.front.title),
            escape(&chapter.page.front.description)
        ));
    }
    out.push_str("</ol>\n</section>\n");
    out
}
