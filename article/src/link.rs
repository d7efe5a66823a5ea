//! Where a link in Markdown leads, said in terms of the content and not yet of addresses.

use crate::url::decode;

/// The target of a link or an image.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// Another site, or mail: left as it is.
    External(String),
    /// A heading or figure of the same page.
    Anchor(String),
    /// Another Markdown file of the content, by its path, and perhaps a heading in it.
    Page {
        /// Path of the file, written as the present page's own path is.
        path: String,
        /// The heading or figure.
        anchor: Option<String>,
    },
    /// A picture or another file that lies beside the Markdown.
    File {
        /// Path of the file, written as the present page's own path is.
        path: String,
    },
    /// A page by its place in the site, `/playground/`.
    Place {
        /// The place, with a slash in front.
        path: String,
        /// The heading or figure.
        anchor: Option<String>,
    },
}

impl Target {
    /// Reads the target of a link in the file at `from`.
    ///
    /// # Errors
    /// A sentence that says what is wrong, and perhaps one that helps.
    pub fn parse(text: &str, from: &str) -> Result<Self, (String, Option<String>)> {
        if text.trim().is_empty() {
            return Err(("the link leads nowhere".to_owned(), None));
        }
        if let Some(scheme) = scheme(text) {
            return match scheme {
                "http" | "https" | "mailto" => Ok(Self::External(text.to_owned())),
                _ => Err((
                    format!("links of the kind `{scheme}:` are not allowed"),
                    Some("use `https:`, `mailto:`, or the path of a file".to_owned()),
                )),
            };
        }
        if text.starts_with("//") {
            return Err((
                format!("`{text}` does not say how to get there"),
                Some("write the whole address, with `https:` in front".to_owned()),
            ));
        }
        let (path, anchor) = match text.split_once('#') {
            Some((path, anchor)) => (decode(path), Some(decode(anchor))),
            None => (decode(text), None),
        };
        if path.contains('?') {
            return Err((
                "a link inside the site has no `?`: its pages are plain files".to_owned(),
                None,
            ));
        }
        if path.is_empty() {
            return Ok(Self::Anchor(anchor.unwrap_or_default()));
        }
        if path.starts_with('/') {
            return Ok(Self::Place { path, anchor });
        }
        let Some(joined) = join(from, &path) else {
            return Err((format!("`{path}` leads out of the content folder"), None));
        };
        if joined.ends_with(".md") {
            Ok(Self::Page {
                path: joined,
                anchor,
            })
        } else {
            Ok(Self::File { path: joined })
        }
    }
}

/// The letters before the first colon, if they can be a scheme.
fn scheme(text: &str) -> Option<&str> {
    let (scheme, _) = text.split_once(':')?;
    let is_scheme = scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c));
    is_scheme.then_some(scheme)
}

/// The path that `relative` means in the file at `from`; none when it climbs above the first folder.
fn join(from: &str, relative: &str) -> Option<String> {
    let mut parts: Vec<&str> = from.split('/').collect();
    parts.pop();
    for part in relative.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            name => parts.push(name),
        }
    }
    Some(parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::Target;

    fn parse(text: &str) -> Result<Target, String> {
        Target::parse(text, "content/en/scaling/01-one.md").map_err(|(message, _)| message)
    }

    #[test]
    fn a_path_is_read_from_the_folder_of_the_page() {
        let page = |path: &str, anchor: Option<&str>| {
            Ok(Target::Page {
                path: path.to_owned(),
                anchor: anchor.map(str::to_owned),
            })
        };
        assert_eq!(
            parse("02-two.md"),
            page("content/en/scaling/02-two.md", None)
        );
        assert_eq!(
            parse("./02-two.md#knee"),
            page("content/en/scaling/02-two.md", Some("knee"))
        );
        assert_eq!(
            parse("../other/index.md"),
            page("content/en/other/index.md", None)
        );
        assert_eq!(
            parse("big%20one.png"),
            Ok(Target::File {
                path: "content/en/scaling/big one.png".to_owned()
            })
        );
        assert_eq!(parse("#knee"), Ok(Target::Anchor("knee".to_owned())));
        assert_eq!(
            parse("/playground/"),
            Ok(Target::Place {
                path: "/playground/".to_owned(),
                anchor: None
            })
        );
    }

    #[test]
    fn only_harmless_schemes_leave_the_site() {
        for text in [
            "https://example.org/a?b#c",
            "http://example.org",
            "mailto:a@example.org",
        ] {
            assert_eq!(parse(text), Ok(Target::External(text.to_owned())));
        }
        for text in [
            "javascript:alert(1)",
            "data:text/html,x",
            "ftp://x",
            "//example.org",
            "",
            "a.md?x=1",
            "../../../../x.md",
        ] {
            assert!(parse(text).is_err(), "{text:?}");
        }
    }
}
