//! The one place where the model changes: pure, so that it is tested without a browser.

#[cfg(feature = "page")]
mod exchange;
mod fault;
#[cfg(feature = "page")]
mod kept;
#[cfg(feature = "page")]
mod linking;
#[cfg(feature = "page")]
mod nodes;
mod reset;
mod selection;

#[cfg(test)]
mod tests;
#[cfg(feature = "page")]
mod travel;

#[cfg(feature = "page")]
pub use nodes::NAME_FIELD;

use std::rc::Rc;

use diagram::quantity::parse_duration;
use diagram::speed::Speed;
use diagram::{Document, Edit};
use simulator::{SimDuration, SimTime};

use self::fault::put_fault;
#[cfg(feature = "page")]
use self::travel::{Way, travel};
use crate::dial;
use crate::effect::Effect;
use crate::history::State;
use crate::kept::{Opened, Slot};
use crate::model::{Model, Refused, Status, Surface, Typed};
use crate::msg::Msg;
use crate::sample::Sample;
use crate::text;

/// The key under which an invalid moment to run to is kept.
pub const GOAL_FIELD: &str = "run-to";
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
            let edits = match dial::edits(model.document(), &model.authored, control, &turn) {
                Ok(edits) => edits,
                Err(message) => return refuse(model, control.key(), &turn, message),
            };
            let said = dial::said_about(&edits);
            let key = matches!(turn, dial::Turn::Slid(_)).then(|| control.key());
            let effects = change(model, edits, key, Some(control.key()));
            if let (false, Some(said)) = (effects.is_empty(), said) {
                model.status = Status::said(said);
            }
            effects
        }
        Msg::Typed(key, text) => {
            model.typed = Some(Typed { key, text });
            Vec::new()
        }
        Msg::LeftField => Vec::new(),
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
        Msg::PressedRemoveServer => update(
            model,
            Msg::TurnedDial(diagram::Control::Servers, dial::Turn::Down),
        ),
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
        Msg::EnteredGoal(text) => run_to(model, &text),
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

fn play_or_pause(model: &mut Model) -> Vec<Effect> {
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

fn run_to(model: &mut Model, text: &str) -> Vec<Effect> {
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

/// From now on the live run is shown, not the computed picture.
fn begin(model: &mut Model) {
    model.has_started = true;
}

fn drop_goal(model: &mut Model, mut effects: Vec<Effect>) -> Vec<Effect> {
    if model.goal.take().is_some() {
        effects.insert(0, Effect::SetGoal(None));
    }
    effects
}

/// Carries out `edits` as one step of undo. Nothing happens where one of them does not fit: the
/// reason stands under `field`, or at the foot. Steps in a row with the same `key` become one.
fn change(
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
        effects.push(Effect::CarryChanges(model.changes.text()));
    }
    keep(model, effects)
}

/// In the playground, what was changed survives a reload and no longer is what the address says.
fn keep(model: &Model, mut effects: Vec<Effect>) -> Vec<Effect> {
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
fn replace(model: &mut Model, state: State) -> Vec<Effect> {
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
fn rewind(model: &mut Model, document: &Rc<Document>) -> Vec<Effect> {
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

fn forget_missing(model: &mut Model) {
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

/// The latency of a link that is made by hand.
pub const NEW_LINK_LATENCY: SimDuration = SimDuration::from_micros(250);
