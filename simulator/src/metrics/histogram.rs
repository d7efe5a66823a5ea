//! A mergeable histogram of durations with a known error.

use crate::metrics::mean;
use crate::snapshot::ResponseTimes;
use crate::time::SimDuration;

/// Buckets per doubling.
const SUB_BUCKETS: u64 = 128;
/// Durations are kept in units of 2^10 ns, about a microsecond.
const UNIT_BITS: u32 = 10;

/// Durations counted in buckets that grow with them: 128 for each doubling (log-linear, as in
/// HdrHistogram). A quantile is off by at most 0.4 % or 1 µs, whichever is more; count, mean and
/// maximum are exact. Merging two histograms gives exactly the histogram of all their values.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Histogram {
    counts: Vec<u32>,
    count: u64,
    sum_nanos: u128,
    max: SimDuration,
}

/// Values with their buckets, to be counted in several histograms at once.
#[derive(Clone, Debug, Default)]
pub(crate) struct Batch {
    buckets: Vec<u32>,
    highest: u32,
    sum_nanos: u128,
    max: SimDuration,
}

impl Batch {
    /// Takes up these durations, in nanoseconds, in place of what it had.
    pub(crate) fn fill(&mut self, nanos: &[u64]) {
        self.buckets.clear();
        let (mut highest, mut sum, mut max) = (0, 0, 0);
        self.buckets.extend(nanos.iter().map(|&nanos| {
            let bucket = bucket_of(SimDuration::from_nanos(nanos)) as u32;
            highest = bucket.max(highest);
            max = nanos.max(max);
            sum += u128::from(nanos);
            bucket
        }));
        (self.highest, self.sum_nanos) = (highest, sum);
        self.max = SimDuration::from_nanos(max);
    }
}

impl Histogram {
    /// Counts one value.
    pub fn record(&mut self, value: SimDuration) {
        let bucket = bucket_of(value);
        self.make_room(bucket);
        if let Some(count) = self.counts.get_mut(bucket) {
            *count = count.saturating_add(1);
        }
        self.count += 1;
        self.sum_nanos += u128::from(value.as_nanos());
        self.max = self.max.max(value);
    }

    /// Counts all values of a batch.
    pub(crate) fn record_all(&mut self, batch: &Batch) {
        self.make_room(batch.highest as usize);
        for &bucket in &batch.buckets {
            if let Some(count) = self.counts.get_mut(bucket as usize) {
                *count = count.saturating_add(1);
            }
        }
        self.count += batch.buckets.len() as u64;
        self.sum_nanos += batch.sum_nanos;
        self.max = self.max.max(batch.max);
    }

    /// To the end of the doubling at least: a histogram grows a few times only.
    fn make_room(&mut self, bucket: usize) {
        if bucket >= self.counts.len() {
            let room = (bucket + 1).next_multiple_of(SUB_BUCKETS as usize);
            self.counts.resize(room, 0);
        }
    }

    /// Forgets everything but keeps its room.
    pub(crate) fn clear(&mut self) {
        self.counts.fill(0);
        (self.count, self.sum_nanos, self.max) = (0, 0, SimDuration::ZERO);
    }

    /// Adds everything that `other` has counted.
    pub fn merge(&mut self, other: &Self) {
        if other.counts.len() > self.counts.len() {
            self.counts.resize(other.counts.len(), 0);
        }
        for (mine, theirs) in self.counts.iter_mut().zip(&other.counts) {
            *mine = mine.saturating_add(*theirs);
        }
        self.count += other.count;
        self.sum_nanos += other.sum_nanos;
        self.max = self.max.max(other.max);
    }

    /// How many values were counted.
    #[must_use]
    pub const fn count(&self) -> u64 {
        self.count
    }

    /// The exact mean; zero when empty.
    #[must_use]
    pub fn mean(&self) -> SimDuration {
        mean(self.sum_nanos, self.count)
    }

    /// The exact maximum; zero when empty.
    #[must_use]
    pub const fn max(&self) -> SimDuration {
        self.max
    }

    /// The value below which the share `q` (0 to 1) of all values lies, by nearest rank; zero when
    /// empty.
    #[must_use]
    pub fn quantile(&self, q: f64) -> SimDuration {
        let rank = ((q.clamp(0.0, 1.0) * self.count as f64).ceil() as u64).max(1);
        let mut seen = 0;
        for (bucket, &count) in self.counts.iter().enumerate() {
            seen += u64::from(count);
            if seen >= rank {
                return middle_of(bucket).min(self.max);
            }
        }
        self.max
    }

