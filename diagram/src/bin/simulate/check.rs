//! `simulate check`: every problem of every file.

use std::ffi::OsString;
use std::process::ExitCode;

use diagram::Document;
use diagram::json::Json;
use diagram::wording::counted;
use toml::de::{DeTable, DeValue};

use crate::{input, output, problems};

pub(crate) fn check(files: &[OsString], as_json: bool) -> ExitCode {
    let (mut problems, mut sound) = (Vec::new(), Vec::new());
    let mut lines = String::new();
    for file in files {
        let input = match input::read(file) {
            Ok(input) => input,
            Err(message) => {
                output::error(&format!("error: {message}\n\n"));
                problems.push(problems::unreadable(&file.to_string_lossy(), &message));
                continue;
            }
        };
        match input.parse() {
            Ok(document) => {
                let size = size(&input.text, &document);
                lines.push_str(&format!("{}: {size}\n", input.path));
                sound.push(sound_json(&input.path, &document));
            }
            Err(found) => {
                output::diagnostics(&found);
                problems.extend(found.iter().map(problems::placed));
            }
        }
    }
    let n_problems = problems.len() as u64;
    if as_json {
        let entries = [
            ("format", Json::Number("1".to_owned())),
            ("files", Json::Array(sound)),
            ("problems", Json::Array(problems)),
        ];
        lines = format!("{}\n", Json::object(entries).pretty());
    }
    let printed = output::print(&lines);
    if n_problems == 0 {
        return printed;
    }
    output::error(&format!("{}\n", counted(n_problems, "problem")));
    ExitCode::FAILURE
}

/// A file without problems, for programs.
fn sound_json(path: &str, document: &Document) -> Json {
    let number = |number: usize| Json::Number(number.to_string());
    Json::object([
        ("file", Json::text(path)),
        ("title", Json::text(document.title())),
        ("nodes", number(document.nodes().len())),
        ("links", number(document.links().len())),
    ])
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
