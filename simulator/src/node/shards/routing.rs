//! Which link leads to the shard that has a key.

use crate::balance::{Layout, Member, Ring};
use crate::random::{Draws, Purpose, key, request_key};
use crate::scenario::{HotKeys, ShardLayout, ShardWrites, Shards};
use crate::simulation::{LinkSlot, NodeSlot};

/// For what a key is hashed besides routing.
const POSITION: u64 = 1;
const PART: u64 = 2;

/// What is asked for, as layouts see it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Address {
    /// By which it is hashed.
    key: u64,
    /// Where it is in the order of all keys, from 0 on.
    position: u64,
}

impl Address {
    /// What a call asks for: `item` by its rank, 1 for the most popular one; 0 for something of its own,
    /// which its `key` names. `inserted` is how many keys have been added to the first ones.
    pub(super) fn new(
        shards: &Shards,
        item: u32,
        key: u64,
        is_write: bool,
        inserted: &mut u64,
    ) -> Self {
        if is_write && shards.writes == ShardWrites::Inserts {
            let position = u64::from(shards.keys) + *inserted;
            *inserted += 1;
            let key = position + 1;
            return Self { key, position };
        }
        let key = if item == 0 { key } else { u64::from(item) };
        let is_in_order = item > shards.keys || shards.hot_keys == HotKeys::Together;
        let position = if item > 0 && is_in_order {
            u64::from(item) - 1
        } else {
            Draws::from_bits(request_key(key, POSITION)).below(shards.keys as usize) as u64
        };
        Self { key, position }
    }

    /// A number of 32 bits, by which the keys of one shard are divided into parts that move one after
    /// the other.
    pub(super) const fn part(self) -> u64 {
        request_key(self.key, PART) >> 32
    }
}

/// What a layout is made from: two equal plans divide keys in the same way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Plan {
    layout: ShardLayout,
    /// Only where ranges divide them.
    keys: u32,
    /// One a shard.
    links: Vec<u32>,
}

/// A layout over links.
#[derive(Clone, Debug)]
pub(super) struct Routing {
    pub(super) plan: Plan,
    pub(super) layout: Layout,
}

impl Plan {
    pub(super) fn new(shards: &Shards, links: &[u32]) -> Self {
        let is_by_range = matches!(shards.layout, ShardLayout::Ranges | ShardLayout::Borders(_));
        Self {
            layout: shards.layout.clone(),
            keys: if is_by_range { shards.keys } else { 0 },
            links: links.to_vec(),
        }
    }

    /// The layout of this plan. Places on a ring come from the shards' names, so whoever is linked to
    /// the same shards agrees.
    pub(super) fn build(self, links: &[LinkSlot], nodes: &[NodeSlot]) -> Routing {
        let shards = self.links.len() as u32;
        let member = |(target, &link): (u32, &u32)| {
            let name = &nodes[links[link as usize].to as usize].name;
            Member {
                target,
                identity: key(0, name, Purpose::Choice),
                weight: 1,
            }
        };
        let layout = match &self.layout {
            ShardLayout::Ranges => Layout::equal_ranges(shards, u64::from(self.keys)),
            ShardLayout::Borders(borders) => Layout::Range {
                borders: borders.iter().map(|&border| u64::from(border)).collect(),
                shards: (0..borders.len() as u32 + 1)
                    .map(|it| it.min(shards.saturating_sub(1)))
                    .collect(),
            },
            ShardLayout::Modulo => Layout::Modulo { shards },
            ShardLayout::Ring { points } => {
                let members: Vec<Member> = (0..).zip(&self.links).map(member).collect();
                Layout::Ring(Ring::new(&members, *points))
            }
        };
        Routing { plan: self, layout }
    }
}

impl Routing {
    /// The links to all shards.
    pub(super) fn links(&self) -> &[u32] {
        &self.plan.links
    }

    pub(super) const fn keys(&self) -> u32 {
        self.plan.keys
    }

    /// The link to the shard that has it; `None` without shards.
    pub(super) fn link_of(&self, address: Address) -> Option<u32> {
        let key = match self.layout {
            Layout::Range { .. } => address.position,
            Layout::Modulo { .. } | Layout::Ring(_) => address.key,
        };
        let links = self.links();
        links.get(self.layout.shard_of(key) as usize).copied()
    }
}
