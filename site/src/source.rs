//! The files of the content folder, sorted into what they are.
//!
//! `content/<lang>/<article>/index.md` is an article, `NN-name.md` beside it are its chapters,
//! and everything else there is copied. Names decide addresses, so a name that would not do is a problem.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use article::Layout;
use diagram::Problem;
use diagram::diagnostic::Diagnostic;

use crate::error::Error;
use crate::text::Language;

/// A file of the content.
#[derive(Debug)]
pub(crate) struct Source {
    /// Where it is.
    pub(crate) disk: PathBuf,
    /// How errors and links name it, with forward slashes on every system.
    pub(crate) path: String,
    /// The language of its folder.
    pub(crate) language: Language,
    /// The name of its article's folder.
    pub(crate) article: String,
    /// What it is.
    pub(crate) content: Content,
}

/// What a file is.
#[derive(Debug)]
pub(crate) enum Content {
    /// Markdown.
    Text {
        /// The whole file.
        text: String,
        /// Article or chapter.
        layout: Layout,
        /// Number and name of a chapter.
        chapter: Option<(u32, String)>,
    },
    /// A file to copy, by its path below the article's folder.
    Asset(String),
}

/// Finds every file, in an order that does not depend on the file system.
pub(crate) fn walk(content: &Path) -> Result<(Vec<Source>, Vec<Diagnostic>), Error> {
    let mut walk = Walk {
        sources: Vec::new(),
        problems: Vec::new(),
    };
    for (name, path) in entries(content)? {
        if !path.is_dir() {
            walk.problem(
                &path,
                "files belong into the folder of an article",
                Some("content/<language>/<article>/".to_owned()),
            );
            continue;
        }
        match Language::from_tag(&name) {
            Some(language) => walk.language(language, &path)?,
            None => walk.problem(
                &path,
                &format!("`{name}` is not a language that the site speaks"),
                Some(format!("it speaks {}", Language::tags().join(", "))),
            ),
        }
    }
    walk.find_duplicates();
    Ok((walk.sources, walk.problems))
}

struct Walk {
    sources: Vec<Source>,
    problems: Vec<Diagnostic>,
}

impl Walk {
    fn language(&mut self, language: Language, folder: &Path) -> Result<(), Error> {
        for (name, path) in entries(folder)? {
            if !path.is_dir() {
                self.problem(
                    &path,
                    "an article has a folder of its own",
                    Some(format!("{}/<article>/index.md", label(folder))),
                );
            } else if !is_slug(&name) {
                self.slug_problem(&path, &name);
            } else {
                self.article(language, &name, &path)?;
            }
        }
        Ok(())
    }

    fn article(&mut self, language: Language, article: &str, folder: &Path) -> Result<(), Error> {
        let mut has_index = false;
        for (name, path) in entries(folder)? {
            let content = if path.is_dir() {
                self.assets(language, article, &path, &name)?;
                continue;
            } else if let Some(stem) = name.strip_suffix(".md") {
                has_index |= stem == "index";
                match self.markdown(stem, &path)? {
                    Some(content) => content,
                    None => continue,
                }
            } else {
                Content::Asset(name)
            };
            self.push(language, article, path, content);
        }
        if !has_index {
            self.problem(folder, "the article has no `index.md`", None);
        }
        Ok(())
    }

    fn markdown(&mut self, stem: &str, path: &Path) -> Result<Option<Content>, Error> {
        let (layout, chapter) = if stem == "index" {
            (Layout::Article, None)
        } else {
            match chapter_name(stem) {
                Some(chapter) => (Layout::Chapter, Some(chapter)),
                None => {
                    self.problem(
                        path,
                        "a chapter is named by its number and its address, such as `01-single-server.md`",
                        None,
                    );
                    return Ok(None);
                }
            }
        };
        let bytes = fs::read(path).map_err(|error| Error::file("read", path, error))?;
        match String::from_utf8(bytes) {
            Ok(text) => Ok(Some(Content::Text {
                // Some editors begin a file with an invisible mark.
                text: text
                    .strip_prefix('\u{feff}')
                    .map(str::to_owned)
                    .unwrap_or(text),
                layout,
                chapter,
            })),
            Err(_) => {
                self.problem(path, "the file is not UTF-8 text", None);
                Ok(None)
            }
        }
    }

    fn assets(
        &mut self,
        language: Language,
        article: &str,
        folder: &Path,
        relative: &str,
    ) -> Result<(), Error> {
        for (name, path) in entries(folder)? {
            let below = format!("{relative}/{name}");
            if path.is_dir() {
                self.assets(language, article, &path, &below)?;
            } else if name.ends_with(".md") {
                self.problem(
                    &path,
                    "chapters lie directly in the folder of their article",
                    None,
                );
            } else {
                self.push(language, article, path, Content::Asset(below));
            }
        }
        Ok(())
    }

    fn push(&mut self, language: Language, article: &str, disk: PathBuf, content: Content) {
        self.sources.push(Source {
            path: label(&disk),
            disk,
            language,
            article: article.to_owned(),
            content,
        });
    }

    /// Two chapters with one number have no order.
    fn find_duplicates(&mut self) {
        let mut seen: BTreeMap<(Language, &str, u32), &str> = BTreeMap::new();
        let mut found = Vec::new();
        for source in &self.sources {
            if let Content::Text {
                chapter: Some((number, _)),
                ..
            } = &source.content
                && let Some(first) =
                    seen.insert((source.language, &source.article, *number), &source.path)
            {
                found.push((
                    source.disk.clone(),
                    format!("the number {number} is already taken by `{first}`"),
                ));
            }
        }
        for (path, message) in found {
            self.problem(&path, &message, None);
        }
    }

    fn slug_problem(&mut self, path: &Path, name: &str) {
        self.problem(
            path,
            &format!("`{name}` cannot be part of an address"),
            Some("use small letters, digits and hyphens".to_owned()),
        );
    }

    fn problem(&mut self, path: &Path, message: &str, help: Option<String>) {
        let problem = Problem {
            span: 0..0,
            at: String::new(),
            message: message.to_owned(),
            help,
        };
        self.problems
            .push(Diagnostic::new(&label(path), "", 0, &problem));
    }
}

/// Names and paths in a folder, sorted; what begins with a dot belongs to editors and systems.
fn entries(folder: &Path) -> Result<Vec<(String, PathBuf)>, Error> {
    let read = |error| Error::file("read", folder, error);
    let mut entries = Vec::new();
    for entry in fs::read_dir(folder).map_err(read)? {
        let entry = entry.map_err(read)?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if !name.starts_with('.') {
            entries.push((name, entry.path()));
        }
    }
    entries.sort();
    Ok(entries)
}

fn label(path: &Path) -> String {
    let parts: Vec<String> = path
        .iter()
        .map(|part| part.to_string_lossy().into_owned())
        .collect();
    parts.join("/").replacen("//", "/", 1)
}

/// "01-single-server" is chapter 1, "single-server".
fn chapter_name(stem: &str) -> Option<(u32, String)> {
    let (number, name) = stem.split_once('-')?;
    let is_number = number.len() == 2 && number.bytes().all(|byte| byte.is_ascii_digit());
    (is_number && is_slug(name)).then(|| Some((number.parse().ok()?, name.to_owned())))?
}

fn is_slug(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_lowercase() || c.is_ascii_digit())
        && name
            .bytes()
            .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
}
