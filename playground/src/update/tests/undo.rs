//! Undo and redo, and what is no step of the reader.

use super::*;

#[test]
fn a_dragged_slider_is_one_step_of_undo() {
    let slid = |place| turn(Control::Load, Turn::Slid(place));
    let it = figure().when([
        slid(10.0),
        slid(20.0),
        slid(30.0),
        Msg::SettledDial,
        slid(40.0),
    ]);
    let it = it.when([Msg::PressedUndo, Msg::PressedUndo]);
    assert_eq!(it.model.design(), &it.model.authored);
    assert!(!it.model.history.can_undo());
}

#[test]
fn undo_with_nothing_to_undo_does_nothing() {
    let it = figure().when([Msg::PressedUndo]);
    assert!(it.effects.is_empty());
    assert!(figure().when([Msg::PressedRedo]).effects.is_empty());
}

#[test]
fn another_seed_is_another_run() {
    let it = playground().when([Msg::EnteredSetting("seed".to_owned(), "8".to_owned())]);
    assert_eq!(it.effects[0], Effect::Restart(Rc::clone(it.model.design())));
    assert_eq!(it.model.design().seed(), 8);
    let it = it.when([Msg::PressedUndo]);
    assert_eq!(
        it.effects[0],
        Effect::Restart(Rc::clone(&it.model.authored))
    );
}

#[test]
fn what_the_timeline_does_is_seen_but_is_no_step_of_undo() {
    let mut it = playground().when([Msg::SelectedNode("web-2".to_owned())]);
    let edit = Edit::Remove {
        name: "web-2".to_owned(),
    };
    let running = it.model.document().apply(&edit).expect("it can be removed");
    let mut sample = sample_of(&Rc::new(running));
    sample.design = Rc::clone(it.model.design());
    update(&mut it.model, Msg::Sampled(Box::new(sample)));
    assert_eq!(it.servers(), ["web-1"]);
    assert_eq!(it.model.selected, None);
    assert!(!it.model.history.can_undo());
}

#[test]
fn an_edit_that_the_run_refuses_is_said() {
    let it = playground().when([Msg::EditRefused("there is no web-9".to_owned())]);
    assert!(it.model.status.is_error);
}
