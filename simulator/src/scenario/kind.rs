//! The kinds of node and their parameters. Ranges are enforced in `check.rs`.

use super::{
    Balancer, Cache, Cdn, Clients, ConnectionPool, Discipline, Machine, ObjectStore, Overload,
    QueryOrder, Shards,
};
use crate::distribution::Distribution;
use crate::time::SimDuration;

/// A kind of node with its parameters.
#[derive(Clone, Debug, PartialEq)]
pub enum NodeKind {
    /// Where requests come from.
    Clients(Clients),
    /// Where clients learn the address.
    Dns(Dns),
    /// Answers near the clients.
    Cdn(Cdn),
    /// Spreads requests over servers.
    Balancer(Balancer),
    /// Does the application's work.
    Server(Server),
    /// Answers what it holds.
    Cache(Cache),
    /// Sends each query to the data node that has its key.
    Shards(Shards),
    /// Answers queries.
    Database(Database),
    /// Keeps objects or sessions, somewhere else.
    ObjectStore(ObjectStore),
}

/// A kind of node without its parameters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// [`Clients`]
    Clients,
    /// [`Dns`]
    Dns,
    /// [`Cdn`]
    Cdn,
    /// [`Balancer`]
    Balancer,
    /// [`Server`]
    Server,
    /// [`Cache`]
    Cache,
    /// [`Shards`]
    Shards,
    /// [`Database`]
    Database,
    /// [`ObjectStore`]
    ObjectStore,
}

impl NodeKind {
    /// The kind without its parameters.
    #[must_use]
    pub const fn kind(&self) -> Kind {
        match self {
            Self::Clients(_) => Kind::Clients,
            Self::Dns(_) => Kind::Dns,
            Self::Cdn(_) => Kind::Cdn,
            Self::Balancer(_) => Kind::Balancer,
            Self::Server(_) => Kind::Server,
            Self::Cache(_) => Kind::Cache,
            Self::Shards(_) => Kind::Shards,
            Self::Database(_) => Kind::Database,
            Self::ObjectStore(_) => Kind::ObjectStore,
        }
    }

    /// How many it serves at the same time; zero for kinds without workers.
    #[must_use]
    pub const fn workers(&self) -> u32 {
        match self {
            Self::Server(server) => server.workers,
            Self::Cache(cache) => cache.workers,
            Self::Database(database) => database.workers,
            Self::Balancer(balancer) => balancer.workers,
            Self::Clients(_)
            | Self::Dns(_)
            | Self::Cdn(_)
            | Self::Shards(_)
            | Self::ObjectStore(_) => 0,
        }
    }

    /// The machine that its workers run on, of kinds that have one.
    pub(crate) const fn machine(&self) -> Option<&Machine> {
        match self {
            Self::Server(server) => Some(&server.machine),
            Self::Database(database) => Some(&database.machine),
            _ => None,
        }
    }

    /// How many may wait, for its workers or, at a balancer, for servers that are at their limit; zero
    /// for kinds without a queue.
    #[must_use]
    pub const fn queue_limit(&self) -> u32 {
        match self {
            Self::Server(server) => server.queue_limit,
            Self::Cache(cache) => cache.queue_limit,
            Self::Database(database) => database.queue_limit,
            Self::Balancer(balancer) => {
                let own = if balancer.workers > 0 {
                    balancer.queue_limit
                } else {
                    0
                };
                own + balancer.waiting_limit
            }
            Self::Clients(_)
            | Self::Dns(_)
            | Self::Cdn(_)
            | Self::Shards(_)
            | Self::ObjectStore(_) => 0,
        }
    }
}

impl Kind {
    /// Every kind, in the order in which a request meets them.
    pub const ALL: [Self; 9] = [
        Self::Clients,
        Self::Dns,
        Self::Cdn,
        Self::Balancer,
        Self::Server,
        Self::Cache,
        Self::Shards,
        Self::Database,
        Self::ObjectStore,
    ];

