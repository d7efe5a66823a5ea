//! What a build needs to know.

use std::path::PathBuf;

use article::Base;

/// Where things are, and where the site will be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Config {
    /// The folder of Markdown.
    pub content: PathBuf,
    /// The page shell; none for the built-in one, which has no live figures.
    pub shell: Option<PathBuf>,
    /// The folder to write to.
    pub out: PathBuf,
    /// The path under which the site is served.
    pub base: Base,
    /// Scheme and host, `https://example.org`, for the addresses that have to be complete.
    pub origin: Option<String>,
}
