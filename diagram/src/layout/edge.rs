//! The curve of a link.

use simulator::NodeId;

use super::{Orientation, Rect};
use crate::fixed::px;

/// A way from the calling node to the called one: a cubic curve between two straight pieces, which
/// lead past other boxes and are usually empty.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Edge {
    /// The node that calls.
    pub from: NodeId,
    /// The node that is called.
    pub to: NodeId,
    /// Where it leaves.
    start: (f64, f64),
    /// Start, two control points and end of the curve.
    curve: [(f64, f64); 4],
    /// Where it arrives.
    end: (f64, f64),
}

impl Edge {
    /// The point at the fraction `t` of the way, 0 at `from` and 1 at `to`.
    #[must_use]
    pub fn point(&self, t: f64) -> (f64, f64) {
        let t = if t.is_nan() { 0.0 } else { t.clamp(0.0, 1.0) };
        let [first, .., last] = self.curve;
        let lengths = [
            distance(self.start, first),
            distance(first, last),
            distance(last, self.end),
        ];
        let way = t * (lengths[0] + lengths[1] + lengths[2]);
        if way < lengths[0] {
            between(self.start, first, way / lengths[0])
        } else if way <= lengths[0] + lengths[1] {
            self.bend((way - lengths[0]) / lengths[1].max(1e-9))
        } else {
            between(last, self.end, (way - lengths[0] - lengths[1]) / lengths[2])
        }
    }

    fn bend(&self, t: f64) -> (f64, f64) {
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

    /// The way as the `d` of an SVG path.
    #[must_use]
    pub fn path(&self) -> String {
        let [a, b, c, d] = self.curve;
        let at = |(x, y): (f64, f64)| format!("{} {}", px(x), px(y));
        let mut path = format!("M{}", at(self.start));
        if a != self.start {
            path.push_str(&format!("L{}", at(a)));
        }
        path.push_str(&format!("C{} {} {}", at(b), at(c), at(d)));
        if d != self.end {
            path.push_str(&format!("L{}", at(self.end)));
        }
        path
    }

    /// The way between two of `boxes`.
    pub(super) fn route(
        from: NodeId,
        to: NodeId,
        boxes: &[Rect],
        orientation: Orientation,
    ) -> Self {
        let (start, end) = (boxes[from.index()], boxes[to.index()]);
        let is_beside = end.x >= start.right() || start.x >= end.right();
        let is_level = end.y < start.bottom() && start.y < end.bottom();
        let runs_across = match orientation {
            Orientation::Across => is_beside,
            Orientation::Down => is_beside && is_level,
        };
        if runs_across && end.x >= start.right() {
            return past_boxes(from, to, boxes);
        }
        let curve = if runs_across {
            across(start, end)
        } else {
            down(start, end)
        };
        Self::curved(from, to, curve)
    }

    /// A way that is one curve.
    pub(super) const fn curved(from: NodeId, to: NodeId, curve: [(f64, f64); 4]) -> Self {
        let (start, end) = (curve[0], curve[3]);
        Self {
            from,
            to,
            start,
            curve,
            end,
        }
    }
}

fn distance(a: (f64, f64), b: (f64, f64)) -> f64 {
    libm::sqrt((b.0 - a.0) * (b.0 - a.0) + (b.1 - a.1) * (b.1 - a.1))
}

fn between(a: (f64, f64), b: (f64, f64), t: f64) -> (f64, f64) {
    (a.0 + (b.0 - a.0) * t, a.1 + (b.1 - a.1) * t)
}

/// From left to right. Where a column of other boxes stands between the two, and the row of one end
/// passes it in a gap, the way keeps to that row there.
fn past_boxes(from: NodeId, to: NodeId, boxes: &[Rect]) -> Edge {
    let (start, end) = (boxes[from.index()], boxes[to.index()]);
    let obstacles: Vec<&Rect> = (0..)
        .zip(boxes)
        .filter(|&(id, rect)| {
            id != from.0 && id != to.0 && rect.x >= start.right() && rect.right() <= end.x
        })
        .map(|(_, rect)| rect)
        .collect();
    let is_free = |y: f64| {
        obstacles
            .iter()
            .all(|rect| y < rect.y - 2.0 || y > rect.bottom() + 2.0)
    };
    let (leaves, arrives) = ((start.right(), start.centre().1), (end.x, end.centre().1));
    let first = obstacles
        .iter()
        .map(|rect| rect.x)
        .fold(arrives.0, f64::min)
        - CLEARANCE;
    let last = obstacles
        .iter()
        .map(|rect| rect.right())
        .fold(leaves.0, f64::max)
        + CLEARANCE;
    let mut bent = (leaves, arrives);
    if !obstacles.is_empty() && is_free(arrives.1) && first > leaves.0 {
        bent.1.0 = first;
    } else if !obstacles.is_empty() && is_free(leaves.1) && last < arrives.0 {
        bent.0.0 = last;
    }
    let curve = level(bent.0, bent.1);
    Edge {
        from,
        to,
        start: leaves,
        curve,
        end: arrives,
    }
}

/// How far before a column of boxes a way has found its row.
const CLEARANCE: f64 = 14.0;

/// Leaves and arrives level.
fn across(start: Rect, end: Rect) -> [(f64, f64); 4] {
    let is_forward = end.centre().0 >= start.centre().0;
    let (x1, x2) = if is_forward {
        (start.right(), end.x)
    } else {
        (start.x, end.right())
    };
    level((x1, start.centre().1), (x2, end.centre().1))
}

/// A curve that begins and ends level.
fn level((x1, y1): (f64, f64), (x2, y2): (f64, f64)) -> [(f64, f64); 4] {
    // However far apart: a longer bend would look like two corners.
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
