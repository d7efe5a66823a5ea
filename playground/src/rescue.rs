//! What remains when the application fails: the static figures, put back with one line saying so.
//!
//! After a panic the WebAssembly instance cannot be trusted, so every figure of the page is given
//! back its computed content, and nothing of the application runs again.

use std::cell::{Cell, RefCell};

use wasm_bindgen::JsCast as _;
use web_sys::{Element, Node};

use crate::text;

thread_local! {
    static HOSTS: RefCell<Vec<Host>> = const { RefCell::new(Vec::new()) };
    static HAS_PANICKED: Cell<bool> = const { Cell::new(false) };
}

struct Host {
    element: Element,
    static_content: Vec<Node>,
}

/// Remembers the static content of `element` before the live figure replaces it.
pub fn remember(element: &Element) {
    let nodes = element.child_nodes();
    let static_content = (0..nodes.length())
        .filter_map(|place| nodes.get(place))
        .collect();
    HOSTS.with_borrow_mut(|hosts| {
        hosts.push(Host {
            element: element.clone(),
            static_content,
        })
    });
}

/// Whether the application has failed; everything that the browser calls asks this first.
pub fn has_panicked() -> bool {
    HAS_PANICKED.get()
}

/// Says what went wrong on the console and puts every static figure back.
pub fn install_panic_hook() {
    yew::set_custom_panic_hook(Box::new(|info| {
        HAS_PANICKED.set(true);
        web_sys::console::error_1(&info.to_string().into());
        // The panic may have happened while the list was borrowed; then there is nothing to save.
        let _ = HOSTS.try_with(|hosts| {
            if let Ok(hosts) = hosts.try_borrow() {
                hosts.iter().for_each(restore);
            }
        });
    }));
}

/// Makes `host` a computed figure for good, with one line that says why.
pub fn say(host: &Element, sentence: &str) {
    let _ = host.class_list().add_1("is-static");
    if let Ok(Some(status)) = host.query_selector(".figure-status") {
        status.set_text_content(Some(sentence));
    }
}

fn restore(host: &Host) {
    // A fresh element has none of the event listeners that lead into the broken instance.
    let Ok(fresh) = host.element.clone_node() else {
        return;
    };
    for node in &host.static_content {
        let _ = fresh.append_child(node);
    }
    let Some(fresh) = fresh.dyn_ref::<Element>() else {
        return;
    };
    say(fresh, text::COULD_NOT_GO_ON);
    let _ = host.element.replace_with_with_node_1(fresh);
}
