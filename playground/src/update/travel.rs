//! Undo and redo: the running system becomes the other one at its present moment.
//!
//! Only what the reader did is undone. A node that the timeline has broken or mended since stays as
//! the timeline left it.

use std::rc::Rc;

use diagram::{Document, Edit};
use simulator::{Condition, NodeId, SimTime};

use super::change::{keep, rewind};
use super::fault::put;
use super::selection;
use crate::effect::Effect;
use crate::history::{Put, State};
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
    model.refused.clear();
    let is_other = !Rc::ptr_eq(&before.authored, &after.authored);
    let is_restart = is_other || before.document.seed() != after.document.seed();
    model.status = Status::said(match (way, is_restart) {
        (Way::Back, false) => text::UNDONE,
        (Way::Forward, false) => text::REDONE,
        (Way::Back, true) => text::UNDONE_FROM_ZERO,
        (Way::Forward, true) => text::REDONE_FROM_ZERO,
    });
    let mut effects = Vec::new();
    let (faults, now) = if is_restart {
        model.authored = Rc::clone(&after.authored);
        effects.extend(rewind(model, &after.document));
        if is_other {
            model.speed = after.document.speed();
            effects.push(Effect::SetSpeed(model.speed));
        }
        (all_faults(&after), SimTime::ZERO)
    } else {
        if before.document != after.document {
            effects.push(Effect::Become(Rc::clone(&after.document)));
        }
        let now = model.now();
        (changed_faults(&model.running, &before, &after, now), now)
    };
    // From now on the timeline counts again only for what it does later.
    let mut puts = after.puts.clone();
    for (name, condition) in faults {
        effects.extend(put(model, &name, condition));
        if let Some(put) = after.puts.get(&name) {
            puts.insert(name, Put { at: now, ..*put });
        }
    }
    model.history.amend(puts);
    let focus = selection::anchor(model);
    effects.extend([Effect::ShowNow, Effect::KeepFocus(focus)]);
    keep(model, effects)
}

/// What the reader broke in `state`: a run that begins has none of it.
fn all_faults(state: &State) -> Vec<(String, Condition)> {
    let broken = |condition| condition != Condition::Up;
    state
        .puts
        .iter()
        .filter(|(_, put)| broken(put.condition))
        .map(|(name, put)| (name.to_owned(), put.condition))
        .collect()
}

/// The nodes that are in another condition in `after` than in `before`.
fn changed_faults(
    running: &Document,
    before: &State,
    after: &State,
    now: SimTime,
) -> Vec<(String, Condition)> {
    let kind_in = |document: &Document, name: &str| document.node(name).map(|it| it.kind.kind());
    let mut changed = Vec::new();
    for node in after.document.nodes() {
        let name = node.name.as_str();
        let is_new = kind_in(&before.document, name) != Some(node.kind.kind());
        if !is_new && running.node(name).is_none() {
            // The timeline has taken it out of the run.
            continue;
        }
        let was = if is_new {
            Condition::Up
        } else {
            condition(before, name, now)
        };
        let becomes = condition(after, name, now);
        if was != becomes {
            changed.push((name.to_owned(), becomes));
        }
    }
    changed
}

/// The condition in which a node was left by the reader, or by the timeline where it came later.
fn condition(state: &State, name: &str, now: SimTime) -> Condition {
    let put = state.puts.get(name);
    let is_meant = |whom: &str| {
        let means = |id: NodeId| state.document.node_id(name) == Some(id);
        state.document.resolve(whom).into_iter().any(means)
    };
    let later = state
        .document
        .timeline()
        .iter()
        .rev()
        .filter(|timed| timed.at <= now && put.is_none_or(|put| put.at < timed.at))
        .find_map(|timed| match &timed.edit {
            Edit::Kill { name } if is_meant(name) => Some(Condition::Dead),
            Edit::Heal { name } if is_meant(name) => Some(Condition::Up),
            Edit::Slow { name, factor } if is_meant(name) => {
                Some(Condition::Slow { factor: *factor })
            }
            _ => None,
        });
    later.unwrap_or_else(|| put.map_or(Condition::Up, |put| put.condition))
}
