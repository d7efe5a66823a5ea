//! The Yew application: live figures in articles, and the playground page.
//!
//! The page's `boot.js` loads it once and mounts each host when it comes near the viewport. What a
//! host shows before, computed at build time, is put back whenever anything fails.
//!
//! Two bundles are made of it. `figure` is for articles, whose readers should not download what
//! their figures cannot do; `playground` has the feature `page` as well: the module `page`, the
//! inspector and everything else that edits.

#![expect(
    unreachable_pub,
    reason = "the two bundles only start it; `pub` says that an item is for other modules"
)]
// The figure's bundle is the same program without the places that only the page leads to; what then
// cannot be reached any more is left out when it is linked.
#![cfg_attr(not(feature = "page"), allow(dead_code, reason = "the page uses it"))]

mod announce;
#[cfg(feature = "page")]
mod beginning;
mod by_name;
mod changes;
mod dial;
mod effect;
mod focus;
mod frame_loop;
mod history;
mod input;
mod island;
mod kept;
#[cfg(feature = "page")]
mod link;
mod marks;
mod model;
mod msg;
mod observe;
#[cfg(feature = "page")]
mod page;
mod painter;
mod rescue;
mod sample;
mod session;
mod text;
mod update;
mod view;

use std::rc::Rc;

use diagram::script;
use js_sys::Array;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;
use web_sys::Element;

use crate::island::{Island, Props};
use crate::model::Surface;
use crate::view::Opening;

/// What a bundle does first.
pub fn start() {
    rescue::install_panic_hook();
}

/// Brings one host to life: a figure (`data-live`) or the playground (`data-playground`). Where its
/// data cannot be read, it stays as it is and says so.
#[wasm_bindgen]
pub fn mount(host: Element) {
    let props = props(&host).filter(|_| !rescue::has_panicked());
    let Some(props) = props else {
        rescue::say(&host, text::UNREADABLE_FIGURE);
        return;
    };
    rescue::remember(&host);
    // Translation extensions rewrite text under the feet of whoever renders it.
    let _ = host.set_attribute("translate", "no");
    let _handle = yew::Renderer::<Island>::with_root_and_props(host, props).render();
}

fn props(host: &Element) -> Option<Props> {
    #[cfg(feature = "page")]
    if host.has_attribute("data-playground") {
        return Some(page::props(host));
    }
    let figure = host.closest("[data-figure]").ok()??;
    let json = figure
        .query_selector(".figure-data")
        .ok()??
        .text_content()?;
    let document = script::read(&script_of(&json)?)?;
    Some(Props {
        surface: Surface::Figure,
        document: Rc::new(document),
        id: host
            .get_attribute("data-figure-id")
            .unwrap_or_else(|| figure.id())
            .into(),
        host: host.clone(),
        opening: opening(host),
        #[cfg(feature = "page")]
        beginning: None,
    })
}

/// The lines of words that stand on the page as `{"script": [["set", "seed", "7"], …]}`.
fn script_of(json: &str) -> Option<Vec<Vec<String>>> {
    let data = js_sys::JSON::parse(json).ok()?;
    let lines = js_sys::Reflect::get(&data, &"script".into()).ok()?;
    let words = |line: JsValue| Array::from(&line).iter().map(|it| it.as_string()).collect();
    Array::from(&lines).iter().map(words).collect()
}

/// The computed regions, as they stand on the page.
fn opening(host: &Element) -> Option<Opening> {
    let find = |selector: &str| host.query_selector(selector).ok().flatten();
    Some(Opening {
        across: find(".scene > .scene-across")?.outer_html().into(),
        down: find(".scene > .scene-down")?.outer_html().into(),
        numbers: find(".numbers")?.inner_html().into(),
        charts: find(".charts")?.inner_html().into(),
    })
}
