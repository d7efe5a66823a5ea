//! Memory for many lists of entries that grow at their ends and are emptied from their beginnings.

use std::ops::Range;

use super::Entry;

/// How many entries lie side by side. All of them have to fit into `Near`.
pub(super) const BLOCK: usize = 32;

/// The most blocks that are kept for later when nothing is stored any more.
const KEPT: usize = 256;

/// No block.
const NONE: u32 = u32::MAX;

/// A list of entries in a pool. The default is empty.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Chain {
    first_block: u32,
    /// The place behind the last entry, 0 if there is no entry.
    end: u32,
    /// The least time of its entries, anything if there are none.
    pub(super) earliest: u64,
}

impl Chain {
    /// Whether the next entry needs a new block, be it the first one.
    #[inline]
    pub(super) const fn needs_block(self) -> bool {
        (self.end as usize).is_multiple_of(BLOCK)
    }

    #[inline]
    pub(super) const fn is_empty(self) -> bool {
        self.end == 0
    }

    /// Whether a chain that is not empty has no second block.
    pub(super) const fn is_one_block(self) -> bool {
        self.first_block == self.last_block()
    }

    /// The places of the first entries of a chain that is not empty.
    pub(super) const fn first_places(self) -> Range<usize> {
        let start = self.first_block as usize * BLOCK;
        if self.is_one_block() {
            start..self.end as usize
        } else {
            start..start + BLOCK
        }
    }

    const fn last_block(self) -> u32 {
        (self.end - 1) / BLOCK as u32
    }
}

/// The entries of all chains, in blocks.
#[derive(Clone, Debug)]
pub(super) struct Pool {
    entries: Vec<Entry>,
    /// For each block the next one of its chain, or of those that are free.
    next: Vec<u32>,
    free: u32,
}

impl Default for Pool {
    fn default() -> Self {
        Self {
            entries: Vec::new(),
            next: Vec::new(),
            free: NONE,
        }
    }
}

impl Pool {
    #[cfg(test)]
    pub(super) fn room(&self) -> usize {
        self.entries.capacity()
    }

    #[inline]
    pub(super) fn get(&self, place: usize) -> Entry {
        self.entries[place]
    }

    /// Adds an entry to a chain that needs no block.
    #[inline]
    pub(super) fn push(&mut self, chain: &mut Chain, entry: Entry) {
        self.entries[chain.end as usize] = entry;
        chain.end += 1;
        chain.earliest = chain.earliest.min(entry.at);
    }

    /// Adds a block to a chain that needs one. An entry has to follow.
    #[inline(never)]
    pub(super) fn extend(&mut self, chain: &mut Chain) {
        let block = self.take_free();
        if chain.is_empty() {
            chain.first_block = block;
            chain.earliest = u64::MAX;
        } else {
            self.next[chain.last_block() as usize] = block;
        }
        chain.end = block * BLOCK as u32;
    }

    /// Takes the first block and its entries out of a chain that is not empty.
    pub(super) fn drop_block(&mut self, chain: &mut Chain) {
        let block = chain.first_block;
        if chain.is_one_block() {
            *chain = Chain::default();
        } else {
            chain.first_block = self.next[block as usize];
        }
        self.next[block as usize] = self.free;
        self.free = block;
    }

    /// Gives the memory back if it is much. All chains are empty.
    pub(super) fn clear(&mut self) {
        if KEPT < self.next.len() {
            *self = Self::default();
        }
    }

    fn take_free(&mut self) -> u32 {
        let block = self.free;
        if block != NONE {
            self.free = self.next[block as usize];
            return block;
        }
        let len = self.entries.len();
        if len == self.entries.capacity() {
            // A quarter more and not twice as much: this is most of what a big system needs.
            self.entries
                .reserve_exact((len / 4).next_multiple_of(BLOCK) + 8 * BLOCK);
        }
        self.entries.resize(len + BLOCK, Entry::default());
        self.next.push(NONE);
        (len / BLOCK) as u32
    }
}
