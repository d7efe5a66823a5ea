//! Least frequently used, in constant time (Shah, Mitra, Matani 2010, "An O(1) algorithm for
//! implementing the LFU cache eviction scheme").
//!
//! The paper hangs a list of entries below each node of a list of frequencies. Here it is one list, in
//! which entries of the same frequency are neighbours, and a [`Group`] knows the last of them.
//!
//! Ties: a use makes an entry the last of its new group, so among the least frequently used the least
//! recently used is evicted. Uses are counted while an entry is cached and forgotten with it; nothing
//! ages, so what was popular once stays for long.

use super::order::{NONE, Order};

/// The groups, and which one each entry is in.
#[derive(Clone, Debug)]
pub(super) struct Lfu {
    group_of: Vec<u32>,
    groups: Vec<Group>,
    /// Groups that nobody is in, to be used again.
    empty: Vec<u32>,
}

/// The entries that were used equally often.
#[derive(Clone, Debug)]
struct Group {
    uses: u64,
    /// The one that was used last.
    newest: u32,
}

impl Lfu {
    /// Every entry counts as used once.
    pub(super) fn new(order: &Order) -> Self {
        let mut lfu = Self {
            group_of: vec![0; order.len()],
            groups: Vec::new(),
            empty: Vec::new(),
        };
        if order.len() > 0 {
            lfu.add_group(1, order.back());
        }
        lfu
    }

    pub(super) fn on_insert(&mut self, order: &mut Order) {
        let entry = order.len() as u32;
        let least = order.front();
        let group = match self.group_of.get(least as usize) {
            Some(&group) if self.groups[group as usize].uses == 1 => {
                let newest = &mut self.groups[group as usize].newest;
                order.add_after(*newest);
                *newest = entry;
                group
            }
            _ => {
                order.add_after(NONE);
                self.add_group(1, entry)
            }
        };
        self.group_of.push(group);
    }

    pub(super) fn on_use(&mut self, order: &mut Order, entry: u32) {
        let old = self.group_of[entry as usize];
        let Group { uses, newest } = self.groups[old as usize];
        let uses = uses + 1;
        let above = self.group_of.get(order.next(newest) as usize).copied();
        let above = above.filter(|&above| self.groups[above as usize].uses == uses);
        let previous = above.map_or(newest, |above| self.groups[above as usize].newest);
        if above.is_none() && self.is_alone(order, entry) {
            self.groups[old as usize].uses = uses;
            return;
        }
        self.leave(order, entry);
        let new = match above {
            Some(above) => {
                self.groups[above as usize].newest = entry;
                above
            }
            None => self.add_group(uses, entry),
        };
        self.group_of[entry as usize] = new;
        if previous != entry {
            order.move_after(entry, previous);
        }
    }

    pub(super) fn on_remove(&mut self, order: &Order, entry: u32) {
        self.leave(order, entry);
        self.group_of.swap_remove(entry as usize);
        let last = self.group_of.len() as u32;
        if let Some(&group) = self.group_of.get(entry as usize) {
            let newest = &mut self.groups[group as usize].newest;
            if *newest == last {
                *newest = entry;
            }
        }
    }

    pub(super) const fn victim(order: &Order) -> u32 {
        order.front()
    }

    /// Whether no other entry was used as often.
    fn is_alone(&self, order: &Order, entry: u32) -> bool {
        let group = self.group_of[entry as usize];
        self.groups[group as usize].newest == entry && !self.has_older(order, entry)
    }

    /// Whether the entry before this one is in the same group.
    fn has_older(&self, order: &Order, entry: u32) -> bool {
        let older = self.group_of.get(order.previous(entry) as usize);
        older == Some(&self.group_of[entry as usize])
    }

    /// Takes an entry out of its group, but not out of the order.
    fn leave(&mut self, order: &Order, entry: u32) {
        let group = self.group_of[entry as usize];
        if self.groups[group as usize].newest != entry {
            return;
        }
        if self.has_older(order, entry) {
            self.groups[group as usize].newest = order.previous(entry);
        } else {
            self.empty.push(group);
        }
    }

    fn add_group(&mut self, uses: u64, newest: u32) -> u32 {
        let group = Group { uses, newest };
        match self.empty.pop() {
            Some(number) => {
                self.groups[number as usize] = group;
                number
            }
            None => {
                self.groups.push(group);
                self.groups.len() as u32 - 1
            }
        }
    }

    /// How often each entry was used, in the given order; checks the groups on the way.
    #[cfg(test)]
    pub(super) fn uses(&self, order: &Order) -> Vec<u64> {
        let in_use = self.groups.len() - self.empty.len();
        let mut met = Vec::new();
        let mut uses = Vec::new();
        for entry in order.iter() {
            let group = self.group_of[entry as usize];
            if met.last() != Some(&group) {
                assert!(!met.contains(&group), "a group in two pieces");
                met.push(group);
            }
            let Group {
                uses: count,
                newest,
            } = self.groups[group as usize];
            let next = self.group_of.get(order.next(entry) as usize);
            assert_eq!(newest == entry, next != Some(&group));
            uses.push(count);
        }
        assert_eq!(met.len(), in_use);
        assert!(uses.is_sorted());
        uses
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(lfu: &Lfu, order: &Order, want: &[(u32, u64)]) {
        let got: Vec<_> = order.iter().zip(lfu.uses(order)).collect();
        assert_eq!(got, want);
    }

    fn with_entries(n: u32) -> (Lfu, Order) {
        let mut order = Order::new();
        let mut lfu = Lfu::new(&order);
        (0..n).for_each(|_| lfu.on_insert(&mut order));
        (lfu, order)
    }

    #[test]
    fn entries_are_ordered_by_uses_and_then_by_the_last_use() {
        let (mut lfu, mut order) = with_entries(4);
        check(&lfu, &order, &[(0, 1), (1, 1), (2, 1), (3, 1)]);
        for entry in [1, 3, 0, 1, 1] {
            lfu.on_use(&mut order, entry);
        }
        check(&lfu, &order, &[(2, 1), (3, 2), (0, 2), (1, 4)]);
        assert_eq!(Lfu::victim(&order), 2);
        lfu.on_use(&mut order, 2);
        check(&lfu, &order, &[(3, 2), (0, 2), (2, 2), (1, 4)]);
        lfu.on_insert(&mut order);
        check(&lfu, &order, &[(4, 1), (3, 2), (0, 2), (2, 2), (1, 4)]);
    }

    #[test]
    fn a_removed_entry_leaves_its_number_to_the_last_and_its_group_to_others() {
        let (mut lfu, mut order) = with_entries(3);
        lfu.on_use(&mut order, 0);
        lfu.on_use(&mut order, 2);
        check(&lfu, &order, &[(1, 1), (0, 2), (2, 2)]);
        lfu.on_remove(&order, 0);
        order.swap_remove(0);
        check(&lfu, &order, &[(1, 1), (0, 2)]);
        lfu.on_remove(&order, 0);
        order.swap_remove(0);
        check(&lfu, &order, &[(0, 1)]);
        lfu.on_use(&mut order, 0);
        check(&lfu, &order, &[(0, 2)]);
    }

    #[test]
    fn a_taken_over_order_decides_among_entries_that_count_as_used_once() {
        let mut order = Order::new();
        (0..3).for_each(|_| order.add_after(NONE));
        let mut lfu = Lfu::new(&order);
        check(&lfu, &order, &[(2, 1), (1, 1), (0, 1)]);
        lfu.on_use(&mut order, 0);
        check(&lfu, &order, &[(2, 1), (1, 1), (0, 2)]);
    }
}
