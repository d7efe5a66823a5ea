//! Import, export and links.

use super::*;

#[test]
fn an_import_with_mistakes_shows_all_of_them_and_touches_nothing() {
    let wrong =
        "format = 1\n[nodes.a]\nkind = \"sever\"\n[nodes.b]\nkind = \"server\"\nworkers = 0\n";
    let it = playground().when([Msg::EditedImport(wrong.to_owned()), Msg::PressedImport]);
    assert!(it.model.problems.len() >= 2, "{:?}", it.model.problems);
    assert_eq!(it.model.problems[0].place.0, 3);
    assert!(
        it.model.problems[0]
            .help
            .as_deref()
            .is_some_and(|help| help.contains("server"))
    );
    assert_eq!(it.model.design(), &it.model.authored);
    assert!(it.effects.is_empty());
}

#[test]
fn a_valid_import_replaces_the_scenario_and_reset_returns_to_it() {
    let other = TWO_SERVERS.replace("count = 2", "count = 4");
    let it = playground().when([Msg::EditedImport(other), Msg::PressedImport]);
    assert_eq!(it.servers().len(), 4);
    assert_eq!(it.model.panel, None);
    let it = it.when([turn(Control::Servers, Turn::Up), Msg::PressedReset]);
    assert_eq!(it.servers().len(), 4);
}

#[test]
fn a_file_that_is_no_text_says_so() {
    let it = playground().when([Msg::ReadFile(None)]);
    assert_eq!(it.model.problems[0].message, text::FILE_UNREADABLE);
}

#[test]
fn export_is_what_import_reads() {
    let it = playground().when([turn(Control::Servers, Turn::Up), Msg::PressedDownload]);
    let [Effect::Download { name, text }] = it.effects.as_slice() else {
        panic!("one download")
    };
    assert_eq!(name, "two-servers.toml");
    let read = Document::parse(text).expect("what is exported is valid");
    assert_eq!(&read, it.model.design().as_ref());
}

#[test]
fn sharing_makes_a_link_shows_it_and_copies_it() {
    let it = playground().when([Msg::ToggledPanel(Panel::Share)]);
    assert_eq!(it.effects, [Effect::MakeLink]);
    let link = "https://example.org/playground/#s=1.x".to_owned();
    let it = it.when([Msg::MadeLink {
        link: link.clone(),
        is_exact: true,
    }]);
    assert_eq!(it.effects, [Effect::Copy(link.clone())]);
    assert_eq!(it.model.link, Some(link));
    let it = it.when([Msg::Copied(false)]);
    assert_eq!(it.model.status.text, text::NOT_COPIED);
}

#[test]
fn a_link_opens_its_scenario() {
    let other = Document::parse(&TWO_SERVERS.replace("seed = 7", "seed = 99")).expect("valid");
    let it = playground().when([Msg::OpenedLink(share::encode(&other).expect("it is small"))]);
    assert_eq!(it.model.design().as_ref(), &other);
    assert!(!it.model.is_playing);
}

#[test]
fn hostile_links_leave_the_scenario_alone_and_say_why() {
    let huge = format!("1.{}", "A".repeat(1_000_000));
    for code in [
        "",
        "1.",
        "1.!!!!",
        "9.abcd",
        "1.AAAA",
        "<script>",
        huge.as_str(),
    ] {
        let it = playground().when([Msg::OpenedLink(code.to_owned())]);
        assert!(
            it.model.status.is_error,
            "{}",
            code.get(..12).unwrap_or(code)
        );
        assert_eq!(it.model.design(), &it.model.authored);
        assert!(it.effects.is_empty());
    }
}
