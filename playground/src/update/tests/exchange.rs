//! Import, export and links.

use diagram::script::MAX_EDITS;

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
fn a_valid_import_replaces_the_scenario_and_starting_over_returns_to_it() {
    let other = TWO_SERVERS.replace("count = 2", "count = 4");
    let it = playground().when([Msg::EditedImport(other), Msg::PressedImport]);
    assert_eq!(it.servers().len(), 4);
    assert_eq!(it.model.panel, None);
    let it = it.when([turn(Control::Servers, Turn::Up), Msg::PressedStartOver]);
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

#[test]
fn an_import_is_undone_to_the_work_before_with_its_own_beginning_and_speed() {
    let other = format!("speed = \"slowed 3x\"\n{TWO_SERVERS}").replace("count = 2", "count = 4");
    let it = playground().when([
        turn(Control::Servers, Turn::Up),
        Msg::EditedImport(other),
        Msg::PressedImport,
    ]);
    assert_eq!(it.servers().len(), 4, "{:?}", it.model.problems);
    assert_eq!(it.model.status.text, text::SCENARIO_LOADED);
    let it = it.when([Msg::PressedUndo]);
    assert_eq!(it.servers().len(), 3);
    assert_eq!(it.model.authored.title(), "Two servers");
    assert_eq!(it.model.speed, it.model.design().speed());
    // Another scenario is another run.
    let design = Rc::clone(it.model.design());
    assert_eq!(it.effects[0], Effect::Restart(design));
    assert_eq!(it.model.status.text, text::UNDONE_FROM_ZERO);
    let it = it.when([Msg::PressedStartOver]);
    assert_eq!(it.servers().len(), 2);
}

#[test]
fn a_figures_link_brings_the_readers_changes_and_starting_over_the_authors_system() {
    let it = figure().when([
        turn(Control::Servers, Turn::Up),
        to(Control::Load, "300"),
        to(Control::Load, "400"),
    ]);
    let carried = it.effects.iter().find_map(|effect| match effect {
        Effect::CarryChanges(edits) => Some(edits.clone()),
        _ => None,
    });
    let carried = carried.expect("the link follows each change");
    assert_eq!(carried, "1.duplicate,web-2,web-3;set,users.rate,400/s");
    let code = share::encode(&it.model.authored).expect("it is small");
    let there = playground().when([Msg::OpenedLink(format!("{code}&e={carried}"))]);
    assert_eq!(there.model.design(), it.model.design());
    assert_eq!(there.model.status.text, text::FIGURE_OPENED);
    let there = there.when([Msg::PressedStartOver]);
    assert_eq!(there.model.design(), &it.model.authored);
    let it = it.when([Msg::PressedReset]);
    assert!(it.effects.contains(&Effect::CarryChanges(String::new())));
}

#[test]
fn a_figures_link_brings_the_changes_of_a_hundred_servers() {
    let hundred = TWO_SERVERS.replace("count = 2", "count = 100");
    let it = given(Surface::Figure, &hundred).when([
        turn(Control::Workers, Turn::Up),
        turn(Control::Queries, Turn::Up),
        turn(Control::Latency, Turn::Up),
    ]);
    let Some(Effect::CarryChanges(carried)) = it.effects.last() else {
        panic!("{:?}", it.effects);
    };
    let code = share::encode(&it.model.authored).expect("it is small");
    let there = playground().when([Msg::OpenedLink(format!("{code}&e={carried}"))]);
    assert_eq!(there.model.status, Status::said(text::FIGURE_OPENED));
    assert_eq!(there.model.design(), it.model.design());
}

#[test]
fn a_figure_says_when_its_link_cannot_carry_all_changes_and_lets_it_open_the_authors_system() {
    let mut it = figure();
    let rename = |i: usize| Edit::Rename {
        name: format!("a{i}"),
        to: format!("a{}", i + 1),
    };
    (0..MAX_EDITS).for_each(|i| it.model.changes.add(&rename(i)));
    for control in [Control::Workers, Control::Servers] {
        it = it.when([turn(control, Turn::Up)]);
        assert!(it.effects.contains(&Effect::CarryChanges(String::new())));
        assert_eq!(it.model.status, Status::failed(text::CHANGES_NOT_CARRIED));
    }
    let it = it.when([Msg::PressedReset, turn(Control::Servers, Turn::Up)]);
    assert_eq!(it.model.status.text, "web-3 was added.");
    let carried = "1.duplicate,web-2,web-3".to_owned();
    assert!(it.effects.contains(&Effect::CarryChanges(carried)));
}

#[test]
fn damaged_changes_of_a_link_are_named_and_the_authors_system_is_shown() {
    let code = share::encode(&playground().model.authored).expect("it is small");
    let it = playground().when([Msg::OpenedLink(format!("{code}&e=1.remove,nobody"))]);
    assert!(it.model.status.is_error);
    assert_eq!(it.model.design(), &it.model.authored);
}
