//! Selecting and moving nodes, by pointer and by keys.

use super::*;

#[test]
fn arrows_go_from_node_to_node_and_take_the_focus_along() {
    let it = playground().when([Msg::PressedArrow(Direction::Right)]);
    let first = it.model.selected.clone().expect("the first node");
    let it = it.when([Msg::PressedArrow(Direction::Right)]);
    let second = it.model.selected.clone().expect("its neighbour");
    assert_ne!(first, second);
    assert_eq!(it.effects, [Effect::Focus(Focus::Node(second))]);
}

#[test]
fn dragging_shows_and_dropping_moves_once() {
    let drag = |x, y| Msg::DraggedNode("db".to_owned(), (x, y));
    let it = playground().when([drag(10.0, 10.0), drag(400.0, 300.0)]);
    assert!(!it.model.history.can_undo());
    let scenario = it.model.document().scenario();
    let it = it.when([Msg::DroppedNode]);
    assert!(matches!(it.applied()[..], [Edit::Move { .. }]));
    assert_eq!(
        it.model.document().scenario(),
        scenario,
        "places never change a result"
    );
    let it = it.when([Msg::PressedUndo]);
    assert!(!it.model.history.can_undo());
}

#[test]
fn a_cancelled_drag_leaves_everything_in_its_place() {
    let drag = Msg::DraggedNode("db".to_owned(), (400.0, 300.0));
    let it = playground().when([drag, Msg::CancelledDrag, Msg::DroppedNode]);
    assert!(it.effects.is_empty() && it.model.drag.is_none());
}

#[test]
fn alt_and_arrows_move_a_node_only_in_the_playground() {
    let select = || Msg::SelectedNode("db".to_owned());
    let it = playground().when([select(), Msg::NudgedNode(Direction::Down)]);
    assert!(matches!(it.applied()[..], [Edit::Move { .. }]));
    let it = figure().when([select(), Msg::NudgedNode(Direction::Down)]);
    assert!(it.effects.is_empty());
}

#[test]
fn pressing_a_node_of_a_figure_opens_its_card_and_escape_returns_the_focus() {
    let given = figure().when([Msg::OpenedNode("web-2".to_owned())]);
    assert!(given.model.is_card_open);
    let given = given.when([Msg::ClearedSelection]);
    assert!(!given.model.is_card_open);
    assert_eq!(
        given.effects,
        [Effect::Focus(Focus::Node("web-2".to_owned()))]
    );
    assert_eq!(given.model.selected.as_deref(), Some("web-2"));
    let given = given.when([Msg::ClearedSelection]);
    assert_eq!(given.model.selected, None);
}

#[test]
fn going_through_the_nodes_opens_no_card() {
    let given = figure().when([Msg::SelectedNode("web-1".to_owned())]);
    assert!(!given.model.is_card_open);
    let given = playground().when([Msg::OpenedNode("web-1".to_owned())]);
    assert!(!given.model.is_card_open);
}

#[test]
fn keys_act_on_the_node_with_the_focus_even_after_escape() {
    let given = figure().when([
        Msg::ChoseFaultNode("db".to_owned()),
        Msg::SelectedNode("balancer".to_owned()),
        Msg::ClearedSelection,
        Msg::PressedFault(Fault::Kill, None),
    ]);
    let name = "balancer".to_owned();
    assert_eq!(given.applied(), [&Edit::Kill { name }]);
    let given = given.when([Msg::PressedArrow(Direction::Left)]);
    assert_eq!(given.model.selected.as_deref(), Some("users"));
}
