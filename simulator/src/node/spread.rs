//! Several targets that divide the items among them.

use crate::balance::{DEFAULT_POINTS, Member, Ring};
use crate::random::{Purpose, key};
use crate::simulation::{LinkSlot, NodeSlot};

/// Links of which each item has its own, by a consistent hash ring: when one joins or leaves, few items
/// move.
#[derive(Clone, Debug, Default)]
pub(crate) struct Spread {
    links: Vec<u32>,
    /// Only of several links.
    ring: Ring,
}

impl Spread {
    /// The links of a node among which items are divided. Places on the ring come from the targets'
    /// names, so all who are linked to the same targets agree.
    pub(crate) fn new(mine: Vec<u32>, links: &[LinkSlot], nodes: &[NodeSlot]) -> Self {
        let member = |(target, &link): (u32, &u32)| {
            let name = &nodes[links[link as usize].to as usize].name;
            Member {
                target,
                identity: key(0, name, Purpose::Choice),
                weight: 1,
            }
        };
        let ring = if mine.len() > 1 {
            let members: Vec<Member> = (0..).zip(&mine).map(member).collect();
            Ring::new(&members, DEFAULT_POINTS)
        } else {
            Ring::default()
        };
        Self { links: mine, ring }
    }

    /// Where a call for `item` goes; without an item, one with these draws. `None` without links.
    // Inlined, it would slow down callers that hardly ever have several caches.
    #[inline(never)]
    pub(crate) fn link(&self, item: u32, draws: u64) -> Option<u32> {
        if self.links.len() < 2 {
            return self.links.first().copied();
        }
        let key = if item == 0 { draws } else { u64::from(item) };
        let target = self.ring.owner(key)?;
        self.links.get(target as usize).copied()
    }

    /// Whether it is one of them.
    pub(crate) fn contains(&self, link: u32) -> bool {
        self.links.contains(&link)
    }

    /// Whether there is none.
    pub(crate) const fn is_empty(&self) -> bool {
        self.links.is_empty()
    }
}
