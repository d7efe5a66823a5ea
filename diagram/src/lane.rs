//! Where a request on a link is drawn: beside the line, on the right of its way, so that requests and
//! answers do not hide each other; and nowhere while the line passes behind a box.

use simulator::{Hop, NodeId, SimTime};

use crate::layout::{Edge, Layout};

/// How far beside the line.
const ASIDE: f64 = 3.0;
/// The piece of a way that shows in which direction it leads.
const PIECE: f64 = 0.01;

/// The middle of a request's mark at `now`; `None` where it cannot be seen.
#[must_use]
pub fn place(layout: &Layout, hop: Hop, now: SimTime) -> Option<(f64, f64)> {
    let edge = edge(layout, hop.from, hop.to)?;
    let total = hop.arrives.since(hop.departed).as_secs_f64();
    let gone = now.since(hop.departed).as_secs_f64();
    let share = if total > 0.0 {
        (gone / total).clamp(0.0, 1.0)
    } else {
        1.0
    };
    let (share, piece) = if hop.is_answer {
        (1.0 - share, -PIECE)
    } else {
        (share, PIECE)
    };
    let (x, y) = edge.point(share);
    // `point` keeps to the way, so at its ends this is the half of the piece that exists.
    let (back, on) = (edge.point(share - piece), edge.point(share + piece));
    let (dx, dy) = (on.0 - back.0, on.1 - back.1);
    let long = libm::sqrt(dx * dx + dy * dy).max(1e-9);
    let (x, y) = (x - dy / long * ASIDE, y + dx / long * ASIDE);
    let is_hidden = layout.nodes.iter().any(|rect| rect.contains((x, y)));
    (!is_hidden).then_some((x, y))
}

/// The line from `from` to `to`.
#[must_use]
pub fn edge(layout: &Layout, from: NodeId, to: NodeId) -> Option<&Edge> {
    layout
        .edges
        .iter()
        .find(|edge| edge.from == from && edge.to == to)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Document;
    use crate::layout::{Orientation, place as layout_of};
    use simulator::SimDuration;

    const SIXTEEN: &str = include_str!("../tests/valid/sixteen-servers.toml");

    fn hops(layout: &Layout) -> impl Iterator<Item = Hop> {
        layout.edges.iter().map(|edge| Hop {
            from: edge.from,
            to: edge.to,
            is_answer: false,
            departed: SimTime::ZERO,
            arrives: SimTime::from_secs(1),
        })
    }

    #[test]
    fn nothing_is_drawn_over_a_box_and_nothing_far_from_its_line() {
        let document = Document::parse(SIXTEEN).expect("valid");
        for orientation in [Orientation::Across, Orientation::Down] {
            let layout = layout_of(&document, orientation);
            let mut n_hidden = 0;
            for hop in hops(&layout) {
                for moment in 1..100 {
                    let now = SimTime::ZERO + SimDuration::from_millis(moment * 10);
                    let Some((x, y)) = place(&layout, hop, now) else {
                        n_hidden += 1;
                        continue;
                    };
                    let is_over = layout.nodes.iter().any(|rect| rect.contains((x, y)));
                    assert!(!is_over);
                    let line = edge(&layout, hop.from, hop.to).expect("it exists");
                    let (on_x, on_y) = line.point(moment as f64 / 100.0);
                    let aside = libm::sqrt((x - on_x) * (x - on_x) + (y - on_y) * (y - on_y));
                    assert!((aside - ASIDE).abs() < 1e-6, "{aside}");
                }
            }
            if orientation == Orientation::Down {
                assert!(n_hidden > 0, "on a phone lines pass behind boxes");
            }
        }
    }

    #[test]
    fn requests_and_answers_keep_to_the_right() {
        let document = Document::parse(SIXTEEN).expect("valid");
        let layout = layout_of(&document, Orientation::Across);
        let hop = hops(&layout).next().expect("a link");
        let answer = Hop {
            is_answer: true,
            ..hop
        };
        let now = SimTime::ZERO + SimDuration::from_millis(500);
        let [there, back] = [hop, answer].map(|hop| place(&layout, hop, now).expect("between"));
        // Rightwards, the right-hand side is below.
        assert!(there.1 > back.1, "{there:?} {back:?}");
    }
}
