//! The order of a cache's entries, from the next victim to the last: a doubly linked list.
//!
//! Every policy keeps its order here, so a change of policy starts from the order of the one before.
//! Entries are numbered without gaps: when one is removed, the last one takes its number.

/// No entry.
pub(super) const NONE: u32 = u32::MAX;

/// A list through all entries.
#[derive(Clone, Debug)]
pub(super) struct Order {
    links: Vec<Link>,
    front: u32,
    back: u32,
}

#[derive(Clone, Copy, Debug)]
struct Link {
    /// Towards the front; the front has none.
    previous: u32,
    /// Towards the back; the back has none.
    next: u32,
}

impl Order {
    pub(super) const fn new() -> Self {
        Self {
            links: Vec::new(),
            front: NONE,
            back: NONE,
        }
    }

    pub(super) fn len(&self) -> usize {
        self.links.len()
    }

    /// The first entry, or [`NONE`].
    pub(super) const fn front(&self) -> u32 {
        self.front
    }

    /// The last entry, or [`NONE`].
    pub(super) const fn back(&self) -> u32 {
        self.back
    }

    /// The entry after this one, or [`NONE`].
    pub(super) fn next(&self, entry: u32) -> u32 {
        self.links[entry as usize].next
    }

    /// The entry before this one, or [`NONE`].
    pub(super) fn previous(&self, entry: u32) -> u32 {
        self.links[entry as usize].previous
    }

    /// Adds an entry, numbered after all others, behind `previous`; at the front if that is [`NONE`].
    pub(super) fn add_after(&mut self, previous: u32) {
        let entry = self.links.len() as u32;
        self.links.push(Link {
            previous: NONE,
            next: NONE,
        });
        self.link(entry, previous);
    }

    /// Moves an entry to the place behind `previous`, which is another one.
    pub(super) fn move_after(&mut self, entry: u32, previous: u32) {
        self.unlink(entry);
        self.link(entry, previous);
    }

    /// Moves an entry to the back.
    pub(super) fn move_to_back(&mut self, entry: u32) {
        if entry != self.back {
            self.move_after(entry, self.back);
        }
    }

    /// Removes an entry; the one with the highest number gets its number.
    pub(super) fn swap_remove(&mut self, entry: u32) {
        self.unlink(entry);
        self.links.swap_remove(entry as usize);
        if let Some(&Link { previous, next }) = self.links.get(entry as usize) {
            self.set_next(previous, entry);
            self.set_previous(next, entry);
        }
    }

    fn link(&mut self, entry: u32, previous: u32) {
        let next = if previous == NONE {
            self.front
        } else {
            self.next(previous)
        };
        self.links[entry as usize] = Link { previous, next };
        self.set_next(previous, entry);
        self.set_previous(next, entry);
    }

    fn unlink(&mut self, entry: u32) {
        let Link { previous, next } = self.links[entry as usize];
        self.set_next(previous, next);
        self.set_previous(next, previous);
    }

    /// Lets `next` follow `entry`, or be the front.
    fn set_next(&mut self, entry: u32, next: u32) {
        match self.links.get_mut(entry as usize) {
            Some(link) => link.next = next,
            None => self.front = next,
        }
    }

    /// Lets `previous` precede `entry`, or be the back.
    fn set_previous(&mut self, entry: u32, previous: u32) {
        match self.links.get_mut(entry as usize) {
            Some(link) => link.previous = previous,
            None => self.back = previous,
        }
    }

    /// All entries, the next victim first.
    #[cfg(test)]
    pub(super) fn iter(&self) -> impl Iterator<Item = u32> {
        let some = |entry| (entry != NONE).then_some(entry);
        std::iter::successors(some(self.front), move |&entry| some(self.next(entry)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Four entries in the order of their numbers.
    fn four() -> Order {
        let mut order = Order::new();
        for _ in 0..4 {
            order.add_after(order.back());
        }
        order
    }

    #[track_caller]
    fn check(order: &Order, want: &[u32]) {
        assert_eq!(order.iter().collect::<Vec<_>>(), want);
        assert_eq!(order.len(), want.len());
        let some = |entry| (entry != NONE).then_some(entry);
        let backwards =
            std::iter::successors(some(order.back()), |&entry| some(order.previous(entry)));
        let mut forwards: Vec<_> = backwards.collect();
        forwards.reverse();
        assert_eq!(forwards, want);
    }

    #[test]
    fn entries_move_to_any_place() {
        let mut order = four();
        check(&order, &[0, 1, 2, 3]);
        order.move_to_back(1);
        check(&order, &[0, 2, 3, 1]);
        order.move_to_back(1);
        check(&order, &[0, 2, 3, 1]);
        order.move_after(1, 0);
        check(&order, &[0, 1, 2, 3]);
        order.move_after(3, NONE);
        check(&order, &[3, 0, 1, 2]);
        order.add_after(3);
        check(&order, &[3, 4, 0, 1, 2]);
    }

    #[test]
    fn the_last_number_takes_the_place_of_a_removed_one() {
        let mut order = four();
        order.move_after(3, 0);
        check(&order, &[0, 3, 1, 2]);
        order.swap_remove(0);
        check(&order, &[0, 1, 2]);
        order.swap_remove(2);
        check(&order, &[0, 1]);
        order.swap_remove(0);
        check(&order, &[0]);
        order.swap_remove(0);
        check(&order, &[]);
    }
}
