//! A map from items to numbers that is the same in every run.
//!
//! Linear probing with backward-shift deletion (Knuth, "The Art of Computer Programming" vol. 3,
//! section 6.4, algorithms L and R). The mixing is fixed: the standard library's map has a seed of its
//! own in every process. Items are ranks, not anything that an attacker chooses.

/// Marks a free slot: requests without keys have this item, so no map ever holds it.
const FREE: u32 = 0;

/// Numbers by item, 12 bytes a slot; a map without items has no slots.
#[derive(Clone, Debug, Default)]
pub(crate) struct ItemMap {
    /// A power of two, at most three quarters of them taken.
    items: Vec<u32>,
    numbers: Vec<u64>,
    len: usize,
}

impl ItemMap {
    /// How many items are there.
    #[cfg(test)]
    pub(crate) const fn len(&self) -> usize {
        self.len
    }

    /// The number of an item.
    pub(crate) fn get(&self, item: u32) -> Option<u64> {
        self.find(item).map(|slot| self.numbers[slot])
    }

    /// Gives an item, which is not 0, a number in place of the one that it has.
    pub(crate) fn insert(&mut self, item: u32, number: u64) {
        debug_assert!(item != FREE, "nothing is kept for requests without keys");
        if let Some(slot) = self.find(item) {
            self.numbers[slot] = number;
            return;
        }
        if (self.len + 1) * 4 > self.items.len() * 3 {
            self.grow();
        }
        self.place(item, number);
        self.len += 1;
    }

    /// Takes an item out and returns its number.
    pub(crate) fn remove(&mut self, item: u32) -> Option<u64> {
        let mut hole = self.find(item)?;
        let number = self.numbers[hole];
        let mask = self.items.len() - 1;
        let mut slot = hole;
        loop {
            slot = (slot + 1) & mask;
            let other = self.items[slot];
            if other == FREE {
                break;
            }
            // It moves up unless its home lies behind the hole, where no search would find it.
            let home = self.home(other);
            if slot.wrapping_sub(home) & mask >= slot.wrapping_sub(hole) & mask {
                self.items[hole] = other;
                self.numbers[hole] = self.numbers[slot];
                hole = slot;
            }
        }
        self.items[hole] = FREE;
        self.len -= 1;
        Some(number)
    }

    /// Takes all items out.
    pub(crate) fn clear(&mut self) {
        *self = Self::default();
    }

    /// The golden ratio's multiplier spreads neighbours evenly over the high bits.
    const fn home(&self, item: u32) -> usize {
        let shift = u32::BITS - self.items.len().trailing_zeros();
        (item.wrapping_mul(0x9e37_79b1) >> shift) as usize
    }

    fn find(&self, item: u32) -> Option<usize> {
        if self.len == 0 {
            return None;
        }
        let mask = self.items.len() - 1;
        let mut slot = self.home(item);
        while self.items[slot] != FREE {
            if self.items[slot] == item {
                return Some(slot);
            }
            slot = (slot + 1) & mask;
        }
        None
    }

    fn place(&mut self, item: u32, number: u64) {
        let mask = self.items.len() - 1;
        let mut slot = self.home(item);
        while self.items[slot] != FREE {
            slot = (slot + 1) & mask;
        }
        self.items[slot] = item;
        self.numbers[slot] = number;
    }

    fn grow(&mut self) {
        let slots = (self.items.len() * 2).max(8);
        let items = std::mem::replace(&mut self.items, vec![FREE; slots]);
        let numbers = std::mem::replace(&mut self.numbers, vec![0; slots]);
        for (item, number) in items.into_iter().zip(numbers) {
            if item != FREE {
                self.place(item, number);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn it_holds_what_an_ordered_map_holds(
            // Multiples of a power of two crowd into few homes and wrap around the end.
            acts in prop::collection::vec((any::<bool>(), 1..40_u32, 0..26_u32, any::<u64>()), 0..400)
        ) {
            let (mut map, mut oracle) = (ItemMap::default(), BTreeMap::new());
            for (adds, item, spread, number) in acts {
                let item = item << spread;
                if adds {
                    map.insert(item, number);
                    oracle.insert(item, number);
                } else {
                    prop_assert_eq!(map.remove(item), oracle.remove(&item));
                }
                prop_assert_eq!(map.len(), oracle.len());
                for (&item, &number) in &oracle {
                    prop_assert_eq!(map.get(item), Some(number));
                }
            }
            map.clear();
            prop_assert_eq!((map.len(), map.get(1)), (0, None));
        }
    }

    #[test]
    fn nothing_is_found_for_requests_without_keys() {
        let mut map = ItemMap::default();
        assert_eq!((map.get(0), map.remove(0)), (None, None));
        map.insert(1, 7);
        assert_eq!((map.get(0), map.remove(0)), (None, None));
    }
}
