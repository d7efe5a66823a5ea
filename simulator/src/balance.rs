//! How a balancer chooses among its targets, and how shards divide keys: pure decisions, one file a
//! policy.
//!
//! A target is known by an index that never changes while it is a member and is not given to another
//! one soon after: what a policy remembers about a target stays with it when others join or leave.
//!
//! *Absent:* events, health checks over the network, sessions and answers. A policy is told what is
//! known about the targets and says which one; it never learns whether that was wise, but for the
//! peak EWMA, which is told how long answers took.

mod bounded_load;
mod chooser;
mod draw;
mod hash;
mod hash_modulo;
mod least_connections;
mod partition;
mod passive_health;
mod peak_ewma;
mod policy;
mod power_of_choices;
mod random_choice;
mod rendezvous;
mod ring;
mod round_robin;
mod slow_start;
mod stale_load;
mod weighted_round_robin;

#[cfg(test)]
mod tally;

pub(crate) use chooser::Chooser;
pub(crate) use draw::MAX_CHOICES;
pub(crate) use partition::{Crossings, Layout, crossings};
pub use passive_health::PassiveCheck;
pub(crate) use passive_health::PassiveHealth;
pub(crate) use policy::{Balancing, DEFAULT_POINTS, PeakEwmaPolicy};
pub(crate) use ring::{Member, Ring};
pub use slow_start::SlowStart;
pub(crate) use stale_load::StaleLoad;

/// What a policy chooses from.
///
/// The lists of weights and loads are indexed by target and shared by all choices; only `eligible`
/// changes when a target fails, so that nothing is copied for a choice.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Candidates<'a> {
    /// The targets that may be chosen, in ascending order and each once.
    pub(crate) eligible: &'a [u32],
    /// The weight of each target, 1 or more; only ratios matter. A missing one counts as 1.
    pub(crate) weights: &'a [u32],
    /// Requests in flight to each target, as far as the balancer knows. A missing one counts as 0.
    pub(crate) in_flight: &'a [u32],
}

impl Candidates<'_> {
    fn weight(&self, target: u32) -> u32 {
        self.weights.get(target as usize).map_or(1, |&w| w.max(1))
    }

    fn load(&self, target: u32) -> u32 {
        self.in_flight.get(target as usize).copied().unwrap_or(0)
    }

    /// The sum of all eligible weights.
    fn total_weight(&self) -> u64 {
        let weights = self.eligible.iter().map(|&t| u64::from(self.weight(t)));
        weights.sum()
    }

    fn is_eligible(&self, target: u32) -> bool {
        self.eligible.binary_search(&target).is_ok()
    }
}
