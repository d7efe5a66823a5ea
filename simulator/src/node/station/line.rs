//! The calls that wait, in a line for each class of importance, each in order of arrival.

use crate::call::{Call, Calls, NONE, Place};
use crate::scenario::CLASSES;
use crate::time::SimTime;

/// Who of those that wait is served next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Order {
    First,
    Last,
    MostImportant,
}

/// Lines of waiting calls, linked through the calls themselves. A station that looks at nobody's
/// importance has them all in the first.
#[derive(Clone, Debug)]
pub(super) struct Lines {
    ends: [Ends; CLASSES],
    pub(super) count: u32,
}

/// The first and the last call of a line.
#[derive(Clone, Copy, Debug)]
struct Ends {
    first: u32,
    last: u32,
}

const EMPTY: Ends = Ends {
    first: NONE,
    last: NONE,
};

impl Default for Lines {
    fn default() -> Self {
        Self {
            ends: [EMPTY; CLASSES],
            count: 0,
        }
    }
}

impl Lines {
    /// A call comes to the end of a line.
    pub(super) fn push_back(&mut self, calls: &mut Calls, line: usize, index: u32, now: SimTime) {
        let call = calls.get_mut(index);
        call.place = Place::Queued;
        call.since = now;
        self.append(calls, line, index);
    }

    fn append(&mut self, calls: &mut Calls, line: usize, index: u32) {
        let ends = &mut self.ends[line];
        let call = calls.get_mut(index);
        (call.previous, call.next) = (ends.last, NONE);
        match ends.last {
            NONE => ends.first = index,
            last => calls.get_mut(last).next = index,
        }
        ends.last = index;
        self.count += 1;
    }

    /// The first of the first line leaves.
    pub(super) fn pop_front(&mut self, calls: &mut Calls) -> Option<u32> {
        let ends = &mut self.ends[0];
        let index = ends.first;
        if index == NONE {
            return None;
        }
        ends.first = calls.get(index).next;
        match ends.first {
            NONE => ends.last = NONE,
            first => calls.get_mut(first).previous = NONE,
        }
        self.count -= 1;
        Some(index)
    }

    /// The next one in this order leaves.
    pub(super) fn pop(&mut self, calls: &mut Calls, order: Order) -> Option<u32> {
        let line = next_line(self.heads(order), calls, order)?;
        let index = head(self.ends[line], order);
        self.take_out(calls, line, index);
        Some(index)
    }

    /// The last of the least important who are less important than `class` leaves.
    pub(super) fn pop_less_important(&mut self, calls: &mut Calls, class: usize) -> Option<u32> {
        let line = (class + 1..CLASSES).rfind(|&line| self.ends[line].last != NONE)?;
        let index = self.ends[line].last;
        self.take_out(calls, line, index);
        Some(index)
    }

    fn take_out(&mut self, calls: &mut Calls, line: usize, index: u32) {
        let call = calls.get(index);
        let (previous, next) = (call.previous, call.next);
        match previous {
            NONE => self.ends[line].first = next,
            previous => calls.get_mut(previous).next = next,
        }
        match next {
            NONE => self.ends[line].last = previous,
            next => calls.get_mut(next).previous = previous,
        }
        self.count -= 1;
    }

    fn heads(&self, order: Order) -> [u32; CLASSES] {
        self.ends.map(|ends| head(ends, order))
    }

    /// All who wait, the next one first.
    pub(super) fn iter<'a>(
        &self,
        calls: &'a Calls,
        order: Order,
    ) -> impl Iterator<Item = (u32, &'a Call)> {
        let mut heads = self.heads(order);
        std::iter::from_fn(move || {
            let line = next_line(heads, calls, order)?;
            let index = heads[line];
            let call = calls.get(index);
            heads[line] = if order == Order::Last {
                call.previous
            } else {
                call.next
            };
            Some((index, call))
        })
    }

    /// Files everybody anew, in order of arrival.
    pub(super) fn file(&mut self, calls: &mut Calls, line_of: impl Fn(&Call) -> usize) {
        let waiting: Vec<u32> = self
            .iter(calls, Order::First)
            .map(|(index, _)| index)
            .collect();
        *self = Self::default();
        for index in waiting {
            let line = line_of(calls.get(index));
            self.append(calls, line, index);
        }
    }
}

const fn head(ends: Ends, order: Order) -> u32 {
    match order {
        Order::Last => ends.last,
        Order::First | Order::MostImportant => ends.first,
    }
}

/// Which of the lines with these heads is next. Of those who came at the same moment in different lines,
/// the more important one came first.
fn next_line(heads: [u32; CLASSES], calls: &Calls, order: Order) -> Option<usize> {
    let mut lines = (0..CLASSES).filter(|&line| heads[line] != NONE);
    let since = |line: &usize| calls.get(heads[*line]).since;
    match order {
        Order::MostImportant => lines.next(),
        Order::First => lines.min_by_key(since),
        Order::Last => lines.max_by_key(since),
    }
}
