//! One queue before equal workers: M/M/c.

use std::cell::RefCell;
use std::rc::Rc;

use rand_distr::Exp;
use serde::Serialize;
use simcore::{Event, EventHandler, Simulation, cast};

use crate::Stay;
use crate::station::{Customer, Served, Station, exponential};

/// A customer comes.
#[derive(Clone, Serialize)]
struct Arrival {}

struct Queue {
    station: Station,
    gap: Exp<f64>,
    left: u64,
    stay: Stay,
}

impl Queue {
    fn await_next(&mut self) {
        if 0 < self.left {
            self.left -= 1;
            let context = &self.station.context;
            let delay = context.sample_from_distribution(&self.gap);
            context.emit_self(Arrival {}, delay);
        }
    }
}

impl EventHandler for Queue {
    fn on(&mut self, event: Event) {
        let now = event.time;
        cast!(match event.data {
            Arrival {} => {
                self.await_next();
                self.station.accept(Customer { begin: now });
            }
            Served { customer } => {
                self.station.release();
                self.stay.end(now - customer.begin);
            }
        })
    }
}

/// `customers` who come at random with `rate` a second to workers that are each busy for a second on average.
pub(crate) fn run(mut simulation: Simulation, rate: f64, workers: u32, customers: u64) -> Stay {
    let queue = Rc::new(RefCell::new(Queue {
        station: Station::new(simulation.create_context("queue"), workers, 1.0),
        gap: exponential(rate),
        left: customers,
        stay: Stay::default(),
    }));
    simulation.add_handler("queue", queue.clone());
    queue.borrow_mut().await_next();
    simulation.step_until_no_events();
    queue.borrow().stay
}
