//! A cache with nine hits of ten.

use std::time::Duration;

use nexosim::model::{Context, Model, schedulable};
use nexosim::ports::Output;
use serde::{Deserialize, Serialize};

use crate::Stay;
use crate::clients::Customer;
use crate::draw::Draw;

const LOOK_UP: Duration = Duration::from_micros(100);
const HITS: f64 = 0.9;

#[derive(Serialize, Deserialize)]
pub(crate) struct Cache {
    /// Where customers go whose key is not here.
    pub(crate) miss: Output<Customer>,
    draw: Draw,
    stay: Stay,
}

#[Model]
impl Cache {
    pub(crate) fn new(draw: Draw) -> Self {
        Self {
            miss: Output::default(),
            draw,
            stay: Stay::default(),
        }
    }

    /// Somebody asks: an input port.
    pub(crate) async fn ask(&mut self, customer: Customer, context: &Context<Self>) {
        context
            .schedule_event(LOOK_UP, schedulable!(Self::answer), customer)
            .expect("a look-up takes time");
    }

    #[nexosim(schedulable)]
    async fn answer(&mut self, customer: Customer, context: &Context<Self>) {
        if self.draw.uniform() < HITS {
            self.stay.end(customer.stay(context.time()));
        } else {
            self.miss.send(customer).await;
        }
    }

    /// Who left here: a replier port.
    pub(crate) async fn stay(&mut self) -> Stay {
        self.stay
    }
}
