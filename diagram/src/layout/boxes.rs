//! Sizes and places of the boxes.

use simulator::NodeKind;

use super::{Rect, SLOT, is_dns};
use crate::control::Control;
use crate::document::Document;

/// How the inside of a node's box is arranged.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Plan {
    /// Whether there is room for the line that says what the node is.
    pub(crate) size: Size,
    /// Distance of the content from the border.
    pub(crate) inset: f64,
    /// The side of a worker's cell.
    pub(crate) cell: f64,
    /// The distance of two cells.
    pub(crate) cell_pitch: f64,
    /// How many cells are drawn.
    pub(crate) cells: u32,
    /// How far below the entrance the queue stands.
    pub(super) queue_offset: f64,
    /// The distance of two queue slots.
    pub(super) slot: f64,
    /// Whether requests wait behind the exit instead of before the entrance.
    pub(super) waits_after: bool,
}

/// How much room a box has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Size {
    /// Name, what it is, ring, cells.
    Full,
    /// Name, ring, cells.
    Compact,
}

impl Plan {
    fn new(size: Size, width: f64, slot: f64, kind: &NodeKind) -> Self {
        let workers = kind.workers();
        let (inset, cell, cell_pitch) = match size {
            Size::Full => (10.0, 14.0, 17.0),
            Size::Compact => (7.0, 11.0, 13.0),
        };
        // On the narrowest boxes the ring stands beside the cells, below the name.
        let ring = if width < NARROWEST { 28.0 } else { 0.0 };
        let fitting = ((width - ring - 2.0 * inset + cell_pitch - cell) / cell_pitch) as u32;
        let fitting = fitting.min(8);
        // The last place goes to the number of those that are not drawn.
        let cells = if workers <= fitting {
            workers
        } else {
            fitting.saturating_sub(if width < NARROWEST { 1 } else { 2 })
        };
        let queue_offset = match size {
            Size::Full => 13.0,
            Size::Compact => 9.0,
        };
        let waits_after = matches!(kind, NodeKind::Clients(_) | NodeKind::Dns(_));
        Self {
            size,
            inset,
            cell,
            cell_pitch,
            cells,
            queue_offset,
            slot,
            waits_after,
        }
    }
}

type Placed = (Vec<Rect>, Vec<Plan>, (f64, f64));

/// The width that a picture has at least, so that two boxes are not blown up.
const ACROSS_WIDTH: f64 = 920.0;
const ACROSS_LEAST_HEIGHT: f64 = 200.0;
const MARGIN: f64 = 12.0;
/// Above the first row: the label "bottleneck"; below the last one: the badge.
const ABOVE: f64 = 14.0;
const BELOW: f64 = 30.0;
const DOWN_WIDTH: f64 = 328.0;
/// The width of a box that has a row for itself where requests flow down.
pub(crate) const ALONE: f64 = 148.0;
/// Below this width the load ring does not fit beside the name.
pub(crate) const NARROWEST: f64 = 90.0;

