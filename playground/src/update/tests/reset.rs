//! Back to time zero.

use super::*;

#[test]
fn reset_returns_to_the_authored_system_at_time_zero_and_can_be_undone() {
    let it = figure().when([
        turn(Control::Servers, Turn::Up),
        kill("web-1"),
        Msg::PressedPlay,
    ]);
    let it = it.when([Msg::PressedReset]);
    assert_eq!(it.servers(), ["web-1", "web-2"]);
    assert!(!it.model.is_playing && it.model.faults().is_empty());
    assert!(
        it.effects
            .contains(&Effect::Restart(Rc::clone(&it.model.authored)))
    );
    let it = it.when([Msg::PressedUndo]);
    assert_eq!(it.model.design().nodes().len(), 6);
}
