//! Everything that can be said about a run at one moment, as plain data.

use crate::bottleneck::Bottleneck;
use crate::metrics::CacheCounts;
use crate::outcome::{Failures, Tally};
use crate::scenario::NodeId;
use crate::time::{SimDuration, SimTime};

/// The state of a run at one moment. Nodes are in the order of the present scenario.
#[derive(Clone, Debug, PartialEq)]
pub struct Snapshot {
    /// The present moment.
    pub time: SimTime,
    /// Events processed so far.
    pub events: u64,
    /// A running hash of every event: equal hashes mean the identical run.
    pub fingerprint: u64,
    /// The books since the beginning. [`Tally::is_conserved`] holds for every snapshot.
    pub totals: Tally,
    /// The last [`Recent::window`] of simulated time.
    pub recent: Recent,
    /// The measurement under way.
    pub measured: Measured,
    /// One entry a node.
    pub nodes: Vec<NodeSnapshot>,
    /// The node that limits the system, see [`bottleneck`](crate::bottleneck()).
    pub bottleneck: Option<Bottleneck>,
}

/// The measurement under way: since the last [`Simulation::begin_measurement`], or since the start.
///
/// [`Simulation::begin_measurement`]: crate::Simulation::begin_measurement
#[derive(Clone, Debug, PartialEq)]
pub struct Measured {
    /// When it began.
    pub since: SimTime,
    /// What was sent and what ended since, as in [`Measurement::tally`](crate::Measurement::tally).
    pub tally: Tally,
    /// Response times of the requests answered since.
    pub response: ResponseTimes,
}

/// Figures over the recent past.
#[derive(Clone, Debug, PartialEq)]
pub struct Recent {
    /// How much simulated time the figures cover: 9.5 seconds and what has passed of the present
    /// half-second, so never quite 10; less at the start of a run.
    pub window: SimDuration,
    /// Requests generated per second.
    pub offered: f64,
    /// Requests answered per second, on time or late.
    pub throughput: f64,
    /// Requests answered on time per second.
    pub goodput: f64,
    /// Requests failed per second.
    pub failed: f64,
    /// Requests shed per second.
    pub shed: f64,
    /// Failures in the window, by reason.
    pub failures: Failures,
    /// Response times of the requests answered in the window.
    pub response: ResponseTimes,
}

/// Response times: from the moment a request reaches the first node behind the clients' network
/// until the answer leaves it. The users' own network and DNS are not included.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct ResponseTimes {
    /// How many requests these figures rest on.
    pub count: u64,
    /// The mean.
    pub mean: SimDuration,
    /// Half of the requests were faster.
    pub p50: SimDuration,
    /// 95 of 100 requests were faster.
    pub p95: SimDuration,
    /// 99 of 100 requests were faster.
    pub p99: SimDuration,
    /// The slowest.
    pub max: SimDuration,
}

/// The state of one node.
#[derive(Clone, Debug, PartialEq)]
pub struct NodeSnapshot {
    /// Whether it works.
    pub condition: Condition,
    /// Whether it is dead and requests fail because of it: some reached it since it died, and there
    /// is a node that would send it more.
    pub is_failing: bool,
    /// Share of the recent window in which its workers were busy, 0 to 1. Zero for nodes without
    /// workers.
    pub utilisation: f64,
    /// Workers in all; zero for nodes without workers.
    pub workers: u32,
    /// Workers busy now.
    pub busy: u32,
    /// Requests waiting now.
    pub queued: u32,
    /// How many may wait; zero for nodes without a queue.
    pub queue_limit: u32,
    /// Requests that arrived here since the beginning, queries included.
    pub arrived: u64,
    /// Arrivals per second over the recent window.
    pub arrival_rate: f64,
    /// Requests that this node finished since the measurement began.
    pub served: u64,
    /// Requests that were turned away on purpose here since the measurement began.
    pub shed: u64,
    /// Requests that failed here since the measurement began, by reason: a moment before their
    /// clients learn of it.
    pub failures: Failures,
    /// Mean time spent in the queue by those served since the measurement began.
    pub mean_wait: SimDuration,
    /// For a balancer: what it knows of each of its targets, in the order of its links.
    pub backends: Vec<BackendSnapshot>,
    /// What only its kind has to tell.
    pub details: Details,
}

