//! Files: one that the reader chooses, one that the reader keeps.

use js_sys::Array;
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{Blob, File, HtmlAnchorElement, Url};
use yew::Callback;

/// Far more than the longest scenario; a larger file is not even read.
const LARGEST_BYTES: f64 = 1_000_000.0;

/// Reads `file` as text; tells `done` `None` where that is not possible.
pub fn read(file: &File, done: Callback<Option<String>>) {
    if file.size() > LARGEST_BYTES {
        return done.emit(None);
    }
    let promise = file.text();
    spawn_local(async move {
        done.emit(
            JsFuture::from(promise)
                .await
                .ok()
                .and_then(|text| text.as_string()),
        );
    });
}

/// Offers `text` as a file called `name`.
pub fn offer(name: &str, text: &str) -> Option<()> {
    let parts = Array::of1(&JsValue::from_str(text));
    let blob = Blob::new_with_str_sequence(&parts).ok()?;
    let address = Url::create_object_url_with_blob(&blob).ok()?;
    let document = web_sys::window()?.document()?;
    let link: HtmlAnchorElement = document.create_element("a").ok()?.dyn_into().ok()?;
    link.set_href(&address);
    link.set_download(name);
    link.click();
    let _ = Url::revoke_object_url(&address);
    Some(())
}
