//! Addresses inside the site. A page never holds a bare path: it is made from a [`Url`] and the [`Base`].

use std::fmt;

/// The path under which the whole site is served: `/`, or `/repository/`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Base(String);

impl Base {
    /// Reads a base path. It has to begin and end with a slash.
    ///
    /// # Errors
    /// A sentence that says what is wrong.
    pub fn parse(text: &str) -> Result<Self, String> {
        let is_plain = |c: char| c.is_ascii_alphanumeric() || "/-._~".contains(c);
        if !text.starts_with('/') || !text.ends_with('/') || text.contains("//") {
            return Err(format!(
                "the base path has to begin and end with a slash, such as `/` or `/book/`, and is `{text}`"
            ));
        }
        if !text.chars().all(is_plain) || text.split('/').any(|part| part == "." || part == "..") {
            return Err(format!(
                "the base path is made of letters, digits and `-._~`, and is `{text}`"
            ));
        }
        Ok(Self(text.to_owned()))
    }

    /// The path itself.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The address of something in the site, as it stands in `href`.
    #[must_use]
    pub fn href(&self, url: &Url) -> String {
        format!("{}{}", self.0, url.encoded())
    }
}

impl Default for Base {
    fn default() -> Self {
        Self("/".to_owned())
    }
}

/// The place of a page or a file within the site, whatever the base path is.
///
/// Pages end with a slash, because each is an `index.html` in a folder of its own.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Url(String);

impl Url {
    /// The page in the folder that these names lead to; no names mean the home page.
    #[must_use]
    pub fn page(folders: &[&str]) -> Self {
        let mut path = String::new();
        for folder in folders.iter().filter(|folder| !folder.is_empty()) {
            path.push_str(folder);
            path.push('/');
        }
        Self(path)
    }

    /// A file that lies in the folder of a page, or deeper.
    #[must_use]
    pub fn file(&self, relative: &str) -> Self {
        Self(format!("{}{relative}", self.0))
    }

    /// Where it lies in the output folder: pages are `index.html` files.
    #[must_use]
    pub fn output_path(&self) -> String {
        if self.0.is_empty() || self.0.ends_with('/') {
            format!("{}index.html", self.0)
        } else {
            self.0.clone()
        }
    }

    /// The path as bytes that an address may hold.
    fn encoded(&self) -> String {
        let mut out = String::new();
        for byte in self.0.bytes() {
            if byte.is_ascii_alphanumeric() || b"/-._~".contains(&byte) {
                out.push(char::from(byte));
            } else {
                out.push_str(&format!("%{byte:02X}"));
            }
        }
        out
    }
}

/// Displays the path as an author would write it, with the slash of the site's root in front.
impl fmt::Display for Url {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "/{}", self.0)
    }
}

/// Turns `%20` and its kin back into letters. What is not valid stays as it is.
pub(crate) fn decode(text: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = text.as_bytes();
    while let Some((&first, tail)) = rest.split_first() {
        let hex = (first == b'%')
            .then(|| tail.get(..2))
            .flatten()
            .and_then(|pair| std::str::from_utf8(pair).ok())
            .and_then(|pair| u8::from_str_radix(pair, 16).ok());
        match hex {
            Some(byte) => {
                bytes.push(byte);
                rest = &tail[2..];
            }
            None => {
                bytes.push(first);
                rest = tail;
            }
        }
    }
    String::from_utf8(bytes).unwrap_or_else(|_| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::{Base, Url, decode};

    #[test]
    fn every_address_begins_with_the_base() {
        let base = Base::parse("/x/y/").expect("a valid base");
        let chapter = Url::page(&["scaling", "single-server"]);
        assert_eq!(base.href(&chapter), "/x/y/scaling/single-server/");
        assert_eq!(base.href(&Url::page(&[])), "/x/y/");
        assert_eq!(chapter.output_path(), "scaling/single-server/index.html");
        assert_eq!(
            Url::page(&["scaling"]).file("größe 1.png").output_path(),
            "scaling/größe 1.png"
        );
        assert_eq!(
            base.href(&Url::page(&["a"]).file("ö 1.png")),
            "/x/y/a/%C3%B6%201.png"
        );
    }

    #[test]
    fn a_base_path_that_would_break_links_is_refused() {
        for text in [
            "",
            "x",
            "./",
            "/x",
            "x/",
            "//",
            "/a//b/",
            "/../",
            "/a b/",
            "/\"/",
            "https://x/",
        ] {
            assert!(Base::parse(text).is_err(), "{text:?}");
        }
    }

    #[test]
    fn percent_signs_are_decoded_only_where_they_mean_something() {
        for (text, expected) in [
            ("a%20b", "a b"),
            ("%C3%B6", "ö"),
            ("100%", "100%"),
            ("%zz", "%zz"),
            ("%FF", "%FF"),
        ] {
            assert_eq!(decode(text), expected);
        }
    }
}
