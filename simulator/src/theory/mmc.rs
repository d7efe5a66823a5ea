//! M/M/c: Poisson arrivals, exponential servers, one queue without limit.

use super::{are_positive, crossing, erlang_b};
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
    let is_stable = are_positive(&[arrival_rate, service_rate, utilisation]) && utilisation < 1.0;
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

impl Mmc {
    /// Mean number that wait, λ·Wq = Cρ/(1-ρ).
    #[must_use]
    pub fn mean_waiting(&self) -> f64 {
        self.wait_probability * self.utilisation / (1.0 - self.utilisation)
    }

    /// Mean number in queue and service. The same holds where the servers share their work equally
    /// among all who are there (c-server processor sharing).
    #[must_use]
    pub fn mean_in_system(&self) -> f64 {
        self.mean_waiting() + self.arrival_rate / self.service_rate
    }

    /// The chance of a wait of more than `t` seconds, C·e^-(cµ-λ)t.
    #[must_use]
    pub fn wait_tail(&self, t: f64) -> f64 {
        self.wait_probability * libm::exp(-self.spare_rate() * t.max(0.0))
    }

    /// The time in the queue that a share `q` (0 to below 1) of the requests does not exceed; zero
    /// where so many do not wait at all.
    #[must_use]
    pub fn wait_quantile(&self, q: f64) -> SimDuration {
        let target = 1.0 - q.clamp(0.0, MOST);
        seconds(libm::log(self.wait_probability / target).max(0.0) / self.spare_rate())
    }

    /// The time in queue and service that a share `q` (0 to below 1) of the requests does not exceed.
    ///
    /// For one server the response time is exponential. For more, P(T > t) is a mixture of two
    /// exponentials (Harchol-Balter, section 14.3), inverted here by bisection.
    #[must_use]
    pub fn response_quantile(&self, q: f64) -> SimDuration {
        let target = 1.0 - q.clamp(0.0, MOST);
        let mut high = 1.0 / self.service_rate;
        while self.response_tail(high) > target {
            high *= 2.0;
        }
        seconds(crossing(0.0, high, |t| self.response_tail(t) - target))
    }

    /// The chance that a response takes longer than `t` seconds.
    #[must_use]
    pub fn response_tail(&self, t: f64) -> f64 {
        let (mu, t) = (self.service_rate, t.max(0.0));
        let spare = self.spare_rate();
        let wait = self.wait_probability;
        let service = libm::exp(-mu * t);
        // Where the two rates coincide, the general form divides zero by zero.
        if (spare - mu).abs() < 1e-9 * mu {
            return service * (1.0 + wait * mu * t);
        }
        service + wait * mu / (spare - mu) * (service - libm::exp(-spare * t))
    }

    /// How many seconds it takes at most until a share of 1 - 1/e of the beginning is forgotten when
    /// all servers are busy: as M/M/1 with a server that is `c` times as fast, and never less than a
    /// service.
    #[must_use]
    pub fn relaxation_time(&self) -> f64 {
        let capacity = f64::from(self.servers) * self.service_rate;
        let root = libm::sqrt(capacity) - libm::sqrt(self.arrival_rate);
        (1.0 / (root * root)).max(1.0 / self.service_rate)
    }

    fn spare_rate(&self) -> f64 {
        f64::from(self.servers) * self.service_rate - self.arrival_rate
    }
}

/// The largest share of which a quantile is given.
const MOST: f64 = 0.999_999;

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
    fn many_servers_hardly_wait() {
        for (rho, want) in [
            (0.7, 0.000_230),
            (0.8, 0.004_379),
            (0.9, 0.048_541),
            (0.95, 0.183_753),
        ] {
            let mmc = mmc(rho * 64.0, 1.0, 64).expect("stable");
            assert!((mmc.mean_wait.as_secs_f64() - want).abs() < 6e-7, "{rho}");
            close(
                mmc.mean_waiting() / (rho * 64.0),
                mmc.mean_wait.as_secs_f64(),
            );
        }
        // Smaller than the nanoseconds in which means are given.
        let half = mmc(32.0, 1.0, 64).expect("stable");
        assert!((half.mean_waiting() / 32.0 - 1.332_411e-8).abs() < 1e-13);
    }

    #[test]
    fn waits_have_an_exponential_tail() {
        let mmc = mmc(3.2, 1.0, 4).expect("stable");
        close(mmc.wait_tail(0.0), mmc.wait_probability);
        close(mmc.wait_quantile(0.2).as_secs_f64(), 0.0);
        let p99 = mmc.wait_quantile(0.99).as_secs_f64();
        close(mmc.wait_tail(p99), 0.01);
        close(mmc.mean_in_system(), 3.2 * mmc.mean_response.as_secs_f64());
    }

    #[test]
    fn there_is_no_steady_state_at_or_above_capacity() {
        assert_eq!(mmc(2.0, 1.0, 2), None);
        assert_eq!(mmc(1.0, 1.0, 0), None);
        assert_eq!(mmc(0.0, 1.0, 1), None);
        assert_eq!(mmc(f64::NAN, 1.0, 1), None);
    }
}
