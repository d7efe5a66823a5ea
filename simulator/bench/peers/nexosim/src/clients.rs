//! Customers who come at random.

use nexosim::Message;
use nexosim::model::{Context, Model, schedulable};
use nexosim::ports::Output;
use nexosim::time::MonotonicTime;
use serde::{Deserialize, Serialize};

use crate::draw::Draw;

/// Somebody who is served or waits.
#[derive(Clone, Copy, Message, Serialize, Deserialize)]
pub(crate) struct Customer {
    /// When they came.
    pub(crate) begin: MonotonicTime,
}

impl Customer {
    /// Seconds since they came.
    pub(crate) fn stay(self, now: MonotonicTime) -> f64 {
        now.duration_since(self.begin).as_secs_f64()
    }
}

#[derive(Serialize, Deserialize)]
pub(crate) struct Clients {
    /// Where they go, in turn.
    pub(crate) to: Vec<Output<Customer>>,
    turn: usize,
    /// In seconds.
    gap: f64,
    left: u64,
    draw: Draw,
}

#[Model]
impl Clients {
    pub(crate) fn new(rate: f64, targets: usize, customers: u64, draw: Draw) -> Self {
        Self {
            to: (0..targets).map(|_| Output::default()).collect(),
            turn: 0,
            gap: 1.0 / rate,
            left: customers,
            draw,
        }
    }

    #[nexosim(init)]
    async fn init(&mut self, context: &Context<Self>) {
        self.await_next(context);
    }

    #[nexosim(schedulable)]
    async fn arrive(&mut self, _: (), context: &Context<Self>) {
        self.await_next(context);
        let begin = context.time();
        self.to[self.turn].send(Customer { begin }).await;
        self.turn = (self.turn + 1) % self.to.len();
    }

    fn await_next(&mut self, context: &Context<Self>) {
        if 0 < self.left {
            self.left -= 1;
            let delay = self.draw.exponential(self.gap);
            context
                .schedule_event(delay, schedulable!(Self::arrive), ())
                .expect("a gap is above zero");
        }
    }
}