    /// Whether a node of this kind may call one of the kind `callee`.
    #[must_use]
    pub const fn may_call(self, callee: Self) -> bool {
        let is_entrance = matches!(
            callee,
            Self::Balancer | Self::Server | Self::Cache | Self::Shards | Self::ObjectStore
        );
        match self {
            Self::Clients => is_entrance || matches!(callee, Self::Dns | Self::Cdn),
            Self::Cdn => is_entrance || matches!(callee, Self::Cdn),
            Self::Balancer | Self::Server | Self::Cache => {
                is_entrance || matches!(callee, Self::Database)
            }
            Self::Shards => matches!(callee, Self::Balancer | Self::Cache | Self::Database),
            Self::Dns | Self::Database | Self::ObjectStore => false,
        }
    }
}

/// A name service. Clients share one resolver's cache of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Dns {
    /// Time that one look-up takes at the name server, besides the link to it.
    pub lookup_time: SimDuration,
    /// How long an answer is cached; zero asks for every request.
    pub ttl: SimDuration,
}

/// A web or application server: workers behind a queue.
///
/// A worker is busy only for the service time; while queries are out it serves others, as an
/// event loop or a thread pool with asynchronous calls does. [`Server::holds_worker`] changes that.
#[derive(Clone, Debug, PartialEq)]
pub struct Server {
    /// Requests served at the same time, 1 to 1,024.
    pub workers: u32,
    /// Time that one worker is busy with one request.
    pub service_time: Distribution,
    /// Requests that may wait, 0 to 100,000.
    pub queue_limit: u32,
    /// What a request meets when the queue is full.
    pub when_full: WhenFull,
    /// Queries to each node that this one is linked to, 0 to 1,000.
    pub queries: u32,
    /// In which order they are sent.
    pub query_order: QueryOrder,
    /// Time that a worker is busy with the request once more after the queries; `None` for none.
    pub finishing_time: Option<Distribution>,
    /// Whether a request keeps its worker until it is answered, queries included: a thread for each
    /// request.
    pub holds_worker: bool,
    /// The connections to each node that it calls; `None` for any number.
    pub connections: Option<ConnectionPool>,
    /// Who is served next, and how.
    pub discipline: Discipline,
    /// What is done about overload besides the queue's limit.
    pub overload: Overload,
    /// Its machine.
    pub machine: Machine,
}

impl Default for Server {
    /// Two workers of 8 ms, a queue for a thousand, one query to each node behind it.
    fn default() -> Self {
        Self {
            workers: 2,
            service_time: Distribution::Exponential {
                mean: SimDuration::from_millis(8),
            },
            queue_limit: 1_000,
            when_full: WhenFull::Fail,
            queries: 1,
            query_order: QueryOrder::Sequential,
            finishing_time: None,
            holds_worker: false,
            connections: None,
            discipline: Discipline::Fifo,
            overload: Overload::default(),
            machine: Machine::default(),
        }
    }
}

/// A database: like a server, with service times of its own for reads and writes.
#[derive(Clone, Debug, PartialEq)]
pub struct Database {
    /// Queries served at the same time, 1 to 1,024.
    pub workers: u32,
    /// Time that one worker is busy with a query of a reading request.
    pub read_time: Distribution,
    /// Time that one worker is busy with a query of a writing request.
    pub write_time: Distribution,
    /// Queries that may wait, 0 to 100,000.
    pub queue_limit: u32,
    /// What a query meets when the queue is full.
    pub when_full: WhenFull,
    /// Which query is served next, and how.
    pub discipline: Discipline,
    /// What is done about overload besides the queue's limit.
    pub overload: Overload,
    /// Its machine.
    pub machine: Machine,
}

impl Default for Database {
    /// Two workers of 4 ms, a queue for a thousand.
    fn default() -> Self {
        let query = Distribution::Exponential {
            mean: SimDuration::from_millis(4),
        };
        Self {
            workers: 2,
            read_time: query.clone(),
            write_time: query,
            queue_limit: 1_000,
            when_full: WhenFull::Fail,
            discipline: Discipline::Fifo,
            overload: Overload::default(),
            machine: Machine::default(),
        }
    }
}

/// What a request meets at a full queue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WhenFull {
    /// An error: counted as failed.
    Fail,
    /// A deliberate, immediate "not now" (HTTP 503): counted as shed.
    Shed,
}
