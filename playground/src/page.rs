//! What only the playground's page does in the browser: the address, the storage, files and the
//! clipboard. Figures have none of it.

mod clipboard;
mod file;
mod listeners;
pub mod storage;
mod url;

pub use listeners::Listeners;

use std::rc::Rc;

use diagram::Document;
use diagram::share::{self, SharedRun};
use web_sys::{Element, File};
use yew::{AttrValue, Callback};

use crate::effect::Effect;
use crate::island::Props;
use crate::model::{Status, Surface};
use crate::msg::Msg;
use crate::session::Session;
use crate::text;

/// What the playground in `host` begins with.
pub fn props(host: &Element) -> Props {
    let (document, status) = first_document();
    Props {
        surface: Surface::Playground,
        document: Rc::new(document),
        id: AttrValue::from("playground"),
        host: host.clone(),
        opening: None,
        status,
    }
}

/// The link's scenario, else the one last worked on, else the playground's own.
fn first_document() -> (Document, Option<Status>) {
    match url::shared_code().map(|code| share::decode(&code)) {
        Some(Ok(document)) => (document, Some(Status::said(text::LINK_OPENED))),
        Some(Err(error)) => {
            let status = Status::failed(text::link_refused(&error.to_string()));
            (Document::default_playground(), Some(status))
        }
        None => match storage::load().and_then(|saved| Document::parse(&saved).ok()) {
            Some(document) => (document, Some(Status::said(text::RESUMED))),
            None => (Document::default_playground(), None),
        },
    }
}

/// Carries out an effect that reaches out of the figure; what comes of it is told.
pub fn carry_out(effect: Effect, session: &Session, tell: &Callback<Msg>) {
    match effect {
        Effect::Save(document) => storage::save(&document.to_toml()),
        Effect::ForgetSaved => storage::forget(),
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
