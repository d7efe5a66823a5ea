//! Everything in the site that a link can lead to, and the check that links do.

use std::collections::{BTreeMap, BTreeSet};

use diagram::Problem;
use diagram::diagnostic::Diagnostic;
use diagram::suggestion::{did_you_mean, nearest};

use crate::link::Target;
use crate::page::Page;
use crate::url::{Base, Url};

/// The pages and files of a site.
#[derive(Clone, Debug, Default)]
pub struct SiteMap {
    /// Addresses by the path of the source file.
    sources: BTreeMap<String, Url>,
    /// Anchors of every page.
    pages: BTreeMap<Url, BTreeSet<String>>,
    files: BTreeMap<String, Url>,
}

/// Why a link leads nowhere.
struct Broken {
    message: String,
    help: Option<String>,
}

impl SiteMap {
    /// Adds a page that is made from Markdown.
    pub fn add_page(&mut self, page: &Page, url: Url) {
        let anchors = page.anchors().map(str::to_owned).collect();
        self.sources.insert(page.path.clone(), url.clone());
        self.pages.insert(url, anchors);
    }

    /// Adds a page that the site makes by itself.
    pub fn add_place(&mut self, url: Url) {
        self.pages.insert(url, BTreeSet::new());
    }

    /// Adds a file that is copied, by the path of its source.
    pub fn add_file(&mut self, path: String, url: Url) {
        self.files.insert(path, url);
    }

    /// The address of a page by the path of its Markdown file.
    #[must_use]
    pub fn page(&self, path: &str) -> Option<&Url> {
        self.sources.get(path)
    }

    /// Every link of the page that leads nowhere.
    #[must_use]
    pub fn check(&self, page: &Page) -> Vec<Diagnostic> {
        let targets = page
            .links
            .iter()
            .filter_map(|link| Some((link.target.as_ref()?, link)));
        targets
            .filter_map(|(target, link)| {
                let broken = self.resolve(target, page).err()?;
                let problem = Problem {
                    span: link.span.clone(),
                    at: String::new(),
                    message: broken.message,
                    help: broken.help,
                };
                Some(Diagnostic::new(&page.path, &page.source, 0, &problem))
            })
            .collect()
    }

    /// What stands in `href` or `src`; none for a link that leads nowhere.
    #[must_use]
    pub fn href(&self, target: &Target, page: &Page, base: &Base) -> Option<String> {
        match target {
            Target::External(address) => Some(address.clone()),
            Target::Anchor(anchor) => Some(format!("#{anchor}")),
            _ => {
                let (url, anchor) = self.resolve(target, page).ok()?;
                let fragment = anchor.map_or(String::new(), |anchor| format!("#{anchor}"));
                Some(base.href(&url) + &fragment)
            }
        }
    }

    fn resolve(&self, target: &Target, page: &Page) -> Result<(Url, Option<String>), Broken> {
        match target {
            Target::External(_) => Ok((Url::page(&[]), None)),
            Target::Anchor(anchor) => {
                let anchors: BTreeSet<String> = page.anchors().map(str::to_owned).collect();
                check_anchor(&anchors, anchor, "this page")?;
                Ok((Url::page(&[]), Some(anchor.clone())))
            }
            Target::Page { path, anchor } => {
                let url = self.sources.get(path).ok_or_else(|| Broken {
                    message: format!("there is no page `{path}`"),
                    help: path_like(path, self.sources.keys()),
                })?;
                self.with_anchor(url, anchor.as_deref())
            }
            Target::File { path } => match self.files.get(path) {
                Some(url) => Ok((url.clone(), None)),
                None => Err(Broken {
                    message: format!("there is no file `{path}`"),
                    help: path_like(path, self.files.keys()),
                }),
            },
            Target::Place { path, anchor } => {
                let folders: Vec<&str> = path.split('/').collect();
                let url = Url::page(&folders);
                if !self.pages.contains_key(&url) || !path.ends_with('/') {
                    let known: Vec<String> = self.pages.keys().map(Url::to_string).collect();
                    return Err(Broken {
                        message: format!("there is no page at `{path}`"),
                        help: did_you_mean(path, known.iter().map(String::as_str)).or(Some(
                            "link to another article by the path of its Markdown file".to_owned(),
                        )),
                    });
                }
                self.with_anchor(&url, anchor.as_deref())
            }
        }
    }

    fn with_anchor(
        &self,
        url: &Url,
        anchor: Option<&str>,
    ) -> Result<(Url, Option<String>), Broken> {
        if let (Some(anchor), Some(anchors)) = (anchor, self.pages.get(url)) {
            check_anchor(anchors, anchor, "that page")?;
        }
        Ok((url.clone(), anchor.map(str::to_owned)))
    }
}

/// The known path that was most likely meant. The folders that paths share say nothing about that, so
/// the names of the files have to be alike.
fn path_like<'k>(path: &str, known: impl Iterator<Item = &'k String>) -> Option<String> {
    let name = |path: &'k str| path.rsplit('/').next().unwrap_or(path);
    let own = path.rsplit('/').next().unwrap_or(path);
    let alike = known.filter(|known| nearest(own, [name(known.as_str())]).is_some());
    did_you_mean(path, alike.map(String::as_str))
}

fn check_anchor(anchors: &BTreeSet<String>, anchor: &str, place: &str) -> Result<(), Broken> {
    if anchors.contains(anchor) {
        return Ok(());
    }
    let known = anchors.iter().map(String::as_str);
    Err(Broken {
        message: format!("{place} has no heading or figure `#{anchor}`"),
        help: did_you_mean(anchor, known.clone()).or_else(|| {
            let list: Vec<&str> = known.collect();
            (!list.is_empty()).then(|| format!("it has {}", list.join(", ")))
        }),
    })
}
