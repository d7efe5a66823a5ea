//! One node: box, name, what it is, load ring, workers, queue, trouble.

use crate::shortest::Shortest;
use simulator::{Condition, Details, NodeId, NodeKind, NodeSnapshot, Snapshot};

use super::{trouble, write};
use crate::bottleneck;
use crate::document::{DiagramNode, Document};
use crate::fixed::{fixed, px};
use crate::kind;
use crate::layout::{Layout, NARROWEST, Plan, Rect, Size};
use crate::text::{escape, fit, width};
use crate::wording::{percent, thousands};

/// Sizes of text and ring, by the room in the box. Pictures in articles are drawn a little smaller
/// than they are: lines of text have eleven pixels there, and the number in the ring nine.
struct Type {
    name: f64,
    what: f64,
    name_y: f64,
    what_y: f64,
    note_y: f64,
    ring: f64,
    percent: f64,
}

const FULL: Type = Type {
    name: 13.5,
    what: 11.8,
    name_y: 22.0,
    what_y: 44.0,
    note_y: 62.0,
    ring: 14.5,
    percent: 9.8,
};
const NARROW: Type = Type {
    name: 13.0,
    what: 11.8,
    name_y: 20.0,
    what_y: 43.0,
    note_y: 61.0,
    ring: 13.5,
    percent: 9.8,
};
const COMPACT: Type = Type {
    name: 11.8,
    what: 11.8,
    name_y: 18.5,
    what_y: 30.0,
    note_y: 38.0,
    ring: 12.5,
    percent: 9.8,
};

/// The ring stands below the name, beside the cells.
const NARROWEST_TYPE: Type = Type {
    name: 11.3,
    name_y: 15.0,
    ring: 11.0,
    percent: 9.2,
    ..COMPACT
};

pub(super) fn draw(
    out: &mut String,
    document: &Document,
    layout: &Layout,
    snapshot: &Snapshot,
    place: usize,
    state: &NodeSnapshot,
) {
    let (node, place_of, plan) = (
        &document.nodes()[place],
        layout.nodes[place],
        layout.plans[place],
    );
    // Inside its group a node begins at zero: equal nodes are equal texts, which pack well.
    let rect = Rect {
        x: 0.0,
        y: 0.0,
        ..place_of
    };
    let id = NodeId(u32::try_from(place).unwrap_or(u32::MAX));
    let class = match state.condition {
        Condition::Up => "",
        Condition::Slow { .. } | Condition::Erring { .. } | Condition::Booting { .. } => " is-slow",
        Condition::Dead => " is-dead",
    };
    write(
        out,
        format_args!(
            "<g class=\"d-node d-{}{class}\" transform=\"translate({} {})\"><rect class=\"d-box\" width=\"{}\" height=\"{}\" rx=\"8\"/>",
            kind::key(node.kind.kind()),
            px(place_of.x),
            px(place_of.y),
            px(rect.width),
            px(rect.height)
        ),
    );
    if let Condition::Slow { .. } = state.condition {
        trouble::hatch(out, rect);
    }
    let sizes = match (plan.size, rect.width < 155.0) {
        (Size::Compact, _) if rect.width < NARROWEST => &NARROWEST_TYPE,
        (Size::Compact, _) => &COMPACT,
        (Size::Full, true) => &NARROW,
        (Size::Full, false) => &FULL,
    };
    texts(out, document, node, rect, plan, sizes, state);
    corner(out, node, rect, sizes, state);
    cells(out, layout, id, node, plan, state);
    trouble::queue(out, layout, id, rect, state);
    trouble::badge(out, layout, rect, bottleneck::label(snapshot, id), state);
    out.push_str("</g>");
}

