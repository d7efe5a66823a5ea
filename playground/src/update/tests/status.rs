//! The line at the foot: the reader's last act or what the run did since, and nothing before.

use super::*;

fn refused() -> Given {
    let it = playground().when([Msg::Connected("db".to_owned(), "users".to_owned())]);
    assert!(it.model.status.is_error);
    it
}

#[test]
fn an_old_refusal_is_gone_after_the_next_act() {
    for act in [
        Msg::PressedPlay,
        Msg::PressedStep,
        Msg::PressedAdd(Kind::Server),
        Msg::EnteredSetting("web-1.workers".to_owned(), "3".to_owned()),
        Msg::PressedUndo,
        turn(Control::Workers, Turn::Up),
    ] {
        let shown = format!("{act:?}");
        assert!(!refused().when([act]).model.status.is_error, "{shown}");
    }
}

#[test]
fn undone_is_not_claimed_any_more_after_the_next_act() {
    let undone = || playground().when([Msg::PressedAdd(Kind::Server), Msg::PressedUndo]);
    assert_eq!(undone().model.status.text, text::UNDONE);
    for act in [
        Msg::PressedPlay,
        Msg::PressedStep,
        Msg::EnteredSetting("web-1.workers".to_owned(), "3".to_owned()),
    ] {
        let shown = format!("{act:?}");
        assert_eq!(undone().when([act]).model.status.text, "", "{shown}");
    }
}

#[test]
fn pausing_takes_back_that_the_run_is_on_its_way() {
    let it = playground().when([Msg::EnteredGoal("30s".to_owned()), Msg::PressedPlay]);
    assert_eq!(it.model.status.text, "");
}

#[test]
fn what_is_no_act_leaves_the_line_alone() {
    let mut it = refused().when([
        Msg::SelectedNode("web-1".to_owned()),
        Msg::Typed("load".to_owned(), "3".to_owned()),
        Msg::ChangedVisibility(false),
        Msg::MovedSpeed(10.0),
    ]);
    let sample = sample_of(it.model.document());
    update(&mut it.model, Msg::Sampled(Box::new(sample)));
    assert!(it.model.status.is_error);
}
