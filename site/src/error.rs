//! Why there is no site.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

use diagram::diagnostic::Diagnostic;

/// Why a build or a check failed.
#[derive(Debug)]
pub enum Error {
    /// Everything that is wrong with the content, in the order of files and lines.
    Content(Vec<Diagnostic>),
    /// A file or folder could not be used.
    File {
        /// What was tried: "read", "write".
        action: &'static str,
        /// With which file or folder.
        path: PathBuf,
        /// What the system says.
        error: io::Error,
    },
    /// The shell is not one.
    Shell {
        /// Where it is.
        path: PathBuf,
        /// What is wrong with it.
        message: String,
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
            Self::Content(problems) => {
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
            Self::Shell { path, message } => {
                write!(f, "{} is not a page shell: {message}", path.display())
            }
            Self::Output(message) => f.write_str(message),
        }
    }
}

impl std::error::Error for Error {}
