//! Drawing a link out of a node with the pointer.

use super::*;

/// The middle of a node in the picture.
fn middle_of(model: &Model, name: &str) -> (f64, f64) {
    let place = model.document().node_id(name).expect("a node").index();
    let sample = model.sample.as_ref().expect("a report");
    sample.layout.nodes[place].centre()
}

fn draw_link(given: Given, from: &str, to: &str) -> Given {
    let end = middle_of(&given.model, to);
    given.when([Msg::DraggedLink(from.to_owned(), end)])
}

#[test]
fn a_link_drawn_to_a_node_connects_and_is_undone() {
    let given = draw_link(playground(), "users", "web-1");
    assert!(
        given.model.status.text.contains("Let go"),
        "{:?}",
        given.model.status
    );
    let given = given.when([Msg::DroppedLink]);
    let (from, to) = ("users".to_owned(), "web-1".to_owned());
    let latency = LINK_LATENCY;
    assert_eq!(given.applied(), [&Edit::Connect { from, to, latency }]);
    assert_eq!(given.model.drag, None);
    let n_links = given.model.design().links().len();
    let given = given.when([Msg::PressedUndo]);
    assert_eq!(given.model.design().links().len(), n_links - 1);
}

#[test]
fn a_link_that_cannot_be_is_refused_on_the_way_and_at_the_end() {
    for (from, to, why) in [
        (
            "users",
            "db",
            "cannot call db (database), only DNS, CDN, load balancer, server, cache, shard router or object store",
        ),
        ("balancer", "web-1", "already"),
    ] {
        let given = draw_link(playground(), from, to);
        assert!(given.model.status.is_error);
        assert!(
            given.model.status.text.contains(why),
            "{:?}",
            given.model.status
        );
        let given = given.when([Msg::DroppedLink]);
        assert!(given.model.status.text.contains(why));
        assert!(given.applied().is_empty());
        assert!(!given.model.history.can_undo());
    }
}

#[test]
fn a_link_dropped_on_nothing_or_given_up_changes_nothing() {
    let nowhere = Msg::DraggedLink("users".to_owned(), (-500.0, -500.0));
    let given = playground().when([nowhere, Msg::DroppedLink]);
    assert!(given.applied().is_empty());
    let given = draw_link(playground(), "users", "web-1").when([Msg::ClearedSelection]);
    assert_eq!(given.model.drag, None);
    let given = given.when([Msg::DroppedLink]);
    assert!(given.applied().is_empty());
}
