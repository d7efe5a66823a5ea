//! What a cache counts.

use std::collections::VecDeque;
use std::iter::Sum;

use crate::metrics::RecentRing;

/// What a cache did in some time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CacheCounts {
    /// Reads that it answered from what it held.
    pub hits: u64,
    /// Reads that it did not.
    pub misses: u64,
    /// Answers from what it held that lacked a write that had taken effect: stale reads.
    pub outdated: u64,
    /// Answers from what it held past its time to live, as hits or because the source failed.
    pub expired: u64,
    /// Those of the misses that waited for a fill under way instead of asking for one.
    pub shared: u64,
    /// Values that it asked for in the background: early, or because they had expired.
    pub refreshes: u64,
    /// Values that left for want of room.
    pub evictions: u64,
    /// Writes that it had answered and lost before they reached the source.
    pub lost_writes: u64,
}

impl CacheCounts {
    /// Share of reads that were hits; `None` where there was none.
    #[must_use]
    pub fn hit_ratio(&self) -> Option<f64> {
        let reads = self.hits + self.misses;
        (reads > 0).then(|| self.hits as f64 / reads as f64)
    }

    const fn since(&self, earlier: &Self) -> Self {
        Self {
            hits: self.hits - earlier.hits,
            misses: self.misses - earlier.misses,
            outdated: self.outdated - earlier.outdated,
            expired: self.expired - earlier.expired,
            shared: self.shared - earlier.shared,
            refreshes: self.refreshes - earlier.refreshes,
            evictions: self.evictions - earlier.evictions,
            lost_writes: self.lost_writes - earlier.lost_writes,
        }
    }
}

impl Sum for CacheCounts {
    /// Of several edges.
    fn sum<I: Iterator<Item = Self>>(counts: I) -> Self {
        counts.fold(Self::default(), |sum, it| Self {
            hits: sum.hits + it.hits,
            misses: sum.misses + it.misses,
            outdated: sum.outdated + it.outdated,
            expired: sum.expired + it.expired,
            shared: sum.shared + it.shared,
            refreshes: sum.refreshes + it.refreshes,
            evictions: sum.evictions + it.evictions,
            lost_writes: sum.lost_writes + it.lost_writes,
        })
    }
}

/// The running totals of a cache, at the start of the measurement, and over the recent past.
#[derive(Clone, Debug, Default)]
pub(crate) struct CacheMeter {
    pub(crate) total: CacheCounts,
    baseline: CacheCounts,
    /// At the starts of the pieces of the recent past, oldest first.
    marks: VecDeque<CacheCounts>,
}

impl CacheMeter {
    /// Remembers the totals at the start of a piece of the recent past.
    pub(crate) fn mark(&mut self) {
        self.marks.push_back(self.total);
        if self.marks.len() > RecentRing::PIECES {
            self.marks.pop_front();
        }
    }

    /// Forgets the recent past.
    pub(crate) fn clear_marks(&mut self) {
        self.marks.clear();
    }

    /// Begins a measurement.
    pub(crate) const fn begin(&mut self) {
        self.baseline = self.total;
    }

    /// What happened since the measurement began.
    pub(crate) const fn measured(&self) -> CacheCounts {
        self.total.since(&self.baseline)
    }

    /// Share of hits in the recent past; `None` where there were no reads.
    pub(crate) fn recent_hit_ratio(&self) -> Option<f64> {
        let first = self.marks.front().copied().unwrap_or_default();
        self.total.since(&first).hit_ratio()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ratio_is_of_the_time_that_it_names() {
        let mut meter = CacheMeter::default();
        assert_eq!(meter.recent_hit_ratio(), None);
        meter.mark();
        meter.total.misses = 30;
        for _ in 0..RecentRing::PIECES {
            meter.mark();
        }
        meter.begin();
        meter.total.hits = 30;
        meter.total.misses = 40;
        assert_eq!(meter.recent_hit_ratio(), Some(0.75));
        assert_eq!(meter.measured().hit_ratio(), Some(0.75));
        assert_eq!(meter.total.hit_ratio(), Some(30.0 / 70.0));
    }
}
