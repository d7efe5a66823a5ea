//! Equal servers in turn, a cache, and a database for what it misses.

use std::cell::RefCell;
use std::rc::Rc;

use rand_distr::Exp;
use serde::Serialize;
use simcore::{Event, EventHandler, Id, Simulation, SimulationContext, cast};

use crate::Stay;
use crate::station::{Customer, Served, Station, exponential};

/// A request comes.
#[derive(Clone, Serialize)]
struct Arrival {}

/// The cache has looked.
#[derive(Clone, Serialize)]
struct LookedUp {
    customer: Customer,
}

/// Users and the balancer, which hands their requests to the servers in turn.
struct Balancer {
    context: SimulationContext,
    gap: Exp<f64>,
    left: u64,
    servers: Vec<Rc<RefCell<Server>>>,
    turn: usize,
}

impl Balancer {
    fn await_next(&mut self) {
        if 0 < self.left {
            self.left -= 1;
            let delay = self.context.sample_from_distribution(&self.gap);
            self.context.emit_self(Arrival {}, delay);
        }
    }
}

impl EventHandler for Balancer {
    fn on(&mut self, event: Event) {
        let begin = event.time;
        cast!(match event.data {
            Arrival {} => {
                self.await_next();
                let mut server = self.servers[self.turn].borrow_mut();
                server.station.accept(Customer { begin });
                self.turn = (self.turn + 1) % self.servers.len();
            }
        })
    }
}

struct Server {
    station: Station,
    cache: Id,
}

impl EventHandler for Server {
    fn on(&mut self, event: Event) {
        cast!(match event.data {
            Served { customer } => {
                self.station.release();
                // The only delay that never differs, so these events stay in order.
                let context = &self.station.context;
                context.emit_ordered(LookedUp { customer }, self.cache, 0.000_1);
            }
        })
    }
}

struct Cache {
    context: SimulationContext,
    database: Rc<RefCell<Database>>,
    stay: Stay,
}

impl EventHandler for Cache {
    fn on(&mut self, event: Event) {
        let now = event.time;
        cast!(match event.data {
            LookedUp { customer } => {
                if self.context.rand() < 0.9 {
                    self.stay.end(now - customer.begin);
                } else {
                    self.database.borrow_mut().station.accept(customer);
                }
            }
        })
    }
}

struct Database {
    station: Station,
    stay: Stay,
}

impl EventHandler for Database {
    fn on(&mut self, event: Event) {
        let now = event.time;
        cast!(match event.data {
            Served { customer } => {
                self.station.release();
                self.stay.end(now - customer.begin);
            }
        })
    }
}

/// `customers` who come at random, 8000 a second.
pub(crate) fn run(mut simulation: Simulation, customers: u64) -> Stay {
    let database = Rc::new(RefCell::new(Database {
        station: Station::new(simulation.create_context("database"), 4, 0.004),
        stay: Stay::default(),
    }));
    simulation.add_handler("database", database.clone());
    let cache = Rc::new(RefCell::new(Cache {
        context: simulation.create_context("cache"),
        database: database.clone(),
        stay: Stay::default(),
    }));
    let cache_id = simulation.add_handler("cache", cache.clone());
    let mut servers = Vec::new();
    for number in 1..=8 {
        let name = format!("server-{number}");
        let server = Rc::new(RefCell::new(Server {
            station: Station::new(simulation.create_context(&name), 1, 0.000_7),
            cache: cache_id,
        }));
        simulation.add_handler(&name, server.clone());
        servers.push(server);
    }
    let balancer = Rc::new(RefCell::new(Balancer {
        context: simulation.create_context("balancer"),
        gap: exponential(8_000.0),
        left: customers,
        servers,
        turn: 0,
    }));
    simulation.add_handler("balancer", balancer.clone());
    balancer.borrow_mut().await_next();
    simulation.step_until_no_events();
    let (hits, misses) = (cache.borrow().stay, database.borrow().stay);
    Stay {
        customers: hits.customers + misses.customers,
        seconds: hits.seconds + misses.seconds,
    }
}
