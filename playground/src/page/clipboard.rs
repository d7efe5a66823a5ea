//! The clipboard, where the browser allows it.

use wasm_bindgen::JsValue;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use yew::Callback;

/// Puts `text` on the clipboard and tells `done` whether that worked.
pub fn copy(text: &str, done: Callback<bool>) {
    let Some(window) = web_sys::window() else {
        return done.emit(false);
    };
    let navigator = window.navigator();
    // Pages that did not come over a secure connection have no clipboard at all.
    let clipboard = js_sys::Reflect::get(&navigator, &JsValue::from_str("clipboard"));
    if clipboard.is_ok_and(|clipboard| clipboard.is_object()) {
        let promise = navigator.clipboard().write_text(text);
        spawn_local(async move { done.emit(JsFuture::from(promise).await.is_ok()) });
    } else {
        done.emit(false);
    }
}
