//! The list of laws, by subject.

mod balancing;
mod caching;
mod farms;
mod general;
mod losses;
mod names;
mod networks;
mod queues;
mod retries;
mod sharding;
mod sharing;
mod steps;

use crate::validation::Law;

/// Every law that the engine can be held against.
#[must_use]
pub fn laws() -> Vec<Law> {
    let subjects = [
        queues::laws(),
        losses::laws(),
        general::laws(),
        networks::laws(),
        balancing::laws(),
        farms::laws(),
        names::laws(),
        retries::laws(),
        caching::laws(),
        sharding::laws(),
        sharing::laws(),
        steps::laws(),
    ];
    subjects.into_iter().flatten().flatten().collect()
}
