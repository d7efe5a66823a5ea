//! What is kept in the browser between two visits.

use super::*;
use crate::kept::{Opened, Slot};

#[test]
fn a_figure_keeps_nothing_in_the_browser() {
    let it = figure().when([turn(Control::Servers, Turn::Up)]);
    assert!(
        !it.effects
            .iter()
            .any(|it| matches!(it, Effect::Save(..) | Effect::ClearFragment))
    );
}

#[test]
fn the_playground_keeps_work_in_progress_and_drops_the_old_link() {
    let it = playground().when([Msg::PressedAdd(Kind::Database)]);
    assert!(
        it.effects
            .contains(&Effect::Save(Slot::Own, Rc::clone(it.model.design())))
    );
    assert!(it.effects.contains(&Effect::ClearFragment));
}

const LINKED: &str = "format = 1\ntitle = \"Linked\"\n[nodes.users]\nkind = \"clients\"\n";

fn opened(text: &str) -> Msg {
    let document = Document::parse(text).expect("valid");
    Msg::OpenedLink(share::encode(&document).expect("it is small"))
}

fn saved(effects: &[Effect]) -> Vec<(Slot, &str)> {
    effects
        .iter()
        .filter_map(|effect| match effect {
            Effect::Save(slot, document) => Some((*slot, document.title())),
            _ => None,
        })
        .collect()
}

#[test]
fn work_on_a_link_is_kept_beside_the_readers_own_never_over_it() {
    let it = playground().when([Msg::PressedAdd(Kind::Database)]);
    assert_eq!(saved(&it.effects), [(Slot::Own, "Two servers")]);
    let it = it.when([Msg::Saved(Slot::Own, true), opened(LINKED)]);
    assert!(saved(&it.effects).is_empty(), "looking changes nothing");
    assert!(it.model.status.text.contains(text::OWN_IS_KEPT));
    let it = it.when([Msg::PressedAdd(Kind::Database)]);
    assert_eq!(saved(&it.effects), [(Slot::Opened, "Linked")]);
    // Undo walks back into the reader's own, and keeps that in its own place again.
    let it = it.when([Msg::PressedUndo, Msg::PressedUndo]);
    assert_eq!(it.model.slot(), Slot::Own);
    assert_eq!(saved(&it.effects), [(Slot::Own, "Two servers")]);
}

#[test]
fn the_way_back_to_the_readers_own_keeps_what_the_link_brought() {
    let it = playground().when([Msg::Saved(Slot::Own, true), opened(LINKED)]);
    let it = it.when([Msg::PressedKept(Slot::Own)]);
    assert_eq!(saved(&it.effects), [(Slot::Opened, "Linked")]);
    assert_eq!(it.effects.last(), Some(&Effect::Load(Slot::Own)));
    let it = it.when([
        Msg::Saved(Slot::Opened, true),
        Msg::Loaded(Slot::Own, Some(TWO_SERVERS.to_owned())),
    ]);
    assert_eq!(it.model.design().title(), "Two servers");
    assert_eq!(
        (it.model.slot(), it.model.kept.opened),
        (Slot::Own, Opened::Last)
    );
    assert!(it.effects.contains(&Effect::ClearFragment));
    assert_eq!(it.model.status.text, text::OWN_LOADED);
    let it = it.when([Msg::PressedUndo]);
    assert_eq!(
        (it.model.design().title(), it.model.slot()),
        ("Linked", Slot::Opened)
    );
}

#[test]
fn work_on_an_earlier_link_is_named_and_only_a_change_replaces_it() {
    let other = LINKED.replace("Linked", "Other");
    let it = playground().when([
        opened(LINKED),
        Msg::PressedAdd(Kind::Database),
        Msg::Saved(Slot::Opened, true),
        opened(&other),
    ]);
    assert_eq!(it.model.kept.opened, Opened::Earlier);
    assert!(it.model.status.text.contains(text::EARLIER_IS_KEPT));
    let it = it.when([Msg::PressedKept(Slot::Opened)]);
    assert_eq!(it.effects, [Effect::Load(Slot::Opened)]);
    let it = it.when([Msg::Loaded(Slot::Opened, Some(LINKED.to_owned()))]);
    assert_eq!(it.model.kept.opened, Opened::Last);
}

#[test]
fn kept_work_that_cannot_be_read_is_shown_and_nothing_is_replaced() {
    let it = playground().when([Msg::Loaded(Slot::Opened, Some("format = 99".to_owned()))]);
    assert!(it.model.status.is_error && it.effects.is_empty());
    assert_eq!(it.model.import, "format = 99");
    assert_eq!(it.model.design(), &it.model.authored);
    let it = it.when([Msg::Loaded(Slot::Opened, None)]);
    assert_eq!(it.model.status, Status::failed(text::NO_LONGER_KEPT));
    let it = it.when([Msg::Loaded(Slot::Own, None)]);
    assert_eq!(it.model.status.text, text::NO_OWN_YET);
}

#[test]
fn a_browser_that_keeps_nothing_is_not_said_to_keep_anything() {
    let it = playground().when([
        Msg::PressedAdd(Kind::Database),
        Msg::Saved(Slot::Own, false),
    ]);
    assert!(it.model.kept.is_refused && !it.model.kept.own);
    let it = it.when([opened(LINKED)]);
    assert_eq!(it.model.status.text, text::LINK_OPENED);
    let it = it.when([Msg::Saved(Slot::Opened, true)]);
    assert!(!it.model.kept.is_refused);
}
