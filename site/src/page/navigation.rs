//! Ways through an article: its chapters beside the text, and the next one after it.

use diagram::escape;

use super::Context;
use crate::library::Article;

/// The chapter that is shown, or none on the article's first page.
pub(super) type Present = Option<usize>;

/// The chapters, for wide screens beside the text and for narrow ones folded above it.
pub(super) fn chapters(context: &Context<'_>, article: &Article, present: Present) -> String {
    let list = list(context, article, present);
    let where_we_are = match present {
        Some(place) => format!(
            "Chapter {} of {}",
            number(article, place),
            article.chapters.len()
        ),
        None => format!("{} chapters", article.chapters.len()),
    };
    format!(
        "<nav class=\"sidebar\" aria-label=\"Chapters\">\n{list}</nav>\n\
         <nav class=\"contents\" aria-label=\"Chapters\"><details>\
         <summary><span class=\"contents-title\">{}</span> <span class=\"contents-place\">{where_we_are}</span></summary>\n\
         {list}</details></nav>\n",
        escape(&article.page.front.title)
    )
}

fn list(context: &Context<'_>, article: &Article, present: Present) -> String {
    let current = |is_here: bool| {
        if is_here {
            " aria-current=\"page\""
        } else {
            ""
        }
    };
    let mut out = format!(
        "<p class=\"sidebar-title\"><a href=\"{}\"{}>{}</a></p>\n<ol class=\"chapter-list\">\n",
        context.href(&article.url),
        current(present.is_none()),
        escape(&article.page.front.title)
    );
    for (place, chapter) in article.chapters.iter().enumerate() {
        let is_here = present == Some(place);
        out.push_str(&format!(
            "<li><a href=\"{}\"{}><span class=\"chapter-list-number\">{}</span> {}</a>",
            context.href(&chapter.url),
            current(is_here),
            number(article, place),
            escape(&chapter.page.front.title)
        ));
        if is_here {
            out.push_str(&sections(&chapter.page));
        }
        out.push_str("</li>\n");
    }
    out.push_str("</ol>\n");
    out
}

/// The headings of the second level.
fn sections(page: &article::Page) -> String {
    let headings: Vec<_> = page
        .headings
        .iter()
        .filter(|heading| heading.level == 2)
        .collect();
    if headings.is_empty() {
        return String::new();
    }
    let mut out = "\n<ul class=\"section-list\">\n".to_owned();
    for heading in headings {
        out.push_str(&format!(
            "<li><a href=\"#{}\">{}</a></li>\n",
            escape(&heading.id),
            escape(&heading.text)
        ));
    }
    out.push_str("</ul>\n");
    out
}

/// Where to go from here.
pub(super) fn neighbours(context: &Context<'_>, article: &Article, present: Present) -> String {
    let link = |place: usize, class: &str, label: &str| {
        article.chapters.get(place).map(|chapter| {
            format!(
                "<a class=\"neighbour {class}\" href=\"{}\" rel=\"{class}\"><span class=\"neighbour-label\">{label}</span> \
                 <span class=\"neighbour-title\">{} · {}</span></a>\n",
                context.href(&chapter.url),
                number(article, place),
                escape(&chapter.page.front.title)
            )
        })
    };
    let previous = match present {
        Some(0) => Some(format!(
            "<a class=\"neighbour prev\" href=\"{}\" rel=\"prev\"><span class=\"neighbour-label\">Back to</span> \
             <span class=\"neighbour-title\">{}</span></a>\n",
            context.href(&article.url),
            escape(&article.page.front.title)
        )),
        Some(place) => link(place - 1, "prev", "Previous"),
        None => None,
    };
    let next = match present {
        Some(place) => link(place + 1, "next", "Next"),
        None => link(0, "next", "Begin with"),
    };
    format!(
        "<nav class=\"neighbours\" aria-label=\"Previous and next\">\n{}{}</nav>\n",
        previous.unwrap_or_default(),
        next.unwrap_or_default()
    )
}

/// The chapter's number, as its file is named.
pub(super) fn number(article: &Article, place: usize) -> u32 {
    article
        .chapters
        .get(place)
        .and_then(|chapter| chapter.page.number)
        .unwrap_or_default()
}
