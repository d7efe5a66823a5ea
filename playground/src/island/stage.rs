//! Where the picture lies on the page: its size for the painter and its height for the reader.

use wasm_bindgen::JsCast as _;
use web_sys::{Element, HtmlElement};

use super::Island;
use crate::painter::Viewport;

impl Island {
    /// Measures the canvas.
    pub(super) fn measure(&mut self) {
        let Some(canvas) = self.canvas.cast::<Element>() else {
            return;
        };
        let rect = canvas.get_bounding_client_rect();
        self.viewport = Some(Viewport {
            width: rect.width(),
            height: rect.height(),
            density: web_sys::window().map_or(1.0, |window| window.device_pixel_ratio()),
            layout_width: self.layout.width,
            layout_height: self.layout.height,
        });
        self.keep_height(&canvas);
    }

    /// The scene grows with the system but does not shrink with it: the button that removes one
    /// server after the other must not move away from under the finger.
    fn keep_height(&mut self, canvas: &Element) {
        let scene = canvas.closest(".scene").ok().flatten();
        let Some(scene) = scene.and_then(|scene| scene.dyn_into::<HtmlElement>().ok()) else {
            return;
        };
        let height = scene.get_bounding_client_rect().height();
        if height > self.tallest {
            self.tallest = height;
            let _ = scene
                .style()
                .set_property("min-height", &format!("{}px", diagram::Shortest(height)));
        }
    }

    /// Another width is another picture: its height begins anew.
    pub(super) fn forget_height(&mut self) {
        self.tallest = 0.0;
        let canvas = self.canvas.cast::<Element>();
        let scene = canvas.and_then(|canvas| canvas.closest(".scene").ok().flatten());
        if let Some(scene) = scene.and_then(|scene| scene.dyn_into::<HtmlElement>().ok()) {
            let _ = scene.style().remove_property("min-height");
        }
    }
}
