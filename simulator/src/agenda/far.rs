//! The events that come later: a radix queue in base 16.
//!
//! An entry lies in the bucket of its level, the highest digit in which its time differs from a base,
//! and of its digit there. So every entry of a lower level is due before every one of a higher level,
//! and likewise for the digits of one level. When the first bucket comes up, the base moves into it, and
//! its entries, in their order, go to lower levels. All other entries are already where they would be
//! put if they were added now, so equal times always meet in one bucket, in the order of insertion.
//!
//! Radix queues: Ahuja, Mehlhorn, Orlin and Tarjan, "Faster algorithms for the shortest path problem",
//! J. ACM 37 (1990); this one differs in its base and in keeping the order of equal times.

use super::Entry;
use super::near::Near;
use super::pool::{Chain, Pool};

/// The bits of a digit.
const BITS: u32 = 4;
const DIGITS: usize = 1 << BITS;
const LEVELS: usize = (u64::BITS / BITS) as usize;

/// A bucket that is not empty.
struct Bucket {
    level: usize,
    digit: usize,
    /// The first of its times.
    start: u64,
}

/// Entries by the digits of their times.
#[derive(Clone, Debug)]
pub(super) struct Far {
    /// Not after any entry.
    base: u64,
    /// A bit for each level that has entries, and for each of its digits that has.
    levels: u16,
    digits: [u16; LEVELS],
    chains: [Chain; LEVELS * DIGITS],
    pool: Pool,
    len: usize,
}

impl Default for Far {
    fn default() -> Self {
        Self {
            base: 0,
            levels: 0,
            digits: [0; LEVELS],
            chains: [Chain::default(); LEVELS * DIGITS],
            pool: Pool::default(),
            len: 0,
        }
    }
}

impl Far {
    /// For how many entries there is memory.
    #[cfg(test)]
    pub(super) fn room(&self) -> usize {
        self.pool.room()
    }

    pub(super) const fn len(&self) -> usize {
        self.len
    }

    pub(super) const fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// Adds an entry.
    #[inline]
    pub(super) fn push(&mut self, entry: Entry) {
        self.len += 1;
        self.deal(entry);
    }

    /// Moves the earliest entries to `near`, which is empty. `false` if all are due after `limit`.
    ///
    /// Never looks past `limit`: entries that are due then still find their place.
    pub(super) fn move_first(&mut self, limit: u64, near: &mut Near) -> bool {
        while let Some(Bucket {
            level,
            digit,
            start,
        }) = self.first_bucket()
        {
            if limit < start {
                return false;
            }
            let index = level * DIGITS + digit;
            let chain = self.chains[index];
            let end = start | ((1_u64 << (level as u32 * BITS)) - 1);
            // No horizon can lie behind the end of time: the bucket up to there is dealt to single times.
            if level == 0 || chain.is_one_block() && end < u64::MAX {
                let places = chain.first_places();
                self.len -= places.len();
                for place in places {
                    near.insert_from_tail(self.pool.get(place));
                }
                self.pool.drop_block(&mut self.chains[index]);
                self.base = start;
                // Otherwise there is more of the very same time.
                if chain.is_one_block() {
                    self.mark_empty(level, digit);
                }
                if self.is_empty() {
                    self.pool.clear();
                }
                return true;
            }
            self.mark_empty(level, digit);
            self.chains[index] = Chain::default();
            self.base = chain.earliest.min(limit);
            self.deal_again(chain);
        }
        false
    }

    /// Everything here is due then or later; the end of time if there is nothing.
    #[inline]
    pub(super) fn start(&self) -> u64 {
        self.first_bucket().map_or(u64::MAX, |it| it.start)
    }

    #[inline]
    fn first_bucket(&self) -> Option<Bucket> {
        if self.levels == 0 {
            return None;
        }
        let level = self.levels.trailing_zeros() as usize % LEVELS;
        let digit = self.digits[level].trailing_zeros() as usize % DIGITS;
        let shift = level as u32 * BITS;
        let above = self.base >> shift & !(DIGITS as u64 - 1);
        Some(Bucket {
            level,
            digit,
            start: (above | digit as u64) << shift,
        })
    }

    /// Puts an entry into its bucket.
    #[inline]
    fn deal(&mut self, entry: Entry) {
        let level = ((entry.at ^ self.base | 1).ilog2() / BITS) as usize;
        let digit = (entry.at >> (level as u32 * BITS)) as usize % DIGITS;
        let chain = &mut self.chains[level * DIGITS + digit];
        if chain.needs_block() {
            self.levels |= 1 << level;
            self.digits[level] |= 1 << digit;
            self.pool.extend(chain);
        }
        self.pool.push(chain, entry);
    }

    /// Puts entries into their buckets, in their order.
    #[inline(never)]
    fn deal_again(&mut self, mut chain: Chain) {
        while !chain.is_empty() {
            for place in chain.first_places() {
                self.deal(self.pool.get(place));
            }
            self.pool.drop_block(&mut chain);
        }
    }

    fn mark_empty(&mut self, level: usize, digit: usize) {
        self.digits[level] &= !(1 << digit);
        if self.digits[level] == 0 {
            self.levels &= !(1 << level);
        }
    }
}
