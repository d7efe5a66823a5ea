//! `simulate new`: a scenario to begin with.

use std::ffi::OsStr;
use std::fs::OpenOptions;
use std::io::{ErrorKind, Write as _};
use std::process::ExitCode;

use crate::output;

/// It says what each part is for; a test checks and runs it.
const STARTER: &str = include_str!("starter.toml");

pub(crate) fn new(file: Option<&OsStr>, is_forced: bool) -> ExitCode {
    let shown = file.unwrap_or(OsStr::new("-")).to_string_lossy();
    let text = STARTER.replace("FILE", if shown == "-" { "FILE" } else { &shown });
    let Some(file) = file.filter(|&file| file != "-") else {
        return output::print(&text);
    };
    // Asking first whether it is there would leave a moment in which somebody else creates it.
    let mut options = OpenOptions::new();
    options.write(true);
    if is_forced {
        options.create(true).truncate(true);
    } else {
        options.create_new(true);
    }
    let written = options
        .open(file)
        .and_then(|mut file| file.write_all(text.as_bytes()));
    match written {
        Ok(()) => output::print(&format!("{shown}: written; now `simulate run {shown}`\n")),
        Err(error) => {
            let why = match error.kind() {
                ErrorKind::AlreadyExists => {
                    "there is such a file; --force overwrites it".to_owned()
                }
                ErrorKind::NotFound => "there is no such folder".to_owned(),
                _ => output::in_words(&error),
            };
            output::error(&format!("error: {shown}: {why}\n"));
            ExitCode::FAILURE
        }
    }
}