/// From left to right.
pub(super) fn across(document: &Document, layers: &[Vec<usize>]) -> Placed {
    let count = document.nodes().len();
    let mut rects = vec![Rect::default(); count];
    let kinds = document.nodes().iter().map(|node| &node.kind);
    let mut plans: Vec<Plan> = kinds
        .map(|kind| Plan::new(Size::Full, FULL.0, SLOT, kind))
        .collect();
    let columns: Vec<Column> = layers.iter().map(|layer| Column::of(layer.len())).collect();
    let dns: Vec<usize> = (0..count).filter(|&id| is_dns(document, id)).collect();
    let has_clients = !layers.is_empty();

    let boxes: f64 = columns.iter().map(Column::width).sum();
    let gaps = columns.len().saturating_sub(1) as f64;
    // Without clients in front, the first queue needs its place at the left.
    let queues_first = layers.first().is_some_and(|layer| {
        layer
            .iter()
            .any(|&id| document.nodes()[id].kind.workers() > 0)
    });
    let margin = if queues_first { 64.0 } else { MARGIN };
    let room = ACROSS_WIDTH - 2.0 * margin - boxes;
    // At least the queue slots and a bend fit between two columns.
    let gap = if gaps > 0.0 {
        (room / gaps).clamp(96.0, 220.0)
    } else {
        0.0
    };
    let used = boxes + gap * gaps;
    let width = ACROSS_WIDTH.max(used + 2.0 * margin);
    // Where readers add servers, the picture has the height of many from the beginning: a button that
    // is pressed again and again should not run away from the pointer.
    let reserved = if document.controls().contains(&Control::Servers) {
        1..=RESERVED_SERVERS
    } else {
        0..=0
    };
    let reserved = reserved.map(Column::of);
    let tallest = columns
        .iter()
        .chain(&reserved.collect::<Vec<_>>())
        .map(Column::height)
        .fold(0.0, f64::max);
    let half = tallest.max(ACROSS_LEAST_HEIGHT - ABOVE - BELOW) / 2.0;
    // DNS stands above the clients, so it needs the room above the middle.
    let above_clients = dns.len() as f64 * (FULL.1 + 44.0);
    let clients = columns.first().map_or(0.0, Column::height);
    let middle = ABOVE + half.max(clients / 2.0 + above_clients);
    let height = middle + half + BELOW;

    let mut x = (width - used) / 2.0;
    for (layer, column) in layers.iter().zip(&columns) {
        for (place, &id) in layer.iter().enumerate() {
            rects[id] = column.rect(place, x, middle);
            plans[id] = Plan::new(
                column.size,
                rects[id].width,
                SLOT,
                &document.nodes()[id].kind,
            );
        }
        x += column.width() + gap;
    }
    let first = layers.first().and_then(|layer| layer.first()).map_or(
        Rect {
            x: MARGIN,
            y: middle,
            width: FULL.0,
            height: FULL.1,
        },
        |&id| rects[id],
    );
    for (place, &id) in dns.iter().enumerate() {
        let rows = place as f64 + f64::from(u8::from(has_clients));
        rects[id] = Rect {
            x: first.x,
            y: first.y - rows * (FULL.1 + 44.0),
            width: FULL.0,
            height: FULL.1,
        };
    }
    (rects, plans, (width, height))
}

/// The most servers for which the height is reserved; more make the picture taller.
const RESERVED_SERVERS: usize = 15;
/// More columns than these would leave no gap between boxes for the lines of the others.
const MOST_COLUMNS: usize = 3;
const FULL: (f64, f64) = (160.0, 76.0);
const COMPACT: (f64, f64) = (116.0, 46.0);

/// The nodes of one layer: one below the other, or a grid where there are many.
struct Column {
    size: Size,
    nodes: usize,
    rows: usize,
}

impl Column {
    fn of(nodes: usize) -> Self {
        let (size, rows) = match nodes {
            0..=4 => (Size::Full, nodes.max(1)),
            5 => (Size::Compact, nodes),
            6..=10 => (Size::Compact, nodes.div_ceil(2)),
            _ => (Size::Compact, nodes.div_ceil(MOST_COLUMNS)),
        };
        Self { size, nodes, rows }
    }

    fn cell(&self) -> (f64, f64) {
        match self.size {
            Size::Full => FULL,
            Size::Compact => COMPACT,
        }
    }

    fn pitch(&self) -> f64 {
        match self.size {
            Size::Full => FULL.1 + 34.0,
            // The badge of one node and the label of the next fit between them.
            Size::Compact => COMPACT.1 + 33.0,
        }
    }

    fn columns(&self) -> usize {
        self.nodes.div_ceil(self.rows).max(1)
    }

    /// Between two columns of a grid: the queue slots fit.
    const GRID_GAP: f64 = 64.0;

    fn width(&self) -> f64 {
        let columns = self.columns() as f64;
        columns * self.cell().0 + (columns - 1.0) * Self::GRID_GAP
    }

