//! A build of a fixture, with what can be said about it.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use expect_test::Expect;
use site::{Config, Error, Summary};

/// A content folder that is being built.
pub(crate) struct SiteTest {
    config: Config,
    summary: Option<Summary>,
}

impl SiteTest {
    /// The fixture of this name. Its output gets a folder of its own, named after `purpose`.
    pub(crate) fn of(fixture: &str, purpose: &str) -> Self {
        // Paths are relative, so that expected errors are the same on every machine.
        Self::of_folder(&format!("tests/fixtures/{fixture}"), purpose)
    }

    pub(crate) fn of_folder(content: &str, purpose: &str) -> Self {
        let out = Path::new(env!("CARGO_TARGET_TMPDIR")).join(purpose);
        if out.exists() {
            fs::remove_dir_all(&out).unwrap();
        }
        Self {
            config: Config {
                content: content.into(),
                shell: None,
                out,
                base: article::Base::default(),
                origin: None,
            },
            summary: None,
        }
    }

    pub(crate) fn with(mut self, change: impl FnOnce(&mut Config)) -> Self {
        change(&mut self.config);
        self
    }

    #[track_caller]
    pub(crate) fn build(mut self) -> Self {
        self.summary = Some(site::build(&self.config).unwrap_or_else(|error| panic!("{error}")));
        self
    }

    /// Why there is no site.
    #[track_caller]
    pub(crate) fn refused(&self) -> Error {
        site::build(&self.config).expect_err("it has problems")
    }

    pub(crate) fn summary(&self) -> Summary {
        self.summary.unwrap()
    }

    pub(crate) fn out(&self) -> &Path {
        &self.config.out
    }

    #[track_caller]
    pub(crate) fn read(&self, path: &str) -> String {
        let path = self.config.out.join(path);
        fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
    }

    /// Compares the `<main>` of a page, without what is inside its pictures.
    #[track_caller]
    pub(crate) fn main(self, path: &str, expected: &Expect) -> Self {
        let page = self.read(path);
        let (_, rest) = page.split_once("<main").unwrap();
        let (main, _) = rest.split_once("</main>").unwrap();
        let mut parts = main.split("<svg");
        let mut shown = parts.next().unwrap().to_owned();
        for part in parts {
            shown.push_str("<svg/>");
            shown.push_str(part.split_once("</svg>").unwrap().1);
        }
        expected.assert_eq(&format!("<main{shown}</main>\n"));
        self
    }

    /// Every file of the site by its path.
    pub(crate) fn files(&self) -> BTreeMap<String, Vec<u8>> {
        let mut files = BTreeMap::new();
        collect(&self.config.out, &self.config.out, &mut files);
        files
    }

    /// Every page by its path.
    pub(crate) fn pages(&self) -> BTreeMap<String, String> {
        let files = self.files().into_iter();
        files
            .filter(|(path, _)| path.ends_with(".html"))
            .map(|(path, bytes)| (path, String::from_utf8(bytes).unwrap()))
            .collect()
    }
}

fn collect(root: &Path, folder: &Path, files: &mut BTreeMap<String, Vec<u8>>) {
    let entries: Vec<PathBuf> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    for path in entries {
        if path.is_dir() {
            collect(root, &path, files);
        } else {
            let name = path.strip_prefix(root).unwrap().display().to_string();
            files.insert(name, fs::read(&path).unwrap());
        }
    }
}
