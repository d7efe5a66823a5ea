//! The Yew application: live figures in articles, and the playground page.
//!
//! The page's `boot.js` loads it once and mounts each host when it comes near the viewport. What a
//! host shows before, computed at build time, is put back whenever anything fails.

#![expect(
    unreachable_pub,
    reason = "a binary exports nothing; `pub` says that an item is for other modules"
)]

mod announce;
#[cfg(all(test, target_arch = "wasm32"))]
mod browser_tests;
mod by_name;
mod clipboard;
mod dial;
mod effect;
mod file;
mod frame_loop;
mod history;
mod input;
mod island;
mod marks;
mod model;
mod msg;
mod observe;
mod painter;
mod rescue;
mod sample;
mod session;
mod storage;
mod text;
mod update;
mod url;
mod view;

use std::rc::Rc;

use diagram::Document;
use wasm_bindgen::prelude::wasm_bindgen;
use web_sys::Element;
use yew::AttrValue;

use crate::island::{Island, Props};
use crate::model::Surface;
use crate::view::Opening;

fn main() {
    rescue::install_panic_hook();
}

/// Brings one host to life: a figure (`data-live`) or the playground (`data-playground`). Where its
/// data cannot be read, it stays as it is and says so.
#[wasm_bindgen]
pub fn mount(host: Element) {
    if rescue::has_panicked() {
        rescue::say(&host, text::UNREADABLE_FIGURE);
        return;
    }
    let props = if host.has_attribute("data-playground") {
        Some(playground_props(&host))
    } else {
        figure_props(&host)
    };
    let Some(props) = props else {
        rescue::say(&host, text::UNREADABLE_FIGURE);
        return;
    };
    rescue::remember(&host);
    // Translation extensions rewrite text under the feet of whoever renders it.
    let _ = host.set_attribute("translate", "no");
    let _handle = yew::Renderer::<Island>::with_root_and_props(host, props).render();
}

fn playground_props(host: &Element) -> Props {
    let (document, status) = island::first_document();
    Props {
        surface: Surface::Playground,
        document: Rc::new(document),
        id: AttrValue::from("playground"),
        host: host.clone(),
        opening: None,
        status,
    }
}

fn figure_props(host: &Element) -> Option<Props> {
    let figure = host.closest("[data-figure]").ok()??;
    let json = figure
        .query_selector(".figure-data")
        .ok()??
        .text_content()?;
    let data = js_sys::JSON::parse(&json).ok()?;
    let text = js_sys::Reflect::get(&data, &"document".into())
        .ok()?
        .as_string()?;
    let document = Document::parse(&text).ok()?;
    Some(Props {
        surface: Surface::Figure,
        document: Rc::new(document),
        id: host
            .get_attribute("data-figure-id")
            .unwrap_or_else(|| figure.id())
            .into(),
        host: host.clone(),
        opening: opening(host),
        status: None,
    })
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
