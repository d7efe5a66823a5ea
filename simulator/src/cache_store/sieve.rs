//! SIEVE (Zhang, Yang, Yue, Vigfusson, Rashmi, NSDI 2024, "SIEVE is simpler than LRU", algorithm 1).
//!
//! Entries stay in the order of their coming, and a use only marks them. A hand goes from the oldest to
//! the newest, takes the marks away, evicts the first entry without one, and waits there for the next
//! eviction. Unlike CLOCK it does not move what it spares, so new entries at the far end are sieved
//! fast. A step of the hand undoes one mark, so an eviction takes a constant time on average.

use super::order::{NONE, Order};

/// The marks and the hand.
#[derive(Clone, Debug)]
pub(super) struct Sieve {
    visited: Vec<bool>,
    /// Where the next search begins; [`NONE`] is at the oldest.
    hand: u32,
}

impl Sieve {
    pub(super) fn new(order: &Order) -> Self {
        Self {
            visited: vec![false; order.len()],
            hand: NONE,
        }
    }

    pub(super) fn on_insert(&mut self, order: &mut Order) {
        order.add_after(order.back());
        self.visited.push(false);
    }

    pub(super) fn on_use(&mut self, entry: u32) {
        self.visited[entry as usize] = true;
    }

    pub(super) fn on_remove(&mut self, order: &Order, entry: u32) {
        if self.hand == entry {
            self.hand = order.next(entry);
        }
        self.visited.swap_remove(entry as usize);
        let last = self.visited.len() as u32;
        if self.hand == last {
            self.hand = entry;
        }
    }

    pub(super) fn victim(&mut self, order: &Order) -> u32 {
        let or_oldest = |entry| if entry == NONE { order.front() } else { entry };
        let mut entry = or_oldest(self.hand);
        while self.visited[entry as usize] {
            self.visited[entry as usize] = false;
            entry = or_oldest(order.next(entry));
        }
        self.hand = order.next(entry);
        entry
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Cache {
        sieve: Sieve,
        order: Order,
        names: Vec<char>,
    }

    impl Cache {
        fn new(names: &str) -> Self {
            let order = Order::new();
            let mut cache = Self {
                sieve: Sieve::new(&order),
                order,
                names: Vec::new(),
            };
            names.chars().for_each(|name| cache.add(name));
            cache
        }

        fn add(&mut self, name: char) {
            self.sieve.on_insert(&mut self.order);
            self.names.push(name);
        }

        fn number(&self, name: char) -> u32 {
            self.names.iter().position(|&it| it == name).unwrap() as u32
        }

        fn mark(&mut self, names: &str) {
            for name in names.chars() {
                self.sieve.on_use(self.number(name));
            }
        }

        fn remove(&mut self, entry: u32) -> char {
            self.sieve.on_remove(&self.order, entry);
            self.order.swap_remove(entry);
            self.names.swap_remove(entry as usize)
        }

        fn evict(&mut self) -> char {
            let victim = self.sieve.victim(&self.order);
            self.remove(victim)
        }
    }

    #[test]
    fn the_hand_spares_what_was_used_once_and_goes_on_where_it_was() {
        let mut cache = Cache::new("abcdefg");
        cache.mark("abg");
        // It passes a and b and takes their marks; g keeps its own until the hand comes there.
        assert_eq!(cache.evict(), 'c');
        cache.add('h');
        assert_eq!(cache.evict(), 'd');
        cache.mark("ae");
        assert_eq!(cache.evict(), 'f');
        assert_eq!(cache.evict(), 'h');
        // Past the newest it begins again at the oldest: a is marked once more, b is not.
        cache.add('i');
        assert_eq!(cache.evict(), 'b');
    }

    #[test]
    fn where_all_are_marked_the_hand_comes_round_to_where_it_began() {
        let mut cache = Cache::new("abc");
        cache.mark("abc");
        assert_eq!(cache.evict(), 'a');
        assert_eq!(cache.evict(), 'b');
        assert_eq!(cache.evict(), 'c');
    }

    #[test]
    fn a_hand_whose_entry_is_removed_waits_at_the_next() {
        let mut cache = Cache::new("abcd");
        assert_eq!(cache.evict(), 'a');
        let b = cache.number('b');
        assert_eq!(cache.remove(b), 'b');
        cache.add('e');
        assert_eq!(cache.evict(), 'c');
        assert_eq!(cache.evict(), 'd');
    }
}
