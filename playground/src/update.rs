//! The one place where the model changes: pure, so that it is tested without a browser.

mod change;
#[cfg(feature = "page")]
mod exchange;
mod fault;
#[cfg(feature = "page")]
mod goal;
#[cfg(feature = "page")]
mod kept;
#[cfg(feature = "page")]
mod linking;
#[cfg(feature = "page")]
mod nodes;
mod playing;
mod reset;
mod selection;

#[cfg(test)]
mod tests;
#[cfg(feature = "page")]
mod travel;

#[cfg(feature = "page")]
pub use {goal::GOAL_FIELD, nodes::NAME_FIELD};

use std::rc::Rc;

use diagram::speed::Speed;

use self::change::{change, forget_missing};
use self::fault::put_fault;
use self::playing::{begin, drop_goal, play_or_pause};
#[cfg(feature = "page")]
use self::travel::{Way, travel};
use crate::dial;
use crate::effect::Effect;
use crate::model::{Model, Refused, Status, Typed};
use crate::msg::Msg;
use crate::sample::Sample;
use crate::text;

/// The key under which an invalid speed is kept.
pub const SPEED_FIELD: &str = "speed";

/// Takes in what has happened, and says what is to be done.
///
/// The line at the foot speaks of the reader's last act or of what the run did since, and of nothing
/// before: so each act empties it, and may then say something of its own.
pub fn update(model: &mut Model, msg: Msg) -> Vec<Effect> {
    if msg.is_act() {
        model.status = Status::said("");
    }
    if ends_typing(&msg) {
        model.typed = None;
    }
    match msg {
        Msg::PressedPlay => play_or_pause(model),
        Msg::PressedStep => {
            model.is_playing = false;
            begin(model);
            drop_goal(
                model,
                vec![Effect::SetRunning(false), Effect::Step, Effect::ShowNow],
            )
        }
        Msg::PressedReset => reset::reset(model),
        Msg::MovedSpeed(place) => {
            model.speed = Speed::from_slider(place);
            model.refused.remove(SPEED_FIELD);
            vec![Effect::SetSpeed(model.speed)]
        }
        #[cfg(feature = "page")]
        Msg::EnteredSpeed(text) => match Speed::parse(&text) {
            Ok(speed) => {
                model.refused.remove(SPEED_FIELD);
                model.speed = speed;
                vec![Effect::SetSpeed(speed)]
            }
            Err(fault) => refuse(
                model,
                SPEED_FIELD,
                &dial::Turn::To(text),
                fault.help.unwrap_or(fault.message),
            ),
        },
        Msg::ToggledMotion => {
            model.has_motion = !model.has_motion;
            vec![Effect::ShowNow]
        }
        Msg::TurnedDial(control, turn) => {
            let edits = match dial::edits(model.document(), &model.authored, &control, &turn) {
                Ok(edits) => edits,
                Err(message) => return refuse(model, &control.key(), &turn, message),
            };
            let said = dial::said_about(&edits);
            let field = control.key();
            let key = matches!(turn, dial::Turn::Slid(_)).then_some(&*field);
            let effects = change(model, edits, key, Some(&field));
            let is_plain = !effects.is_empty() && !model.status.is_error;
            if let (true, Some(said)) = (is_plain, said) {
                model.status = Status::said(said);
            }
            effects
        }
        Msg::Typed(key, text) => {
            model.typed = Some(Typed { key, text });
            Vec::new()
        }
        Msg::LeftField => Vec::new(),
        Msg::GaveUpField(key) => {
            model.refused.remove(&key);
            Vec::new()
        }
        Msg::SettledDial => {
            model.history.settle();
            Vec::new()
        }
        Msg::ChoseFaultNode(name) => {
            model.fault_node = Some(name);
            Vec::new()
        }
        Msg::PressedFault(fault, name) => {
            let Some(name) = name.or_else(|| model.fault_target()) else {
                return Vec::new();
            };
            put_fault(model, fault, name)
        }
        Msg::PressedAddServer => update(
            model,
            Msg::TurnedDial(diagram::Control::Servers, dial::Turn::Up),
        ),
        Msg::PressedRemoveServer => {
            let turned = Msg::TurnedDial(diagram::Control::Servers, dial::Turn::Down);
            let mut effects = update(model, turned);
            effects.extend(selection::follow(model));
            effects
        }
        Msg::SelectedNode(name) => selection::select(model, name),
        Msg::OpenedNode(name) => selection::open(model, name),
        Msg::ClosedCard => selection::close(model),
        Msg::ClearedSelection => selection::clear(model),
        Msg::PressedArrow(direction) => selection::go(model, direction),
        Msg::Sampled(sample) => {
            take_in(model, *sample);
            Vec::new()
        }
        Msg::Stepped(sentence) => {
            model.status = Status::said(sentence.unwrap_or_else(|| text::NOTHING_LEFT.to_owned()));
            Vec::new()
        }
        Msg::EditRefused(reason) => {
            model.status = Status::failed(text::edit_refused(&reason));
            Vec::new()
        }
        Msg::ReachedGoal => {
            let moment = model.goal.take().unwrap_or(model.now());
            model.status = Status::said(text::arrived(&moment.to_string()));
            vec![Effect::SetRunning(model.is_running()), Effect::ShowNow]
        }
        Msg::Spoke(sentence) => {
            model.status = Status::said(sentence);
            Vec::new()
        }
        Msg::ChangedVisibility(is_visible) => {
            if model.is_visible == is_visible {
                return Vec::new();
            }
            model.is_visible = is_visible;
            vec![Effect::SetRunning(model.is_running())]
        }
        Msg::ChangedMotion(has_motion) => {
            model.has_motion = has_motion;
            vec![Effect::ShowNow]
        }

        #[cfg(feature = "page")]
        Msg::EnteredGoal(text) => goal::run_to(model, &text),
        #[cfg(feature = "page")]
        Msg::PressedUndo => travel(model, Way::Back),
        #[cfg(feature = "page")]
        Msg::PressedRedo => travel(model, Way::Forward),
        #[cfg(feature = "page")]
        Msg::NudgedNode(..)
        | Msg::PressedAdd(..)
        | Msg::PressedDuplicate
        | Msg::PressedDelete
        | Msg::EnteredName(..)
        | Msg::EnteredSetting(..)
        | Msg::ChoseTarget(..)
        | Msg::ChoseSource(..)
        | Msg::Connected(..)
        | Msg::Disconnected(..)
        | Msg::DraggedNode(..)
        | Msg::DroppedNode
        | Msg::CancelledDrag => nodes::update(model, msg),
        #[cfg(feature = "page")]
        Msg::DraggedLink(name, at) => linking::drag(model, name, at),
        #[cfg(feature = "page")]
        Msg::DroppedLink => linking::drop(model),
        #[cfg(feature = "page")]
        Msg::ToggledPanel(..)
        | Msg::EditedImport(..)
        | Msg::PressedImport
        | Msg::ReadFile(..)
        | Msg::PressedDownload
        | Msg::PressedCopyScenario
        | Msg::PressedCopyLink
        | Msg::PressedStartOver
        | Msg::MadeLink { .. }
        | Msg::FailedLink(..)
        | Msg::Copied(..)
        | Msg::OpenedLink(..)
        | Msg::PressedKept(..)
        | Msg::Loaded(..)
        | Msg::Saved(..) => exchange::update(model, msg),
        #[cfg(not(feature = "page"))]
        _ => Vec::new(),
    }
}

