//! Workers behind a queue, first come, first served.

use std::collections::VecDeque;

use nexosim::model::{Context, Model, schedulable};
use nexosim::ports::Output;
use serde::{Deserialize, Serialize};

use crate::Stay;
use crate::clients::Customer;
use crate::draw::Draw;

#[derive(Serialize, Deserialize)]
pub(crate) struct Station {
    /// Where customers go who were served.
    pub(crate) done: Output<Customer>,
    /// Whether they leave here, and are counted.
    last: bool,
    free: u32,
    /// Of a service, in seconds.
    mean: f64,
    waiting: VecDeque<Customer>,
    draw: Draw,
    stay: Stay,
}

#[Model]
impl Station {
    pub(crate) fn new(workers: u32, mean: f64, last: bool, draw: Draw) -> Self {
        Self {
            done: Output::default(),
            last,
            free: workers,
            mean,
            waiting: VecDeque::new(),
            draw,
            stay: Stay::default(),
        }
    }

    /// Somebody comes: an input port.
    pub(crate) async fn accept(&mut self, customer: Customer, context: &Context<Self>) {
        if self.free == 0 {
            self.waiting.push_back(customer);
        } else {
            self.free -= 1;
            self.serve(customer, context);
        }
    }

    #[nexosim(schedulable)]
    async fn release(&mut self, customer: Customer, context: &Context<Self>) {
        match self.waiting.pop_front() {
            Some(next) => self.serve(next, context),
            None => self.free += 1,
        }
        if self.last {
            self.stay.end(customer.stay(context.time()));
        } else {
            self.done.send(customer).await;
        }
    }

    /// Who left here: a replier port.
    pub(crate) async fn stay(&mut self) -> Stay {
        self.stay
    }

    fn serve(&mut self, customer: Customer, context: &Context<Self>) {
        let delay = self.draw.exponential(self.mean);
        context
            .schedule_event(delay, schedulable!(Self::release), customer)
            .expect("a service takes time");
    }
}
