//! What every bare loop has: a clock, pending events, requests and random numbers.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::Outcome;

/// No request.
pub(super) const NOBODY: u32 = u32::MAX;

/// What people cause: every model's first kind of event.
pub(super) const ARRIVAL: u32 = 0;

/// An event's kind stands above its request.
const INDEX_BITS: u32 = 28;

/// The clock, the pending events and the requests.
pub(super) struct Run {
    pub(super) now: u64,
    added: u32,
    /// Time, order of insertion, and kind and request.
    pending: BinaryHeap<Reverse<(u64, u32, u32)>>,
    random: [u64; 4],
    created: Vec<u64>,
    /// The next in the queue, or the next free place.
    pub(super) next: Vec<u32>,
    /// Which of several stations a request is at.
    pub(super) at: Vec<u32>,
    free: u32,
    /// Arrivals that are still to come.
    left: u64,
    pub(super) outcome: Outcome,
}

impl Run {
    /// With room for `room` requests at a time.
    pub(super) fn new(seed: u64, room: u32) -> Self {
        let mut run = Self {
            now: 0,
            added: 0,
            pending: BinaryHeap::with_capacity(room as usize),
            random: [0; 4],
            created: vec![0; room as usize],
            next: (1..=room).collect(),
            at: vec![0; room as usize],
            free: 0,
            left: 0,
            outcome: Outcome::default(),
        };
        let mut state = seed;
        run.random = [(); 4].map(|()| splitmix(&mut state));
        run
    }

    /// With room for those who wait in an open system far from saturation, and so many arrivals.
    pub(super) fn open(seed: u64, arrivals: u64) -> Self {
        const ROOM: u32 = 1 << 14;
        let mut run = Self::new(seed, ROOM);
        run.left = arrivals;
        run
    }

    /// 64 random bits: xoshiro256++ (Blackman and Vigna 2019, "Scrambled linear pseudorandom number
    /// generators", figure 4).
    pub(super) fn bits(&mut self) -> u64 {
        let [a, b, c, d] = &mut self.random;
        let output = a.wrapping_add(*d).rotate_left(23).wrapping_add(*a);
        let shifted = *b << 17;
        *c ^= *a;
        *d ^= *b;
        *b ^= *c;
        *a ^= *d;
        *c ^= shifted;
        *d = d.rotate_left(45);
        output
    }

    /// Above 0 and at most 1.
    pub(super) fn uniform(&mut self) -> f64 {
        ((self.bits() >> 11) + 1) as f64 / 9_007_199_254_740_992.0
    }

    /// A duration in nanoseconds, as its mean.
    pub(super) fn exponential(&mut self, mean: f64) -> u64 {
        (-libm::log(self.uniform()) * mean) as u64
    }

    pub(super) fn schedule(&mut self, delay: u64, kind: u32, request: u32) {
        let event = Reverse((self.now + delay, self.added, kind << INDEX_BITS | request));
        self.added = self.added.wrapping_add(1);
        self.pending.push(event);
    }

    /// Makes a request that comes after a random gap, unless all have come.
    pub(super) fn arrive(&mut self, mean_gap: f64) {
        if self.left == 0 {
            return;
        }
        self.left -= 1;
        let request = self.free;
        self.free = self.next[request as usize];
        let gap = self.exponential(mean_gap);
        self.created[request as usize] = self.now + gap;
        self.schedule(gap, ARRIVAL, request);
    }

    /// The request is created now.
    pub(super) fn begin(&mut self, request: u32) {
        self.created[request as usize] = self.now;
    }

    /// The request is answered.
    pub(super) fn end(&mut self, request: u32) {
        self.outcome.served += 1;
        self.outcome.nanoseconds += self.now - self.created[request as usize];
    }

    /// The request is answered, and its place is free for another.
    pub(super) fn leave(&mut self, request: u32) {
        self.end(request);
        self.next[request as usize] = self.free;
        self.free = request;
    }

    /// The next event's kind and request; the clock is then at its time.
    pub(super) fn next(&mut self) -> Option<(u32, u32)> {
        let Reverse((time, _, event)) = self.pending.pop()?;
        self.now = time;
        self.outcome.events += 1;
        Some((event >> INDEX_BITS, event & ((1 << INDEX_BITS) - 1)))
    }

    /// Like [`Self::next`], but nothing once the time is past `end`.
    pub(super) fn next_until(&mut self, end: u64) -> Option<(u32, u32)> {
        let Reverse((time, ..)) = self.pending.peek()?;
        if *time <= end { self.next() } else { None }
    }
}

/// SplitMix64, which the authors of xoshiro256++ recommend for its first state.
fn splitmix(state: &mut u64) -> u64 {
    *state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let mut mixed = *state;
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    mixed ^ (mixed >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_generator_is_xoshiro256_plus_plus() {
        let mut run = Run::new(0, 1);
        // The test vector of the `rand_xoshiro` crate.
        run.random = [1, 2, 3, 4];
        let drawn = [(); 3].map(|()| run.bits());
        assert_eq!(drawn, [41_943_041, 58_720_359, 3_588_806_011_781_223]);
    }

    #[test]
    fn equal_times_come_in_the_order_of_insertion() {
        let mut run = Run::new(0, 4);
        for request in [2, 0, 3, 1] {
            run.schedule(5, ARRIVAL, request);
        }
        let order: Vec<u32> = std::iter::from_fn(|| run.next()).map(|it| it.1).collect();
        assert_eq!(order, [2, 0, 3, 1]);
    }
}