    fn height(&self) -> f64 {
        let last = self.columns() - 1;
        (self.rows as f64 - 1.0) * self.pitch() + self.cell().1 + self.stagger(last)
    }

    /// How much lower than the first column one stands: lines to each pass between the boxes of the
    /// others.
    fn stagger(&self, column: usize) -> f64 {
        self.pitch() * column as f64 / self.columns() as f64
    }

    fn rect(&self, place: usize, x: f64, middle: f64) -> Rect {
        let (width, height) = self.cell();
        let (column, row) = (place / self.rows, place % self.rows);
        Rect {
            x: x + column as f64 * (width + Self::GRID_GAP),
            y: middle - self.height() / 2.0 + row as f64 * self.pitch() + self.stagger(column),
            width,
            height,
        }
    }
}

/// From top to bottom in 328 px.
pub(super) fn down(document: &Document, layers: &[Vec<usize>]) -> Placed {
    let count = document.nodes().len();
    let mut rects = vec![Rect::default(); count];
    let kinds = document.nodes().iter().map(|node| &node.kind);
    let mut plans: Vec<Plan> = kinds
        .map(|kind| Plan::new(Size::Full, 100.0, SLOT, kind))
        .collect();
    let dns: Vec<usize> = (0..count).filter(|&id| is_dns(document, id)).collect();
    let mut y = ABOVE;
    for (place, layer) in layers.iter().enumerate() {
        let mut members = layer.clone();
        if place == 0 {
            members.extend(&dns);
        }
        y = row_group(document, &members, y, &mut rects, &mut plans);
    }
    if layers.is_empty() {
        y = row_group(document, &dns, y, &mut rects, &mut plans);
    }
    (rects, plans, (DOWN_WIDTH, (y - ROW_GAP + BELOW).max(120.0)))
}

/// Between two rows: badge, label, queue and a piece of line fit.
const ROW_GAP: f64 = 52.0;

fn row_group(
    document: &Document,
    members: &[usize],
    top: f64,
    rects: &mut [Rect],
    plans: &mut [Plan],
) -> f64 {
    let (in_row, size, width, height) = match members.len() {
        1 => (1, Size::Full, ALONE, 72.0),
        3 | 5 | 6 | 9 => (3, Size::Full, 102.0, 72.0),
        2 | 4 => (2, Size::Full, 140.0, 72.0),
        _ => (4, Size::Compact, 75.0, 46.0),
    };
    let gap = if in_row > 1 {
        ((DOWN_WIDTH - 8.0 - f64::from(in_row) * width) / f64::from(in_row - 1)).min(32.0)
    } else {
        0.0
    };
    let slot = if width < NARROWEST { 5.0 } else { 7.0 };
    let mut y = top;
    for row in members.chunks(in_row as usize) {
        let used = row.len() as f64 * width + (row.len() as f64 - 1.0) * gap;
        let mut x = (DOWN_WIDTH - used) / 2.0;
        for &id in row {
            rects[id] = Rect {
                x,
                y,
                width,
                height,
            };
            plans[id] = Plan::new(size, width, slot, &document.nodes()[id].kind);
            x += width + gap;
        }
        y += height + if size == Size::Compact { 46.0 } else { ROW_GAP };
    }
    y
}

/// Moves everything so that nothing is outside, and makes the picture large enough. Returns where
/// the origin of the grid is then.
pub(super) fn fit(rects: &mut [Rect], width: &mut f64, height: &mut f64) -> (f64, f64) {
    let least = |values: &mut dyn Iterator<Item = f64>| values.fold(f64::INFINITY, f64::min);
    let left = least(&mut rects.iter().map(|rect| rect.x)).min(MARGIN);
    let top = least(&mut rects.iter().map(|rect| rect.y)).min(ABOVE);
    let shift = (MARGIN - left, ABOVE - top);
    for rect in rects.iter_mut() {
        rect.x += shift.0;
        rect.y += shift.1;
        *width = width.max(rect.right() + MARGIN);
        *height = height.max(rect.bottom() + BELOW);
    }
    shift
}
