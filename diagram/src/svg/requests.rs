//! Requests in a picture that stands still. Shape and colour say the same thing twice: a disc reads,
//! a square writes, a diamond has failed, a hollow disc was given up.

use simulator::{Fate, Place, Sighting, Sightings, SimTime};

use super::write;
use crate::document::Document;
use crate::fixed::{Fixed, fixed, px};
use crate::lane;
use crate::layout::{Layout, Rect};
use crate::turn::direction;

pub(super) fn draw(
    out: &mut String,
    document: &Document,
    layout: &Layout,
    now: SimTime,
    sightings: &Sightings,
) {
    out.push_str("<g class=\"d-requests\">");
    for sighting in &sightings.seen {
        let is_late = now.since(sighting.created) > document.slo();
        if let Place::Service {
            node,
            worker,
            started,
            ends,
        } = sighting.place
        {
            if let Some(cell) = layout.worker_cell(node, worker) {
                let total = ends.since(started).as_secs_f64();
                let left = ends.since(now).as_secs_f64();
                let share = if total > 0.0 {
                    (left / total).clamp(0.0, 1.0)
                } else {
                    0.0
                };
                pie(out, cell, share, colour(sighting, is_late));
            }
        } else if let Some(point) = point(layout, now, sighting) {
            mark(out, point, sighting, is_late);
        }
    }
    out.push_str("</g>");
}

fn point(layout: &Layout, now: SimTime, sighting: &Sighting) -> Option<(f64, f64)> {
    match sighting.place {
        Place::Link(hop) => lane::place(layout, hop, now),
        Place::Queue { node, position } | Place::Resolving { node, position } => {
            layout.queue_slot(node, position)
        }
        Place::Service { .. } => None,
    }
}

const fn colour(sighting: &Sighting, is_late: bool) -> &'static str {
    match (sighting.fate, sighting.place) {
        (Fate::Failed, _) => "is-failed",
        (Fate::GivenUp, _) => "is-given-up",
        (Fate::Awaited, _) if is_late => "is-late",
        (Fate::Awaited, Place::Link(hop)) if hop.is_answer => "is-answer",
        (Fate::Awaited, _) => "is-fresh",
    }
}

fn mark(out: &mut String, (x, y): (f64, f64), sighting: &Sighting, is_late: bool) {
    let class = colour(sighting, is_late);
    match (sighting.fate, sighting.is_write) {
        (Fate::Failed, _) => write(
            out,
            format_args!(
                "<path class=\"d-request {class}\" d=\"M{} {}l5 5l-5 5l-5-5z\"/>",
                whole(x),
                whole(y - 5.0)
            ),
        ),
        (Fate::Awaited, true) => write(
            out,
            format_args!(
                "<rect class=\"d-request {class}\" x=\"{}\" y=\"{}\" width=\"7\" height=\"7\"/>",
                whole(x - 3.5),
                whole(y - 3.5)
            ),
        ),
        _ => write(
            out,
            format_args!(
                "<circle class=\"d-request {class}\" cx=\"{}\" cy=\"{}\" r=\"4\"/>",
                whole(x),
                whole(y)
            ),
        ),
    }
}

/// A dot's place: half a pixel cannot be told.
fn whole(value: f64) -> Fixed {
    fixed(value, 0)
}

/// What is left of a service, as a slice that shrinks.
fn pie(out: &mut String, cell: Rect, share: f64, class: &str) {
    let (x, y) = cell.centre();
    let r = cell.width.min(cell.height) * 0.38;
    if share >= 0.999 {
        write(
            out,
            format_args!(
                "<circle class=\"d-pie {class}\" cx=\"{}\" cy=\"{}\" r=\"{}\"/>",
                px(x),
                px(y),
                px(r)
            ),
        );
        return;
    }
    let (right, up) = direction(share);
    let large = i32::from(share > 0.5);
    write(
        out,
        format_args!(
            "<path class=\"d-pie {class}\" d=\"M{} {}v-{r}a{r} {r} 0 {large} 1 {} {}z\"/>",
            px(x),
            px(y),
            px(r * right),
            px(r - r * up),
            r = px(r)
        ),
    );
}
