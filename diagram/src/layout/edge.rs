//! The curve of a link.

use simulator::NodeId;

use super::{Orientation, Rect};

/// A cubic curve from the calling node to the called one.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Edge {
    /// The node that calls.
    pub from: NodeId,
    /// The node that is called.
    pub to: NodeId,
    /// Start, two control points and end.
    pub curve: [(f64, f64); 4],
}

impl Edge {
    /// The point at the fraction `t` of the way, 0 at `from` and 1 at `to`.
    #[must_use]
    pub fn point(&self, t: f64) -> (f64, f64) {
        let t = if t.is_nan() { 0.0 } else { t.clamp(0.0, 1.0) };
        let s = 1.0 - t;
        let weights = [s * s * s, 3.0 * s * s * t, 3.0 * s * t * t, t * t * t];
        let sum = |pick: fn(&(f64, f64)) -> f64| {
            self.curve
                .iter()
                .zip(weights)
                .map(|(point, weight)| pick(point) * weight)
                .sum()
        };
        (sum(|point| point.0), sum(|point| point.1))
    }

    /// The curve as the `d` of an SVG path.
    #[must_use]
    pub fn path(&self) -> String {
        let [a, b, c, d] = self.curve;
        format!(
            "M{:.1} {:.1}C{:.1} {:.1} {:.1} {:.1} {:.1} {:.1}",
            a.0, a.1, b.0, b.1, c.0, c.1, d.0, d.1
        )
    }

    pub(super) fn between(
        (from, start): (NodeId, Rect),
        (to, end): (NodeId, Rect),
        orientation: Orientation,
    ) -> Self {
        let is_beside = end.x >= start.right() || start.x >= end.right();
        let is_level = end.y < start.bottom() && start.y < end.bottom();
        let runs_across = match orientation {
            Orientation::Across => is_beside,
            Orientation::Down => is_beside && is_level,
        };
        let curve = if runs_across {
            across(start, end)
        } else {
            down(start, end)
        };
        Self { from, to, curve }
    }
}

/// Leaves and arrives level.
fn across(start: Rect, end: Rect) -> [(f64, f64); 4] {
    let is_forward = end.centre().0 >= start.centre().0;
    let (x1, x2) = if is_forward {
        (start.right(), end.x)
    } else {
        (start.x, end.right())
    };
    let (y1, y2) = (start.centre().1, end.centre().1);
    // Near boxes in tall columns: a bend of at least this length keeps the ends level.
    let bend = ((x2 - x1) / 2.0).clamp(-140.0, 140.0);
    [(x1, y1), (x1 + bend, y1), (x2 - bend, y2), (x2, y2)]
}

/// Leaves and arrives upright.
fn down(start: Rect, end: Rect) -> [(f64, f64); 4] {
    let is_forward = end.centre().1 >= start.centre().1;
    let (y1, y2) = if is_forward {
        (start.bottom(), end.y)
    } else {
        (start.y, end.bottom())
    };
    let (x1, x2) = (start.centre().0, end.centre().0);
    let long = y2 - y1;
    if long.abs() <= LONG {
        let bend = long / 2.0;
        return [(x1, y1), (x1, y1 + bend), (x2, y2 - bend), (x2, y2)];
    }
    // A link that passes other rows keeps to the middle of the picture, where the gap between the
    // boxes is, as long as it can.
    let (far, near) = (long * 0.85, 20.0_f64.copysign(long));
    let starts_in_middle = (x1 - MIDDLE).abs() <= (x2 - MIDDLE).abs();
    if starts_in_middle {
        [(x1, y1), (x1, y1 + far), (x2, y2 - near), (x2, y2)]
    } else {
        [(x1, y1), (x1, y1 + near), (x2, y2 - far), (x2, y2)]
    }
}

/// The middle of the picture on a phone.
const MIDDLE: f64 = 164.0;
/// A longer way down passes another row.
const LONG: f64 = 100.0;
