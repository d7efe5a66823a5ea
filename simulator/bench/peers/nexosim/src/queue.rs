//! One queue before equal workers: M/M/c.

use nexosim::ports::QuerySource;
use nexosim::simulation::{Mailbox, SimInit, SimulationError};
use nexosim::time::MonotonicTime;

use crate::Stay;
use crate::clients::Clients;
use crate::draw::Draw;
use crate::station::Station;

/// `customers` who come at random with `rate` a second to workers that are each busy for a second on average.
pub(crate) fn run(
    seed: u64,
    rate: f64,
    workers: u32,
    customers: u64,
) -> Result<Stay, SimulationError> {
    let mut clients = Clients::new(rate, 1, customers, Draw::new(seed, 0));
    let station = Station::new(workers, 1.0, true, Draw::new(seed, 1));
    let (clients_mailbox, station_mailbox) = (Mailbox::new(), Mailbox::new());
    clients.to[0].connect(Station::accept, &station_mailbox);
    let mut bench = SimInit::with_num_threads(1);
    let stay = QuerySource::new()
        .connect(Station::stay, &station_mailbox)
        .register(&mut bench);
    let mut simulation = bench
        .add_model(clients, clients_mailbox, "clients")
        .add_model(station, station_mailbox, "station")
        .init(MonotonicTime::EPOCH)?;
    simulation.run()?;
    Ok(simulation.process_query(&stay, ())?)
}
