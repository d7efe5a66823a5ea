//! Back to time zero.
//!
//! A figure goes back to its author's system, as its label says. In the playground the system is
//! the reader's work, which stays; only the run begins again.

use std::rc::Rc;

#[cfg(feature = "page")]
use simulator::Condition;

use super::change::replace;
#[cfg(feature = "page")]
use super::change::rewind;
use crate::effect::Effect;
#[cfg(feature = "page")]
use crate::history::Put;
use crate::history::State;
#[cfg(feature = "page")]
use crate::model::Surface;
use crate::model::{Model, Status};
use crate::text;

pub(super) fn reset(model: &mut Model) -> Vec<Effect> {
    match model.surface {
        #[cfg(feature = "page")]
        Surface::Playground => restart(model),
        _ => {
            let state = State::new(Rc::clone(&model.authored), model.slot());
            let mut effects = replace(model, state);
            model.changes.clear();
            effects.push(Effect::CarryChanges(String::new()));
            model.status = Status::said(text::RESET_DONE);
            effects
        }
    }
}

/// The same system at time zero. What the reader broke is whole again, which can be undone.
#[cfg(feature = "page")]
fn restart(model: &mut Model) -> Vec<Effect> {
    let mut state = model.history.present().clone();
    let document = Rc::clone(&state.document);
    let is_broken = |(_, put): (&str, &Put)| put.condition != Condition::Up;
    let had_faults = state.puts.iter().any(is_broken);
    state.puts.clear();
    model.history.record(state, None);
    model.is_playing = false;
    model.has_started = true;
    model.refused.clear();
    let mut effects = rewind(model, &document);
    effects.push(Effect::ShowNow);
    model.status = Status::said(if had_faults {
        text::RESTARTED_HEALED
    } else {
        text::RESTARTED
    });
    effects
}
