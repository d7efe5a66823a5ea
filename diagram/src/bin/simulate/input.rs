//! Reading files: at most as much as a document may have.

use std::ffi::OsStr;
use std::fs::{File, Metadata};
use std::io::{self, Read};
use std::process::ExitCode;

use diagram::diagnostic::Diagnostic;
use diagram::document::MAX_TEXT;
use diagram::{Document, Problem};

use crate::{output, problems};

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
    let (bytes, size) = if path == "-" {
        limited(io::stdin()).map(|bytes| (bytes, None))
    } else {
        File::open(path).and_then(|file| {
            let size = file.metadata().ok().filter(Metadata::is_file);
            Ok((limited(file)?, size.map(|metadata| metadata.len())))
        })
    }
    .map_err(|error| format!("{shown}: {}", output::in_words(&error)))?;
    if bytes.len() > MAX_TEXT {
        let size = size.map_or_else(|| format!("more than {MAX_TEXT}"), |size| size.to_string());
        return Err(format!(
            "{shown}: this text has {size} bytes; at most {MAX_TEXT} are read"
        ));
    }
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

/// The document in a file. Where there is none, everybody is told why, programs too.
pub(crate) fn load(path: &OsStr, as_json: bool) -> Result<Document, ExitCode> {
    let problems = match read(path) {
        Ok(input) => match input.parse() {
            Ok(document) => return Ok(document),
            Err(problems) => {
                output::diagnostics(&problems);
                problems.iter().map(problems::placed).collect()
            }
        },
        Err(message) => {
            output::error(&format!("error: {message}\n"));
            vec![problems::unreadable(&path.to_string_lossy(), &message)]
        }
    };
    if as_json {
        output::print(&problems::only(problems));
    }
    Err(ExitCode::FAILURE)
}

/// A little more than a document may have is enough to know that it is too long.
fn limited(from: impl Read) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    from.take(MAX_TEXT as u64 + 16).read_to_end(&mut bytes)?;
    Ok(bytes)
}
