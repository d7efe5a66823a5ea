//! Replication lag: a replica applies a log one write at a time.

use super::mm1::{Mm1, mm1};

/// The steady state of a replica that is `delay` away and applies a Poisson stream of writes, each
/// of which takes an exponential time: an M/M/1 behind a constant delay.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ReplicationLag {
    applier: Mm1,
    delay: f64,
}

/// The lag of a replica that applies up to `apply_rate` writes per second, of which `write_rate` come,
/// `delay` seconds away; `None` where it falls behind for ever, or for a delay below zero.
#[must_use]
pub fn replication_lag(write_rate: f64, apply_rate: f64, delay: f64) -> Option<ReplicationLag> {
    let is_delay = delay.is_finite() && delay >= 0.0;
    let applier = mm1(write_rate, apply_rate).filter(|_| is_delay)?;
    Some(ReplicationLag { applier, delay })
}

impl ReplicationLag {
    /// Mean seconds from the write to its effect at the replica.
    #[must_use]
    pub fn mean(&self) -> f64 {
        self.delay + self.applier.mean_response()
    }

    /// The chance that a write is not yet there after `t` seconds: d + M/M/1 sojourn, e^-(µ-λ)(t-d).
    /// So often does a reader miss its own write that it reads `t` seconds later.
    #[must_use]
    pub fn tail(&self, t: f64) -> f64 {
        self.applier.response_tail(t - self.delay)
    }

    /// The lag in seconds that a share `q` (0 to below 1) of the writes does not exceed.
    #[must_use]
    pub fn quantile(&self, q: f64) -> f64 {
        self.delay + self.applier.response_quantile(q)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn missed_writes_match_the_published_table() {
        let lag = replication_lag(800.0, 1_000.0, 0.005).expect("keeps up");
        for (t, want) in [
            (0.003, 1.0),
            (0.010, 0.3679),
            (0.020, 0.0498),
            (0.050, 0.000_123),
        ] {
            let got = lag.tail(t);
            assert!((got - want).abs() < 5e-5, "{t}: {got}");
        }
        assert!((lag.mean() - 0.010).abs() < 1e-12);
        assert!((lag.tail(lag.quantile(0.99)) - 0.01).abs() < 1e-12);
        assert_eq!(replication_lag(1_000.0, 1_000.0, 0.0), None);
        assert_eq!(replication_lag(1.0, 2.0, f64::NAN), None);
    }
}
