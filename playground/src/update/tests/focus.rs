//! The keyboard focus: whatever an act takes away, the reader goes on from a place nearby.

use super::*;

fn select(name: &str) -> Msg {
    Msg::SelectedNode(name.to_owned())
}

fn node(name: &str) -> Focus {
    Focus::Node(name.to_owned())
}

fn link(from: &str, to: &str) -> Focus {
    Part::Link(from.to_owned(), to.to_owned()).into()
}

impl Given {
    /// Where the focus goes, in any case or if it would be lost.
    #[track_caller]
    fn focus(&self) -> &Focus {
        let wishes: Vec<&Focus> = self
            .effects
            .iter()
            .filter_map(|effect| match effect {
                Effect::Focus(focus) | Effect::KeepFocus(focus) => Some(focus),
                _ => None,
            })
            .collect();
        let [focus] = wishes[..] else {
            panic!("one wish: {wishes:?}")
        };
        focus
    }
}

#[test]
fn deleting_goes_on_with_the_nearest_node() {
    let it = playground().when([select("web-2"), Msg::PressedDelete]);
    assert!(it.effects.contains(&Effect::Focus(node("web-1"))));
    assert_eq!(it.model.selected.as_deref(), Some("web-1"));
    assert_eq!(it.model.status.text, text::removed("web-2"));
}

#[test]
fn deleting_the_last_node_goes_on_with_the_palette() {
    let names = ["users", "balancer", "web-1", "web-2", "db"];
    let it = playground().when(
        names
            .iter()
            .flat_map(|name| [select(name), Msg::PressedDelete]),
    );
    assert!(it.model.document().nodes().is_empty());
    assert_eq!(it.focus(), &Part::Palette.into());
}

#[test]
fn the_key_that_removes_the_selected_server_goes_on_with_another_node() {
    for it in [playground(), figure()] {
        let it = it.when([select("web-2"), Msg::PressedRemoveServer]);
        assert_eq!(it.servers(), ["web-1"]);
        assert_eq!(it.focus(), &node("web-1"));
        // The focus selects what it comes to; what happened stays said.
        let said = it.model.status.text.clone();
        assert!(said.contains("web-2"), "{said}");
        assert_eq!(it.when([select("web-1")]).model.status.text, said);
    }
    let it = playground().when([select("db"), Msg::PressedRemoveServer]);
    assert_eq!(it.model.selected.as_deref(), Some("db"));
}

#[test]
fn disconnecting_goes_on_with_the_next_link_and_says_what_happened() {
    let disconnect = |from: &str, to: &str| Msg::Disconnected(from.to_owned(), to.to_owned());
    let it = playground().when([select("web-1"), disconnect("balancer", "web-1")]);
    assert_eq!(it.focus(), &link("web-1", "db"));
    assert_eq!(it.model.status.text, "balancer no longer calls web-1.");
    let it = it.when([disconnect("web-1", "db")]);
    assert_eq!(it.focus(), &Part::Links.into());
    let it = playground().when([select("web-1"), disconnect("web-1", "db")]);
    assert_eq!(it.focus(), &link("balancer", "web-1"));
}

#[test]
fn connecting_goes_to_the_new_link_so_that_pressing_again_makes_no_second_one() {
    let connect = Msg::Connected("users".to_owned(), "web-1".to_owned());
    let it = playground().when([select("users"), connect]);
    assert!(it.effects.contains(&Effect::Focus(link("users", "web-1"))));
}

#[test]
fn closing_a_panel_goes_back_to_what_opened_it() {
    for panel in [Panel::Import, Panel::Export, Panel::Share] {
        let it = playground().when([Msg::ToggledPanel(panel), Msg::ToggledPanel(panel)]);
        assert_eq!(it.effects, [Effect::KeepFocus(Part::Opener(panel).into())]);
    }
    let text = TWO_SERVERS.to_owned();
    let it = playground().when([
        Msg::ToggledPanel(Panel::Import),
        Msg::EditedImport(text),
        Msg::PressedImport,
    ]);
    assert_eq!(it.focus(), &Part::Opener(Panel::Import).into());
}

#[test]
fn going_back_to_the_scenario_keeps_the_focus_in_the_inspector() {
    let it = playground().when([select("web-1"), Msg::ClearedSelection]);
    assert_eq!(it.effects, [Effect::KeepFocus(Part::Inspector.into())]);
    let it = it.when([turn(Control::Servers, Turn::Up), Msg::PressedStartOver]);
    assert_eq!(it.focus(), &Part::Inspector.into());
}

#[test]
fn a_button_that_adds_and_goes_away_leaves_the_focus_to_the_new_node() {
    let it = playground().when([Msg::PressedAdd(Kind::Server)]);
    let added = it.model.selected.clone().expect("it is selected");
    assert_eq!(it.focus(), &node(&added));
}

#[test]
fn undoing_an_addition_does_not_lose_the_focus() {
    let it = playground().when([Msg::PressedAdd(Kind::Server), Msg::PressedUndo]);
    assert_eq!(it.focus(), &Part::Inspector.into());
    let it = playground().when([kill("db"), select("db"), Msg::PressedUndo]);
    assert_eq!(it.focus(), &node("db"));
}
