//! The events that come first, sorted in a ring.

use super::{Entry, NEAR_LIMIT};

/// A power of two, and room for one more than the limit.
const ROOM: usize = (2 * NEAR_LIMIT) as usize;

/// From this many on, it is worth asking at which end an entry has less to pass.
const MANY: u32 = 8;

/// A few entries in order of time, equal times in order of insertion.
#[derive(Clone, Debug)]
pub(super) struct Near {
    ring: [Entry; ROOM],
    /// Where the first entry is, counted without end; the ring's places repeat.
    head: u32,
    /// Behind the last one.
    tail: u32,
}

impl Default for Near {
    fn default() -> Self {
        Self {
            ring: [Entry::default(); ROOM],
            head: 0,
            tail: 0,
        }
    }
}

impl Near {
    #[inline]
    pub(super) const fn len(&self) -> u32 {
        self.tail.wrapping_sub(self.head)
    }

    #[inline]
    pub(super) const fn is_empty(&self) -> bool {
        self.head == self.tail
    }

    /// The earliest entry. Where there is none, anything.
    #[inline]
    pub(super) const fn first(&self) -> Entry {
        self.ring[place(self.head)]
    }

    /// Half of the others come before this one.
    pub(super) const fn middle(&self) -> Entry {
        self.ring[place(self.head.wrapping_add(self.len() / 2))]
    }

    #[inline]
    pub(super) const fn drop_first(&mut self) {
        self.head = self.head.wrapping_add(1);
    }

    /// Adds an entry after all that are due no later.
    ///
    /// Where short delays meet long ones, most new entries come early and have less to pass at the
    /// head. A quarter in and not in the middle, so that with equal delays the guess is seldom wrong.
    #[inline]
    pub(super) const fn insert(&mut self, entry: Entry) {
        let len = self.len();
        let quarter = place(self.head.wrapping_add(len / 4));
        if len < MANY || self.ring[quarter].at <= entry.at {
            self.insert_from_tail(entry);
        } else {
            self.insert_from_head(entry);
        }
    }

    /// The same, for an entry that is more likely to be late.
    #[inline]
    pub(super) const fn insert_from_tail(&mut self, entry: Entry) {
        let mut index = self.tail;
        self.tail = self.tail.wrapping_add(1);
        while index != self.head {
            let before = self.ring[place(index.wrapping_sub(1))];
            if before.at <= entry.at {
                break;
            }
            self.ring[place(index)] = before;
            index = index.wrapping_sub(1);
        }
        self.ring[place(index)] = entry;
    }

    /// The same, for an entry of which it is known that it is not the last.
    #[inline]
    const fn insert_from_head(&mut self, entry: Entry) {
        self.head = self.head.wrapping_sub(1);
        let mut index = self.head;
        loop {
            let after = self.ring[place(index.wrapping_add(1))];
            if entry.at < after.at {
                break;
            }
            self.ring[place(index)] = after;
            index = index.wrapping_add(1);
        }
        self.ring[place(index)] = entry;
    }

    /// Takes out all that are due at `time` or later, in their order.
    pub(super) fn split_off(&mut self, time: u64) -> impl Iterator<Item = Entry> {
        let end = self.tail;
        while !self.is_empty() && time <= self.ring[place(self.tail.wrapping_sub(1))].at {
            self.tail = self.tail.wrapping_sub(1);
        }
        let start = self.tail;
        (0..end.wrapping_sub(start)).map(move |k| self.ring[place(start.wrapping_add(k))])
    }
}

const fn place(index: u32) -> usize {
    index as usize % ROOM
}
