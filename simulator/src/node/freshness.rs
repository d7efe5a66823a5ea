//! What is true now, so that an answer from a copy can be told to be outdated.
//!
//! All writes of a run stand in one order, counted from 1: a *position*. Whoever stores data (a database, a
//! primary) takes the position of a write from [`Freshness::write`] when it takes effect, and marks the
//! answer to a read with the position up to which it is up to date ([`Call::version`](crate::call::Call)):
//! [`Freshness::position`] where it has seen everything, that of the last write that it has applied where
//! it lags behind. A copy is outdated when its item was written after its version.

use crate::item_map::ItemMap;

/// A version that no write outdates: of what no database stands behind, and of a write that has not
/// reached it yet.
pub(crate) const EVER: u64 = u64::MAX;

/// The order of all writes, and the last one of each item.
#[derive(Clone, Debug, Default)]
pub(crate) struct Freshness {
    position: u64,
    written: ItemMap,
    /// Whether anybody asks: only where there are copies are items remembered.
    pub(crate) is_kept: bool,
}

impl Freshness {
    /// How many writes there were: the version of what is read now.
    pub(crate) const fn position(&self) -> u64 {
        self.position
    }

    /// A write of `item`, 0 for none in particular, takes effect. Returns its position.
    pub(crate) fn write(&mut self, item: u32) -> u64 {
        self.position += 1;
        if self.is_kept && item != 0 {
            self.written.insert(item, self.position);
        }
        self.position
    }

    /// A database that has seen everything answers a read or a write of `item`: the version of its answer.
    pub(crate) fn of(&mut self, item: u32, is_write: bool) -> u64 {
        if is_write {
            self.write(item)
        } else {
            self.position
        }
    }

    /// Whether a copy of `item` lacks a write that has taken effect.
    pub(crate) fn is_outdated(&self, item: u32, version: u64) -> bool {
        self.written.get(item).is_some_and(|last| last > version)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_copy_is_outdated_by_a_later_write_of_its_own_item() {
        let mut freshness = Freshness {
            is_kept: true,
            ..Freshness::default()
        };
        let before = freshness.position();
        assert!(!freshness.is_outdated(1, before));
        let write = freshness.write(1);
        assert!(freshness.is_outdated(1, before));
        assert!(!freshness.is_outdated(1, write));
        assert!(!freshness.is_outdated(2, before));
        freshness.write(2);
        assert!(!freshness.is_outdated(1, write));
        assert!(!freshness.is_outdated(1, EVER));
        freshness.write(0);
        assert!(!freshness.is_outdated(0, before));
    }
}
