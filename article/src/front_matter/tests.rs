use expect_test::{Expect, expect};
use proptest::prelude::*;

use super::{Layout, read};
use crate::listing::list;

const ARTICLE: &str = "---\nlayout: article\ntitle: Scaling: no\ndate: 2024-09-15\nlang: en\nlang-ref: s\ndescription: D.\n---\n";

#[track_caller]
fn check(text: &str, expected: &Expect) {
    let mut problems = Vec::new();
    read(text, Layout::Article, &mut problems);
    expected.assert_eq(&list(text, &problems));
}

#[test]
fn jekyll_front_matter_is_read_as_written() {
    let text = "---\nlayout: article\ntitle: \"Caching: part 1\"\nupdated: 2026-07-20\ndate: 2024-09-15 10:00:00 +0200\n\
                categories: [System Design, 42]\ntags: scaling load-balancing\nlang: no\nlang-ref: 007\n\
                description: >\n  One\n  two.\ndraft: true\n---\nBody\n";
    let mut problems = Vec::new();
    let (front, body) = read(text, Layout::Article, &mut problems);
    assert_eq!(list(text, &problems), "");
    assert_eq!(&text[body..], "Body\n");
    expect![[r#"
        FrontMatter {
            layout: Article,
            title: "Caching: part 1",
            description: "One two.",
            date: Some(
                Date {
                    year: 2024,
                    month: 9,
                    day: 15,
                },
            ),
            updated: Some(
                Date {
                    year: 2026,
                    month: 7,
                    day: 20,
                },
            ),
            categories: [
                "System Design",
                "42",
            ],
            tags: [
                "scaling",
                "load-balancing",
            ],
            lang: "no",
            lang_ref: "007",
            draft: true,
        }
    "#]]
    .assert_debug_eq(&front);
}

#[test]
fn every_mistake_is_named_at_once() {
    check(
        "---\nlayout: chapter\ntilte: Hello\ndate: 2024-02-30\ntags: {a: b}\nlangref: x\nlang: [en]\ndraft: maybe\ndescription:\n---\n",
        &expect![[r#"
            1:1: the key `title` is missing; add a line `title: What a load balancer does` [---]
            1:1: the key `lang-ref` is missing; add a line `lang-ref: load-balancer` [---]
            2:9: the layout of this file is `article`, not `chapter`; write `layout: article`: `index.md` is the article's first page, numbered files are its chapters [chapter]
            3:1: unknown key `tilte`; did you mean "title"? [tilte]
            4:7: `2024-02-30` has day 30; February 2024 has 29; write it as `2024-09-15`, or with a time as `2024-09-15 10:30:00 +0200` [2024-02-30]
            5:7: `tags` is a list of texts, not a mapping; write `tags: [one, two]` [{]
            6:1: unknown key `langref`; did you mean "lang-ref"? [langref]
            7:7: `lang` is one text, not a list [[]
            8:8: `draft` is `true` or `false`, not `maybe` [maybe]
            9:1: the key `description` has no value [description]
        "#]],
    );
}

#[test]
fn yaml_errors_have_a_place_and_a_remedy() {
    check(
        ARTICLE,
        &expect![[r#"
        3:15: this is not valid YAML: there is a second `: ` in this line; put the value in quotes: `title: "Caching: part 1"` [:]
    "#]],
    );
    check(
        "---\ntitle: a\ntitle: b\n---\n",
        &expect![[r#"
        3:1: this is not valid YAML: the key `title` is there twice [title:]
    "#]],
    );
    check(
        "---\ntags: [a\n---\n",
        &expect![[r#"
        2:7: this is not valid YAML: unclosed bracket '[' [[a]
    "#]],
    );
    check(
        "---\njust words\n---\n",
        &expect![[r#"
        2:1: this is not valid YAML: expected lines of the form `key: value` [just]
    "#]],
    );
    check(
        "---\ntitle: ä\ntags:\n  - {a: b}\n  - ok\n---\n",
        &expect![[r#"
        1:1: the key `layout` is missing; add a line `layout: article` [---]
        1:1: the key `date` is missing; add a line `date: 2024-09-15` [---]
        1:1: the key `lang` is missing; add a line `lang: en` [---]
        1:1: the key `lang-ref` is missing; add a line `lang-ref: load-balancer` [---]
        1:1: the key `description` is missing; add a line `description: One sentence that says what the reader learns.` [---]
        4:5: `tags` is a list of texts; this is a mapping [{]
    "#]],
    );
}

#[test]
fn a_file_without_front_matter_is_told_how_to_begin() {
    check(
        "# Hello\n",
        &expect![[r#"
        1:1: the file does not begin with front matter; begin with a line `---`, then `layout: article`, `title: …` and so on, then another line `---` [# Hello]
    "#]],
    );
    check(
        "",
        &expect![[r#"
        1:1: the file does not begin with front matter; begin with a line `---`, then `layout: article`, `title: …` and so on, then another line `---` []
    "#]],
    );
    check(
        "---\ntitle: never closed\n",
        &expect![[r#"
        1:1: the front matter does not end; close it with another line `---` [---]
    "#]],
    );
}

/// YAML writes nothing in two ways; neither is a title.
#[test]
fn nothing_is_no_value() {
    for nothing in ["", "~"] {
        let text = ARTICLE.replace("Scaling: no", nothing);
        let mut problems = Vec::new();
        read(&text, Layout::Article, &mut problems);
        assert_eq!(
            list(&text, &problems),
            "3:1: the key `title` has no value [title]\n"
        );
    }
}

#[test]
fn a_page_is_not_updated_before_it_is_published() {
    let with = |updated: &str| {
        ARTICLE
            .replace("Scaling: no", "Scaling")
            .replace("lang: en", &format!("updated: {updated}\nlang: en"))
    };
    check(&with("2024-09-15"), &expect![""]);
    check(
        &with("2024-09-14"),
        &expect![[r#"
            5:10: `updated` is 2024-09-14, before the page was first published on 2024-09-15; correct one of the two, or leave `updated` out [2024-09-14]
        "#]],
    );
    check(
        &with("soon"),
        &expect![[r#"
            5:10: `soon` is not a date; write it as `2024-09-15`, or with a time as `2024-09-15 10:30:00 +0200` [soon]
        "#]],
    );
}

/// What is left open is reported once, and what comes after it is still read.
#[test]
fn the_text_after_open_front_matter_is_still_read() {
    let text = "---\ntags: [one]\n\n## Heading\n";
    let mut problems = Vec::new();
    let (_, body) = read(text, Layout::Chapter, &mut problems);
    assert_eq!((problems.len(), &text[body..]), (1, "\n## Heading\n"));
}

#[test]
fn windows_line_ends_are_lines() {
    let text = ARTICLE
        .replace("Scaling: no", "Scaling")
        .replace('\n', "\r\n");
    let mut problems = Vec::new();
    let (front, body) = read(&text, Layout::Article, &mut problems);
    assert_eq!(list(&text, &problems), "");
    assert_eq!((front.title.as_str(), body), ("Scaling", text.len()));
}

proptest! {
    #[test]
    fn no_text_breaks_the_reader(yaml in "[a-z:\\-\\[\\]{}'\"#&*!|> \n\té0-9]{0,120}") {
        let text = format!("---\n{yaml}\n---\nBody");
        let mut problems = Vec::new();
        let (_, body) = read(&text, Layout::Chapter, &mut problems);
        prop_assert!(text.is_char_boundary(body));
        for problem in &problems {
            prop_assert!(text.get(problem.span.clone()).is_some(), "{problem:?}");
        }
    }
}
