//! Closed forms from queueing theory, to hold a simulation against.
//!
//! Sources: Erlang 1917; Kleinrock, "Queueing Systems" vol. 1 (1975), sections 3.2 and 3.5; Harchol-Balter,
//! "Performance Modeling and Design of Computer Systems" (2013), chapters 13 to 15.

mod che;

pub use che::{fifo_hit_ratio, lru_hit_ratio};

use crate::time::SimDuration;

/// The steady state of M/M/c: Poisson arrivals, `c` exponential servers, one queue without limit.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Mmc {
    /// Arrivals per second.
    arrival_rate: f64,
    /// Services per second and server.
    service_rate: f64,
    servers: u32,
    /// Share of the time in which a server is busy, ρ = λ/(cµ).
    pub utilisation: f64,
    /// The chance that an arrival has to wait (Erlang C).
    pub wait_probability: f64,
    /// Mean time in the queue.
    pub mean_wait: SimDuration,
    /// Mean time in the queue and in service.
    pub mean_response: SimDuration,
}

/// The steady state of M/M/c, or `None` where there is none: no servers, rates that are not
/// positive, or a utilisation of 1 and more.
#[must_use]
pub fn mmc(arrival_rate: f64, service_rate: f64, servers: u32) -> Option<Mmc> {
    let utilisation = arrival_rate / (service_rate * f64::from(servers));
    let is_stable = arrival_rate > 0.0 && service_rate > 0.0 && servers > 0 && utilisation < 1.0;
    if !is_stable {
        return None;
    }
    let blocking = erlang_b(arrival_rate / service_rate, servers);
    let wait_probability = blocking / (1.0 - utilisation * (1.0 - blocking));
    let spare_rate = f64::from(servers) * service_rate - arrival_rate;
    let mean_wait = wait_probability / spare_rate;
    Some(Mmc {
        arrival_rate,
        service_rate,
        servers,
        utilisation,
        wait_probability,
        mean_wait: seconds(mean_wait),
        mean_response: seconds(mean_wait + 1.0 / service_rate),
    })
}

/// Erlang B: the chance that a call is lost when `load` Erlang meet `servers` servers without a
/// queue, by the stable recursion B(k) = aB(k-1)/(k + aB(k-1)).
#[must_use]
pub fn erlang_b(load: f64, servers: u32) -> f64 {
    (1..=servers).fold(1.0, |blocking, k| {
        load * blocking / (f64::from(k) + load * blocking)
    })
}

impl Mmc {
    /// The time in queue and service that a share `q` (0 to below 1) of the requests does not exceed.
    ///
    /// For one server the response time is exponential. For more, P(T > t) is a mixture of two
    /// exponentials (Harchol-Balter, section 14.3), inverted here by bisection.
    #[must_use]
    pub fn response_quantile(&self, q: f64) -> SimDuration {
        let target = 1.0 - q.clamp(0.0, 0.999_999);
        let (mut low, mut high) = (0.0, 1.0 / self.service_rate);
        while self.response_tail(high) > target {
            high *= 2.0;
        }
        for _ in 0..80 {
            let middle = f64::midpoint(low, high);
            if self.response_tail(middle) > target {
                low = middle
            } else {
                high = middle
            }
        }
        seconds(high)
    }

    /// The chance that a response takes longer than `t` seconds.
    fn response_tail(&self, t: f64) -> f64 {
        let (mu, c) = (self.service_rate, f64::from(self.servers));
        let spare = c * mu - self.arrival_rate;
        let wait = self.wait_probability;
        let service = libm::exp(-mu * t);
        // Where the two rates coincide, the general form divides zero by zero.
        if (spare - mu).abs() < 1e-9 * mu {
            return service * (1.0 + wait * mu * t);
        }
        service + wait * mu / (spare - mu) * (service - libm::exp(-spare * t))
    }
}

fn seconds(value: f64) -> SimDuration {
    SimDuration::from_nanos_f64(value * 1e9)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn close(got: f64, want: f64) {
        assert!(
            (got - want).abs() <= 1e-5 * want.max(1e-3),
            "{got} against {want}"
        );
    }

    #[test]
    fn waits_match_the_published_table() {
        // Mean wait with service rate 1; rows c = 2, 4, 8, 16, columns utilisation.
        let utilisations = [0.5, 0.7, 0.8, 0.9, 0.95];
        let table: [(u32, [f64; 5]); 4] = [
            (2, [0.333_333, 0.960_784, 1.777_778, 4.263_158, 9.256_410]),
            (4, [0.086_957, 0.357_212, 0.745_541, 1.969_383, 4.457_095]),
            (8, [0.014_761, 0.112_751, 0.286_028, 0.876_916, 2.110_422]),
            (16, [0.001_127, 0.027_016, 0.095_276, 0.369_590, 0.975_241]),
        ];
        for (servers, waits) in table {
            for (rho, want) in utilisations.into_iter().zip(waits) {
                let mmc = mmc(rho * f64::from(servers), 1.0, servers).expect("stable");
                let got = mmc.mean_wait.as_secs_f64();
                assert!(
                    (got - want).abs() < 1e-6,
                    "M/M/{servers} at {rho}: {got} against {want}"
                );
            }
        }
    }

    #[test]
    fn quantiles_of_one_server_are_those_of_an_exponential() {
        let mm1 = mmc(0.8, 1.0, 1).expect("stable");
        close(mm1.mean_response.as_secs_f64(), 5.0);
        close(
            mm1.response_quantile(0.5).as_secs_f64(),
            5.0 * std::f64::consts::LN_2,
        );
        close(mm1.response_quantile(0.99).as_secs_f64(), 23.025_851);
    }

    #[test]
    fn the_tail_is_continuous_where_its_two_rates_meet() {
        // c·µ - λ = µ for c = 2, λ = µ.
        let at = mmc(1.0, 1.0, 2)
            .expect("stable")
            .response_quantile(0.99)
            .as_secs_f64();
        let near = mmc(1.000_01, 1.0, 2)
            .expect("stable")
            .response_quantile(0.99)
            .as_secs_f64();
        close(at, near);
    }

    #[test]
    fn erlang_b_matches_the_published_values() {
        for (servers, load, want) in [
            (5, 3.0, 0.110_054),
            (10, 8.0, 0.121_661),
            (20, 15.0, 0.045_593),
            (100, 100.0, 0.075_700),
        ] {
            close(erlang_b(load, servers), want);
        }
    }

    #[test]
    fn there_is_no_steady_state_at_or_above_capacity() {
        assert_eq!(mmc(2.0, 1.0, 2), None);
        assert_eq!(mmc(1.0, 1.0, 0), None);
        assert_eq!(mmc(0.0, 1.0, 1), None);
        assert_eq!(mmc(f64::NAN, 1.0, 1), None);
    }
}
