//! A chapter of an article.

use diagram::escape;

use super::dates::dates;
use super::{Context, Page, navigation};
use crate::frame::{Place, frame};
use crate::library::Article;

pub(super) fn page(context: &Context<'_>, article: &Article, place: usize) -> Page {
    let chapter = &article.chapters[place];
    let front = &chapter.page.front;
    let mut kicker = vec![format!("Chapter {}", navigation::number(article, place))];
    kicker.extend(dates(front));
    let content = format!(
        "<div class=\"layout\">\n{}<main id=\"main\" tabindex=\"-1\">\n<article class=\"prose\">\n\
         <header class=\"page-head\">\n<p class=\"page-kicker\">{}</p>\n<h1>{}</h1>\n\
         <p class=\"lede\">{}</p>\n</header>\n{}</article>\n{}</main>\n</div>\n",
        navigation::chapters(context, article, Some(place)),
        kicker.join(" · "),
        escape(&front.title),
        escape(&front.description),
        context.text(&chapter.page),
        navigation::neighbours(context, article, Some(place)),
    );
    context.page(
        chapter.url.clone(),
        &format!("{} · {}", front.title, article.page.front.title),
        &front.description,
        frame(&content, Place::Articles, article.language, context.base),
    )
}
