//! Breaking and mending nodes.

use super::*;

#[test]
fn the_fault_buttons_act_on_the_chosen_node_or_a_server() {
    let it = figure().when([Msg::PressedFault(Fault::Kill, None)]);
    assert_eq!(
        it.applied(),
        [&Edit::Kill {
            name: "web-1".to_owned()
        }]
    );
    let chose = Msg::ChoseFaultNode("db".to_owned());
    let it = it.when([chose, Msg::PressedFault(Fault::Slow, None)]);
    assert_eq!(
        it.applied(),
        [&Edit::Slow {
            name: "db".to_owned(),
            factor: SLOW_FACTOR
        }]
    );
    assert_eq!(it.model.faults.iter().count(), 2);
    let it = it.when([Msg::PressedFault(Fault::Heal, None)]);
    assert_eq!(it.model.faults.iter().count(), 1);
}

#[test]
fn killing_is_undone_by_healing_and_redone_by_killing() {
    let it = figure().when([kill("web-2"), Msg::PressedUndo]);
    assert_eq!(
        it.applied(),
        [&Edit::Heal {
            name: "web-2".to_owned()
        }]
    );
    let it = it.when([Msg::PressedRedo]);
    assert_eq!(
        it.applied(),
        [&Edit::Kill {
            name: "web-2".to_owned()
        }]
    );
    assert_eq!(it.model.faults.get("web-2"), Some(&Condition::Dead));
}

#[test]
fn what_is_dead_cannot_be_slowed() {
    let slow = || Msg::PressedFault(Fault::Slow, Some("web-2".to_owned()));
    let it = figure().when([kill("web-2"), slow()]);
    assert!(it.effects.is_empty() && it.model.status.is_error);
    assert!(it.model.status.text.contains("heal it"));
    assert_eq!(it.model.faults.get("web-2"), Some(&Condition::Dead));
    // It is no step of undo either.
    let it = it.when([Msg::PressedUndo]);
    assert!(it.model.faults.is_empty() && !it.model.history.can_undo());
}

#[test]
fn killing_what_was_slow_is_undone_to_slow() {
    let slow = Msg::PressedFault(Fault::Slow, Some("web-2".to_owned()));
    let it = figure().when([slow, kill("web-2"), Msg::PressedUndo]);
    let name = || "web-2".to_owned();
    // The engine slows nothing that is dead.
    assert_eq!(
        it.applied(),
        [
            &Edit::Heal { name: name() },
            &Edit::Slow {
                name: name(),
                factor: SLOW_FACTOR
            }
        ]
    );
}

#[test]
fn pressing_a_node_of_a_figure_says_what_is_known_of_it() {
    let it = figure().when([Msg::SelectedNode("web-2".to_owned())]);
    assert!(
        it.model.status.text.starts_with("web-2: "),
        "{}",
        it.model.status.text
    );
    assert_eq!(it.model.fault_target().as_deref(), Some("web-2"));
}
