//! What each part does, in small systems with known outcomes.

#[path = "../support/mod.rs"]
mod support;
mod system;

mod arrivals;
mod attempts;
mod bad_servers;
mod balancer;
mod bottleneck;
mod cache;
mod cdn;
mod connections;
mod dns;
mod edits;
mod failover;
mod faults;
mod limits;
mod object_store;
mod policies;
mod queues;
mod requests;
mod shares;
mod sightings;
mod storm;
