//! Rows on their way from the shards of one layout to those of the next.

use super::routing::{Address, Routing};
use crate::balance::{Crossings, crossings};

/// Rows that one shard gives to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Flow {
    pub(super) from: u32,
    pub(super) to: u32,
    rows: u64,
    moved: u64,
}

/// A change of layout under way.
#[derive(Clone, Debug)]
pub(super) struct Move {
    /// Where keys were before.
    pub(super) old: Routing,
    /// In ascending order of their links.
    flows: Vec<Flow>,
    /// The flow whose turn it is.
    turn: usize,
    moved: u64,
    rows: u64,
}

impl Move {
    /// The change from `old` to `new` of a store with so many rows, evenly over all keys. Every flow has
    /// its exact share; what rounding takes from one it gives to the next.
    pub(super) fn new(old: Routing, new: &Routing, rows: u64) -> Self {
        let keys = u64::from(old.keys().max(new.keys()));
        let Crossings { parts, of } = crossings(&old.layout, &new.layout, keys);
        let (mut flows, mut size, mut before) = (Vec::new(), 0_u128, 0);
        for part in parts {
            let link = |routing: &Routing, shard: u32| routing.links().get(shard as usize).copied();
            let (Some(from), Some(to)) = (link(&old, part.from), link(new, part.to)) else {
                continue;
            };
            if from == to {
                continue;
            }
            size += u128::from(part.size);
            let of = u128::from(of);
            let until = ((size * u128::from(rows) + of / 2) / of) as u64;
            flows.push(Flow {
                from,
                to,
                rows: until - before,
                moved: 0,
            });
            before = until;
        }
        let mut it = Self {
            old,
            flows,
            turn: 0,
            moved: 0,
            rows: before,
        };
        it.sort();
        it
    }

    fn sort(&mut self) {
        self.flows.sort_unstable_by_key(|flow| (flow.from, flow.to));
    }

    /// How many rows are where they are to be, and how many there are.
    pub(super) const fn progress(&self) -> (u64, u64) {
        (self.moved, self.rows)
    }

    /// The change taken back: what has moved moves back. `new` is the layout it led to.
    pub(super) fn reversed(mut self, new: Routing) -> Self {
        for flow in &mut self.flows {
            (flow.from, flow.to) = (flow.to, flow.from);
            flow.moved = flow.rows - flow.moved;
        }
        self.old = new;
        self.moved = self.rows - self.moved;
        self.turn = 0;
        self.sort();
        self
    }

    /// The next rows to copy: the number of their flow, the flow, and how many, at most `batch`. The
    /// flows take turns, so that all shards share the work. `None` when everything has moved.
    pub(super) fn next(&mut self, batch: u32) -> Option<(usize, Flow, u64)> {
        let (before, after) = self.flows.split_at(self.turn);
        let mut numbered = (self.turn..).zip(after).chain((0..).zip(before));
        let (number, flow) = numbered.find(|(_, flow)| flow.moved < flow.rows)?;
        let flow = *flow;
        self.turn = number + 1;
        Some((number, flow, u64::from(batch).min(flow.rows - flow.moved)))
    }

    /// Rows of a flow have arrived.
    pub(super) fn arrived(&mut self, number: usize, rows: u64) {
        if let Some(flow) = self.flows.get_mut(number) {
            flow.moved += rows;
            self.moved += rows;
        }
    }

    /// Whether what moves from one link to the other has moved already, for this address.
    pub(super) fn has_moved(&self, address: Address, from: u32, to: u32) -> bool {
        let place = |flow: &Flow| (flow.from, flow.to).cmp(&(from, to));
        let Ok(number) = self.flows.binary_search_by(place) else {
            return false;
        };
        let Flow { rows, moved, .. } = self.flows[number];
        // A part is 32 bits of rows that are at most 30.
        address.part() * rows < moved << 32
    }

    /// The links of the shards that had keys before.
    pub(super) fn old_links(&self) -> &[u32] {
        self.old.links()
    }
}
