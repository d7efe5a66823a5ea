//! Where the entry of a key is: a hash table of numbers of entries.
//!
//! Linear probing with backward-shift deletion (Knuth, "The Art of Computer Programming" vol. 3,
//! section 6.4, algorithms L and R), so there are no tombstones and the table never degrades. A slot is
//! four bytes: the number of an entry and eleven bits of its key's hash, so that a wrong entry is hardly
//! ever looked at.
//!
//! The mixing is fixed: the standard library's map has a seed of its own in every process, and the order
//! of things must be the same in every run. Keys are ranks, not anything that an attacker chooses.

use super::Entry;

/// A slot without an entry; others hold the number of an entry plus one.
const EMPTY: u32 = 0;
const NUMBER_BITS: u32 = 21;
const NUMBER_MASK: u32 = (1 << NUMBER_BITS) - 1;
const TAG_BITS: u32 = 32 - NUMBER_BITS;
const LEAST_SLOTS: usize = 8;

/// The table. Its slots are a power of two, and at most three quarters of them are taken.
#[derive(Clone, Debug)]
pub(super) struct Index {
    slots: Vec<u32>,
    /// 64 less the bits of a slot's position.
    shift: u32,
}

/// The golden ratio's multiplier spreads consecutive numbers evenly over the high bits (Knuth,
/// section 6.4); the high half is folded in first, because namespaces are kept there.
const fn hash(key: u64) -> u64 {
    (key ^ (key >> 32)).wrapping_mul(0x9e37_79b9_7f4a_7c15)
}

impl Index {
    /// A table with room for `len` entries.
    pub(super) fn new(len: usize) -> Self {
        let slots = (len + len / 3 + 1).next_power_of_two().max(LEAST_SLOTS);
        Self {
            slots: vec![EMPTY; slots],
            shift: 64 - slots.trailing_zeros(),
        }
    }

    const fn home(&self, hash: u64) -> usize {
        (hash >> self.shift) as usize
    }

    const fn after(&self, slot: usize) -> usize {
        (slot + 1) & (self.slots.len() - 1)
    }

    /// What the slot of entry `number` holds.
    const fn content(&self, hash: u64, number: u32) -> u32 {
        self.tag(hash) | (number + 1)
    }

    /// The bits of the hash that follow those of the position.
    const fn tag(&self, hash: u64) -> u32 {
        ((hash >> (self.shift - TAG_BITS)) as u32) << NUMBER_BITS
    }

    /// The number of the entry with this key.
    pub(super) fn find(&self, key: u64, entries: &[Entry]) -> Option<u32> {
        let hash = hash(key);
        let tag = self.tag(hash);
        let mut slot = self.home(hash);
        loop {
            let content = self.slots[slot];
            if content == EMPTY {
                return None;
            }
            if content & !NUMBER_MASK == tag {
                let number = (content & NUMBER_MASK) - 1;
                if entries[number as usize].key == key {
                    return Some(number);
                }
            }
            slot = self.after(slot);
        }
    }

    /// Adds the last of `entries`, whose key is not in the table.
    pub(super) fn insert_last(&mut self, entries: &[Entry]) {
        if entries.len() * 4 > self.slots.len() * 3 {
            self.rebuild(entries);
        } else if let Some(entry) = entries.last() {
            self.place(entry.key, entries.len() as u32 - 1);
        }
    }

    /// Makes the table as large as `entries` need with room to grow, and no larger.
    pub(super) fn rebuild(&mut self, entries: &[Entry]) {
        *self = Self::new(entries.len());
        for (number, entry) in entries.iter().enumerate() {
            self.place(entry.key, number as u32);
        }
    }

    fn place(&mut self, key: u64, number: u32) {
        let hash = hash(key);
        let mut slot = self.home(hash);
        while self.slots[slot] != EMPTY {
            slot = self.after(slot);
        }
        self.slots[slot] = self.content(hash, number);
    }

    /// Says that the entry with this key, `old` so far, is now called `new`.
    pub(super) fn rename(&mut self, key: u64, old: u32, new: u32) {
        let slot = self.slot_of(key, old);
        self.slots[slot] = self.content(hash(key), new);
    }

    /// Forgets entry `number`, which still is where it was in `entries`.
    pub(super) fn remove(&mut self, number: u32, entries: &[Entry]) {
        let mut hole = self.slot_of(entries[number as usize].key, number);
        let mut slot = hole;
        loop {
            slot = self.after(slot);
            let content = self.slots[slot];
            if content == EMPTY {
                break;
            }
            let other = (content & NUMBER_MASK) - 1;
            let home = self.home(hash(entries[other as usize].key));
            // It moves up unless its home lies behind the hole, where no search would find it.
            let mask = self.slots.len() - 1;
            if slot.wrapping_sub(home) & mask >= slot.wrapping_sub(hole) & mask {
                self.slots[hole] = content;
                hole = slot;
            }
        }
        self.slots[hole] = EMPTY;
    }

