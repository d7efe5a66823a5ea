//! The path under which the site is published: `/`, or `/repo/` on GitHub Pages.

use std::fmt::{self, Display, Formatter};

use crate::failure::Failure;

/// An absolute URL path that begins and ends with a slash.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct BasePath(String);

impl BasePath {
    pub(crate) fn root() -> Self {
        Self("/".to_owned())
    }

    /// Reads `/repo/`; a missing slash at the end is forgiven, anything relative is not.
    pub(crate) fn parse(text: &str) -> Result<Self, Failure> {
        let Some(inner) = text.strip_prefix('/') else {
            return Err(Failure::new(format!(
                "the base path `{text}` has to begin with a slash, such as `/repo/`: \
                 relative links would break on pages in sub-folders"
            )));
        };
        if inner.is_empty() {
            return Ok(Self::root());
        }
        let inner = inner.strip_suffix('/').unwrap_or(inner);
        for part in inner.split('/') {
            let is_plain = part
                .chars()
                .all(|it| it.is_ascii_alphanumeric() || matches!(it, '-' | '_' | '.' | '~'));
            if part.is_empty() || part.chars().all(|it| it == '.') || !is_plain {
                return Err(Failure::new(format!(
                    "the base path `{text}` has a part `{part}` that cannot be in it: \
                     use names of letters, digits, `-`, `_`, `.`, such as `/repo/`"
                )));
            }
        }
        Ok(Self(format!("/{inner}/")))
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }
}

impl Display for BasePath {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_base_path_begins_and_ends_with_a_slash() {
        for (given, read) in [
            ("/", "/"),
            ("/repo", "/repo/"),
            ("/repo/", "/repo/"),
            ("/a/b.c/d-e_f/", "/a/b.c/d-e_f/"),
        ] {
            assert_eq!(
                BasePath::parse(given).map(|it| it.to_string()),
                Ok(read.to_owned())
            );
        }
    }

    #[test]
    fn what_would_break_links_is_refused_with_a_sentence() {
        for given in [
            "",
            "repo/",
            "./",
            "../x/",
            "//",
            "/a//b/",
            "/../x/",
            "/a b/",
            "/a\"b/",
            "https://example.org/x/",
        ] {
            let refused = BasePath::parse(given);
            assert!(refused.is_err(), "{given:?} was taken");
        }
    }
}
