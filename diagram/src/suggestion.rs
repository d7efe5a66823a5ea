//! "Did you mean …?": the known word that is nearest to what was written.

/// A sentence of help if one of `known` is near enough to `written`.
#[must_use]
pub fn did_you_mean<'k>(written: &str, known: impl IntoIterator<Item = &'k str>) -> Option<String> {
    nearest(written, known).map(|word| format!("did you mean \"{word}\"?"))
}

/// The word of `known` that differs least from `written`, if it is near enough to be meant.
#[must_use]
pub fn nearest<'k>(written: &str, known: impl IntoIterator<Item = &'k str>) -> Option<&'k str> {
    // In an article's figures nobody writes words, and their readers need not download this.
    if !cfg!(feature = "reference") {
        return None;
    }
    // Comparing costs length times length. Paths of pages are the longest words that are suggested.
    if written.len() > 200 {
        return None;
    }
    let plain = |text: &str| text.to_ascii_lowercase().replace(['_', ' '], "-");
    let written = plain(written);
    known
        .into_iter()
        .map(|word| (strsim::osa_distance(&written, &plain(word)), word))
        .filter(|&(distance, word)| distance <= 1 + word.chars().count() / 4)
        .min_by_key(|&(distance, _)| distance)
        .map(|(_, word)| word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_near_words_are_suggested() {
        let known = ["round-robin", "random", "least-connections"];
        for (written, expected) in [
            ("round_robin", Some("round-robin")),
            ("Random", Some("random")),
            ("least-conections", Some("least-connections")),
            ("ramdon", Some("random")),
            ("weighted", None),
            ("", None),
        ] {
            assert_eq!(nearest(written, known), expected, "{written}");
        }
    }

    #[test]
    fn the_path_of_a_page_is_not_too_long_a_word() {
        let folder = "content/en/scaling-from-zero-to-one-million-users";
        let path = format!("{folder}/02-a-database-of-its-own.md");
        let written = format!("{folder}/02-a-databse-of-its-own.md");
        assert_eq!(nearest(&written, [path.as_str()]), Some(path.as_str()));
        assert_eq!(nearest(&"x".repeat(201), [path.as_str()]), None);
    }
}