/// What only one kind of node has to tell.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Details {
    /// Nothing more.
    #[default]
    None,
    /// A balancer's doings.
    Balancer(BalancerDetails),
    /// Of a server whose connections are limited.
    Server(ServerDetails),
    /// Of a cache.
    Cache(CacheSnapshot),
    /// Of a content delivery network: its edges by the regions of their clients, those that nobody has
    /// asked yet left out at the end.
    Cdn(Vec<CacheSnapshot>),
    /// How shards share the load.
    Shards(ShardsDetails),
}

/// How shards share the load. What is counted are the calls that reached the shards' nodes, whoever sent
/// them: the copying of rows is load, too.
#[derive(Clone, Debug, PartialEq)]
pub struct ShardsDetails {
    /// One entry a shard, in the order of the links.
    pub shards: Vec<ShardLoad>,
    /// The load of the busiest shard over the mean load, since the measurement began: 1 where all have
    /// the same. So many times fewer shards than there are do useful work. Zero without calls.
    pub imbalance: f64,
    /// The same over the recent window.
    pub recent_imbalance: f64,
    /// The busiest shard since the measurement began, the first of equals; `None` without calls.
    pub hottest: Option<NodeId>,
    /// Rows that have moved to another shard since the beginning.
    pub rows_moved: u64,
    /// The move under way.
    pub resharding: Option<ReshardingProgress>,
}

/// The load of one shard.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ShardLoad {
    /// Which.
    pub node: NodeId,
    /// Calls that reached it since the measurement began.
    pub calls: u64,
    /// Calls a second over the recent window.
    pub recent_rate: f64,
}

/// How far rows have moved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ReshardingProgress {
    /// So many rows are on their new shard.
    pub moved: u64,
    /// Of so many that move in all.
    pub of: u64,
}

/// What a balancer did since the beginning, as far as it remembers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct BalancerDetails {
    /// Requests that wait now because all servers are at their limit of connections.
    pub waiting: u32,
    /// Requests that were tried on a further server.
    pub tried_again: u64,
    /// Sessions that are bound to a server, or were so until not long ago.
    pub sessions: u32,
    /// Requests of bound sessions that had to go to another server: what the session had left at the
    /// first one is not there.
    pub moved_sessions: u64,
}

/// The connections of a server to all nodes that it calls.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ServerDetails {
    /// Queries on the way.
    pub connections_in_use: u32,
    /// Queries that wait for a connection.
    pub waiting_for_connection: u32,
    /// Mean time that queries waited for theirs since the measurement began.
    pub mean_connection_wait: SimDuration,
}

/// The state of a cache or an edge.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct CacheSnapshot {
    /// What it did since the measurement began.
    pub measured: CacheCounts,
    /// Share of hits in the recent window; `None` where nobody asked.
    pub recent_hit_ratio: Option<f64>,
    /// How many values it holds, expired ones that nobody has noticed included.
    pub entries: u64,
    /// How many bytes they are.
    pub bytes: u64,
    /// Writes that it has answered and not written to its source yet.
    pub waiting_writes: u64,
}

/// Whether a node works.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Condition {
    /// As it should.
    Up,
    /// Every service takes `factor` times as long.
    Slow {
        /// More than 1, at most 1,000.
        factor: f64,
    },
    /// A share of what reaches it is answered with an error at once, without any work. Unless a
    /// health check is deep, it passes.
    Erring {
        /// More than 0, at most 1.
        share: f64,
    },
    /// Connections are refused.
    Dead,
    /// It was started and does not work yet: connections are refused.
    Booting {
        /// When it will work.
        until: SimTime,
    },
}

/// What a balancer knows of a target.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BackendSnapshot {
    /// The target.
    pub node: NodeId,
    /// Whether the balancer believes it to be healthy, by active and by passive checks.
    pub healthy: bool,
    /// Probes in a row that contradict this belief.
    pub contrary_checks: u32,
    /// How many contradicting probes change the belief; zero without health checks.
    pub checks_to_change: u32,
    /// Requests in flight from this balancer.
    pub in_flight: u32,
    /// The weight of the link to it; with 0 it is being drained.
    pub weight: u32,
}
