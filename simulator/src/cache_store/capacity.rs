//! How much a cache holds.

/// The most entries that any cache holds, whatever its capacity: with 64 bytes each they take 64 MB of a
/// browser's memory, in the simulation and in each of its snapshots.
pub(crate) const MAX_ENTRIES: u32 = 1 << 20;

/// How much fits: both limits hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Capacity {
    /// Values; more than [`MAX_ENTRIES`] mean that many, none switches the cache off.
    pub(crate) entries: u32,
    /// Bytes of values; [`u64::MAX`] is no limit.
    pub(crate) bytes: u64,
}

impl Capacity {
    /// A number of values of any size.
    pub(crate) const fn of_entries(entries: u32) -> Self {
        Self {
            entries,
            bytes: u64::MAX,
        }
    }

    /// A number of bytes, in as many values as there can be.
    pub(crate) const fn of_bytes(bytes: u64) -> Self {
        Self {
            entries: MAX_ENTRIES,
            bytes,
        }
    }

    pub(super) fn max_entries(self) -> usize {
        self.entries.min(MAX_ENTRIES) as usize
    }
}