fn texts(
    out: &mut String,
    document: &Document,
    node: &DiagramNode,
    rect: Rect,
    plan: Plan,
    sizes: &Type,
    state: &NodeSnapshot,
) {
    let x = rect.x + plan.inset;
    let has_corner = node.kind.workers() > 0 || state.condition == Condition::Dead;
    let corner = if has_corner {
        2.0 * sizes.ring + 9.0
    } else {
        0.0
    };
    let whole = rect.width - 2.0 * plan.inset;
    let corner = if rect.width < NARROWEST {
        plan.inset
    } else {
        corner
    };
    let beside_ring = rect.width - plan.inset - corner - 4.0;
    let beside_ring = beside_ring.min(whole);
    let mut line = |class: &str, y: f64, size: f64, text: &str, room: f64, is_bold: bool| {
        // Where there is no room for all of it, what matters more stands behind the dot.
        let is_wide = width(text, size, is_bold) > room;
        let short = text.rsplit('·').next().filter(|_| is_wide);
        let text = fit(short.map_or(text, str::trim), room, size, is_bold);
        write(
            out,
            format_args!(
                "<text class=\"{class}\" x=\"{}\" y=\"{}\" font-size=\"{}\">{}</text>",
                px(x),
                px(rect.y + y),
                px(size),
                escape(&text)
            ),
        );
    };
    line(
        "d-name",
        sizes.name_y,
        sizes.name,
        &node.name,
        beside_ring,
        true,
    );
    if plan.size == Size::Compact {
        return;
    }
    let (class, what) = match state.condition {
        Condition::Up => ("d-what", kind::summary(&node.kind)),
        Condition::Slow { factor } => ("d-what d-warn", format!("{}× slower", Shortest(factor))),
        Condition::Erring { share } => ("d-what d-warn", format!("{} errors", percent(share))),
        Condition::Booting { .. } => ("d-what d-warn", "boots".to_owned()),
        Condition::Dead => ("d-what d-warn", "no answer".to_owned()),
    };
    // This line stands below the ring and has the whole width.
    line(class, sizes.what_y, sizes.what, &what, whole, false);
    if let Some((class, note)) = note(document, node, state) {
        line(class, sizes.note_y, sizes.what, &note, whole, false);
    }
}

/// The third line of nodes without workers.
fn note(
    document: &Document,
    node: &DiagramNode,
    state: &NodeSnapshot,
) -> Option<(&'static str, String)> {
    match &node.kind {
        NodeKind::Clients(clients) => {
            Some(("d-what", format!("{} reads", percent(clients.read_share))))
        }
        NodeKind::Dns(dns) => Some(("d-what", format!("look-up {}", dns.lookup_time))),
        NodeKind::Balancer(balancer) => {
            let name = |id: NodeId| {
                document
                    .nodes()
                    .get(id.index())
                    .map_or("?", |node| &node.name)
            };
            let doubted = state
                .backends
                .iter()
                .filter(|known| known.healthy && known.contrary_checks > 0);
            let out: Vec<&str> = state
                .backends
                .iter()
                .filter(|known| !known.healthy)
                .map(|known| name(known.node))
                .collect();
            let text = match (doubted.clone().next(), out.as_slice()) {
                (Some(first), _) => format!(
                    "{} failed {} of {}",
                    name(first.node),
                    first.contrary_checks,
                    first.checks_to_change
                ),
                (None, [only]) => format!("{only}: out"),
                (None, []) => {
                    let quiet = match &balancer.health_check {
                        Some(check) => format!("check every {}", check.interval),
                        None => "no health checks".to_owned(),
                    };
                    return Some(("d-what", quiet));
                }
                (None, many) => format!("{} servers out", many.len()),
            };
            Some(("d-what d-warn", text))
        }
        NodeKind::Shards(_) => shards_note(state),
        NodeKind::Server(_)
        | NodeKind::Database(_)
        | NodeKind::Cdn(_)
        | NodeKind::Cache(_)
        | NodeKind::ObjectStore(_) => None,
    }
}

/// How unevenly shards are loaded, or how far their rows have moved.
fn shards_note(state: &NodeSnapshot) -> Option<(&'static str, String)> {
    let Details::Shards(shards) = &state.details else {
        return None;
    };
    Some(match shards.resharding {
        Some(progress) => {
            let share = progress.moved as f64 / progress.of.max(1) as f64;
            ("d-what d-warn", format!("{} moved", percent(share)))
        }
        None => (
            "d-what",
            format!("hottest {}× mean", fixed(shards.imbalance, 2)),
        ),
    })
}

