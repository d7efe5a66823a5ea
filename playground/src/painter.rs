//! Putting [`Marks`] on a surface. The trait is the seam: another way of drawing replaces one file.

mod canvas2d;

pub use canvas2d::Canvas2d;

use crate::marks::Marks;

/// Where the unit of the layout lies on the surface, in CSS pixels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Viewport {
    /// Width in CSS pixels.
    pub width: f64,
    /// Height in CSS pixels.
    pub height: f64,
    /// Device pixels per CSS pixel.
    pub density: f64,
    /// Width of the layout in its own units.
    pub layout_width: f64,
    /// Height of the layout in its own units.
    pub layout_height: f64,
}

impl Viewport {
    /// CSS pixels per unit of the layout; the layout fits into the surface and is centred, exactly as
    /// an SVG of the same size does by itself.
    #[must_use]
    pub fn scale(&self) -> f64 {
        let (width, height) = (self.layout_width.max(1.0), self.layout_height.max(1.0));
        (self.width / width).min(self.height / height)
    }

    /// Where the layout's origin lies, in CSS pixels.
    #[must_use]
    pub fn origin(&self) -> (f64, f64) {
        let scale = self.scale();
        (
            (self.width - self.layout_width * scale) / 2.0,
            (self.height - self.layout_height * scale) / 2.0,
        )
    }

    /// The point of the layout that lies at `(x, y)` CSS pixels.
    #[must_use]
    pub fn to_layout(self, x: f64, y: f64) -> (f64, f64) {
        let (scale, (left, top)) = (self.scale().max(1e-6), self.origin());
        ((x - left) / scale, (y - top) / scale)
    }
}

/// Draws the requests of one frame.
pub trait Painter {
    /// Replaces what was drawn by `marks`.
    fn paint(&mut self, marks: &Marks, viewport: &Viewport);

    /// Reads the colours again, after the theme has changed.
    fn refresh_colours(&mut self);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_layout_is_centred_in_a_surface_of_another_shape() {
        let viewport = Viewport {
            width: 400.0,
            height: 100.0,
            density: 2.0,
            layout_width: 100.0,
            layout_height: 50.0,
        };
        assert_eq!(viewport.scale(), 2.0);
        assert_eq!(viewport.origin(), (100.0, 0.0));
        assert_eq!(viewport.to_layout(100.0, 100.0), (0.0, 50.0));
    }
}
