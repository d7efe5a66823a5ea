//! Writes that have been answered and not yet been written to the source.

use crate::item_map::ItemMap;
use crate::request::Request;

/// More writes do not wait: the next ones go through.
const MOST: usize = 1 << 20;

/// Waiting writes, in order; of several of one item only the last one is left.
#[derive(Clone, Debug, Default)]
pub(crate) struct Behind {
    waiting: Vec<Write>,
    places: ItemMap,
    /// Counts batches: of several alarms only the last one is meant.
    pub(super) generation: u32,
}

/// A write that waits.
#[derive(Clone, Debug)]
pub(super) struct Write {
    pub(super) item: u32,
    /// Names its draws at the source.
    pub(super) key: u64,
    /// On whose behalf it is.
    pub(super) request: Request,
}

impl Behind {
    /// How many wait.
    pub(crate) const fn len(&self) -> u64 {
        self.waiting.len() as u64
    }

    /// Whether one more may wait.
    pub(super) const fn has_room(&self) -> bool {
        self.waiting.len() < MOST
    }

    /// Whether a write of `item` waits.
    pub(super) fn has(&self, item: u32) -> bool {
        self.places.get(item).is_some()
    }

    /// Lets a write wait, in place of an earlier one of the same item.
    pub(super) fn push(&mut self, write: Write) {
        if let Some(place) = self.places.get(write.item) {
            self.waiting[place as usize] = write;
            return;
        }
        if write.item != 0 {
            self.places.insert(write.item, self.len());
        }
        self.waiting.push(write);
    }

    /// Takes them all out, for one batch.
    pub(super) fn take(&mut self) -> Vec<Write> {
        self.generation = self.generation.wrapping_add(1);
        self.places.clear();
        std::mem::take(&mut self.waiting)
    }
}
