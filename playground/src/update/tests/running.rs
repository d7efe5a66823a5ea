//! Time: playing, pausing, stepping, running to a moment.

use super::*;

#[test]
fn a_figure_waits_with_its_computed_picture_until_play() {
    let it = figure();
    assert!(!it.model.has_started && !it.model.is_running());
    let it = it.when([Msg::PressedPlay]);
    assert!(it.model.has_started && it.model.is_running());
    assert_eq!(it.effects, [Effect::SetRunning(true)]);
}

#[test]
fn pausing_shows_the_moment_at_which_time_stands_still() {
    let it = figure().when([Msg::PressedPlay, Msg::PressedPlay]);
    assert!(!it.model.is_running());
    assert!(it.effects.contains(&Effect::SetRunning(false)));
    assert!(it.effects.contains(&Effect::ShowNow));
}

#[test]
fn a_figure_off_screen_does_not_run_and_goes_on_when_seen_again() {
    let it = figure().when([Msg::PressedPlay, Msg::ChangedVisibility(false)]);
    assert_eq!(it.effects, [Effect::SetRunning(false)]);
    let it = it.when([Msg::ChangedVisibility(true)]);
    assert_eq!(it.effects, [Effect::SetRunning(true)]);
}

#[test]
fn scrolling_a_paused_figure_into_view_does_not_start_it() {
    let it = figure().when([Msg::ChangedVisibility(false), Msg::ChangedVisibility(true)]);
    assert_eq!(it.effects, [Effect::SetRunning(false)]);
}

#[test]
fn stepping_pauses_and_says_what_happened() {
    let it = figure().when([Msg::PressedPlay, Msg::PressedStep]);
    assert!(!it.model.is_playing);
    assert_eq!(
        it.effects,
        [Effect::SetRunning(false), Effect::Step, Effect::ShowNow]
    );
    let it = it.when([Msg::Stepped(Some("web-1 starts request 3".to_owned()))]);
    assert_eq!(it.model.status.text, "web-1 starts request 3");
    let it = it.when([Msg::Stepped(None)]);
    assert_eq!(it.model.status.text, text::NOTHING_LEFT);
}

#[test]
fn the_speed_slider_is_logarithmic_and_reaches_both_ends() {
    let it = figure().when([Msg::MovedSpeed(0.0)]);
    assert_eq!(it.effects, [Effect::SetSpeed(Speed::SLOWEST)]);
    let it = it.when([Msg::MovedSpeed(100.0)]);
    assert_eq!(it.model.speed, Speed::FASTEST);
}

#[test]
fn running_to_a_moment_is_exact_and_forward_only() {
    let it = playground().when([Msg::EnteredGoal("30s".to_owned())]);
    let goal = SimTime::from_secs(30);
    assert_eq!(
        it.effects,
        [Effect::SetGoal(Some(goal)), Effect::SetRunning(true)]
    );
    let it = it.when([Msg::ReachedGoal]);
    assert!(!it.model.is_running());
    assert_eq!(it.model.status.text, "Stopped at t = 30 s.");
    let it = it.when([Msg::EnteredGoal("soon".to_owned())]);
    assert_eq!(
        it.model
            .refused
            .get(GOAL_FIELD)
            .map(|it| it.message.as_str()),
        Some(text::NOT_A_MOMENT)
    );
}

#[test]
fn a_moment_that_is_over_cannot_be_run_to() {
    let mut it = playground();
    let mut sample = sample_of(it.model.document());
    sample.time = SimTime::from_secs(10);
    update(&mut it.model, Msg::Sampled(Box::new(sample)));
    let it = it.when([Msg::EnteredGoal("5s".to_owned())]);
    assert_eq!(
        it.model
            .refused
            .get(GOAL_FIELD)
            .map(|it| it.message.as_str()),
        Some(text::MOMENT_IS_PAST)
    );
    assert!(it.effects.is_empty());
}

#[test]
fn a_speed_can_be_written() {
    let given = figure().when([Msg::EnteredSpeed("2x faster".to_owned())]);
    let Some(Effect::SetSpeed(speed)) = given.effects.first() else {
        panic!("{:?}", given.effects);
    };
    assert_eq!(speed.factor(), 2.0);
    let given = given.when([Msg::EnteredSpeed("warp".to_owned())]);
    assert!(given.effects.is_empty());
    assert_eq!(given.model.speed.factor(), 2.0);
    assert!(given.model.refused.get(SPEED_FIELD).is_some());
    let given = given.when([Msg::MovedSpeed(0.0)]);
    assert!(given.model.refused.get(SPEED_FIELD).is_none());
}