/// Whether the text being typed is finished or given up with this message.
fn ends_typing(msg: &Msg) -> bool {
    matches!(
        msg,
        Msg::LeftField
            | Msg::GaveUpField(_)
            | Msg::EnteredGoal(_)
            | Msg::EnteredSpeed(_)
            | Msg::EnteredName(_)
            | Msg::EnteredSetting(..)
            | Msg::TurnedDial(..)
            | Msg::PressedReset
            | Msg::SelectedNode(_)
            | Msg::OpenedNode(_)
            | Msg::ClearedSelection
    )
}

/// Keeps a text that means nothing in its field, and says what is wrong with it.
fn refuse(model: &mut Model, field: &str, turn: &dial::Turn, message: String) -> Vec<Effect> {
    model.status = Status::failed(text::edit_refused(&message));
    if let dial::Turn::To(text) = turn {
        let text = text.clone();
        let refused = Refused { text, message };
        model.refused.insert(field.to_owned(), refused);
    }
    Vec::new()
}

fn take_in(model: &mut Model, mut sample: Sample) {
    if let Some(charts) = sample.charts.take() {
        model.charts = Some(charts);
    }
    // The timeline may have changed the system and broken nodes; the next edit starts from there.
    model.history.follow(Rc::clone(&sample.design));
    model.faults = sample.faults();
    if sample.document != model.running {
        model.running = Rc::clone(&sample.document);
        forget_missing(model);
    }
    model.sample = Some(Rc::new(sample));
}