    /// The usual figures.
    #[must_use]
    pub fn response_times(&self) -> ResponseTimes {
        ResponseTimes {
            count: self.count,
            mean: self.mean(),
            p50: self.quantile(0.50),
            p95: self.quantile(0.95),
            p99: self.quantile(0.99),
            max: self.max,
        }
    }

    /// The empirical distribution function: for each bucket in use its upper end and the share of
    /// values up to there. The last share is 1. Empty when nothing was counted.
    #[must_use]
    pub fn cumulative(&self) -> Vec<(SimDuration, f64)> {
        let mut seen = 0;
        self.counts
            .iter()
            .enumerate()
            .filter(|&(_, &count)| count > 0)
            .map(|(bucket, &count)| {
                seen += u64::from(count);
                let end = SimDuration::from_nanos(lower_end(bucket + 1));
                (end.min(self.max), seen as f64 / self.count as f64)
            })
            .collect()
    }
}

fn bucket_of(value: SimDuration) -> usize {
    let value = value.as_nanos() >> UNIT_BITS;
    if value < SUB_BUCKETS {
        return value as usize;
    }
    let shift = value.ilog2() - SUB_BUCKETS.ilog2();
    (u64::from(shift + 1) * SUB_BUCKETS + (value >> shift) - SUB_BUCKETS) as usize
}

fn lower_end(bucket: usize) -> u64 {
    let bucket = bucket as u64;
    if bucket < SUB_BUCKETS {
        return bucket << UNIT_BITS;
    }
    let shift = bucket / SUB_BUCKETS - 1;
    (SUB_BUCKETS + bucket % SUB_BUCKETS)
        .checked_shl(shift as u32 + UNIT_BITS)
        .unwrap_or(u64::MAX)
}

fn middle_of(bucket: usize) -> SimDuration {
    let (low, high) = (lower_end(bucket), lower_end(bucket + 1));
    SimDuration::from_nanos(low + high.saturating_sub(low) / 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn values() -> Vec<u64> {
        // A deterministic spread over nine orders of magnitude.
        (0..5_000_u64)
            .map(|i| (i * i * i * 7 + i * 1_300 + 5) % 60_000_000_000)
            .collect()
    }

    #[test]
    fn quantiles_are_within_the_stated_error_of_exact_sorting() {
        let mut histogram = Histogram::default();
        let mut sorted = values();
        for &nanos in &sorted {
            histogram.record(SimDuration::from_nanos(nanos));
        }
        sorted.sort_unstable();
        for q in [0.001, 0.01, 0.1, 0.5, 0.9, 0.95, 0.99, 0.999, 1.0] {
            let rank = (q * sorted.len() as f64).ceil() as usize;
            let exact = sorted[rank - 1] as f64;
            let got = histogram.quantile(q).as_nanos() as f64;
            let allowed = f64::max(exact * 0.004, 1_024.0);
            assert!(
                (got - exact).abs() <= allowed,
                "q {q}: {got} against {exact}"
            );
        }
        assert_eq!(histogram.max().as_nanos(), sorted[sorted.len() - 1]);
    }

    #[test]
    fn merging_equals_counting_everything_in_one() {
        let (mut left, mut right, mut all) = (
            Histogram::default(),
            Histogram::default(),
            Histogram::default(),
        );
        for (i, nanos) in values().into_iter().enumerate() {
            let value = SimDuration::from_nanos(nanos);
            if i % 3 == 0 {
                left.record(value)
            } else {
                right.record(value)
            }
            all.record(value);
        }
        left.merge(&right);
        assert_eq!(left, all);
    }

    #[test]
    fn an_empty_histogram_says_zero_and_draws_nothing() {
        let empty = Histogram::default();
        assert_eq!(empty.quantile(0.99), SimDuration::ZERO);
        assert_eq!(empty.mean(), SimDuration::ZERO);
        assert!(empty.cumulative().is_empty());
    }

    #[test]
    fn the_longest_duration_fits() {
        let mut histogram = Histogram::default();
        histogram.record(SimDuration::MAX);
        assert_eq!(
            histogram.quantile(0.5).as_nanos() >> 57,
            SimDuration::MAX.as_nanos() >> 57
        );
        let last = histogram.cumulative().pop().map(|(_, share)| share);
        assert_eq!(last, Some(1.0));
    }
}