/// The load ring in the upper right corner, or the cross of a dead node.
fn corner(out: &mut String, node: &DiagramNode, rect: Rect, sizes: &Type, state: &NodeSnapshot) {
    let r = sizes.ring;
    let (x, y) = if rect.width < NARROWEST {
        (rect.right() - r - 5.0, rect.bottom() - r - 4.0)
    } else {
        (rect.right() - r - 7.0, rect.y + r + 6.0)
    };
    if state.condition == Condition::Dead {
        let d = r * 0.62;
        write(
            out,
            format_args!(
                "<path class=\"d-cross\" d=\"M{} {}l{d} {d}m0-{d}l-{d} {d}\"/>",
                px(x - d),
                px(y - d),
                d = px(2.0 * d)
            ),
        );
        return;
    }
    if node.kind.workers() == 0 {
        return;
    }
    let load = if state.utilisation.is_finite() {
        state.utilisation.clamp(0.0, 1.0)
    } else {
        0.0
    };
    let level = match load {
        load if load >= 0.9 => "is-high",
        load if load >= 0.7 => "is-busy",
        _ => "is-calm",
    };
    write(
        out,
        format_args!(
            "<circle class=\"d-ring\" cx=\"{x}\" cy=\"{y}\" r=\"{r}\"/><circle class=\"d-load {level}\" cx=\"{x}\" cy=\"{y}\" r=\"{r}\" pathLength=\"100\" stroke-dasharray=\"{} 200\" transform=\"rotate(-90 {x} {y})\"/>",
            px(load * 100.0),
            x = px(x),
            y = px(y),
            r = px(r)
        ),
    );
    let mut ticks = String::new();
    for (dx, dy) in TICKS {
        let (near, far) = (r - 2.4, r + 2.4);
        ticks.push_str(&format!(
            "M{} {}L{} {}",
            px(x + dx * near),
            px(y + dy * near),
            px(x + dx * far),
            px(y + dy * far)
        ));
    }
    write(
        out,
        format_args!(
            "<path class=\"d-tick\" d=\"{ticks}\"/><text class=\"d-percent\" x=\"{}\" y=\"{}\" font-size=\"{}\" text-anchor=\"middle\">{}</text>",
            px(x),
            px(y + sizes.percent * 0.35),
            px(sizes.percent),
            fixed(load * 100.0, 0)
        ),
    );
}

/// Where 50%, 70% and 90% are on a ring of radius 1 that begins at the top.
const TICKS: [(f64, f64); 3] = [(0.0, 1.0), (-0.951_06, 0.309_02), (-0.587_79, -0.809_02)];

fn cells(
    out: &mut String,
    layout: &Layout,
    id: NodeId,
    node: &DiagramNode,
    plan: Plan,
    state: &NodeSnapshot,
) {
    let Some(origin) = layout.nodes.get(id.index()) else {
        return;
    };
    for worker in 0..plan.cells {
        let Some(cell) = layout.worker_cell(id, worker) else {
            break;
        };
        let class = if worker < state.busy {
            "d-cell is-taken"
        } else {
            "d-cell"
        };
        write(
            out,
            format_args!(
                "<rect class=\"{class}\" x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" rx=\"3\"/>",
                px(cell.x - origin.x),
                px(cell.y - origin.y),
                px(cell.width),
                px(cell.height)
            ),
        );
    }
    let more = node.kind.workers().saturating_sub(plan.cells);
    if more > 0 {
        write(
            out,
            format_args!(
                "<text class=\"d-more\" x=\"{}\" y=\"{}\" font-size=\"11.8\">+{}</text>",
                px(plan.inset + f64::from(plan.cells) * plan.cell_pitch + 1.0),
                px(origin.height - plan.inset - plan.cell / 2.0 + 3.5),
                thousands(u64::from(more))
            ),
        );
    }
}
