//! Letting time run, and stopping it.

use crate::effect::Effect;
use crate::model::Model;

pub(super) fn play_or_pause(model: &mut Model) -> Vec<Effect> {
    model.is_playing = !(model.is_playing || model.goal.is_some());
    if model.is_playing {
        begin(model);
    }
    let is_running = model.is_running();
    let mut effects = drop_goal(model, vec![Effect::SetRunning(is_running)]);
    if !model.is_playing {
        // Pausing shows the very moment at which time stands still.
        effects.push(Effect::SetRunning(false));
        effects.push(Effect::ShowNow);
    }
    effects
}

/// From now on the live run is shown, not the computed picture.
pub(super) fn begin(model: &mut Model) {
    model.has_started = true;
}

pub(super) fn drop_goal(model: &mut Model, mut effects: Vec<Effect>) -> Vec<Effect> {
    if model.goal.take().is_some() {
        effects.insert(0, Effect::SetGoal(None));
    }
    effects
}
