//! Faults: what breaks a node on purpose, and what mends it.

use diagram::Edit;
use simulator::Condition;

use super::playing::begin;
use crate::effect::Effect;
use crate::history::Put;
use crate::model::{Model, Status};
use crate::msg::Fault;
use crate::text;

/// The factor of the "slow" button: what an overloaded disk or a long garbage collection does.
pub const SLOW_FACTOR: f64 = 10.0;

pub(super) fn put_fault(model: &mut Model, fault: Fault, name: String) -> Vec<Effect> {
    if model.document().node(&name).is_none() {
        return Vec::new();
    }
    if fault == Fault::Slow && is_dead(model, &name) {
        model.status = Status::failed(text::dead_already(&name));
        model.fault_node = Some(name);
        return Vec::new();
    }
    let mut state = model.history.present().clone();
    let (condition, said) = match fault {
        Fault::Kill => (Condition::Dead, text::killed(&name)),
        Fault::Slow => {
            let factor = SLOW_FACTOR;
            (Condition::Slow { factor }, text::slowed(&name, factor))
        }
        Fault::Heal => (Condition::Up, text::healed(&name)),
    };
    let at = model.now();
    state.puts.insert(name.clone(), Put { condition, at });
    model.history.record(state, None);
    begin(model);
    let mut effects = put(model, &name, condition);
    model.fault_node = Some(name);
    model.status = Status::said(said);
    effects.push(Effect::ShowNow);
    effects
}

/// Puts a node into a condition; the model shows it before the next report says so.
pub(super) fn put(model: &mut Model, name: &str, condition: Condition) -> Vec<Effect> {
    let own = || name.to_owned();
    let mut edits = Vec::new();
    match condition {
        Condition::Up => edits.push(Edit::Heal { name: own() }),
        Condition::Dead => edits.push(Edit::Kill { name: own() }),
        // No control puts a node into these.
        Condition::Erring { .. } | Condition::Booting { .. } => return Vec::new(),
        Condition::Slow { factor } => {
            // What is dead cannot become slow: undo brings it back first.
            if is_dead(model, name) {
                edits.push(Edit::Heal { name: own() });
            }
            let name = own();
            edits.push(Edit::Slow { name, factor });
        }
    }
    if condition == Condition::Up {
        model.faults.remove(name);
    } else {
        model.faults.insert(own(), condition);
    }
    edits.into_iter().map(Effect::Apply).collect()
}

fn is_dead(model: &Model, name: &str) -> bool {
    model.faults.get(name) == Some(&Condition::Dead)
}
