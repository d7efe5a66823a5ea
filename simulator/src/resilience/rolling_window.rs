//! Two counters over the last while.

use crate::time::{SimDuration, SimTime};

const SLOTS: usize = 10;

/// Two counters over the last `length`, in ten slots of equal size: the present slot, which has only
/// begun, and the nine before it. So an event counts for at least 90 % and less than 100 % of the
/// length.
#[derive(Clone, Debug)]
pub(super) struct RollingWindow {
    slots: [[u32; 2]; SLOTS],
    sums: [u64; 2],
    /// Nanoseconds of a slot.
    size: u64,
    /// The number of the present slot since the beginning of time.
    present: u64,
    /// When it ends.
    ends: u64,
}

impl RollingWindow {
    /// Nothing counted yet. A `length` below 10 ns counts as 10 ns.
    pub(super) const fn new(length: SimDuration) -> Self {
        let tenth = length.as_nanos() / SLOTS as u64;
        let size = if tenth == 0 { 1 } else { tenth };
        Self {
            slots: [[0; 2]; SLOTS],
            sums: [0; 2],
            size,
            present: 0,
            ends: size,
        }
    }

    /// Counts `first` and `second` at `now`.
    pub(super) fn add(&mut self, now: SimTime, first: u32, second: u32) {
        self.go_on(now);
        let slot = &mut self.slots[self.present as usize % SLOTS];
        for (index, count) in [first, second].into_iter().enumerate() {
            // What the slot cannot hold must not be in the sum either, or it would stay for ever.
            let room = count.min(u32::MAX - slot[index]);
            slot[index] += room;
            self.sums[index] += u64::from(room);
        }
    }

    /// Both counters at `now`.
    pub(super) fn sums(&mut self, now: SimTime) -> [u64; 2] {
        self.go_on(now);
        self.sums
    }

    /// Forgets everything.
    pub(super) fn clear(&mut self) {
        self.slots = [[0; 2]; SLOTS];
        self.sums = [0; 2];
    }

    /// Drops the slots that are too old at `now`.
    fn go_on(&mut self, now: SimTime) {
        if now.as_nanos() < self.ends {
            return;
        }
        let present = now.as_nanos() / self.size;
        if present - self.present >= SLOTS as u64 {
            self.clear();
        } else {
            for number in self.present + 1..=present {
                let slot = &mut self.slots[number as usize % SLOTS];
                for (sum, count) in self.sums.iter_mut().zip(slot) {
                    *sum -= u64::from(std::mem::take(count));
                }
            }
        }
        self.present = present;
        self.ends = (present + 1).saturating_mul(self.size);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn an_event_counts_until_its_slot_is_ten_slots_old() {
        let mut window = RollingWindow::new(SimDuration::from_nanos(100));
        for (now, first, second, sums) in [
            (5, 1, 2, [1, 2]),
            (9, 1, 0, [2, 2]),
            (10, 4, 0, [6, 2]),
            (99, 0, 0, [6, 2]),
            (100, 0, 0, [4, 0]),
            (109, 0, 1, [4, 1]),
            (110, 0, 0, [0, 1]),
            (1_000_000, 3, 3, [3, 3]),
            (u64::MAX, 1, 1, [1, 1]),
            (u64::MAX, 1, 1, [2, 2]),
        ] {
            window.add(SimTime::from_nanos(now), first, second);
            assert_eq!(window.sums(SimTime::from_nanos(now)), sums, "at {now}");
        }
        window.clear();
        assert_eq!(window.sums(SimTime::MAX), [0, 0]);
    }

    #[test]
    fn a_full_counter_stays_full_and_empties_again() {
        let mut window = RollingWindow::new(SimDuration::ZERO);
        window.add(SimTime::ZERO, u32::MAX, 0);
        window.add(SimTime::ZERO, 1, 1);
        assert_eq!(window.sums(SimTime::ZERO), [u64::from(u32::MAX), 1]);
        assert_eq!(window.sums(SimTime::from_nanos(10)), [0, 0]);
    }

    proptest! {
        #[test]
        fn the_sums_are_those_of_a_list(steps in prop::collection::vec((0_u64..400, 0_u32..5), 1..60)) {
            let mut window = RollingWindow::new(SimDuration::from_nanos(1_000));
            let (mut now, mut list) = (0, Vec::new());
            for (gap, count) in steps {
                now += gap;
                window.add(SimTime::from_nanos(now), count, 1);
                list.push((now / 100, count));
                let recent = list.iter().filter(|(slot, _)| slot + 10 > now / 100);
                let counts: u64 = recent.clone().map(|&(_, count)| u64::from(count)).sum();
                let sums = window.sums(SimTime::from_nanos(now));
                prop_assert_eq!(sums, [counts, recent.count() as u64]);
            }
        }
    }
}
