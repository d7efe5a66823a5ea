//! Undo and redo: the running system becomes the other one at its present moment.

use std::rc::Rc;

use super::fault::fault_edits;
use super::keep;
use crate::effect::Effect;
use crate::model::{Model, Status};
use crate::text;

/// Which way.
#[derive(Clone, Copy)]
pub(super) enum Way {
    /// To what was before.
    Back,
    /// To what was undone.
    Forward,
}

/// Goes one step that way, if there is one.
pub(super) fn travel(model: &mut Model, way: Way) -> Vec<Effect> {
    let before = model.history.present().clone();
    let after = match way {
        Way::Back => model.history.undo(),
        Way::Forward => model.history.redo(),
    };
    let Some(after) = after.cloned() else {
        return Vec::new();
    };
    model.status = Status::said(match way {
        Way::Back => text::UNDONE,
        Way::Forward => text::REDONE,
    });
    model.refused.clear();
    let mut effects = Vec::new();
    if before.document.seed() != after.document.seed() {
        effects.push(Effect::Restart(Rc::clone(&after.document)));
    } else if before.document != after.document {
        effects.push(Effect::Become(Rc::clone(&after.document)));
    }
    effects.extend(
        fault_edits(&before.faults, &after.faults)
            .into_iter()
            .map(Effect::Apply),
    );
    effects.push(Effect::ShowNow);
    keep(model, effects)
}
