//! What a cache counts.

/// What happened to a cache since the beginning: sums that only grow.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Counters {
    /// Look-ups that found a fresh value.
    pub(crate) hits: u64,
    /// All other look-ups; with `hits` these are all of them.
    pub(crate) misses: u64,
    /// Those of the misses that found a stale value, which the caller may serve.
    pub(crate) stale: u64,
    /// Values dropped because their time was over, by a look-up or for want of room.
    pub(crate) expired: u64,
    /// Values dropped for want of room before their time was over.
    pub(crate) evictions: u64,
}
