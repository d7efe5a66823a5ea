//! The files of the content folder, sorted into what they are.
//!
//! `content/<lang>/<article>/index.md` is an article, `NN-name.md` beside it are its chapters,
//! and everything else there is copied. Names decide addresses, so a name that would not do is a problem.
//! Symbolic links are not followed: they can lead in circles, and out of the content.

use std::collections::BTreeMap;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::string::FromUtf8Error;

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
    check_folder(content)?;
    let mut walk = Walk {
        sources: Vec::new(),
        problems: Vec::new(),
    };
    for Entry { name, path, kind } in walk.entries(content)? {
        if kind == Kind::File {
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
    let is_asset = |source: &Source| matches!(source.content, Content::Asset(_));
    if walk.problems.is_empty() && walk.sources.iter().all(is_asset) {
        return Err(Error::NoArticle(content.to_owned()));
    }
    walk.find_duplicates();
    Ok((walk.sources, walk.problems))
}

/// A name that is misspelt is the likeliest reason why there is nothing to read.
fn check_folder(content: &Path) -> Result<(), Error> {
    let no_content = |message| {
        Err(Error::NoContent {
            path: content.to_owned(),
            message,
        })
    };
    match fs::metadata(content) {
        Ok(found) if found.is_dir() => Ok(()),
        Ok(_) => no_content("it is a file, and the content is a folder"),
        Err(error) if error.kind() == ErrorKind::NotFound => no_content("there is no such folder"),
        Err(error) => Err(Error::file("read", content, error)),
    }
}

struct Walk {
    sources: Vec<Source>,
    problems: Vec<Diagnostic>,
}

impl Walk {
    fn language(&mut self, language: Language, folder: &Path) -> Result<(), Error> {
        for Entry { name, path, kind } in self.entries(folder)? {
            if kind == Kind::File {
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
        for Entry { name, path, kind } in self.entries(folder)? {
            let content = if kind == Kind::Folder {
                self.assets(language, article, &path, &name)?;
                continue;
            } else if let Some(stem) = name.strip_suffix(".md") {
                has_index |= stem == "index";
                match self.markdown(stem, &path) {
                    Some(content) => content,
                    None => continue,
                }
            } else {
                Content::Asset(name)
            };
            self.push(language, article, path, content);
        }
        if !has_index {
            self.problem(
                folder,
                "the article has no `index.md`",
                Some(
                    "write one: it is the article's first page, with its title and date".to_owned(),
                ),
            );
        }
        Ok(())
    }

    fn markdown(&mut self, stem: &str, path: &Path) -> Option<Content> {
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
                    return None;
                }
            }
        };
        let bytes = match fs::read(path) {
            Ok(bytes) => bytes,
            Err(error) => {
                self.problem(path, &format!("the file cannot be read: {error}"), None);
                return None;
            }
        };
        match String::from_utf8(bytes) {
            Ok(text) => Some(Content::Text {
                // Some editors begin a file with an invisible mark.
                text: text
                    .strip_prefix('\u{feff}')
                    .map(str::to_owned)
                    .unwrap_or(text),
                layout,
                chapter,
            }),
            Err(error) => {
                self.not_utf8(path, &error);
                None
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
        for Entry { name, path, kind } in self.entries(folder)? {
            let below = format!("{relative}/{name}");
            if kind == Kind::Folder {
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

    /// Says where the first byte is that no text has.
    fn not_utf8(&mut self, path: &Path, error: &FromUtf8Error) {
        let valid = error.utf8_error().valid_up_to();
        let before = String::from_utf8_lossy(&error.as_bytes()[..valid]);
        let problem = Problem {
            span: valid..valid,
            at: String::new(),
            message: "the file is not UTF-8 text: this is where it stops to be".to_owned(),
            help: Some("save it as UTF-8; editors call that the encoding".to_owned()),
        };
        self.problems
            .push(Diagnostic::new(&label(path), &before, 0, &problem));
    }

    /// What is in a folder, sorted; what begins with a dot belongs to editors and systems.
    fn entries(&mut self, folder: &Path) -> Result<Vec<Entry>, Error> {
        let read = |error| Error::file("read", folder, error);
        let mut entries = Vec::new();
        for entry in fs::read_dir(folder).map_err(read)? {
            let entry = entry.map_err(read)?;
            let (path, file_type) = (entry.path(), entry.file_type().map_err(read)?);
            let name = entry.file_name();
            if name.to_string_lossy().starts_with('.') {
                continue;
            }
            let Ok(name) = name.into_string() else {
                self.problem(&path, "the name of the file is not UTF-8 text", None);
                continue;
            };
            let kind = if file_type.is_dir() {
                Kind::Folder
            } else if file_type.is_file() {
                Kind::File
            } else if file_type.is_symlink() {
                self.problem(
                    &path,
                    "this is a symbolic link, and links are not followed",
                    Some("put the file or folder itself here".to_owned()),
                );
                continue;
            } else {
                self.problem(&path, "this is neither a file nor a folder", None);
                continue;
            };
            entries.push(Entry { name, path, kind });
        }
        entries.sort_by(|a, b| a.name.cmp(&b.name));
        Ok(entries)
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

/// Something in a folder.
struct Entry {
    name: String,
    path: PathBuf,
    kind: Kind,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    File,
    Folder,
}

fn label(path: &Path) -> String {
    let parts: Vec<String> = path
        .iter()
        .map(|part| part.to_string_lossy().into_owned())
        .collect();
    parts.join("/").replacen("//", "/", 1)
}

/// "01-single-server" is chapter 1, "single-server".
pub(crate) fn chapter_name(stem: &str) -> Option<(u32, String)> {
    let (number, name) = stem.split_once('-')?;
    let is_number = number.len() == 2 && number.bytes().all(|byte| byte.is_ascii_digit());
    (is_number && is_slug(name)).then(|| Some((number.parse().ok()?, name.to_owned())))?
}

pub(crate) fn is_slug(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_lowercase() || c.is_ascii_digit())
        && name
            .bytes()
            .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
}
