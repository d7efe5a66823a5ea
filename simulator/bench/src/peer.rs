//! The engine beside bare loops of the same queues: what everything that it keeps and can do costs.

use simulator::{SimTime, Simulation};

use crate::reference;
use crate::system::{System, exponential, server, users};

/// A queue that both simulate: exponential services of a millisecond, so many workers, arrivals per second.
pub(crate) struct Queue {
    pub(crate) name: &'static str,
    workers: u32,
    rate: f64,
}

/// Both at 90 %.
pub(crate) const QUEUES: [Queue; 2] = [
    Queue {
        name: "mm1",
        workers: 1,
        rate: 900.0,
    },
    Queue {
        name: "mm16",
        workers: 16,
        rate: 14_400.0,
    },
];

/// How many customers come, in the mean.
pub(crate) const CUSTOMERS: u64 = 200_000;

impl Queue {
    /// How many the engine served, with all its books.
    pub(crate) fn in_the_engine(&self) -> u64 {
        let scenario = System::new(1)
            .node("users", users(self.rate, None))
            .node("web", server(self.workers, exponential(1_000), 0))
            .link("users", "web", 0)
            .scenario();
        let mut simulation = Simulation::new(&scenario);
        let nanoseconds = CUSTOMERS as f64 / self.rate * 1e9;
        simulation.run_until(SimTime::from_nanos(nanoseconds as u64), u64::MAX);
        let totals = simulation.snapshot().totals;
        totals.ok + totals.late
    }

    /// How many the bare loop served.
    pub(crate) fn bare(&self) -> u64 {
        reference::queue(self.rate, self.workers, CUSTOMERS).served
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_do_the_same_amount_of_work() {
        for queue in QUEUES {
            assert_eq!(queue.bare(), CUSTOMERS);
            let share = queue.in_the_engine() as f64 / CUSTOMERS as f64;
            // 4.5 standard deviations of a Poisson number, and the few who are still waiting.
            assert!((share - 1.0).abs() < 0.011, "{}: {share}", queue.name);
        }
    }
}
