//! `simulate check`: every problem of every file.

use std::ffi::OsString;
use std::process::ExitCode;

use diagram::Document;
use diagram::wording::counted;
use toml::de::{DeTable, DeValue};

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
            Ok(document) => {
                lines.push_str(&format!(
                    "{}: {}\n",
                    input.path,
                    size(&input.text, &document)
                ));
            }
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

/// How many nodes and links the file has, and the system where its groups make it another number.
fn size(text: &str, document: &Document) -> String {
    let (tree, _) = DeTable::parse_recoverable(text);
    let written = |key: &str| match tree.get_ref().get(key).map(|value| value.get_ref()) {
        Some(DeValue::Table(table)) => table.len(),
        Some(DeValue::Array(values)) => values.len(),
        _ => 0,
    };
    let in_words = |(nodes, links): (usize, usize)| {
        let (nodes, links) = (nodes as u64, links as u64);
        format!("{}, {}", counted(nodes, "node"), counted(links, "link"))
    };
    let in_file = (written("nodes"), written("links"));
    let in_system = (document.nodes().len(), document.links().len());
    if in_file == in_system {
        return in_words(in_file);
    }
    let (in_file, in_system) = (in_words(in_file), in_words(in_system));
    format!("{in_file}; with all members of its groups {in_system}")
}
