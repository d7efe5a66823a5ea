//! Why there is no site.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

use diagram::diagnostic::Diagnostic;

use crate::text::Language;

/// Why a build or a check failed.
#[derive(Debug)]
pub enum Error {
    /// Everything that is wrong with the content, in the order of files and lines.
    Content(Vec<Diagnostic>),
    /// The same, and the pages of the preview show it: whoever waits for them need not hear of a failure.
    Shown(Vec<Diagnostic>),
    /// A file or folder could not be used.
    File {
        /// What was tried: "read", "write".
        action: &'static str,
        /// With which file or folder.
        path: PathBuf,
        /// What the system says.
        error: io::Error,
    },
    /// The content cannot be what was named.
    NoContent {
        /// What was named.
        path: PathBuf,
        /// What is wrong with it.
        message: &'static str,
    },
    /// The folder of the content holds no Markdown.
    NoArticle(PathBuf),
    /// What `site new` was asked to make cannot be made.
    New(String),
    /// The shell is not one.
    Shell {
        /// Where it is.
        path: PathBuf,
        /// What is wrong with it.
        message: String,
    },
    /// The shell has an application and the playground has none.
    NoPlayground {
        /// The output folder.
        out: PathBuf,
        /// The file that is not in it.
        name: &'static str,
    },
    /// The output folder would take content with it.
    Output(String),
}

impl Error {
    pub(crate) fn file(action: &'static str, path: &Path, error: io::Error) -> Self {
        Self::File {
            action,
            path: path.to_owned(),
            error,
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Content(problems) | Self::Shown(problems) => {
                for problem in problems {
                    writeln!(f, "{problem}")?;
                }
                match problems.len() {
                    1 => write!(f, "the content has 1 problem"),
                    count => write!(f, "the content has {count} problems"),
                }
            }
            Self::File {
                action,
                path,
                error,
            } => write!(f, "cannot {action} {}: {error}", path.display()),
            Self::NoContent { path, message } => write!(
                f,
                "cannot read the content from {}: {message}; `--content DIR` names another folder",
                path.display()
            ),
            Self::NoArticle(path) => write!(
                f,
                "there is no article in {0} yet; `site new my-article/first-chapter` makes one, or write {0}/{1}/my-article/index.md yourself",
                path.display(),
                Language::English.tag()
            ),
            Self::New(message) => f.write_str(message),
            Self::Shell { path, message } => {
                write!(f, "{} is not a page shell: {message}", path.display())
            }
            Self::NoPlayground { out, name } => write!(
                f,
                "{} has no {name}: where the shell names an application, the playground's is built beside it",
                out.display()
            ),
            Self::Output(message) => f.write_str(message),
        }
    }
}

impl std::error::Error for Error {}
