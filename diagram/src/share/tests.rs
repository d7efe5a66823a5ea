use proptest::prelude::*;
use simulator::SimTime;

use super::*;
use crate::document::Document;
use crate::edit::Edit;

/// A link published with version 1. It has to open for ever.
const VERSION_1: &str = include_str!("../../tests/share/version-1.txt");

#[test]
fn a_link_of_version_1_still_opens() {
    let document = decode(VERSION_1).expect("links never stop working");
    assert_eq!(document.title(), "Four servers behind a balancer");
    assert_eq!(document.nodes().len(), 7);
}

#[test]
fn a_link_is_short_and_opens_as_the_same_document() {
    let document = Document::default_playground();
    let link = encode(&document).expect("it is small");
    assert!(link.len() < 1_000, "{} characters", link.len());
    assert_eq!(decode(&link), Ok(document));
}

#[test]
fn a_wrong_link_says_what_is_wrong() {
    let whole = encode(&Document::default_playground()).expect("it is small");
    assert_eq!(decode(""), Err(ShareError::NotALink));
    assert_eq!(decode("hello"), Err(ShareError::NotALink));
    assert_eq!(decode("x.abc"), Err(ShareError::NotALink));
    assert_eq!(decode("2.abc"), Err(ShareError::UnknownVersion("2".into())));
    assert_eq!(decode(&whole[..whole.len() / 2]), Err(ShareError::Damaged));
    assert_eq!(decode("1.!!!"), Err(ShareError::Damaged));
    assert_eq!(decode(&"1".repeat(MAX_LINK + 1)), Err(ShareError::TooLong));
    let bomb = compress_to_vec(&vec![b' '; 10_000_000], 9);
    assert_eq!(
        decode(&format!("1.{}", URL_SAFE_NO_PAD.encode(bomb))),
        Err(ShareError::TooLong)
    );
    let other = compress_to_vec(b"format = 2", 9);
    let error =
        decode(&format!("1.{}", URL_SAFE_NO_PAD.encode(other))).expect_err("another format");
    assert_eq!(
        error.to_string(),
        "This share link does not hold a valid scenario: format: this file is of format 2; this program reads format 1."
    );
}

/// A run to which `n_changes` things were done, each at another moment.
fn run_with(n_changes: u64) -> Run {
    let mut run = Run::new(&Document::default_playground());
    let path = run
        .document()
        .nodes()
        .iter()
        .find(|node| node.name == "users")
        .map(|node| format!("{}.rate", node.name))
        .expect("the playground has users");
    for i in 0..n_changes {
        run.run_until(SimTime::from_nanos(i * 1_234_567), u64::MAX);
        let value = format!("{}.{}/s", 100 + i % 7, i);
        let path = path.clone();
        run.edit(Edit::Set { path, value }).expect("a valid rate");
    }
    run
}

#[test]
fn a_run_with_hundreds_of_changes_is_shared_exactly_or_says_that_it_is_not() {
    let short = run_with(100);
    let shared = encode_run(&short).expect("it fits");
    assert!(shared.is_exact);
    assert_eq!(decode(&shared.code), Ok(short.recording()));

    let long = run_with(999);
    assert!(long.is_recording_exact(), "the timeline holds them all");
    assert_eq!(encode(&long.recording()), Err(ShareError::TooLong));
    let shared = encode_run(&long).expect("the design fits");
    assert!(!shared.is_exact);
    assert_eq!(decode(&shared.code).as_ref(), Ok(long.design()));
}

proptest! {
    #[test]
    fn no_link_panics(link in "\\PC{0,200}", tail in "[A-Za-z0-9_-]{0,300}") {
        let _ = decode(&link);
        let _ = decode(&format!("1.{tail}"));
    }

    #[test]
    fn no_changed_link_panics(place in 2..600_usize, with in "[A-Za-z0-9_-]") {
        let link = encode(&Document::default_playground()).expect("it is small");
        let mut link: Vec<char> = link.chars().collect();
        let place = place.min(link.len() - 1);
        link[place] = with.chars().next().unwrap_or('A');
        let _ = decode(&link.into_iter().collect::<String>());
    }
}
