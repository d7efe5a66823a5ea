//! What only the playground's page does in the browser: the address, the storage, files and the
//! clipboard. Figures have none of it.

mod clipboard;
mod file;
mod listeners;
pub mod storage;
mod url;

pub use listeners::Listeners;

use std::rc::Rc;

use diagram::share::{self, SharedRun};
use web_sys::{Element, File};
use yew::{AttrValue, Callback};

use crate::beginning::begin;
use crate::effect::Effect;
use crate::island::Props;
use crate::model::Surface;
use crate::msg::Msg;
use crate::session::Session;

/// What the playground in `host` begins with.
pub fn props(host: &Element) -> Props {
    let beginning = begin(url::shared_code().as_deref(), &storage::load());
    Props {
        surface: Surface::Playground,
        document: Rc::clone(&beginning.document),
        id: AttrValue::from("playground"),
        host: host.clone(),
        opening: None,
        beginning: Some(beginning),
    }
}

/// Carries out an effect that reaches out of the figure; what comes of it is told.
pub fn carry_out(effect: Effect, session: &Session, tell: &Callback<Msg>) {
    match effect {
        Effect::Save(slot, document) => {
            let has_worked = storage::save(slot, &document.to_toml());
            tell.emit(Msg::Saved(slot, has_worked));
        }
        Effect::Load(slot) => {
            storage::remember(slot);
            tell.emit(Msg::Loaded(slot, storage::load_from(slot)));
        }
        Effect::ClearFragment => url::clear_fragment(),
        Effect::MakeLink => {
            tell.emit(match share::encode_run(session.run()) {
                Ok(SharedRun { code, is_exact }) => Msg::MadeLink {
                    link: url::share_link(&code),
                    is_exact,
                },
                Err(error) => Msg::FailedLink(error.to_string()),
            });
        }
        Effect::Copy(text) => clipboard::copy(&text, tell.reform(Msg::Copied)),
        Effect::Download { name, text } => {
            let offered = file::offer(&name, &text);
            if offered.is_none() {
                tell.emit(Msg::Copied(false));
            }
        }
        // Everything else stays inside.
        _ => {}
    }
}

/// Reads a file that was chosen, and tells what is in it.
pub fn read_file(chosen: &File, tell: &Callback<Msg>) {
    file::read(chosen, tell.reform(Msg::ReadFile));
}
