//! All articles of the site with their chapters, their addresses and the files beside them.

use std::collections::BTreeMap;
use std::path::PathBuf;

use article::{Layout, Page, SiteMap, Url};
use diagram::Problem;
use diagram::diagnostic::Diagnostic;
use rayon::prelude::*;

use crate::source::{Content, Source};
use crate::text::Language;

/// Everything that is published.
#[derive(Debug, Default)]
pub(crate) struct Library {
    pub(crate) articles: Vec<Article>,
    /// Chapters whose article has no first page. They are never published, only checked.
    without_article: Vec<Page>,
    pub(crate) files: Vec<Asset>,
    pub(crate) site_map: SiteMap,
}

/// An article: its first page and its chapters in the order of their numbers.
#[derive(Debug)]
pub(crate) struct Article {
    pub(crate) language: Language,
    pub(crate) url: Url,
    pub(crate) page: Page,
    pub(crate) chapters: Vec<Chapter>,
}

/// A chapter.
#[derive(Debug)]
pub(crate) struct Chapter {
    pub(crate) url: Url,
    pub(crate) page: Page,
}

/// A file that is copied as it is.
#[derive(Debug)]
pub(crate) struct Asset {
    pub(crate) source: PathBuf,
    pub(crate) url: Url,
}

/// A file, and if it is Markdown what it says and what is wrong with it.
type Parsed = (Source, Option<(Page, Vec<Diagnostic>)>);

/// Where the home page of a language is.
pub(crate) fn home_url(language: Language) -> Url {
    Url::page(&[language.prefix()])
}

/// Where the playground is.
pub(crate) fn playground_url() -> Url {
    Url::page(&["playground"])
}

impl Library {
    /// Parses every file, gives every page its address, and checks every link.
    pub(crate) fn read(sources: Vec<Source>) -> (Self, Vec<Diagnostic>) {
        let mut problems = Vec::new();
        let mut library = Self::default();
        library.site_map.add_place(home_url(Language::English));
        library.site_map.add_place(playground_url());

        let parsed: Vec<Parsed> = sources
            .into_par_iter()
            .map(|source| {
                let parsed = match &source.content {
                    Content::Text {
                        text,
                        layout,
                        chapter,
                    } => {
                        let number = chapter.as_ref().map(|(number, _)| *number);
                        Some(article::parse(&source.path, text, *layout, number))
                    }
                    Content::Asset(_) => None,
                };
                (source, parsed)
            })
            .collect();
        let drafts = draft_articles(&parsed);
        // An article before its chapters: `index.md` sorts after `01-….md`.
        let (first_pages, others): (Vec<Parsed>, Vec<Parsed>) =
            parsed.into_iter().partition(|(source, _)| {
                matches!(
                    source.content,
                    Content::Text {
                        layout: Layout::Article,
                        ..
                    }
                )
            });
        for (source, parsed) in first_pages.into_iter().chain(others) {
            if !drafts.contains(&(source.language, source.article.clone())) {
                library.add(source, parsed, &mut problems);
            }
        }
        library.check(&mut problems);
        (library, problems)
    }

    /// Every page that is made from Markdown.
    pub(crate) fn pages(&self) -> impl Iterator<Item = &Page> {
        let with_article = self.articles.iter().flat_map(|article| {
            std::iter::once(&article.page)
                .chain(article.chapters.iter().map(|chapter| &chapter.page))
        });
        with_article.chain(&self.without_article)
    }

    /// The address of every page that is made from Markdown and has an article.
    pub(crate) fn urls(&self) -> impl Iterator<Item = &Url> {
        self.articles.iter().flat_map(|article| {
            std::iter::once(&article.url).chain(article.chapters.iter().map(|chapter| &chapter.url))
        })
    }