    /// The slot of an entry that is in the table: no two slots have the same content.
    fn slot_of(&self, key: u64, number: u32) -> usize {
        let hash = hash(key);
        let content = self.content(hash, number);
        let mut slot = self.home(hash);
        while self.slots[slot] != content {
            slot = self.after(slot);
        }
        slot
    }

    #[cfg(test)]
    pub(super) fn slots(&self) -> usize {
        self.slots.len()
    }

    /// The most slots that a search for any of these keys has to look at.
    #[cfg(test)]
    fn longest_probe(&self, entries: &[Entry]) -> usize {
        let mask = self.slots.len() - 1;
        let probe = |(number, entry): (usize, &Entry)| {
            let slot = self.slot_of(entry.key, number as u32);
            (slot.wrapping_sub(self.home(hash(entry.key))) & mask) + 1
        };
        entries.iter().enumerate().map(probe).max().unwrap_or(0)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::Value;
    use super::*;
    use crate::time::{SimDuration, SimTime};

    fn entry(key: u64) -> Entry {
        Entry {
            key,
            value: Value {
                version: 0,
                filled: SimTime::ZERO,
                expiry: SimTime::MAX,
                recompute: SimDuration::ZERO,
                size: 0,
            },
        }
    }

    fn filled(keys: impl Iterator<Item = u64>) -> (Index, Vec<Entry>) {
        let (mut index, mut entries) = (Index::new(0), Vec::new());
        for key in keys {
            entries.push(entry(key));
            index.insert_last(&entries);
        }
        (index, entries)
    }

    fn remove(index: &mut Index, entries: &mut Vec<Entry>, number: u32) {
        index.remove(number, entries);
        let last = entries.len() as u32 - 1;
        if number != last {
            index.rename(entries[last as usize].key, last, number);
        }
        entries.swap_remove(number as usize);
    }

    proptest! {
        #[test]
        fn exactly_what_was_added_and_not_removed_is_found(
            // Multiples of a power of two crowd into few homes and wrap around the end.
            acts in prop::collection::vec((any::<bool>(), 0..40_u64, 0..64_u32), 1..300)
        ) {
            let (mut index, mut entries) = filled(std::iter::empty());
            for (adds, key, spread) in acts {
                let key = key << spread;
                let found = index.find(key, &entries);
                let want = entries.iter().position(|entry| entry.key == key);
                prop_assert_eq!(found, want.map(|number| number as u32));
                match found {
                    None if adds => {
                        entries.push(entry(key));
                        index.insert_last(&entries);
                    }
                    Some(number) if !adds => remove(&mut index, &mut entries, number),
                    _ => {}
                }
                for (number, entry) in entries.iter().enumerate() {
                    prop_assert_eq!(index.find(entry.key, &entries), Some(number as u32));
                }
            }
            while !entries.is_empty() {
                remove(&mut index, &mut entries, 0);
            }
            prop_assert!(index.slots.iter().all(|&slot| slot == EMPTY));
        }
    }

    #[test]
    fn searches_stay_short_for_the_keys_that_a_simulation_has() {
        let n = 98_304; // three quarters of 2^17: as full as a table gets
        for (name, spread) in [("ranks", 0), ("ranks in the high half", 32), ("steps", 12)] {
            let (index, entries) = filled((0..n).map(|rank| rank << spread));
            assert_eq!(index.slots(), 1 << 17, "{name}");
            let longest = index.longest_probe(&entries);
            assert!(longest < 64, "{name}: {longest}");
        }
        let namespaced = (0..n).map(|number| (number % 7) << 48 | (number / 7));
        let (index, entries) = filled(namespaced);
        let longest = index.longest_probe(&entries);
        assert!(longest < 200, "namespaces: {longest}");
    }

    #[test]
    fn a_table_grows_before_it_is_full_and_shrinks_when_rebuilt() {
        let (mut index, mut entries) = filled(0..1_000);
        assert_eq!(index.slots(), 2_048);
        entries.truncate(3);
        index.rebuild(&entries);
        assert_eq!(index.slots(), LEAST_SLOTS);
        assert_eq!(index.find(2, &entries), Some(2));
        assert_eq!(index.find(3, &entries), None);
    }
}
