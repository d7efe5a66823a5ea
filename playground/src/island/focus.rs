//! Carrying out where the keyboard focus is to go, once the page shows what has happened.

use wasm_bindgen::JsCast as _;
use web_sys::{Element, HtmlElement};

use super::{Island, Props};
use crate::focus::Focus;

impl Island {
    /// Notes what is to get the keyboard focus after the next rendering, when it is on the page.
    pub(super) fn wish_focus(&mut self, focus: Focus, when: When) {
        if when == When::Always || active().is_some_and(|active| self.host.contains(Some(&active)))
        {
            self.wished_focus = Some((focus, when));
        }
    }

    /// Gives the keyboard focus to what was wished.
    pub(super) fn carry_out_focus(&mut self, props: &Props) {
        let Some((focus, when)) = self.wished_focus.take() else {
            return;
        };
        // What loses its place on the page leaves the focus to the page as a whole.
        let is_lost = active().is_none_or(|active| active.tag_name() == "BODY");
        if when == When::IfLost && !is_lost {
            return;
        }
        let document = web_sys::window().and_then(|window| window.document());
        let found = document.and_then(|page| page.get_element_by_id(&focus.id(&props.id)));
        if let Some(found) = found {
            // Parts of an SVG have the same function as those of HTML.
            let _ = found.unchecked_ref::<HtmlElement>().focus();
        }
    }
}

/// Under which condition the focus moves.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum When {
    /// In any case.
    Always,
    /// If the rendering has taken away what had it.
    IfLost,
}

/// What has the keyboard focus.
fn active() -> Option<Element> {
    web_sys::window()?.document()?.active_element()
}
