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
fn each_node_that_keys_move_is_a_step_of_undo_of_its_own() {
    let select = |name: &str| Msg::SelectedNode(name.to_owned());
    let (down, right) = (Direction::Down, Direction::Right);
    let position = |it: &Given, name: &str| it.model.design().node(name).and_then(|it| it.position);
    let it = playground().when([
        select("db"),
        Msg::NudgedNode(down),
        select("web-1"),
        Msg::NudgedNode(down),
    ]);
    let db = position(&it, "db");
    let it = it.when([Msg::PressedUndo]);
    assert_eq!((position(&it, "db"), position(&it, "web-1")), (db, None));
    let it = it.when([Msg::PressedUndo]);
    assert_eq!(it.model.design(), &it.model.authored);

    // Whoever has been at another node in between begins anew.
    let it = playground().when([
        select("db"),
        Msg::NudgedNode(down),
        select("web-1"),
        select("db"),
        Msg::NudgedNode(right),
        Msg::PressedUndo,
    ]);
    assert_eq!(position(&it, "db"), db);
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

/// Two servers; at 20 s the second one dies, at 40 s it is well again.
fn with_timeline() -> Given {
    let timeline = "[[timeline]]\nat = \"20s\"\nkill = \"web-2\"\n\
         [[timeline]]\nat = \"40s\"\nheal = \"web-2\"\n";
    given(Surface::Playground, &format!("{TWO_SERVERS}{timeline}"))
}

/// Time has passed.
fn at(mut it: Given, seconds: u64) -> Given {
    let mut sample = sample_of(it.model.document());
    sample.time = SimTime::from_secs(seconds);
    sample.design = Rc::clone(it.model.design());
    update(&mut it.model, Msg::Sampled(Box::new(sample)));
    it
}

#[test]
fn undo_neither_heals_nor_breaks_again_what_the_timeline_did() {
    // The reader's own change, then the timeline's fault, then undo.
    let it = with_timeline().when([turn(Control::Load, Turn::Slid(9.0))]);
    let it = at(it, 25).when([Msg::PressedUndo]);
    assert!(it.applied().is_empty(), "{:?}", it.effects);
    let it = at(it, 45).when([Msg::PressedRedo, Msg::PressedUndo]);
    assert!(it.applied().is_empty(), "{:?}", it.effects);
}

#[test]
fn a_fault_of_the_readers_that_the_timeline_has_overtaken_is_left_to_the_timeline() {
    let it = at(with_timeline(), 5).when([kill("web-2")]);
    assert!(at(it, 25).when([Msg::PressedUndo]).applied().is_empty());
    let it = at(with_timeline(), 5).when([kill("web-2")]);
    assert!(at(it, 45).when([Msg::PressedUndo]).applied().is_empty());
}

#[test]
fn the_readers_own_fault_is_undone_to_what_the_timeline_left() {
    let heal = Msg::PressedFault(Fault::Heal, Some("web-2".to_owned()));
    let name = || "web-2".to_owned();
    let it = at(with_timeline(), 25).when([heal]);
    assert_eq!(it.applied(), [&Edit::Heal { name: name() }]);
    let it = it.when([Msg::PressedUndo]);
    assert_eq!(it.applied(), [&Edit::Kill { name: name() }]);
    let it = at(with_timeline(), 45).when([kill("web-2")]);
    let it = at(it, 50).when([Msg::PressedUndo]);
    assert_eq!(it.applied(), [&Edit::Heal { name: name() }]);
}

#[test]
fn a_dead_node_that_was_deleted_comes_back_dead() {
    let it = playground().when([
        kill("web-2"),
        Msg::SelectedNode("web-2".to_owned()),
        Msg::PressedDelete,
        Msg::PressedUndo,
    ]);
    let name = "web-2".to_owned();
    assert_eq!(it.applied(), [&Edit::Kill { name }]);
}

#[test]
fn undoing_another_seed_breaks_again_in_the_new_run_what_the_reader_had_broken() {
    let seed = Msg::EnteredSetting("seed".to_owned(), "8".to_owned());
    let it = playground().when([kill("web-2"), seed, Msg::PressedUndo]);
    let name = "web-2".to_owned();
    assert_eq!(it.applied(), [&Edit::Kill { name }]);
}

#[test]
fn another_seed_gives_up_the_moment_that_was_being_run_to() {
    let seed = |text: &str| Msg::EnteredSetting("seed".to_owned(), text.to_owned());
    let goal = || Msg::EnteredGoal("30s".to_owned());
    for msgs in [
        vec![goal(), seed("8")],
        vec![seed("8"), goal(), Msg::PressedUndo],
    ] {
        let it = playground().when(msgs);
        assert_eq!(it.model.goal, None);
        assert!(!it.model.is_running());
        for wanted in [Effect::SetGoal(None), Effect::SetRunning(false)] {
            assert!(it.effects.contains(&wanted), "{:?}", it.effects);
        }
    }
}
