//! Ids in a page: every heading and figure has one, and no two the same.

use std::collections::BTreeSet;

/// Ids that the page around the text uses itself.
const RESERVED: [&str; 5] = ["main", "chapters", "footnotes", "playground", "top"];

/// The ids that are taken.
#[derive(Default)]
pub(super) struct Anchors {
    taken: BTreeSet<String>,
}

impl Anchors {
    /// Takes an id that the author wrote.
    pub(super) fn claim(&mut self, id: &str) -> Result<(), String> {
        if !is_valid(id) {
            return Err(format!(
                "`{id}` cannot be an id: it takes small letters, digits and hyphens, and begins with a letter"
            ));
        }
        if is_reserved(id) {
            return Err(format!("the id `{id}` is used by the page itself"));
        }
        if !self.taken.insert(id.to_owned()) {
            return Err(format!("the id `{id}` is already taken in this page"));
        }
        Ok(())
    }

    /// Makes an id from the words of a heading; the second of the same words gets a "-2".
    pub(super) fn invent(&mut self, words: &str) -> String {
        let slug = slug(words);
        let mut id = slug.clone();
        let mut count = 1;
        while is_reserved(&id) || !self.taken.insert(id.clone()) {
            count += 1;
            id = format!("{slug}-{count}");
        }
        id
    }
}

fn is_reserved(id: &str) -> bool {
    RESERVED.contains(&id) || id.starts_with("fn-") || id.starts_with("fnref-")
}

/// Whether an author may choose this id.
pub(super) fn is_valid(id: &str) -> bool {
    id.starts_with(|c: char| c.is_lowercase())
        && id
            .chars()
            .all(|c| c.is_lowercase() || c.is_ascii_digit() || c == '-')
}

/// Small letters of any script and digits, with a hyphen for everything between them.
fn slug(words: &str) -> String {
    let mut slug = String::new();
    for c in words.to_lowercase().chars() {
        if c.is_alphanumeric() {
            slug.push(c);
        } else if c != '\'' && c != '\u{2019}' && !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
    }
    let slug = slug.trim_end_matches('-');
    if slug.is_empty() {
        "section".to_owned()
    } else {
        slug.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::{Anchors, slug};

    #[test]
    fn a_slug_keeps_letters_of_every_script() {
        for (words, expected) in [
            ("Who gets the next request?", "who-gets-the-next-request"),
            ("It\u{2019}s 90 % busy", "its-90-busy"),
            ("Größe & Ñandú", "größe-ñandú"),
            ("— … —", "section"),
        ] {
            assert_eq!(slug(words), expected);
        }
    }

    #[test]
    fn no_two_ids_are_the_same() {
        let mut anchors = Anchors::default();
        assert_eq!(anchors.claim("knee"), Ok(()));
        assert_eq!(anchors.invent("Knee"), "knee-2");
        assert_eq!(anchors.invent("Knee"), "knee-3");
        assert_eq!(anchors.invent("Main"), "main-2");
        assert!(anchors.claim("knee").is_err());
        assert!(anchors.claim("main").is_err());
        assert!(anchors.claim("Knee").is_err());
        assert!(anchors.claim("fn-1").is_err());
    }
}
