//! The likely intent behind a misspelt word.

/// "did you mean `cache`?", when one of the known words is near enough to be meant.
pub fn did_you_mean<'a>(written: &str, known: impl IntoIterator<Item = &'a str>) -> Option<String> {
    nearest(written, known).map(|word| format!("did you mean `{word}`?"))
}

/// The known word that differs least from the written one, if it is near enough to be meant.
pub fn nearest<'a>(written: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    // Comparing costs length times length, and nobody misspells a word of that length.
    if written.len() > 200 {
        return None;
    }
    let written = written.to_lowercase();
    known
        .into_iter()
        .map(|word| {
            (
                strsim::damerau_levenshtein(&written, &word.to_lowercase()),
                word,
            )
        })
        .filter(|&(distance, word)| distance <= 1 + word.chars().count() / 5)
        .min_by_key(|&(distance, _)| distance)
        .map(|(_, word)| word)
}

#[cfg(test)]
mod tests {
    use super::did_you_mean;

    #[test]
    fn only_near_words_are_suggested() {
        let keys = ["layout", "title", "lang", "lang-ref"];
        for (written, expected) in [
            ("langref", Some("did you mean `lang-ref`?")),
            ("tilte", Some("did you mean `title`?")),
            ("Layout", Some("did you mean `layout`?")),
            ("permalink", None),
        ] {
            assert_eq!(did_you_mean(written, keys).as_deref(), expected);
        }
    }
}
