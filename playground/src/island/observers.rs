//! What an island listens to in the browser, for as long as it lives.

use wasm_bindgen::JsCast as _;
use web_sys::{Element, KeyboardEvent};
use yew::prelude::*;

use super::{Happened, Island};
use crate::input::keyboard;
use crate::model::Surface;
use crate::msg::Msg;
use crate::observe::{Listener, Motion, Size, Theme, Visibility};
use crate::url;

/// What has to live as long as the island.
pub struct Observers {
    _visibility: Option<Visibility>,
    _size: Option<Size>,
    _theme: Option<Theme>,
    _motion: Motion,
    _keys: Option<Listener>,
    _fragment: Option<Listener>,
}

impl Observers {
    /// Begins to listen for the island of `ctx`.
    pub fn new(ctx: &Context<Island>) -> Self {
        let link = ctx.link();
        let told = link.callback(Happened::Told);
        let host = &ctx.props().host;
        let window = web_sys::window();
        let is_page = ctx.props().surface == Surface::Playground;
        let page = window.as_ref().filter(|_| is_page);
        let pressed = {
            let told = told.clone();
            Callback::from(move |event: Event| {
                let Some(event) = event.dyn_ref::<KeyboardEvent>() else {
                    return;
                };
                if is_in_text(event) {
                    return;
                }
                if let Some(msg) = keyboard::on_page(&keyboard::Stroke::of(event)) {
                    event.prevent_default();
                    told.emit(msg);
                }
            })
        };
        let opened = {
            let told = told.clone();
            Callback::from(move |_: Event| {
                if let Some(code) = url::shared_code() {
                    told.emit(Msg::OpenedLink(code));
                }
            })
        };
        Self {
            _visibility: Visibility::observe(host, told.reform(Msg::ChangedVisibility)),
            _size: Size::observe(host, link.callback(|()| Happened::Resized)),
            _theme: Theme::observe(link.callback(|()| Happened::ChangedTheme)),
            _motion: Motion::observe(
                told.reform(|is_reduced: bool| Msg::ChangedMotion(!is_reduced)),
            ),
            _keys: page.map(|window| Listener::new(window, "keydown", pressed)),
            _fragment: page.map(|window| Listener::new(window, "hashchange", opened)),
        }
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
