//! A deterministic discrete-event engine for web systems.
//!
//! It simulates a system request by request: each one is sent by a client, travels along links,
//! waits in queues, is served by workers, and ends in exactly one way. Nothing is computed by a
//! formula that could be simulated; the formulas are in [`theory`], to check the engine against, and
//! [`validation`] is the list of what is checked, with the [`statistics`] that it takes.
//!
//! ```text
//! clients ──▶ balancer ──▶ web-1 ──▶ database
//!    │           └───────▶ web-2 ──────┘
//!    └──▶ DNS
//! ```
//!
//! ```
//! use simulator::{
//!     Arrivals, Clients, Distribution, Link, Node, NodeId, NodeKind, Scenario, Server,
//!     SimDuration, SimTime, Simulation, WhenFull,
//! };
//!
//! let users = Clients { rate: 100.0, arrivals: Arrivals::Poisson, read_share: 0.9, timeout: None , ..Clients::default()};
//! let server = Server {
//!     workers: 2,
//!     service_time: Distribution::Exponential { mean: SimDuration::from_millis(12) },
//!     queue_limit: 1_000,
//!     when_full: WhenFull::Fail,
//!     queries: 0,
//!     ..Server::default()
//! };
//! let scenario = Scenario::try_new(
//!     7,
//!     SimDuration::from_millis(200),
//!     vec![
//!         Node::new("users", NodeKind::Clients(users)),
//!         Node::new("web", NodeKind::Server(server)),
//!     ],
//!     vec![Link::new(NodeId(0), NodeId(1), SimDuration::from_millis(20))],
//! )
//! .expect("every value is in range");
//!
//! let mut simulation = Simulation::new(&scenario);
//! simulation.run_until(SimTime::from_secs(60), u64::MAX);
//! let snapshot = simulation.snapshot();
//! assert!(snapshot.totals.is_conserved());
//! assert!(snapshot.recent.response.p99 < SimDuration::from_millis(200));
//! ```
//!
//! # What is deliberately absent
//! No input or output, no clock, no threads, no ambient randomness, no hash maps, no floating point
//! in event times and no logarithm but `libm`'s: the same scenario, seed and edits give the same
//! events on every machine.

/// Whether this build has all kinds of node and all laws. What is asked for only where this holds, a
/// build without it leaves out.
pub(crate) const WHOLE: bool = cfg!(feature = "whole");

mod agenda;
#[cfg_attr(
    not(test),
    expect(dead_code, reason = "the engine does not ask these rules yet")
)]
mod balance;
mod bottleneck;
#[cfg_attr(
    not(test),
    expect(dead_code, reason = "nodes count for themselves and confirm no value")
)]
mod cache_store;
mod call;
pub mod cost;
mod distribution;
mod event;
mod fingerprint;
pub mod geography;
#[cfg(test)]
mod goodness;
mod item_map;
mod metrics;
mod node;
mod outcome;
mod power_law;
mod random;
mod request;
#[expect(unused_imports, reason = "the engine does not ask these rules yet")]
#[cfg_attr(
    not(test),
    expect(dead_code, reason = "the engine does not ask these rules yet")
)]
mod resilience;
pub mod sampling;
mod scenario;
mod sighting;
mod simulation;
mod snapshot;
mod source;
pub mod statistics;
mod step;
pub mod theory;
mod time;
pub mod trace;
pub mod traffic;
pub mod validation;
mod violation;
mod zipf;

#[doc(hidden)]
pub use agenda::Agenda;
pub use balance::{PassiveCheck, SlowStart};
pub use bottleneck::{Bottleneck, bottleneck, busiest};
pub use cache_store::EvictionPolicy;
pub use distribution::{Distribution, Quantiles};
pub use metrics::{CacheCounts, Histogram, Measurement, NodeMeasurement, Series, Window};
pub use outcome::{FailureReason, Failures, Tally};
pub use resilience::{
    BackOff, BreakerPolicy, BulkheadPolicy, HedgingPolicy, Jitter, RateLimit, RetryBudgetPolicy,
    RetryTokensPolicy, Trip, Wait,
};
pub use scenario::{
    Arrivals, Balancer, Blame, CLASSES, Cache, CacheContent, CacheWrites, CachedKeys, Caching,
    CallPolicy, Cdn, Clients, ConnectionPool, Database, Discipline, Dns, Filling, HealthCheck,
    HotKeys, Kind, Link, Machine, NextServer, Node, NodeId, NodeKind, ObjectStore, Overload,
    Pauses, Policy, QueryOrder, Resharding, Retry, Scenario, ScenarioError, Server, ShardLayout,
    ShardWrites, Shards, Shedding, Sticky, StickyMemory, Urls, WaitLimit, WhenAllUnhealthy,
    WhenFull,
};
pub use sighting::{Fate, Hop, PastHop, Place, Sighting};
pub use simulation::{Edit, Progress, Sightings, Simulation};
pub use snapshot::{
    BackendSnapshot, BalancerDetails, CacheSnapshot, Condition, Details, Measured, NodeSnapshot,
    Recent, ReshardingProgress, ResponseTimes, ServerDetails, ShardLoad, ShardsDetails, Snapshot,
};
pub use source::{Quality, Source};
pub use step::{Happening, Step};
pub use time::{SimDuration, SimTime};
pub use zipf::Zipf;
