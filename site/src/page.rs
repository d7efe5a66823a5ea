//! The pages of the site, each as the text for the places of the shell.

mod article_index;
mod chapter;
mod dates;
mod home;
mod navigation;
pub(crate) mod not_found;
mod playground;

use article::{Base, Page as Text, Rendering, Url, figure};
use diagram::{Document, Report, escape};
use rayon::prelude::*;

use crate::config::Config;
use crate::library::{Article, Library, home_url, playground_url};
use crate::measurement::Measurements;
use crate::text::{Language, SITE_NAME};

/// A page that only lacks its shell.
#[derive(Debug)]
pub(crate) struct Page {
    pub(crate) url: Url,
    pub(crate) language: Language,
    /// What the window and search engines call it; plain text.
    pub(crate) title: String,
    /// HTML for the head: description, addresses.
    pub(crate) head: String,
    /// HTML for the body.
    pub(crate) body: String,
}

/// What pages are made from.
#[derive(Clone, Copy)]
struct Context<'a> {
    library: &'a Library,
    measurements: &'a Measurements,
    base: &'a Base,
    origin: Option<&'a str>,
    playground: &'a Url,
    /// What the playground opens with, and how it ran.
    opening: (&'a Document, &'a Report),
}

/// Every page of the site.
pub(crate) fn all(library: &Library, measurements: &Measurements, config: &Config) -> Vec<Page> {
    let playground = playground_url();
    let document = Document::default_playground();
    let report = diagram::report(&document);
    let context = Context {
        library,
        measurements,
        base: &config.base,
        origin: config.origin.as_deref(),
        playground: &playground,
        opening: (&document, &report),
    };
    let mut pages = vec![
        home::page(&context),
        playground::page(&context),
        not_found::page(&context),
    ];
    pages.par_extend(library.articles.par_iter().flat_map_iter(|article| {
        let index = article_index::page(&context, article);
        let chapters =
            (0..article.chapters.len()).map(move |place| chapter::page(&context, article, place));
        std::iter::once(index).chain(chapters)
    }));
    pages
}

impl<'a> Context<'a> {
    /// The HTML of a Markdown text.
    fn text(&self, page: &Text) -> String {
        article::render(&Rendering {
            page,
            reports: self.measurements.of(&page.path),
            site_map: &self.library.site_map,
            base: self.base,
            playground: self.playground,
        })
    }

    /// The picture of what the playground opens with; `id` is unique in the page.
    fn opening_picture(&self, id: &str) -> String {
        let (document, report) = self.opening;
        format!(
            "<div class=\"still\">\n{}</div>\n",
            figure::still(id, document, report)
        )
    }

    fn href(&self, url: &Url) -> String {
        escape(&self.base.href(url))
    }

    /// A page with the frame around its content.
    fn page(&self, url: Url, title: &str, description: &str, body: String) -> Page {
        let full_title = if title == SITE_NAME {
            title.to_owned()
        } else {
            format!("{title} · {SITE_NAME}")
        };
        let description = escape(description);
        let mut head = format!(
            "<meta name=\"description\" content=\"{description}\">\n  \
             <meta property=\"og:title\" content=\"{}\">\n  \
             <meta property=\"og:description\" content=\"{description}\">",
            escape(title)
        );
        // The page of an error is not at an address of its own.
        if let Some(origin) = self.origin.filter(|_| url != not_found::url()) {
            head.push_str(&format!(
                "\n  <link rel=\"canonical\" href=\"{}{}\">",
                escape(origin),
                self.href(&url)
            ));
        }
        Page {
            url,
            language: Language::English,
            title: full_title,
            head,
            body,
        }
    }

    fn articles(&self) -> impl Iterator<Item = &'a Article> {
        self.library.articles.iter()
    }

    fn home(&self) -> Url {
        home_url(Language::English)
    }
}
