//! Erlang's loss formula: servers without a queue.

/// Erlang B: the chance that a request is lost when `load` Erlang (arrival rate times mean service)
/// meet `servers` servers without a queue, for Poisson arrivals and services of any law (M/G/c/c is
/// insensitive). A load that is not positive loses nothing; no servers lose everything.
///
/// By the stable recursion B(k) = aB(k-1)/(k + aB(k-1)); Erlang 1917, Harchol-Balter, section 14.2.
#[must_use]
pub fn erlang_b(load: f64, servers: u32) -> f64 {
    if load == f64::INFINITY {
        return 1.0;
    }
    let load = load.max(0.0); // `max` takes the other one where one is not a number
    (1..=servers).fold(1.0, |blocking, k| {
        load * blocking / (f64::from(k) + load * blocking)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::theory::close;

    #[test]
    fn erlang_b_matches_the_published_values() {
        for (servers, load, want) in [
            (5, 3.0, 0.110_054),
            (10, 8.0, 0.121_661),
            (10, 10.0, 0.214_582),
            (20, 15.0, 0.045_593),
            (50, 40.0, 0.018_691),
            (100, 90.0, 0.026_957),
            (100, 100.0, 0.075_700),
        ] {
            close(erlang_b(load, servers), want);
        }
    }

    #[test]
    fn odd_loads_lose_all_or_nothing() {
        for (load, want) in [
            (0.0, 0.0),
            (-1.0, 0.0),
            (f64::NAN, 0.0),
            (f64::INFINITY, 1.0),
        ] {
            assert_eq!(erlang_b(load, 3), want, "{load}");
        }
        assert_eq!(erlang_b(2.0, 0), 1.0);
    }
}
