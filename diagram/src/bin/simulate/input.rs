//! Reading files: at most as much as a document may have.

use std::ffi::OsStr;
use std::fs::File;
use std::io::{self, Read};

use diagram::diagnostic::Diagnostic;
use diagram::{Document, Problem};

/// A file with its name as messages show it.
pub(crate) struct Input {
    pub(crate) path: String,
    pub(crate) text: String,
}

/// Reads a file, or standard input for `-`.
pub(crate) fn read(path: &OsStr) -> Result<Input, String> {
    let shown = if path == "-" {
        "<stdin>".to_owned()
    } else {
        path.to_string_lossy().into_owned()
    };
    let bytes = if path == "-" {
        limited(io::stdin())
    } else {
        File::open(path).and_then(limited)
    };
    let bytes = bytes.map_err(|error| format!("{shown}: {error}"))?;
    // Windows editors begin a file with a byte order mark; it is not part of the text.
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&bytes);
    let text = String::from_utf8(bytes.to_vec()).map_err(|error| {
        format!(
            "{shown}: byte {} is not UTF-8",
            error.utf8_error().valid_up_to()
        )
    })?;
    Ok(Input { path: shown, text })
}

impl Input {
    /// The document, or every problem with its line.
    pub(crate) fn parse(&self) -> Result<Document, Vec<Diagnostic>> {
        Document::parse(&self.text).map_err(|problems| {
            let place = |problem: &Problem| Diagnostic::new(&self.path, &self.text, 0, problem);
            problems.iter().map(place).collect()
        })
    }
}

/// One byte more than a document may have is enough to say that it is too long.
fn limited(from: impl Read) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    from.take(diagram::document::MAX_TEXT as u64 + 16)
        .read_to_end(&mut bytes)?;
    Ok(bytes)
}
