//! Faults: what breaks a node on purpose, and what mends it.

use diagram::Edit;
use simulator::Condition;

use super::begin;
use crate::effect::Effect;
use crate::history::Faults;
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
    let (edit, said) = match fault {
        Fault::Kill => {
            state.faults.insert(name.clone(), Condition::Dead);
            (Edit::Kill { name: name.clone() }, text::killed(&name))
        }
        Fault::Slow => {
            let factor = SLOW_FACTOR;
            state
                .faults
                .insert(name.clone(), Condition::Slow { factor });
            (
                Edit::Slow {
                    name: name.clone(),
                    factor,
                },
                text::slowed(&name, factor),
            )
        }
        Fault::Heal => {
            state.faults.remove(&name);
            (Edit::Heal { name: name.clone() }, text::healed(&name))
        }
    };
    model.history.record(state, None);
    begin(model);
    model.fault_node = Some(name);
    model.status = Status::said(said);
    vec![Effect::Apply(edit), Effect::ShowNow]
}

/// What makes the faults of `before` those of `after`.
pub(super) fn fault_edits(before: &Faults, after: &Faults) -> Vec<Edit> {
    let healed = before
        .iter()
        .filter(|(name, _)| !after.contains(name))
        .map(|(name, _)| Edit::Heal {
            name: name.to_owned(),
        });
    let broken = after
        .iter()
        .filter(|&(name, condition)| before.get(name) != Some(condition))
        .map(|(name, condition)| {
            let name = name.to_owned();
            match *condition {
                Condition::Slow { factor } => Edit::Slow { name, factor },
                Condition::Dead => Edit::Kill { name },
                Condition::Up => Edit::Heal { name },
            }
        });
    healed.chain(broken).collect()
}
