//! Selecting and moving nodes, by pointer and by keys.

use super::*;

#[test]
fn arrows_go_from_node_to_node_and_take_the_focus_along() {
    let it = playground().when([Msg::PressedArrow(Direction::Right)]);
    let first = it.model.selected.clone().expect("the first node");
    let it = it.when([Msg::PressedArrow(Direction::Right)]);
    let second = it.model.selected.clone().expect("its neighbour");
    assert_ne!(first, second);
    assert_eq!(it.effects, [Effect::FocusNode(second)]);
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
