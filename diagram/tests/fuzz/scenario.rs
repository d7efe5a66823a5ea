//! Any text is read or refused, and what is read can be written.

use diagram::Document;
use diagram::diagnostic::Diagnostic;
use diagram::document::MAX_TEXT;

/// Reads `data` as a scenario.
pub(crate) fn fuzz(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else {
        return;
    };
    match Document::parse(text) {
        Ok(document) => round_trip(&document),
        Err(problems) => {
            assert!(!problems.is_empty(), "refused without a reason");
            for problem in &problems {
                let found = Diagnostic::new("fuzz.toml", text, 0, problem);
                assert!(found.line >= 1 && found.column >= 1, "{found}");
                assert!(!found.message.is_empty(), "{found}");
            }
        }
    }
}

/// What is written is read as the same document, as TOML and as a script of edits.
pub(crate) fn round_trip(document: &Document) {
    let text = document.to_toml();
    // Groups that were written short can be long when every value is spelt out.
    if text.len() <= MAX_TEXT {
        assert_eq!(Document::parse(&text).as_ref(), Ok(document), "{text}");
    }
    let script = diagram::script::write(document);
    assert_eq!(diagram::script::read(&script).as_ref(), Some(document));
}
