//! What each part does, in small systems with known outcomes.

#[path = "../support/mod.rs"]
mod support;
mod system;

mod balancer;
mod bottleneck;
mod dns;
mod edits;
mod faults;
mod limits;
mod queues;
mod requests;
mod sightings;
