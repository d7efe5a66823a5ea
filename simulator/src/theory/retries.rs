//! Retries: how much more work they make, and where that ends.

use super::{are_positive, crossing, erlang_b, is_share, power};

/// Mean attempts of a request that is tried again up to `retries` times, when each attempt fails
/// with the chance `failure` (0 to 1), independently: (1-f^(r+1))/(1-f). `None` for no chance.
#[must_use]
pub fn attempts(failure: f64, retries: u32) -> Option<f64> {
    if !is_share(failure) {
        return None;
    }
    let tries = f64::from(retries) + 1.0;
    if failure == 1.0 {
        return Some(tries);
    }
    // 1-f^n by expm1 and log1p, so that nothing cancels for chances near 1.
    let ends = 1.0 - failure;
    Some(-libm::expm1(tries * libm::log1p(-ends)) / ends)
}

/// The share of requests that succeed in the end: 1-f^(r+1). `None` for no chance.
#[must_use]
pub fn success_share(failure: f64, retries: u32) -> Option<f64> {
    is_share(failure).then(|| 1.0 - power(failure, retries) * failure)
}

/// Attempts at the lowest of several `layers` that each try `retries` times again, while everything
/// fails there: (r+1)^layers. Not finite where that is beyond all numbers.
#[must_use]
pub fn attempts_of_layers(retries: u32, layers: u32) -> f64 {
    power(f64::from(retries) + 1.0, layers)
}

/// Servers without a queue whose losses are tried again at once.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Retried {
    /// Load with all attempts, in Erlang.
    pub offered: f64,
    /// The chance that an attempt is lost.
    pub blocking: f64,
    /// The share of requests that are served in the end.
    pub success: f64,
}

/// The fixed point of `load` Erlang of new requests that meet `servers` servers without a queue and
/// are tried again at once up to `retries` times: a' = a·attempts(B(c, a')). `None` for a load that
/// is not positive, or no servers.
///
/// It takes all attempts together for a Poisson stream, which immediate retries are not quite: they
/// meet the very state that their predecessor met. There is one fixed point for every load, because
/// a'/attempts(B(c, a')) grows with a'.
#[must_use]
pub fn retries_on_loss(load: f64, servers: u32, retries: u32) -> Option<Retried> {
    if !are_positive(&[load]) || servers == 0 {
        return None;
    }
    let asked = |offered| load * attempts(erlang_b(offered, servers), retries).unwrap_or(1.0);
    let most = load * (f64::from(retries) + 1.0);
    let offered = crossing(load, most, |offered| asked(offered) - offered);
    let blocking = erlang_b(offered, servers);
    Some(Retried {
        offered,
        blocking,
        success: success_share(blocking, retries)?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::theory::close;

    #[test]
    fn attempts_and_successes_are_geometric() {
        for (failure, retries, tries, success) in [
            (0.0, 3, 1.0, 1.0),
            (0.5, 3, 1.875, 0.937_5),
            (1.0, 3, 4.0, 0.0),
            (0.1, 0, 1.0, 0.9),
        ] {
            close(attempts(failure, retries).expect("a chance"), tries);
            close(success_share(failure, retries).expect("a chance"), success);
        }
        assert_eq!(attempts(1.1, 1), None);
        assert_eq!(success_share(f64::NAN, 1), None);
    }

    #[test]
    fn layers_multiply() {
        for (layers, want) in [(1, 4.0), (2, 16.0), (3, 64.0), (4, 256.0)] {
            close(attempts_of_layers(3, layers), want);
        }
    }

    #[test]
    fn the_storm_over_a_loss_system_matches_the_published_table() {
        for (load, want) in [
            (80.0, 80.35),
            (90.0, 94.26),
            (95.0, 109.69),
            (100.0, 153.80),
            (110.0, 225.23),
        ] {
            let storm = retries_on_loss(load, 100, 3).expect("servers");
            assert!((storm.offered - want).abs() < 0.005, "{load}: {storm:?}");
        }
        let none = retries_on_loss(100.0, 100, 0).expect("servers");
        close(none.blocking, 0.075_700);
        assert_eq!(retries_on_loss(-1.0, 100, 3), None);
    }
}
