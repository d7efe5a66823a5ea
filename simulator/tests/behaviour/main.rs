//! What each part does, in small systems with known outcomes.

#[path = "../support/mod.rs"]
mod support;
mod system;

mod arrivals;
mod attempts;
mod bad_servers;
mod balancer;
mod bill;
mod bottleneck;
mod cache;
mod cancellation;
mod cdn;
mod connections;
mod disciplines;
mod dns;
mod edits;
mod failover;
mod faults;
mod limits;
mod machines;
mod object_store;
mod overload;
mod places;
mod policies;
mod queues;
mod requests;
mod resharding;
mod sessions;
mod shards;
mod shares;
mod sightings;
mod steps;
mod storm;
