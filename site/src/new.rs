//! `site new`: a chapter to begin with, and its article where there is none yet.
//!
//! What it writes passes `site check` as it is. Nothing that is there already is changed.

use std::fs::{self, File};
use std::io::{ErrorKind, Write as _};
use std::path::{Path, PathBuf};

use article::Date;

use crate::error::Error;
use crate::library::playground_url;
use crate::source::{chapter_name, is_slug};
use crate::text::Language;

const ARTICLE: &str = include_str!("new/article.md");
const CHAPTER: &str = include_str!("new/chapter.md");

/// Chapters have numbers of two digits.
const LAST_NUMBER: u32 = 99;

/// Which chapter to make, as it is in its address: `caches/why-a-cache`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewChapter {
    article: String,
    chapter: String,
}

impl NewChapter {
    /// Reads `<article>/<chapter>`.
    ///
    /// # Errors
    /// A sentence that says what is wrong.
    pub fn parse(text: &str) -> Result<Self, String> {
        let Some((article, chapter)) = text.split_once('/') else {
            return Err(format!(
                "`{text}` names no chapter; write the article's folder, a slash and the chapter's name, such as `caches/why-a-cache`"
            ));
        };
        if let Some(name) = [article, chapter].into_iter().find(|name| !is_slug(name)) {
            return Err(format!(
                "`{name}` cannot be part of an address; use small letters, digits and hyphens"
            ));
        }
        if playground_url().output_path().split('/').next() == Some(article) {
            return Err(format!("the address of `{article}` is already taken"));
        }
        Ok(Self {
            article: article.to_owned(),
            chapter: chapter.to_owned(),
        })
    }
}

/// Writes the files, and gives their paths.
///
/// # Errors
/// The chapter is there already, or a file cannot be written.
pub fn create(content: &Path, new: &NewChapter, today: Date) -> Result<Vec<PathBuf>, Error> {
    let folder = content.join(Language::English.tag()).join(&new.article);
    let number = next_number(&folder, &new.chapter)?;
    fs::create_dir_all(&folder).map_err(|error| Error::file("create", &folder, error))?;
    let fill = |template: &str, name: &str| {
        template
            .replace("{title}", &title(name))
            .replace("{date}", &today.to_string())
            .replace("{article}", &new.article)
            .replace("{chapter}", &new.chapter)
    };
    let mut written = Vec::new();
    let index = folder.join("index.md");
    if write_new(&index, &fill(ARTICLE, &new.article))? {
        written.push(index);
    }
    let chapter = folder.join(format!("{number:02}-{}.md", new.chapter));
    if write_new(&chapter, &fill(CHAPTER, &new.chapter))? {
        written.push(chapter);
    }
    Ok(written)
}

/// The number after the highest in the folder.
fn next_number(folder: &Path, chapter: &str) -> Result<u32, Error> {
    let read = |error| Error::file("read", folder, error);
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(1),
        Err(error) => return Err(read(error)),
    };
    let mut highest = 0;
    for entry in entries {
        let name = entry.map_err(read)?.file_name();
        let name = name.to_string_lossy();
        let Some((number, address)) = name.strip_suffix(".md").and_then(chapter_name) else {
            continue;
        };
        if address == chapter {
            return Err(Error::New(format!(
                "there is such a chapter already: {}",
                folder.join(&*name).display()
            )));
        }
        highest = highest.max(number);
    }
    if highest >= LAST_NUMBER {
        return Err(Error::New(format!(
            "{} has a chapter {LAST_NUMBER}, and no number comes after it",
            folder.display()
        )));
    }
    Ok(highest + 1)
}

/// False where there is such a file already.
fn write_new(path: &Path, text: &str) -> Result<bool, Error> {
    let mut file = match File::create_new(path) {
        Ok(file) => file,
        Err(error) if error.kind() == ErrorKind::AlreadyExists => return Ok(false),
        Err(error) => return Err(Error::file("create", path, error)),
    };
    file.write_all(text.as_bytes())
        .map_err(|error| Error::file("write", path, error))?;
    Ok(true)
}

/// "why-a-cache" becomes "Why a cache".
fn title(name: &str) -> String {
    let words = name.replace('-', " ");
    let words = words.trim();
    let mut letters = words.chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => name.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::{NewChapter, title};

    #[test]
    fn names_become_titles() {
        assert_eq!(title("why-a-cache"), "Why a cache");
        assert_eq!(title("2-phase-commit"), "2 phase commit");
    }

    #[test]
    fn what_cannot_be_an_address_is_refused() {
        for (text, expected) in [
            (
                "caches",
                "`caches` names no chapter; write the article's folder, a slash and the chapter's name, such as `caches/why-a-cache`",
            ),
            (
                "My Article/one",
                "`My Article` cannot be part of an address; use small letters, digits and hyphens",
            ),
            (
                "a/../b",
                "`../b` cannot be part of an address; use small letters, digits and hyphens",
            ),
            (
                "a/",
                "`` cannot be part of an address; use small letters, digits and hyphens",
            ),
            (
                "playground/one",
                "the address of `playground` is already taken",
            ),
        ] {
            assert_eq!(NewChapter::parse(text), Err(expected.to_owned()));
        }
        assert!(NewChapter::parse("caches/why-a-cache").is_ok());
    }
}
