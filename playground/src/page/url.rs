//! The address of the page: a share link lives in its fragment, which is never sent to a server.

/// What a share link's fragment begins with.
pub const SHARE_PREFIX: &str = "#s=";

/// The code of the share link in the address, if there is one.
pub fn shared_code() -> Option<String> {
    let fragment = web_sys::window()?.location().hash().ok()?;
    Some(fragment.strip_prefix(SHARE_PREFIX)?.to_owned())
}

/// The address of this page with the share code `code`.
pub fn share_link(code: &str) -> String {
    let page = web_sys::window().map(|window| window.location());
    let origin = page
        .as_ref()
        .and_then(|page| page.origin().ok())
        .unwrap_or_default();
    let path = page
        .as_ref()
        .and_then(|page| page.pathname().ok())
        .unwrap_or_default();
    format!("{origin}{path}{SHARE_PREFIX}{code}")
}

/// Takes the fragment out of the address, because what it describes is no longer what is shown.
pub fn clear_fragment() {
    let Some(window) = web_sys::window() else {
        return;
    };
    let location = window.location();
    let (Ok(path), Ok(query), Ok(history)) =
        (location.pathname(), location.search(), window.history())
    else {
        return;
    };
    let _ = history.replace_state_with_url(
        &wasm_bindgen::JsValue::NULL,
        "",
        Some(&format!("{path}{query}")),
    );
}
