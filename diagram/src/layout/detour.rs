//! A way around the boxes behind which a link would disappear.
//!
//! A link that passes a node looks like two links that meet there, so it is drawn in an arch beside it.

use super::edge::Edge;
use super::{Orientation, Rect};

/// How far aside the handles of an arch may be pulled, the nearest first.
const REACHES: [f64; 4] = [80.0, 120.0, 170.0, 230.0];
/// An arch stays so far inside the picture.
const INSIDE: f64 = 4.0;
const SAMPLES: u32 = 40;
/// What crosses a corner of a box is seen on both sides of it; this share of a way is not.
const HIDDEN: usize = SAMPLES as usize / 5;

/// `edge` itself, or where boxes hide it and there is room, an arch beside them.
pub(super) fn around(
    edge: Edge,
    boxes: &[Rect],
    (width, height): (f64, f64),
    orientation: Orientation,
) -> Edge {
    if crossings(&edge, boxes) < HIDDEN {
        return edge;
    }
    let sides = REACHES.iter().flat_map(|&reach| [-reach, reach]);
    let mut arches = sides.map(|aside| arch(&edge, aside, orientation));
    let is_inside = |arch: &Edge| {
        points(arch).all(|(x, y)| {
            (INSIDE..=width - INSIDE).contains(&x) && (INSIDE..=height - INSIDE).contains(&y)
        })
    };
    let free = arches.find(|arch| is_inside(arch) && crossings(arch, boxes) == 0);
    free.unwrap_or(edge)
}

fn arch(edge: &Edge, aside: f64, orientation: Orientation) -> Edge {
    let (start, end) = (edge.point(0.0), edge.point(1.0));
    let third = ((end.0 - start.0) / 3.0, (end.1 - start.1) / 3.0);
    let (x, y) = match orientation {
        Orientation::Across => (0.0, aside),
        Orientation::Down => (aside, 0.0),
    };
    let curve = [
        start,
        (start.0 + third.0 + x, start.1 + third.1 + y),
        (end.0 - third.0 + x, end.1 - third.1 + y),
        end,
    ];
    Edge::curved(edge.from, edge.to, curve)
}

/// How many points of the way lie in boxes that are not its own.
fn crossings(edge: &Edge, boxes: &[Rect]) -> usize {
    let own = [edge.from.index(), edge.to.index()];
    let others = || boxes.iter().enumerate().filter(|(id, _)| !own.contains(id));
    points(edge)
        .filter(|&point| others().any(|(_, rect)| rect.contains(point)))
        .count()
}

fn points(edge: &Edge) -> impl Iterator<Item = (f64, f64)> {
    (0..=SAMPLES).map(|step| edge.point(f64::from(step) / f64::from(SAMPLES)))
}
