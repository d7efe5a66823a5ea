//! Equal servers in turn, a cache, and a database for what it misses.

use nexosim::ports::QuerySource;
use nexosim::simulation::{Mailbox, SimInit, SimulationError};
use nexosim::time::MonotonicTime;

use crate::Stay;
use crate::cache::Cache;
use crate::clients::Clients;
use crate::draw::Draw;
use crate::station::Station;

const SERVERS: usize = 8;

/// `customers` who come at random, 8000 a second.
pub(crate) fn run(seed: u64, customers: u64) -> Result<Stay, SimulationError> {
    let mut clients = Clients::new(8_000.0, SERVERS, customers, Draw::new(seed, 0));
    let mut cache = Cache::new(Draw::new(seed, 1));
    let database = Station::new(4, 0.004, true, Draw::new(seed, 2));
    let (clients_mailbox, cache_mailbox) = (Mailbox::new(), Mailbox::new());
    let database_mailbox = Mailbox::new();
    cache.miss.connect(Station::accept, &database_mailbox);

    let mut bench = SimInit::with_num_threads(1);
    for (number, to) in (0..).zip(&mut clients.to) {
        let mut server = Station::new(1, 0.000_7, false, Draw::new(seed, 3 + number));
        let mailbox = Mailbox::new();
        to.connect(Station::accept, &mailbox);
        server.done.connect(Cache::ask, &cache_mailbox);
        bench = bench.add_model(server, mailbox, &format!("server-{number}"));
    }
    let hits = QuerySource::new()
        .connect(Cache::stay, &cache_mailbox)
        .register(&mut bench);
    let misses = QuerySource::new()
        .connect(Station::stay, &database_mailbox)
        .register(&mut bench);
    let mut simulation = bench
        .add_model(clients, clients_mailbox, "clients")
        .add_model(cache, cache_mailbox, "cache")
        .add_model(database, database_mailbox, "database")
        .init(MonotonicTime::EPOCH)?;
    simulation.run()?;
    let hits = simulation.process_query(&hits, ())?;
    let misses = simulation.process_query(&misses, ())?;
    Ok(Stay {
        customers: hits.customers + misses.customers,
        seconds: hits.seconds + misses.seconds,
    })
}
