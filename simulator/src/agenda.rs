//! The pending events, first by time, then in the order in which they were added.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// Events that have not happened yet.
#[derive(Clone, Debug, Default)]
pub(crate) struct Agenda {
    heap: BinaryHeap<Reverse<(u64, u64, u64)>>,
    added: u64,
}

impl Agenda {
    pub(crate) fn push(&mut self, at: u64, payload: u64) {
        self.heap.push(Reverse((at, self.added, payload)));
        self.added += 1;
    }

    pub(crate) fn pop(&mut self) -> Option<(u64, u64)> {
        self.heap
            .pop()
            .map(|Reverse((at, _, payload))| (at, payload))
    }

    pub(crate) fn pop_until(&mut self, limit: u64) -> Option<(u64, u64)> {
        let Reverse((at, ..)) = self.heap.peek()?;
        if *at <= limit { self.pop() } else { None }
    }
}
