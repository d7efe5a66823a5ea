//! The pending events, first by time, then in the order in which they were added.

use std::cmp::Ordering;
use std::collections::BinaryHeap;

use crate::event::Event;
use crate::time::SimTime;

/// Events that have not happened yet.
///
/// Equal times come out in the order of insertion: the one rule for ties in the whole engine.
#[derive(Clone, Debug, Default)]
pub(crate) struct EventQueue {
    heap: BinaryHeap<Pending>,
    added: u64,
}

#[derive(Clone, Debug)]
struct Pending {
    at: SimTime,
    added: u64,
    event: Event,
}

impl EventQueue {
    /// Adds an event.
    pub(crate) fn push(&mut self, at: SimTime, event: Event) {
        self.heap.push(Pending {
            at,
            added: self.added,
            event,
        });
        self.added += 1;
    }

    /// The time of the next event.
    pub(crate) fn next_time(&self) -> Option<SimTime> {
        self.heap.peek().map(|pending| pending.at)
    }

    /// Takes the next event.
    pub(crate) fn pop(&mut self) -> Option<(SimTime, Event)> {
        self.heap.pop().map(|pending| (pending.at, pending.event))
    }
}

impl Ord for Pending {
    /// Reversed, because the standard heap gives its greatest element first.
    fn cmp(&self, other: &Self) -> Ordering {
        (other.at, other.added).cmp(&(self.at, self.added))
    }
}

impl PartialOrd for Pending {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Pending {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Pending {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn events_leave_by_time_and_equal_times_in_order_of_insertion() {
        let mut queue = EventQueue::default();
        for (at, node) in [(5, 0), (3, 1), (5, 2), (3, 3), (4, 4)] {
            queue.push(
                SimTime::from_nanos(at),
                Event::Arrival {
                    node,
                    generation: 0,
                },
            );
        }
        let mut order = Vec::new();
        while let Some((_, Event::Arrival { node, .. })) = queue.pop() {
            order.push(node);
        }
        assert_eq!(order, [1, 3, 4, 0, 2]);
    }
}
