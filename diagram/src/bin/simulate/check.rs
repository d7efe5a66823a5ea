//! `simulate check`: every problem of every file.

use std::ffi::OsString;
use std::process::ExitCode;

use diagram::wording::counted;

use crate::{input, output};

pub(crate) fn check(files: &[OsString]) -> ExitCode {
    let (mut problems, mut lines) = (0_u64, String::new());
    for file in files {
        let input = match input::read(file) {
            Ok(input) => input,
            Err(message) => {
                output::error(&format!("error: {message}\n\n"));
                problems += 1;
                continue;
            }
        };
        match input.parse() {
            Ok(document) => lines.push_str(&format!(
                "{}: {}, {}\n",
                input.path,
                counted(document.nodes().len() as u64, "node"),
                counted(document.links().len() as u64, "link")
            )),
            Err(found) => {
                problems += found.len() as u64;
                output::diagnostics(&found);
            }
        }
    }
    let printed = output::print(&lines);
    if problems == 0 {
        return printed;
    }
    output::error(&format!("{}\n", counted(problems, "problem")));
    ExitCode::FAILURE
}
