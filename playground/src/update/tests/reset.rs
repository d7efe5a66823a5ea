//! Back to time zero.

use super::*;

#[test]
fn a_figures_reset_returns_to_the_authored_system_at_time_zero() {
    let it = figure().when([
        turn(Control::Servers, Turn::Up),
        kill("web-1"),
        Msg::PressedPlay,
    ]);
    let it = it.when([Msg::PressedReset]);
    assert_eq!(it.servers(), ["web-1", "web-2"]);
    assert!(!it.model.is_playing && it.model.faults.is_empty());
    assert!(
        it.effects
            .contains(&Effect::Restart(Rc::clone(&it.model.authored)))
    );
    let it = it.when([Msg::PressedUndo]);
    assert_eq!(it.model.design().nodes().len(), 6);
}

#[test]
fn a_figures_reset_says_whose_system_is_back() {
    let it = figure().when([turn(Control::Servers, Turn::Up), Msg::PressedReset]);
    assert_eq!(it.model.status.text, text::RESET_DONE);
}

#[test]
fn restarting_the_playground_keeps_what_was_built() {
    let it = playground().when([
        turn(Control::Servers, Turn::Up),
        Msg::PressedPlay,
        Msg::PressedReset,
    ]);
    assert_eq!(it.servers().len(), 3);
    assert!(!it.model.is_playing);
    let design = Rc::clone(it.model.design());
    assert!(it.effects.contains(&Effect::Restart(design)));
    assert_eq!(it.model.status.text, text::RESTARTED);
    // Nothing was taken away, so it is no step of undo.
    let it = it.when([Msg::PressedUndo]);
    assert_eq!(it.model.design(), &it.model.authored);
    assert!(!it.model.history.can_undo());
}

#[test]
fn restarting_heals_what_the_reader_broke_and_undo_breaks_it_again() {
    let it = playground().when([kill("web-1"), Msg::PressedReset]);
    assert!(it.model.faults.is_empty());
    assert_eq!(it.model.status.text, text::RESTARTED_HEALED);
    let it = it.when([Msg::PressedUndo]);
    let name = "web-1".to_owned();
    assert_eq!(it.applied(), [&Edit::Kill { name }]);
}

#[test]
fn starting_over_goes_back_to_the_beginning_of_the_work_and_then_to_the_example() {
    let it = playground().when([turn(Control::Servers, Turn::Up), Msg::PressedStartOver]);
    assert_eq!(it.model.design(), &it.model.authored);
    assert_eq!(it.servers().len(), 2);
    assert_eq!(it.model.status.text, text::STARTED_OVER);
    let it = it.when([Msg::PressedStartOver]);
    assert_eq!(**it.model.design(), Document::default_playground());
    assert_eq!(it.model.status.text, text::EXAMPLE_LOADED);
    let it = it.when([Msg::PressedUndo]);
    assert_eq!(it.model.design().title(), "Two servers");
    assert_eq!(it.model.authored.title(), "Two servers");
    let it = it.when([Msg::PressedUndo]);
    assert!(it.model.design().node("web-3").is_some());
}
