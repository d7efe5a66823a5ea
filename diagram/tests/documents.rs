//! Files that are read, and files that are not: each invalid one beside the messages it deserves.
//!
//! `UPDATE_EXPECT=1 cargo test -p diagram` rewrites the expected messages; read the difference.

use std::fs;
use std::path::{Path, PathBuf};

use diagram::Document;
use diagram::diagnostic::Diagnostic;

fn files(folder: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests")
        .join(folder);
    let entries = fs::read_dir(folder).expect("the folder is committed");
    let mut files: Vec<PathBuf> = entries
        .map(|entry| entry.expect("readable").path())
        .filter(|path| {
            path.extension()
                .is_some_and(|extension| extension == "toml")
        })
        .collect();
    files.sort();
    assert!(!files.is_empty());
    files
}

#[test]
fn invalid_files_get_the_messages_they_deserve() {
    let mut wrong = Vec::new();
    for file in files("invalid") {
        let text = fs::read_to_string(&file).expect("readable");
        let name = file
            .file_name()
            .expect("a file")
            .to_string_lossy()
            .into_owned();
        let problems = Document::parse(&text).expect_err(&name);
        let messages: String = problems
            .iter()
            .map(|problem| format!("{}\n", Diagnostic::new(&name, &text, 0, problem)))
            .collect();
        let expected = file.with_extension("txt");
        if std::env::var_os("UPDATE_EXPECT").is_some() {
            fs::write(&expected, &messages).expect("writable");
        }
        if fs::read_to_string(&expected).unwrap_or_default() != messages {
            wrong.push(format!("{name}:\n{messages}"));
        }
    }
    assert!(
        wrong.is_empty(),
        "run with UPDATE_EXPECT=1 and read the difference:\n{}",
        wrong.join("\n")
    );
}

#[test]
fn valid_files_are_read_and_written_back() {
    for file in files("valid") {
        let text = fs::read_to_string(&file).expect("readable");
        let document =
            Document::parse(&text).unwrap_or_else(|problems| panic!("{file:?}: {problems:?}"));
        assert_eq!(
            Document::parse(&document.to_toml()),
            Ok(document.clone()),
            "{file:?}"
        );
        let script = diagram::script::write(&document);
        assert_eq!(
            diagram::script::read(&script),
            Some(document.clone()),
            "{file:?}"
        );
        let link = diagram::share::encode(&document).expect("it is small");
        assert!(link.len() < 1_000, "{file:?}");
    }
}
