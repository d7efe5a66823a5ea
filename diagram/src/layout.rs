//! Where everything is drawn: a layered layout from the clients to the database.
//!
//! Positions are a function of the document alone; they never change a result. One unit is one CSS
//! pixel at the picture's natural size.

mod boxes;
mod detour;
mod edge;
mod layers;

use simulator::{Kind, NodeId};

use crate::document::Document;

pub use edge::Edge;

pub(crate) use boxes::{ALONE, NARROWEST, Plan, Size};

/// Which way requests flow.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Orientation {
    /// From left to right, for wide screens.
    Across,
    /// From top to bottom in 328 px, for phones.
    Down,
}

/// A rectangle; `x` and `y` are its upper left corner.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Rect {
    /// Left edge.
    pub x: f64,
    /// Upper edge.
    pub y: f64,
    /// Width.
    pub width: f64,
    /// Height.
    pub height: f64,
}

impl Rect {
    /// The middle.
    #[must_use]
    pub fn centre(&self) -> (f64, f64) {
        (self.x + self.width / 2.0, self.y + self.height / 2.0)
    }

    /// The right edge.
    #[must_use]
    pub fn right(&self) -> f64 {
        self.x + self.width
    }

    /// The lower edge.
    #[must_use]
    pub fn bottom(&self) -> f64 {
        self.y + self.height
    }

    /// Whether a point lies in it; its border is outside.
    #[must_use]
    pub fn contains(&self, (x, y): (f64, f64)) -> bool {
        x > self.x && x < self.right() && y > self.y && y < self.bottom()
    }
}

/// Where everything is drawn.
#[derive(Clone, Debug, PartialEq)]
pub struct Layout {
    /// Which way requests flow.
    pub orientation: Orientation,
    /// The natural width of the picture.
    pub width: f64,
    /// The natural height of the picture.
    pub height: f64,
    /// One box a node, in the order of [`Document::nodes`].
    pub nodes: Vec<Rect>,
    /// One curve a link, in the order of [`Document::links`].
    pub edges: Vec<Edge>,
    pub(crate) plans: Vec<Plan>,
    /// Where cell (0, 0) of the grid lies.
    origin: (f64, f64),
}

/// The side of a cell of the grid on which nodes are dragged.
pub const CELL: f64 = 24.0;
/// How many queue slots are drawn; more are a number.
pub const QUEUE_SLOTS: u32 = 12;
/// The distance of two queue slots.
pub(crate) const SLOT: f64 = 8.0;
/// How many slots stand in a row before the entrance.
const SLOTS_IN_ROW: u32 = 6;

/// Places every node and link. Nodes that were dragged somewhere stand there, but only when requests
/// flow across: on a phone there is no room for that.
#[must_use]
pub fn place(document: &Document, orientation: Orientation) -> Layout {
    let layers = layers::layers(document);
    let (mut nodes, plans, (mut width, mut height)) = match orientation {
        Orientation::Across => boxes::across(document, &layers),
        Orientation::Down => boxes::down(document, &layers),
    };
    let mut origin = (0.0, 0.0);
    if orientation == Orientation::Across {
        for (node, rect) in document.nodes().iter().zip(&mut nodes) {
            if let Some((x, y)) = node.position {
                rect.x = f64::from(x) * CELL - rect.width / 2.0;
                rect.y = f64::from(y) * CELL - rect.height / 2.0;
            }
        }
        origin = boxes::fit(&mut nodes, &mut width, &mut height);
    }
    let edges = document
        .links()
        .iter()
        .map(|link| {
            let edge = Edge::route(link.from, link.to, &nodes, orientation);
            detour::around(edge, &nodes, (width, height), orientation)
        })
        .collect();
    Layout {
        orientation,
        width,
        height,
        nodes,
        edges,
        plans,
        origin,
    }
}

impl Layout {
    /// Where the request at `position` of a node's queue stands; `None` behind the last slot drawn.
    #[must_use]
    pub fn queue_slot(&self, node: NodeId, position: u32) -> Option<(f64, f64)> {
        let rect = self.nodes.get(node.index())?;
        if position >= QUEUE_SLOTS {
            return None;
        }
        let (column, row) = (
            f64::from(position % SLOTS_IN_ROW),
            f64::from(position / SLOTS_IN_ROW),
        );
        let plan = self.plans.get(node.index())?;
        Some(match self.orientation {
            // Users who wait for the address stand behind their exit.
            Orientation::Across if plan.waits_after => (
                rect.right() + 9.0 + column * SLOT,
                rect.centre().1 + plan.queue_offset + row * SLOT,
            ),
            Orientation::Down if plan.waits_after => (
                rect.centre().0 - 10.0 - column * plan.slot,
                rect.bottom() + 7.0 + row * plan.slot,
            ),
            // Left of the box and below the entrance, the next one nearest to the box.
            Orientation::Across => (
                rect.x - 9.0 - column * SLOT,
                rect.centre().1 + plan.queue_offset + row * SLOT,
            ),
            // Above the box and left of the entrance.
            Orientation::Down => (
                rect.centre().0 - 10.0 - column * plan.slot,
                rect.y - 7.0 - row * plan.slot,
            ),
        })
    }

    /// The cell of a worker; `None` for one that is not drawn, or a node without workers.
    #[must_use]
    pub fn worker_cell(&self, node: NodeId, worker: u32) -> Option<Rect> {
        let rect = self.nodes.get(node.index())?;
        let plan = self.plans.get(node.index())?;
        (worker < plan.cells).then(|| Rect {
            x: rect.x + plan.inset + f64::from(worker) * plan.cell_pitch,
            y: rect.bottom() - plan.inset - plan.cell,
            width: plan.cell,
            height: plan.cell,
        })
    }

    /// The cell of the grid that is nearest to a point of the picture, for dragging.
    #[must_use]
    pub fn cell_at(&self, x: f64, y: f64) -> (i32, i32) {
        // A cast from float saturates, and the document checks the range.
        let cell = |at: f64, origin: f64| ((at - origin) / CELL).round() as i32;
        (cell(x, self.origin.0), cell(y, self.origin.1))
    }
}

pub(crate) fn is_dns(document: &Document, id: usize) -> bool {
    document.nodes()[id].kind.kind() == Kind::Dns
}

#[cfg(test)]
mod tests;
