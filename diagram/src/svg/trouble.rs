//! What goes wrong at a node: a long queue, failures, the label of the bottleneck, slowness.

use simulator::{NodeId, NodeSnapshot};

use super::write;
use crate::fixed::px;
use crate::layout::{ALONE, Layout, NARROWEST, Orientation, QUEUE_SLOTS, Rect};
use crate::text::{escape, width};
use crate::wording::{short, thousands};

/// The size of counts, labels and badges.
const LABEL: f64 = 11.8;
/// How far beside a line its requests reach.
const LANES: f64 = 10.0;

pub(super) fn queue(
    out: &mut String,
    layout: &Layout,
    id: NodeId,
    rect: Rect,
    state: &NodeSnapshot,
) {
    // Places of the layout, seen from the corner of the box.
    let corner = layout.nodes.get(id.index()).copied().unwrap_or(rect);
    let slot = |position| {
        let (x, y) = layout.queue_slot(id, position)?;
        Some((x - corner.x, y - corner.y))
    };
    for position in 0..state.queued.min(QUEUE_SLOTS) {
        if let Some((x, y)) = slot(position) {
            write(
                out,
                format_args!(
                    "<circle class=\"d-slot\" cx=\"{}\" cy=\"{}\" r=\"3\"/>",
                    px(x),
                    px(y)
                ),
            );
        }
    }
    if state.queued <= QUEUE_SLOTS {
        return;
    }
    let count = thousands(u64::from(state.queued));
    let (x, y, anchor, text) = match layout.orientation {
        Orientation::Across => {
            let lowest = slot(QUEUE_SLOTS - 1).map_or(rect.bottom(), |(_, y)| y);
            (rect.x - 6.0, lowest + 16.0, "end", format!("{count} wait"))
        }
        Orientation::Down => {
            let text = format!("{count} wait");
            let fits = width(&text, LABEL, true) <= rect.width / 2.0 - 7.0;
            (
                rect.centre().0 + 7.0,
                rect.y - 5.0,
                "start",
                if fits { text } else { count },
            )
        }
    };
    write(
        out,
        format_args!(
            "<text class=\"d-count\" x=\"{}\" y=\"{}\" font-size=\"{label_size}\" text-anchor=\"{anchor}\">{text}</text>",
            px(x),
            px(y),
            label_size = px(LABEL)
        ),
    );
}

/// The badge with failures, and the label of the bottleneck.
pub(super) fn badge(
    out: &mut String,
    layout: &Layout,
    rect: Rect,
    label: Option<&str>,
    state: &NodeSnapshot,
) {
    let centre = rect.centre().0;
    if let Some(label) = label {
        let wide = width(label, LABEL, true) + 10.0;
        let (left, top) = match layout.orientation {
            Orientation::Across => (rect.x + 8.0, rect.y - 10.0),
            // Clear of the ring in the corner of the narrowest boxes.
            Orientation::Down if rect.width < NARROWEST => {
                (centre - wide / 2.0, rect.bottom() - 1.5)
            }
            Orientation::Down => (centre - wide / 2.0, rect.bottom() - 6.0),
        };
        write(
            out,
            format_args!(
                "<g class=\"d-bottleneck\"><rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"16\" rx=\"8\"/><text x=\"{}\" y=\"{}\" font-size=\"{label_size}\" text-anchor=\"middle\">{label}</text></g>",
                px(left),
                px(top),
                px(wide),
                px(left + wide / 2.0),
                px(top + 12.2),
                label_size = px(LABEL)
            ),
        );
    }
    let (count, reasons, class) = match state.failures.ranked().first() {
        // One reason a badge; where there are more, the others follow as a number.
        Some(&(reason, count)) => (count, [reason.label(), short(reason)], "d-badge"),
        None if state.shed > 0 => (state.shed, ["shed", "shed"], "d-badge d-badge-shed"),
        None => return,
    };
    let most = match layout.orientation {
        Orientation::Across => rect.width + 24.0,
        Orientation::Down => rect.width + 6.0,
    };
    // Where the reason does not fit, the count and the diamond say enough; the table has the rest.
    let others = match state.failures.total().saturating_sub(count) {
        0 => String::new(),
        others => format!(" +{} other", thousands(others)),
    };
    let count = thousands(count);
    let text = reasons
        .map(|reason| format!("{count} {reason}{others}"))
        .into_iter()
        .find(|text| width(text, LABEL, true) <= most - 26.0)
        .unwrap_or(count);
    let wide = width(&text, LABEL, true) + 26.0;
    let top = rect.bottom()
        + match (layout.orientation, label.is_some()) {
            (Orientation::Down, true) if rect.width < NARROWEST => 15.5,
            (Orientation::Down, true) => 12.0,
            _ => 4.0,
        };
    // A box that is alone in its row has room beside the line on which its requests travel.
    let is_alone = layout.orientation == Orientation::Down && rect.width >= ALONE;
    let left = if is_alone {
        centre - LANES - wide
    } else {
        centre - wide / 2.0
    };
    write(
        out,
        format_args!(
            "<g class=\"{class}\"><rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"18\" rx=\"9\"/><path d=\"M{} {}l4 4l-4 4l-4-4z\"/><text x=\"{}\" y=\"{}\" font-size=\"{label_size}\">{}</text></g>",
            px(left),
            px(top),
            px(wide),
            px(left + 11.0),
            px(top + 5.0),
            px(left + 19.0),
            px(top + 13.2),
            escape(&text),
            label_size = px(LABEL)
        ),
    );
}

/// Slanted lines over a slow node: a sign that does not rest on colour.
pub(super) fn hatch(out: &mut String, rect: Rect) {
    let mut d = String::new();
    let mut x = rect.x + 14.0;
    while x < rect.right() + rect.height {
        let (top, bottom) = (rect.y + 1.0, rect.bottom() - 1.0);
        // Each line is clipped to the box by its own arithmetic, so no id for a clip path is needed.
        let x1 = x.min(rect.right() - 1.0);
        let y1 = top + (x - x1);
        let x2 = (x - (bottom - top)).max(rect.x + 1.0);
        let y2 = top + (x - x2);
        if y1 < bottom && y2 > top {
            let ends = [x1, y1, x2, y2].map(px);
            let [x1, y1, x2, y2] = ends;
            d.push_str(&format!("M{x1} {y1}L{x2} {y2}"));
        }
        x += 12.0;
    }
    write(out, format_args!("<path class=\"d-hatch\" d=\"{d}\"/>"));
}
