//! What the browser keeps: the reader's own scenario and the one from a link, and the way from one
//! to the other.

use diagram::Document;

use super::exchange::show;
use super::selection;
use crate::effect::Effect;
use crate::kept::{Opened, Slot};
use crate::model::{Model, Status};
use crate::msg::Msg;
use crate::text;

pub(super) fn update(model: &mut Model, msg: Msg) -> Vec<Effect> {
    match msg {
        Msg::PressedKept(slot) => {
            let mut effects = Vec::new();
            // A link's scenario that was not changed yet is kept as well: the address is about to go.
            if model.slot() == Slot::Opened && model.kept.opened == Opened::Nothing {
                effects.push(Effect::Save(Slot::Opened, model.design().clone()));
            }
            effects.push(Effect::Load(slot));
            effects
        }
        Msg::Loaded(slot, text) => loaded(model, slot, text),
        Msg::Saved(slot, has_worked) => {
            model.kept.is_refused = !has_worked;
            if has_worked {
                match slot {
                    Slot::Own => model.kept.own = true,
                    Slot::Opened => model.kept.opened = Opened::Last,
                }
            }
            Vec::new()
        }
        _ => Vec::new(),
    }
}

/// Another link is about to be shown: what is kept of the last one is work on an earlier one.
pub(super) fn link_follows(model: &mut Model) {
    if model.kept.opened == Opened::Last {
        model.kept.opened = Opened::Earlier;
    }
}

fn loaded(model: &mut Model, slot: Slot, text: Option<String>) -> Vec<Effect> {
    let read = text.as_deref().map(Document::parse);
    let (document, said) = match (read, slot) {
        (Some(Ok(document)), Slot::Own) => (document, text::OWN_LOADED),
        (Some(Ok(document)), Slot::Opened) => (document, text::OPENED_LOADED),
        (None, Slot::Own) => (Document::default_playground(), text::NO_OWN_YET),
        (None, Slot::Opened) => {
            model.kept.opened = Opened::Nothing;
            model.status = Status::failed(text::NO_LONGER_KEPT);
            return Vec::new();
        }
        (Some(Err(_)), _) => {
            model.status = Status::failed(text::UNREADABLE_KEPT);
            model.show_unreadable(text.unwrap_or_default());
            return Vec::new();
        }
    };
    if slot == Slot::Opened {
        model.kept.opened = Opened::Last;
    }
    let mut effects = show(model, document.clone(), document, slot);
    model.status = Status::said(said);
    let focus = selection::anchor(model);
    effects.extend([Effect::ClearFragment, Effect::KeepFocus(focus)]);
    effects
}
