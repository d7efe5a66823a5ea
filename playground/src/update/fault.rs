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
    let edit = put(model, &name, condition);
    model.fault_node = Some(name);
    model.status = Status::said(said);
    vec![edit, Effect::ShowNow]
}

/// Puts a node into a condition; the model shows it before the next report says so.
pub(super) fn put(model: &mut Model, name: &str, condition: Condition) -> Effect {
    let own = name.to_owned();
    Effect::Apply(match condition {
        Condition::Up => {
            model.faults.remove(name);
            Edit::Heal { name: own }
        }
        broken => {
            model.faults.insert(own.clone(), broken);
            match broken {
                Condition::Slow { factor } => Edit::Slow { name: own, factor },
                _ => Edit::Kill { name: own },
            }
        }
    })
}