    fn add(
        &mut self,
        source: Source,
        parsed: Option<(Page, Vec<Diagnostic>)>,
        problems: &mut Vec<Diagnostic>,
    ) {
        let folder = Url::page(&[source.language.prefix(), &source.article]);
        match (source.content, parsed) {
            (Content::Asset(relative), _) => {
                let url = folder.file(&relative);
                self.site_map.add_file(source.path, url.clone());
                self.files.push(Asset {
                    source: source.disk,
                    url,
                });
            }
            (
                Content::Text {
                    layout, chapter, ..
                },
                Some((page, found)),
            ) => {
                if page.front.draft {
                    return;
                }
                problems.extend(found);
                if page.front.lang != source.language.tag() && !page.front.lang.is_empty() {
                    problems.push(wrong_language(&page, source.language));
                }
                let url = match &chapter {
                    Some((_, name)) => {
                        Url::page(&[source.language.prefix(), &source.article, name])
                    }
                    None => folder.clone(),
                };
                self.site_map.add_page(&page, url.clone());
                match layout {
                    Layout::Article => self.articles.push(Article {
                        language: source.language,
                        url,
                        page,
                        chapters: Vec::new(),
                    }),
                    Layout::Chapter => {
                        let article = self
                            .articles
                            .iter_mut()
                            .find(|article| article.url == folder);
                        match article {
                            Some(article) => article.chapters.push(Chapter { url, page }),
                            None => self.without_article.push(page),
                        }
                    }
                }
            }
            (Content::Text { .. }, None) => {}
        }
    }

    fn check(&mut self, problems: &mut Vec<Diagnostic>) {
        // Newest first, as blogs do; articles of one day by their address.
        self.articles.sort_by(|a, b| {
            b.page
                .front
                .date
                .cmp(&a.page.front.date)
                .then_with(|| a.url.cmp(&b.url))
        });
        let mut keys: BTreeMap<(String, String), String> = BTreeMap::new();
        for page in self.pages() {
            problems.extend(self.site_map.check(page));
            let key = (page.front.lang.clone(), page.front.lang_ref.clone());
            if key.1.is_empty() {
                continue;
            }
            if let Some(first) = keys.insert(key, page.path.clone()) {
                problems.push(in_front_matter(
                    page,
                    "lang-ref",
                    format!(
                        "the key `{}` already belongs to `{first}`",
                        page.front.lang_ref
                    ),
                    "one text has one key, and its translations share it",
                ));
            }
        }
        self.check_addresses(problems);
    }

    /// Two things in one place would overwrite each other.
    fn check_addresses(&self, problems: &mut Vec<Diagnostic>) {
        let mut taken: BTreeMap<String, &str> = BTreeMap::new();
        taken.insert(playground_url().output_path(), "the playground");
        for article in &self.articles {
            let chapters = article
                .chapters
                .iter()
                .map(|chapter| (&chapter.url, &chapter.page));
            for (url, page) in std::iter::once((&article.url, &article.page)).chain(chapters) {
                if let Some(first) = taken.insert(url.output_path(), &page.path) {
                    problems.push(at_start(
                        page,
                        format!("the address {url} is already taken by {first}"),
                    ));
                }
            }
        }
        for file in &self.files {
            if let Some(first) = taken.insert(file.url.output_path(), "another file") {
                let path = file.source.display().to_string();
                let problem = Problem {
                    span: 0..0,
                    at: String::new(),
                    message: format!("the address {} is already taken by {first}", file.url),
                    help: None,
                };
                problems.push(Diagnostic::new(&path, "", 0, &problem));
            }
        }
    }
}

/// Articles whose first page is a draft: their chapters are left out with it.
fn draft_articles(parsed: &[Parsed]) -> Vec<(Language, String)> {
    let drafts = parsed.iter().filter_map(|(source, parsed)| {
        let (page, _) = parsed.as_ref()?;
        let is_draft = page.front.draft && page.front.layout == Layout::Article;
        is_draft.then(|| (source.language, source.article.clone()))
    });
    drafts.collect()
}

fn wrong_language(page: &Page, language: Language) -> Diagnostic {
    in_front_matter(
        page,
        "lang",
        format!(
            "the file lies in the folder of `{}`, but says `{}`",
            language.tag(),
            page.front.lang
        ),
        "one of the two is wrong",
    )
}

/// A problem with the value of a key, placed at its line.
fn in_front_matter(page: &Page, key: &str, message: String, help: &str) -> Diagnostic {
    let prefix = format!("\n{key}:");
    let start = page.source.find(&prefix).map_or(0, |at| at + 1);
    let length = page.source[start..].lines().next().map_or(0, str::len);
    let problem = Problem {
        span: start..start + length,
        at: key.to_owned(),
        message,
        help: Some(help.to_owned()),
    };
    Diagnostic::new(&page.path, &page.source, 0, &problem)
}

fn at_start(page: &Page, message: String) -> Diagnostic {
    let problem = Problem {
        span: 0..0,
        at: String::new(),
        message,
        help: None,
    };
    Diagnostic::new(&page.path, &page.source, 0, &problem)
}
