//! Workers behind a queue, first come, first served.

use std::collections::VecDeque;

use rand_distr::Exp;
use serde::Serialize;
use simcore::SimulationContext;

/// Somebody who is served or waits.
#[derive(Clone, Copy, Serialize)]
pub(crate) struct Customer {
    /// When they came.
    pub(crate) begin: f64,
}

/// A worker is done with a customer.
#[derive(Clone, Serialize)]
pub(crate) struct Served {
    pub(crate) customer: Customer,
}

/// Sends [`Served`] to the component that it is part of.
pub(crate) struct Station {
    pub(crate) context: SimulationContext,
    service: Exp<f64>,
    free: u32,
    waiting: VecDeque<Customer>,
}

impl Station {
    pub(crate) fn new(context: SimulationContext, workers: u32, mean: f64) -> Self {
        Self {
            context,
            service: exponential(1.0 / mean),
            free: workers,
            waiting: VecDeque::new(),
        }
    }

    pub(crate) fn accept(&mut self, customer: Customer) {
        if self.free == 0 {
            self.waiting.push_back(customer);
        } else {
            self.free -= 1;
            self.serve(customer);
        }
    }

    /// A worker takes whoever is next.
    pub(crate) fn release(&mut self) {
        match self.waiting.pop_front() {
            Some(next) => self.serve(next),
            None => self.free += 1,
        }
    }

    fn serve(&self, customer: Customer) {
        let delay = self.context.sample_from_distribution(&self.service);
        self.context.emit_self(Served { customer }, delay);
    }
}

pub(crate) fn exponential(rate: f64) -> Exp<f64> {
    Exp::new(rate).expect("the models' rates are above zero")
}
