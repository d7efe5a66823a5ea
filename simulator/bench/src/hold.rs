//! What an event costs the queue of pending events, by how many are pending: the hold model (Vaucher and
//! Duval, Commun. ACM 18, 1975). Again and again the next event is taken, and one is added after a delay.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use simulator::Agenda;

/// How many events are pending: of one server, of many servers, of many users.
const SIZES: [usize; 8] = [2, 10, 17, 100, 1_000, 10_000, 100_000, 1_000_000];

const LAWS: [(&str, Delays); 2] = [
    ("exponential", Delays::Exponential),
    ("mixed", Delays::Mixed),
];

/// How often each case is timed. Other programs disturb some of them.
pub(crate) const ROUNDS: usize = 10;

/// By which law the events are delayed.
#[derive(Clone, Copy)]
enum Delays {
    /// Exponential, 1 s.
    Exponential,
    /// Exponential too: 1 ms four times out of five as of requests, 10 s otherwise as of timers.
    Mixed,
}

/// The engine's queue and the one to compare it with.
#[derive(Clone, Copy)]
pub(crate) enum Queue {
    Agenda,
    Heap,
}

/// A law of the delays and a number of pending events.
#[derive(Clone, Copy)]
pub(crate) struct Case {
    pub(crate) law: &'static str,
    pub(crate) pending: usize,
    delays: Delays,
}

/// Every law with every number.
pub(crate) fn cases() -> impl Iterator<Item = Case> {
    LAWS.into_iter().flat_map(|(law, delays)| {
        SIZES.map(|pending| Case {
            law,
            pending,
            delays,
        })
    })
}

impl Case {
    /// How many turns can be timed, and let each event come about twice.
    pub(crate) const fn turns(self) -> u32 {
        if self.pending < 30_000 {
            60_000
        } else {
            2 * self.pending as u32
        }
    }

    /// A queue in its steady state, to be turned so many times: one event is taken, one added. What it
    /// gives back depends on every event so far.
    pub(crate) fn begin(self, queue: Queue) -> Box<dyn FnMut(u32) -> u64> {
        match queue {
            Queue::Agenda => Hold::<Agenda>::new(self).boxed(),
            Queue::Heap => Hold::<Heap>::new(self).boxed(),
        }
    }
}

trait Pending: Default {
    fn push(&mut self, at: u64, payload: u64);
    fn pop(&mut self) -> Option<(u64, u64)>;
}

impl Pending for Agenda {
    fn push(&mut self, at: u64, payload: u64) {
        self.push(at, payload);
    }

    fn pop(&mut self) -> Option<(u64, u64)> {
        self.pop()
    }
}

/// The standard library's heap, with a number to keep equal times in order.
#[derive(Default)]
struct Heap {
    heap: BinaryHeap<Reverse<(u64, u64, u64)>>,
    added: u64,
}

impl Pending for Heap {
    fn push(&mut self, at: u64, payload: u64) {
        self.heap.push(Reverse((at, self.added, payload)));
        self.added += 1;
    }

    fn pop(&mut self) -> Option<(u64, u64)> {
        let Reverse((at, _, payload)) = self.heap.pop()?;
        Some((at, payload))
    }
}

/// Delays that are drawn beforehand: only the queue is measured.
const DRAWN: usize = 1 << 16;

struct Hold<Q> {
    queue: Q,
    delays: Vec<u64>,
    turned: usize,
    checksum: u64,
}

impl<Q: Pending + 'static> Hold<Q> {
    fn new(case: Case) -> Self {
        let delays = case.delays;
        let mut random = 1;
        let mut hold = Self {
            queue: Q::default(),
            delays: (0..DRAWN).map(|_| delays.draw(&mut random)).collect(),
            turned: 0,
            checksum: 0,
        };
        for payload in 0..case.pending as u64 {
            hold.queue.push(delays.draw(&mut random), payload);
        }
        hold.turn(case.turns());
        hold
    }

    fn boxed(mut self) -> Box<dyn FnMut(u32) -> u64> {
        Box::new(move |turns| self.turn(turns))
    }

    fn turn(&mut self, times: u32) -> u64 {
        for _ in 0..times {
            let Some((at, payload)) = self.queue.pop() else {
                break;
            };
            self.checksum = self.checksum.wrapping_mul(31).wrapping_add(at ^ payload);
            self.turned += 1;
            self.queue
                .push(at + self.delays[self.turned % DRAWN], payload);
        }
        self.checksum
    }
}

impl Delays {
    fn draw(self, random: &mut u64) -> u64 {
        let mean = match self {
            Self::Exponential => 1e9,
            Self::Mixed if splitmix(random).is_multiple_of(5) => 1e10,
            Self::Mixed => 1e6,
        };
        let uniform = ((splitmix(random) >> 11) + 1) as f64 / 9_007_199_254_740_992.0;
        (-libm::log(uniform) * mean) as u64
    }
}

/// splitmix64 (Steele, Lea and Flood 2014).
fn splitmix(state: &mut u64) -> u64 {
    *state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let mixed = (*state ^ (*state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    mixed ^ (mixed >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_queues_give_the_same_events_in_the_same_order() {
        for case in cases().filter(|it| it.pending <= 10_000) {
            let run = |queue| case.begin(queue)(100_000);
            let (law, pending) = (case.law, case.pending);
            assert_eq!(run(Queue::Agenda), run(Queue::Heap), "{law} {pending}");
        }
    }
}
