use expect_test::{Expect, expect};
use proptest::prelude::*;

use super::read;
use crate::listing::list;

#[track_caller]
fn check(text: &str, expected: &Expect) {
    let mut problems = Vec::new();
    read("content/en/a/01-one.md", text, 0, Some(3), &mut problems);
    expected.assert_eq(&list(text, &problems));
}

#[test]
fn raw_html_is_refused_where_it_stands() {
    check(
        "A <b>word</b>.\n\n<div>\nblock\n</div>\n\nNot \\<b> and not a < b.\n",
        &expect![[r#"
        1:3: raw HTML is not allowed in Markdown; use Markdown, or write `\<` for a plain angle bracket [<b>]
        1:10: raw HTML is not allowed in Markdown; use Markdown, or write `\<` for a plain angle bracket [</b>]
        3:1: raw HTML is not allowed in Markdown; use Markdown, or write `\<` for a plain angle bracket [<div>]
    "#]],
    );
}

#[test]
fn references_have_to_be_defined() {
    check(
        "A [link] and [one][two] and a note[^n].\n\nFine: \\[x], \\[^y], `[z]`.\n\n[^unused]: Text.\n",
        &expect![[r#"
            1:3: `[link]` refers to a link that is not defined; define it on a line of its own, `[link]: address`, or write `\[` for a plain bracket [[link]]
            1:14: `[two]` refers to a link that is not defined; define it on a line of its own, `[two]: address`, or write `\[` for a plain bracket [[one][two]]
            1:35: there is no footnote `n`; define it on a line of its own: `[^n]: text` [[^n]]
            5:1: nothing refers to the footnote `unused`; refer to it with `[^name]`, or remove it [[^unused]:]
        "#]],
    );
}

#[test]
fn links_and_pictures_are_usable_by_everybody() {
    check(
        "![](a.png) [](b.md) [c](c.md \"title\") ![d](https://example.org/d.png) [e](javascript:x) [f](f.md?x)\n",
        &expect![[r#"
            1:1: the picture has no words for readers who cannot see it; write `![what it shows](file.png)` [![](a.png)]
            1:12: the link has no words [[](b.md)]
            1:21: links and pictures take no title: touch screens and keyboards cannot reach it; say it in the text [[c](c.md \"title\")]
            1:39: a picture from another site would not load: pages only use their own files; put the file beside the Markdown [![d](https://example.org/d.png)]
            1:71: links of the kind `javascript:` are not allowed; use `https:`, `mailto:`, or the path of a file [[e](javascript:x)]
            1:89: a link inside the site has no `?`: its pages are plain files [[f](f.md?x)]
        "#]],
    );
}

#[test]
fn headings_begin_at_the_second_level_and_leave_none_out() {
    check(
        "# One\n\n## Two\n\n#### Four\n\n## {#x}\n\n## Id {#Two}\n\n## Again {#two}\n\n## Class {.c}\n",
        &expect![[r#"
        1:1: the first level of heading is the page's title, from the front matter; begin sections with `##` [# One]
        5:1: a heading of level 4 follows one of level 2; write `###`, so that no level is left out [#### Four]
        7:1: the heading has no words [## {#x}]
        9:1: `Two` cannot be an id: it takes small letters, digits and hyphens, and begins with a letter [## Id {#Two}]
        11:1: the id `two` is already taken in this page [## Again {#two}]
        13:1: a heading takes an id in its braces and nothing else; write `## Words {#id}` [## Class {.c}\n]
    "#]],
    );
}

#[test]
fn callouts_are_not_missed_silently() {
    check(
        "> [!NOTE]\n>\n> Text.\n\n> [!NOTICE]\n> Text.\n\n> [!TIP]\n> Fine.\n\n> A quotation.\n",
        &expect![[r#"
            5:1: there is no callout `NOTICE`; did you mean "NOTE"? [> [!NOTICE]]
        "#]],
    );
}

#[test]
fn fences_name_known_languages() {
    check(
        "```jsno\n{}\n```\n\n```toml #x\n```\n\n```\nfine\n```\n\n    fine\n\n```scenaro #x\n```\n",
        &expect![[r#"
            1:4: unknown language `jsno`; did you mean "json"? [jsno]
            5:4: a code block takes a language and nothing else, not `#x` [toml #x]
            14:4: unknown language `scenaro`; did you mean "scenario"? [scenaro #x]
        "#]],
    );
}

#[test]
fn scenario_fences_take_one_id() {
    check(
        "```scenario\nformat = 2\n```\n\n```scenario knee\nformat = 2\n```\n\n```scenario #Knee\nformat = 2\n```\n\n\
         ```scenario #a #b\nformat = 2\n```\n\n```scenario #a\nformat = 2\n```\n\n## Words {#a}\n",
        &expect![[r#"
            1:1: the scenario has no id; write `scenario #id`: the text refers to the figure's numbers by it [```scenario]
            2:10: this file is of format 2; this program reads format 1 [2]
            5:1: a scenario takes one id and nothing else, not `knee`; did you mean `scenario #knee`? [```scenario knee]
            6:10: this file is of format 2; this program reads format 1 [2]
            9:1: `Knee` cannot be a figure's id; use small letters, digits and hyphens, and begin with a letter [```scenario #Knee]
            10:10: this file is of format 2; this program reads format 1 [2]
            13:1: a scenario takes one id and nothing else, not `#b`; write `scenario #id` [```scenario #a #b]
            14:10: this file is of format 2; this program reads format 1 [2]
            17:4: the id `a` is already taken in this page [scenario #a]
            18:10: this file is of format 2; this program reads format 1 [2]
            21:1: the id `a` is already taken in this page [## Words {#a}]
        "#]],
    );
}

#[test]
fn a_problem_in_a_scenario_is_placed_in_the_file() {
    check(
        "## Heading\n\n```scenario #a\nformat = 1\nbad = true\n```\n\n- In a list:\n\n  ```scenario #b\n  format = 1\n\n    bad = true\n  ```\n\n\
         > ```scenario #c\n> format = 1\n> bad = true\n> ```\n",
        &expect![[r#"
            5:1: there is no key "bad" here; the keys here are format, controls, nodes, links, timeline, variants, positions, title, description, seed, slo, duration, warm-up, speed [bad]
            13:5: there is no key "bad" here; the keys here are format, controls, nodes, links, timeline, variants, positions, title, description, seed, slo, duration, warm-up, speed [bad]
            18:3: there is no key "bad" here; the keys here are format, controls, nodes, links, timeline, variants, positions, title, description, seed, slo, duration, warm-up, speed [bad]
        "#]],
    );
}

#[test]
fn claims_are_read_where_they_stand() {
    check(
        "Text `{= p99}` and `{knee.p99 ~ 79ms}`.\n\n## A `{= knee.p99}`\n\n`{ \"json\": 1 }` is code.\n",
        &expect![[r#"
        1:6: `p99` does not name a figure's number; write the figure's id, a dot and the number's name: `knee.p99` [`{= p99}`]
        1:20: the claim does not say how far off it may be; write `{knee.p99 ~ 79ms ± 10%}` [`{knee.p99 ~ 79ms}`]
        3:1: a heading cannot hold a measured number; say it in the text [## A `{= knee.p99}`]
    "#]],
    );
}

#[test]
fn nesting_without_end_is_refused() {
    let deep = format!("{}deep\n", "> ".repeat(200));
    let mut problems = Vec::new();
    read("a.md", &deep, 0, None, &mut problems);
    assert_eq!(
        list(&deep, &problems),
        "1:49: this is nested more than 24 levels deep [>]\n"
    );
}

#[test]
fn headings_get_ids_that_do_not_collide_with_figures() {
    let text =
        "## Knee\n\n```scenario #knee\n```\n\n## Knee\n\n### *Two* `words`\n\n## Set {#mine}\n";
    let body = read("a.md", text, 0, None, &mut Vec::new());
    let ids: Vec<(&str, &str)> = body
        .headings
        .iter()
        .map(|heading| (heading.id.as_str(), heading.text.as_str()))
        .collect();
    assert_eq!(
        ids,
        [
            ("knee-2", "Knee"),
            ("knee-3", "Knee"),
            ("two-words", "Two words"),
            ("mine", "Set")
        ]
    );
    assert_eq!(body.figures.len(), 1);
}

proptest! {
    #[test]
    fn no_text_breaks_the_reader(text in "([-#>*_`~\\[\\]()!|:{}=^<&\\\\ \n]|[ab1.é]|```scenario #a\n|\\[\\^a\\]|`\\{= a.b\\}`|\n> |\n\n){0,60}") {
        let mut problems = Vec::new();
        read("a.md", &text, 0, None, &mut problems);
        for problem in &problems {
            prop_assert!(text.get(problem.span.clone()).is_some(), "{problem:?}");
        }
    }
}
