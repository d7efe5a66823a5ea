//! What happens to the page as a whole: its keys, and another share link in its address.

use wasm_bindgen::JsCast as _;
use web_sys::{Element, KeyboardEvent};
use yew::prelude::*;

use super::url;
use crate::input::keyboard;
use crate::msg::Msg;
use crate::observe::Listener;

/// Listens as long as it lives.
pub struct Listeners {
    _keys: Listener,
    _fragment: Listener,
}

impl Listeners {
    /// Begins to listen, and tells what is heard.
    pub fn new(tell: &Callback<Msg>) -> Option<Self> {
        let window = web_sys::window()?;
        let pressed = {
            let tell = tell.clone();
            Callback::from(move |event: Event| {
                let Some(event) = event.dyn_ref::<KeyboardEvent>() else {
                    return;
                };
                if is_in_text(event) {
                    return;
                }
                if let Some(msg) = keyboard::on_page(&keyboard::Stroke::of(event)) {
                    event.prevent_default();
                    tell.emit(msg);
                }
            })
        };
        let opened = {
            let tell = tell.clone();
            Callback::from(move |_: Event| {
                if let Some(code) = url::shared_code() {
                    tell.emit(Msg::OpenedLink(code));
                }
            })
        };
        Some(Self {
            _keys: Listener::new(&window, "keydown", pressed),
            _fragment: Listener::new(&window, "hashchange", opened),
        })
    }
}

/// Whether a key press belongs to a text field, which has an undo of its own.
fn is_in_text(event: &KeyboardEvent) -> bool {
    let target = event
        .target()
        .and_then(|target| target.dyn_into::<Element>().ok());
    target.is_some_and(|target| {
        target
            .closest("textarea, input:not([type=range]):not([type=checkbox])")
            .is_ok_and(|field| field.is_some())
    })
}
