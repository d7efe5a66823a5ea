//! The way to a chosen moment: the run hurries there and stops.

use diagram::quantity::parse_duration;
use simulator::SimTime;

use super::playing::begin;
use crate::effect::Effect;
use crate::model::{Model, Refused, Status};
use crate::text;

/// The key under which an invalid moment to run to is kept.
pub const GOAL_FIELD: &str = "run-to";
pub(super) fn run_to(model: &mut Model, text: &str) -> Vec<Effect> {
    let refused = |message: &str| Refused {
        text: text.to_owned(),
        message: message.to_owned(),
    };
    let goal = match parse_duration(text) {
        Ok(moment) => SimTime::ZERO + moment,
        Err(_) => {
            model
                .refused
                .insert(GOAL_FIELD.to_owned(), refused(text::NOT_A_MOMENT));
            return Vec::new();
        }
    };
    if goal < model.now() {
        model
            .refused
            .insert(GOAL_FIELD.to_owned(), refused(text::MOMENT_IS_PAST));
        return Vec::new();
    }
    model.refused.remove(GOAL_FIELD);
    model.is_playing = false;
    model.goal = Some(goal);
    begin(model);
    model.status = Status::said(text::on_the_way(&goal.to_string()));
    vec![
        Effect::SetGoal(Some(goal)),
        Effect::SetRunning(model.is_running()),
    ]
}
