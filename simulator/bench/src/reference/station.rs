//! Workers behind a queue, first come, first served.

use super::run::{NOBODY, Run};

/// Who waits is a list through [`Run::next`].
#[derive(Clone)]
pub(super) struct Station {
    free: u32,
    head: u32,
    tail: u32,
}

impl Station {
    pub(super) const fn new(workers: u32) -> Self {
        Self {
            free: workers,
            head: NOBODY,
            tail: NOBODY,
        }
    }

    /// Whether a worker is free for the request; otherwise it waits.
    pub(super) fn take_in(&mut self, run: &mut Run, request: u32) -> bool {
        if self.free > 0 {
            self.free -= 1;
            return true;
        }
        run.next[request as usize] = NOBODY;
        if self.head == NOBODY {
            self.head = request;
        } else {
            run.next[self.tail as usize] = request;
        }
        self.tail = request;
        false
    }

    /// A worker is done; the request that it takes next.
    pub(super) fn let_go(&mut self, run: &Run) -> Option<u32> {
        if self.head == NOBODY {
            self.free += 1;
            return None;
        }
        let next = self.head;
        self.head = run.next[next as usize];
        Some(next)
    }
}
