//! Printing, also where nobody listens any more: `simulate run … | head` is no failure.

use std::ffi::OsStr;
use std::fs;
use std::io::{self, IsTerminal as _, Write as _};
use std::process::ExitCode;

use diagram::diagnostic::Diagnostic;

/// Prints to standard output.
pub(crate) fn print(text: &str) -> ExitCode {
    let mut out = io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(error) => {
            self::error(&format!("error: standard output: {error}\n"));
            ExitCode::FAILURE
        }
    }
}

/// Writes a file, or to standard output where there is none.
pub(crate) fn write(file: Option<&OsStr>, text: &str) -> ExitCode {
    let Some(file) = file.filter(|&file| file != "-") else {
        return print(text);
    };
    match fs::write(file, text) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            let file = file.to_string_lossy();
            self::error(&format!("error: {file}: {}\n", in_words(&error)));
            ExitCode::FAILURE
        }
    }
}

/// Prints to standard error; where that fails there is nobody left to tell.
pub(crate) fn error(text: &str) {
    let _ = io::stderr().lock().write_all(text.as_bytes());
}

/// Says why the command line is not understood.
pub(crate) fn wrong_use(message: &str) -> ExitCode {
    error(&format!("simulate: {message}\nTry `simulate --help`.\n"));
    ExitCode::from(2)
}

/// Prints problems with their lines.
pub(crate) fn diagnostics(found: &[Diagnostic]) {
    let with_colour = io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none();
    for diagnostic in found {
        error(&format!("{}\n\n", diagnostic.render(with_colour)));
    }
}

/// Why a file cannot be read or written.
pub(crate) fn in_words(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "there is no such file".to_owned(),
        io::ErrorKind::IsADirectory => "this is a folder, not a file".to_owned(),
        io::ErrorKind::PermissionDenied => "this is not permitted".to_owned(),
        _ => error.to_string(),
    }
}
