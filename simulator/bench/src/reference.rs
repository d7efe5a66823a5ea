//! Queues as bare loops: what a simulation costs with no engine around it.
//!
//! A binary heap of the standard library, a slab of requests that is made before the run, queues as lists
//! through that slab, one generator, one logarithm a draw. Nothing is measured but the sum of the response
//! times, nothing can be edited, and nothing is checked.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// What a run amounted to.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Outcome {
    /// Arrivals and ends of services.
    pub(crate) events: u64,
    pub(crate) served: u64,
    /// The sum of all response times.
    pub(crate) nanoseconds: u64,
}

impl Outcome {
    #[cfg(test)]
    fn mean(self) -> f64 {
        self.nanoseconds as f64 / self.served as f64
    }
}

const SECOND: f64 = 1e9;
/// The mean of a service.
const MILLISECOND: f64 = 1e6;

/// `customers` who come at random with `rate` a second to `workers`, each busy for a millisecond on average.
pub(crate) fn queue(rate: f64, workers: u32, customers: u64) -> Outcome {
    let mut run = Run::new(1, customers);
    let mut station = Station::new(workers);
    run.arrive(SECOND / rate);
    while let Some((kind, index)) = run.next() {
        if kind == ARRIVAL {
            run.arrive(SECOND / rate);
            if station.take_in(&mut run, index) {
                run.serve(index, MILLISECOND);
            }
        } else {
            if let Some(next) = station.let_go(&run) {
                run.serve(next, MILLISECOND);
            }
            run.finish(index);
        }
    }
    run.outcome
}

const ARRIVAL: u32 = 0;
const SERVICE: u32 = 1;
/// An event's kind stands above its request.
const INDEX_BITS: u32 = 28;
const NOBODY: u32 = u32::MAX;

/// The clock, the pending events and the requests.
struct Run {
    now: u64,
    added: u32,
    pending: BinaryHeap<Reverse<(u64, u32, u32)>>,
    random: [u64; 4],
    left: u64,
    created: Vec<u64>,
    /// The next in the queue, or the next free place.
    next: Vec<u32>,
    free: u32,
    outcome: Outcome,
}

impl Run {
    fn new(seed: u64, requests: u64) -> Self {
        const ROOM: usize = 1 << 20;
        let next: Vec<u32> = (1..=ROOM as u32).collect();
        Self {
            now: 0,
            added: 0,
            pending: BinaryHeap::with_capacity(1_024),
            random: [seed, seed ^ 0x9e37_79b9, !seed, 0x1234_5678_9abc_def0],
            left: requests,
            created: vec![0; ROOM],
            next,
            free: 0,
            outcome: Outcome {
                events: 0,
                served: 0,
                nanoseconds: 0,
            },
        }
    }

    /// xoshiro256++ (Blackman and Vigna 2019).
    fn uniform(&mut self) -> f64 {
        let [a, b, c, d] = &mut self.random;
        let output = a.wrapping_add(*d).rotate_left(23).wrapping_add(*a);
        let shifted = *b << 17;
        *c ^= *a;
        *d ^= *b;
        *b ^= *c;
        *a ^= *d;
        *c ^= shifted;
        *d = d.rotate_left(45);
        ((output >> 11) + 1) as f64 / 9_007_199_254_740_992.0
    }

    fn exponential(&mut self, mean: f64) -> u64 {
        (-libm::log(self.uniform()) * mean) as u64
    }

    fn schedule(&mut self, delay: u64, kind: u32, index: u32) {
        let event = Reverse((self.now + delay, self.added, kind << INDEX_BITS | index));
        self.added = self.added.wrapping_add(1);
        self.pending.push(event);
    }

    fn arrive(&mut self, mean_gap: f64) {
        if self.left == 0 {
            return;
        }
        self.left -= 1;
        let index = self.free;
        self.free = self.next[index as usize];
        let gap = self.exponential(mean_gap);
        self.created[index as usize] = self.now + gap;
        self.schedule(gap, ARRIVAL, index);
    }

    fn serve(&mut self, index: u32, mean: f64) {
        let service = self.exponential(mean);
        self.schedule(service, SERVICE, index);
    }

    fn finish(&mut self, index: u32) {
        self.outcome.served += 1;
        self.outcome.nanoseconds += self.now - self.created[index as usize];
        self.next[index as usize] = self.free;
        self.free = index;
    }

    fn next(&mut self) -> Option<(u32, u32)> {
        let Reverse((time, _, event)) = self.pending.pop()?;
        self.now = time;
        self.outcome.events += 1;
        Some((event >> INDEX_BITS, event & ((1 << INDEX_BITS) - 1)))
    }
}

/// Workers behind a queue.
struct Station {
    free: u32,
    head: u32,
    tail: u32,
}

impl Station {
    const fn new(workers: u32) -> Self {
        Self {
            free: workers,
            head: NOBODY,
            tail: NOBODY,
        }
    }

    /// Whether a worker is free for the request; otherwise it waits.
    fn take_in(&mut self, run: &mut Run, index: u32) -> bool {
        if self.free > 0 {
            self.free -= 1;
            return true;
        }
        run.next[index as usize] = NOBODY;
        if self.head == NOBODY {
            self.head = index;
        } else {
            run.next[self.tail as usize] = index;
        }
        self.tail = index;
        false
    }

    /// A worker is done; the request that it takes next.
    fn let_go(&mut self, run: &Run) -> Option<u32> {
        if self.head == NOBODY {
            self.free += 1;
            return None;
        }
        let next = self.head;
        self.head = run.next[next as usize];
        Some(next)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Within 5 %: these runs are long enough for that, and a wrong loop is wrong by more.
    #[track_caller]
    fn check(outcome: Outcome, mean: f64) {
        let error = outcome.mean() / mean - 1.0;
        assert!(error.abs() < 0.05, "{} instead of {mean}", outcome.mean());
    }

    #[test]
    fn the_bare_loops_simulate_what_theory_says() {
        check(queue(900.0, 1, 1_000_000), 10e6);
        check(queue(14_400.0, 16, 1_000_000), 1.369_590e6);
    }

    #[test]
    fn they_count_events_as_the_model_does() {
        assert_eq!(queue(900.0, 1, 10_000).events, 20_000);
    }
}
