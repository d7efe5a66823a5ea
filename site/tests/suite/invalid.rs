//! Contents that must not build, with everything that is wrong with them.

use std::fs;

use expect_test::expect_file;

/// Every folder in `tests/invalid` fails with exactly its expected text.
#[test]
fn invalid_contents_fail_with_every_problem_by_place() {
    let mut names: Vec<String> = fs::read_dir("tests/invalid")
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    assert!(names.len() >= 7);
    for name in names {
        let content = format!("tests/invalid/{name}/content");
        let error = match site::check(content.as_ref()) {
            Ok(_) => panic!("{name} builds"),
            Err(error) => error.to_string(),
        };
        let folder = env!("CARGO_MANIFEST_DIR");
        expect_file![format!("{folder}/tests/invalid/{name}/expected.txt")]
            .assert_eq(&(error.replace(&format!("{content}/"), "") + "\n"));
    }
}

/// A folder that is not there is said so, not taken for an empty site.
#[test]
fn a_missing_folder_is_an_error() {
    let error = site::check("tests/no-such-folder".as_ref())
        .unwrap_err()
        .to_string();
    assert_eq!(
        error,
        "cannot read the content from tests/no-such-folder: there is no such folder; `--content DIR` names another folder"
    );
    let error = site::check("tests/README.md".as_ref())
        .unwrap_err()
        .to_string();
    assert!(
        error.contains("it is a file, and the content is a folder"),
        "{error}"
    );
}
