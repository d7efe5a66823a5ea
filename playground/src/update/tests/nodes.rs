//! Building: adding, connecting, setting, renaming.

use super::*;

#[test]
fn added_nodes_get_free_names_and_are_selected() {
    let it = playground().when([Msg::PressedAdd(Kind::Server), Msg::PressedAdd(Kind::Server)]);
    let servers = it
        .servers()
        .into_iter()
        .map(str::to_owned)
        .collect::<Vec<_>>();
    assert_eq!(servers.len(), 4);
    let selected = it.model.selected.clone().expect("the new node is selected");
    assert!(servers.contains(&selected));
}

#[test]
fn duplicating_copies_the_links_and_deleting_removes_the_copy() {
    let n_links = playground().model.document().links().len();
    let it = playground().when([Msg::SelectedNode("web-1".to_owned()), Msg::PressedDuplicate]);
    assert_eq!(it.model.document().links().len(), n_links + 2);
    assert_eq!(it.model.selected.as_deref(), Some("web-3"));
    let it = it.when([Msg::PressedDelete]);
    assert_eq!(it.servers(), ["web-1", "web-2"]);
}

#[test]
fn connecting_needs_no_dragging_and_can_be_taken_back() {
    let it = playground().when([Msg::PressedAdd(Kind::Server)]);
    let added = it.model.selected.clone().expect("the new node is selected");
    let n_links = it.model.document().links().len();
    let it = it.when([Msg::Connected("balancer".to_owned(), added.clone())]);
    assert_eq!(it.model.document().links().len(), n_links + 1);
    let it = it.when([Msg::Disconnected("balancer".to_owned(), added)]);
    assert_eq!(it.model.document().links().len(), n_links);
}

#[test]
fn a_link_that_makes_no_sense_is_refused_in_words() {
    let it = playground().when([Msg::Connected("db".to_owned(), "users".to_owned())]);
    assert!(it.effects.is_empty() && it.model.status.is_error);
    assert!(it.model.status.text.len() > 20, "{}", it.model.status.text);
}

#[test]
fn an_invalid_setting_keeps_its_text_and_leaves_the_document_alone() {
    let set = |text: &str| Msg::EnteredSetting("web-1.workers".to_owned(), text.to_owned());
    let it = playground().when([set("lots")]);
    assert_eq!(
        it.model
            .refused
            .get("web-1.workers")
            .map(|it| it.text.as_str()),
        Some("lots")
    );
    assert_eq!(it.model.design(), &it.model.authored);
    let it = it.when([set("9")]);
    assert!(it.model.refused.is_empty());
    assert_eq!(it.value("web-1", "workers"), "9");
}

#[test]
fn renaming_follows_the_selection_and_refuses_taken_and_odd_names() {
    let select = || Msg::SelectedNode("web-1".to_owned());
    let name = |text: &str| Msg::EnteredName(text.to_owned());
    let it = playground().when([select(), name("front")]);
    assert_eq!(it.model.selected.as_deref(), Some("front"));
    for wrong in ["db", "<script>", ""] {
        let it = playground().when([select(), name(wrong)]);
        assert!(it.model.refused.contains(NAME_FIELD), "{wrong}");
        assert_eq!(it.model.selected.as_deref(), Some("web-1"));
    }
    let it = playground().when([select(), name("two words")]);
    let refused = it.model.refused.get(NAME_FIELD).expect("it is refused");
    assert!(refused.message.contains("a-z"), "{}", refused.message);
}

#[test]
fn what_stands_in_a_field_can_be_given_up() {
    let typed = Msg::Typed(NAME_FIELD.to_owned(), "half".to_owned());
    let select = Msg::SelectedNode("web-1".to_owned());
    let given_up = || Msg::GaveUpField(NAME_FIELD.to_owned());
    let it = playground().when([select, typed, given_up()]);
    assert_eq!(it.model.typed, None);
    let it = it.when([Msg::EnteredName("db".to_owned()), given_up()]);
    assert!(it.model.refused.is_empty());
    assert_eq!(it.model.selected.as_deref(), Some("web-1"));
}
