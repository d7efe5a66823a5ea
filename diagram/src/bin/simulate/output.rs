//! Printing, also where nobody listens any more: `simulate run … | head` is no failure.

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
            self::error(&format!("simulate: {error}\n"));
            ExitCode::FAILURE
        }
    }
}

/// Prints to standard error; where that fails there is nobody left to tell.
pub(crate) fn error(text: &str) {
    let _ = io::stderr().lock().write_all(text.as_bytes());
}

/// Prints problems with their lines.
pub(crate) fn diagnostics(found: &[Diagnostic]) {
    let with_colour = io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none();
    for diagnostic in found {
        error(&format!("{}\n\n", diagnostic.render(with_colour)));
    }
}
