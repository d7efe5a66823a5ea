//! Changing the system, and putting another one in its place.

use std::rc::Rc;

use diagram::{Document, Edit};

use super::playing::begin;
use crate::effect::Effect;
use crate::history::State;
use crate::kept::{Opened, Slot};
use crate::model::{Model, Refused, Status, Surface};
use crate::text;

/// Carries out `edits` as one step of undo. Nothing happens where one of them does not fit: the
/// reason stands under `field`, or at the foot. Steps in a row with the same `key` become one.
pub(super) fn change(
    model: &mut Model,
    edits: Vec<Edit>,
    key: Option<&str>,
    field: Option<&str>,
) -> Vec<Effect> {
    if edits.is_empty() {
        return Vec::new();
    }
    let mut running = Document::clone(model.document());
    let mut design = Document::clone(model.design());
    let mut fitting = Vec::new();
    for edit in &edits {
        // The timeline may have removed what the design still has; what runs decides.
        match running.apply(edit) {
            Ok(changed) => {
                running = changed;
                if let Ok(changed) = design.apply(edit) {
                    design = changed;
                    fitting.push(edit);
                }
            }
            Err(error) => {
                let message = error.to_string();
                if let (Some(field), Edit::Set { value, .. }) = (field, edit) {
                    let refused = Refused {
                        text: value.clone(),
                        message: message.clone(),
                    };
                    model.refused.insert(field.to_owned(), refused);
                }
                model.status = Status::failed(text::edit_refused(&message));
                return Vec::new();
            }
        }
    }
    if let Some(field) = field {
        model.refused.remove(field);
    }
    let is_figure = model.surface == Surface::Figure;
    if is_figure {
        fitting.into_iter().for_each(|edit| model.changes.add(edit));
    }
    let is_restart = design.seed() != model.design().seed();
    let design = Rc::new(design);
    let mut state = model.history.present().clone();
    state.document = Rc::clone(&design);
    // A node that comes back is a new one, as it should be.
    state.puts.retain(|name| design.node(name).is_some());
    begin(model);
    let mut effects: Vec<Effect> = if is_restart {
        // Chance cannot change in the middle of a run: another seed is another run.
        state.puts.clear();
        rewind(model, &design)
    } else {
        model.running = Rc::new(running);
        edits.into_iter().map(Effect::Apply).collect()
    };
    model.history.record(state, key);
    effects.push(Effect::ShowNow);
    if is_figure {
        // A link with a part of them would open a system that nobody has seen.
        let carried = model.changes.text().unwrap_or_else(|_| {
            model.status = Status::failed(text::CHANGES_NOT_CARRIED);
            String::new()
        });
        effects.push(Effect::CarryChanges(carried));
    }
    keep(model, effects)
}

/// In the playground, what was changed survives a reload and no longer is what the address says.
pub(super) fn keep(model: &Model, mut effects: Vec<Effect>) -> Vec<Effect> {
    if model.surface == Surface::Playground {
        // A link that was only looked at does not take the place of work on an earlier one.
        let is_work =
            model.slot() == Slot::Own || model.kept.opened != Opened::Earlier || model.is_changed();
        if is_work {
            let document = Rc::clone(model.design());
            effects.push(Effect::Save(model.slot(), document));
        }
        effects.push(Effect::ClearFragment);
    }
    effects
}

/// Shows `state` from time zero; everything that was done before is one step of undo away.
pub(super) fn replace(model: &mut Model, state: State) -> Vec<Effect> {
    let document = Rc::clone(&state.document);
    model.is_playing = false;
    model.has_started = true;
    model.refused.clear();
    model.authored = Rc::clone(&state.authored);
    model.history.record(state, None);
    let mut effects = rewind(model, &document);
    model.speed = document.speed();
    effects.extend([Effect::SetSpeed(model.speed), Effect::ShowNow]);
    effects
}

/// The run begins again, with `document`. The moment that was being run to belonged to the old run.
pub(super) fn rewind(model: &mut Model, document: &Rc<Document>) -> Vec<Effect> {
    let mut effects = vec![Effect::Restart(Rc::clone(document))];
    if model.goal.take().is_some() {
        effects.push(Effect::SetGoal(None));
    }
    effects.push(Effect::SetRunning(model.is_running()));
    model.running = Rc::clone(document);
    model.faults.clear();
    forget_missing(model);
    effects
}

pub(super) fn forget_missing(model: &mut Model) {
    let document = Rc::clone(model.document());
    let is_missing = |name: &String| document.node(name).is_none();
    for name in [
        &mut model.selected,
        &mut model.fault_node,
        &mut model.target,
        &mut model.source,
    ] {
        if name.as_ref().is_some_and(is_missing) {
            *name = None;
        }
    }
    model.drag = None;
}
