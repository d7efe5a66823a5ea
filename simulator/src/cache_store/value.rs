//! What a cache keeps for a key, and for how long it counts as fresh, stale or gone.
//!
//! Three periods follow each other, each with its beginning and without its end:
//! **fresh** from the fill to the expiry, **stale** from the expiry for as long as the cache keeps
//! stale values, **gone** from then on. So at the moment of its expiry a value is no longer fresh
//! (RFC 9111, section 4.2: fresh while its lifetime *exceeds* its age), and a cache that keeps nothing
//! stale has lost it.

use crate::time::{SimDuration, SimTime};

/// A cached value: all that matters of it, but not its content.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Value {
    /// Which write it shows; the cache compares nothing, it only hands it back.
    pub(crate) version: u64,
    /// When it was put there.
    pub(crate) filled: SimTime,
    /// When it stops being fresh; [`SimTime::MAX`] is never.
    pub(crate) expiry: SimTime,
    /// How long it took to compute, which is what refreshing it will take.
    pub(crate) recompute: SimDuration,
    /// What it occupies, in bytes.
    pub(crate) size: u32,
}

/// The answer to a look-up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Lookup {
    /// A value within its time.
    Fresh(Value),
    /// A value past its expiry that was kept: for stale-while-revalidate or stale-if-error.
    Stale(Value),
    /// Nothing that could be served.
    Miss,
}

impl Value {
    /// Whether its time is over, kept or not.
    pub(crate) fn is_stale(&self, now: SimTime) -> bool {
        now >= self.expiry
    }

    /// For how long it has been stale; zero while it is fresh.
    pub(crate) fn staleness(&self, now: SimTime) -> SimDuration {
        now.since(self.expiry)
    }

    /// Whether a cache that keeps stale values for `keep` no longer has it.
    pub(crate) fn is_gone(&self, now: SimTime, keep: SimDuration) -> bool {
        now >= self.expiry + keep
    }

    /// Whether whoever finds this value should refresh it ahead of time, so that not everybody
    /// finds it stale at once: probabilistic early expiration, XFetch (Vattani, Chierichetti,
    /// Lowenstein 2015, "Optimal probabilistic cache stampede prevention", figure 1).
    ///
    /// `exponential` is a fresh draw with mean 1, the paper's -ln(rand()). `beta` is 1 in the paper;
    /// more refreshes earlier. With either at zero this is [`Self::is_stale`], and a value that has
    /// been stale for any time always needs a refresh.
    pub(crate) fn needs_refresh(&self, now: SimTime, beta: f64, exponential: f64) -> bool {
        let ahead = self.recompute.as_nanos() as f64 * beta * exponential;
        // The moments are whole, so rounding what lies between them down decides nothing.
        now + SimDuration::from_nanos_f64(ahead) >= self.expiry
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::{Purpose, Stream};

    const MS: u64 = 1_000_000;

    fn at(millis: u64) -> SimTime {
        SimTime::from_nanos(millis * MS)
    }

    /// Filled at 0, stale from 100 ms on, and 10 ms of work.
    fn value() -> Value {
        Value {
            version: 1,
            filled: SimTime::ZERO,
            expiry: at(100),
            recompute: SimDuration::from_millis(10),
            size: 1,
        }
    }

    #[test]
    fn each_period_has_its_beginning_and_not_its_end() {
        let keep = SimDuration::from_millis(50);
        for (millis, stale, gone) in [
            (0, false, false),
            (99, false, false),
            (100, true, false),
            (149, true, false),
            (150, true, true),
        ] {
            let value = value();
            assert_eq!(value.is_stale(at(millis)), stale, "{millis} ms");
            assert_eq!(value.is_gone(at(millis), keep), gone, "{millis} ms");
            let staleness = value.staleness(at(millis)).as_nanos() / MS;
            assert_eq!(staleness, millis.saturating_sub(100));
        }
        assert!(value().is_gone(at(100), SimDuration::ZERO));
    }

    #[test]
    fn a_value_without_expiry_stays_fresh() {
        let mut value = value();
        value.expiry = SimTime::MAX;
        let late = SimTime::from_nanos(u64::MAX - 1);
        assert!(!value.is_stale(late));
        assert!(!value.is_gone(late, SimDuration::MAX));
    }

    #[test]
    fn without_luck_or_beta_a_refresh_is_due_exactly_when_the_value_is_stale() {
        for millis in [0, 99, 100, 101] {
            let stale = value().is_stale(at(millis));
            assert_eq!(value().needs_refresh(at(millis), 1.0, 0.0), stale);
            assert_eq!(value().needs_refresh(at(millis), 0.0, 5.0), stale);
            assert_eq!(value().needs_refresh(at(millis), f64::NAN, 1.0), stale);
        }
        assert!(value().needs_refresh(at(0), f64::INFINITY, 1.0));
    }

    #[test]
    fn the_chance_of_an_early_refresh_falls_exponentially_with_the_time_left() {
        // P(refresh with g left) = exp(-g / (recompute * beta)).
        let mut random = Stream::new(1, "cache", Purpose::Choice);
        for (left, beta) in [(5, 1.0), (10, 1.0), (20, 1.0), (20, 2.0), (40, 2.0)] {
            let n = 100_000;
            let refreshes = (0..n)
                .filter(|_| value().needs_refresh(at(100 - left), beta, random.exponential()))
                .count();
            let want = libm::exp(-(left as f64) / (10.0 * beta));
            let share = refreshes as f64 / f64::from(n);
            let bound = 4.5 * (want * (1.0 - want) / f64::from(n)).sqrt();
            assert!((share - want).abs() < bound, "{share} against {want}");
        }
    }
}
