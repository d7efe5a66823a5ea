//! What is kept in the browser between two visits.

use super::*;

#[test]
fn a_figure_keeps_nothing_in_the_browser() {
    let it = figure().when([turn(Control::Servers, Turn::Up)]);
    assert!(
        !it.effects
            .iter()
            .any(|it| matches!(it, Effect::Save(_) | Effect::ClearFragment))
    );
}

#[test]
fn the_playground_keeps_work_in_progress_and_drops_the_old_link() {
    let it = playground().when([Msg::PressedAdd(Kind::Database)]);
    assert!(
        it.effects
            .contains(&Effect::Save(Rc::clone(it.model.design())))
    );
    assert!(it.effects.contains(&Effect::ClearFragment));
}
