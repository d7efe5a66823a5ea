//! M/M/c/K: Poisson arrivals, exponential servers, a queue with a limit.

use super::are_positive;

/// The steady state of M/M/c/K. There always is one: who finds no place is lost.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Mmck {
    /// The chance that an arrival finds every place taken and is lost.
    pub blocking: f64,
    /// Requests that are served per second, λ(1-blocking).
    pub throughput: f64,
    /// Share of the time in which a server is busy.
    pub utilisation: f64,
    /// Mean number in queue and service.
    pub mean_in_system: f64,
    /// Mean time in queue and service of those who got a place, in seconds.
    pub mean_response: f64,
    /// Mean time in the queue of those who got a place, in seconds.
    pub mean_wait: f64,
}

/// The steady state of M/M/c/K with `places` for all, those in service included: M/M/1/K for one
/// server, Erlang's loss system for as many places as servers. `None` for rates that are not
/// positive, no servers, or fewer places than servers. Kleinrock, chapter 3.
#[must_use]
pub fn mmck(arrival_rate: f64, service_rate: f64, servers: u32, places: u32) -> Option<Mmck> {
    if !are_positive(&[arrival_rate, service_rate]) || servers == 0 || places < servers {
        return None;
    }
    // Like Erlang B's recursion, and as stable: a place more changes the chance that all are taken
    // from B to rB/(1 + rB), where r is the rate of arrivals over that of departures.
    let (mut blocking, mut number) = (1.0, 0.0);
    for n in 1..=places {
        let ratio = arrival_rate / (service_rate * f64::from(n.min(servers)));
        blocking = ratio * blocking / (1.0 + ratio * blocking);
        number = number * (1.0 - blocking) + f64::from(n) * blocking;
    }
    let throughput = arrival_rate * (1.0 - blocking);
    let mean_response = number / throughput;
    let is_sound = blocking.is_finite() && mean_response.is_finite();
    is_sound.then_some(Mmck {
        blocking,
        throughput,
        utilisation: throughput / (service_rate * f64::from(servers)),
        mean_in_system: number,
        mean_response,
        mean_wait: (mean_response - 1.0 / service_rate).max(0.0),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::theory::{close, erlang_b, mm1, mmc};

    #[test]
    fn losses_and_means_of_one_server_match_the_published_table() {
        for (rho, places, lost, number, response) in [
            (0.8, 5, 0.088_819, 1.868_332, 2.563_065),
            (0.9, 10, 0.050_814, 3.969_441, 4.646_601),
            (1.2, 10, 0.192_586, 6.710_709, 6.926_138),
        ] {
            let queue = mmck(rho, 1.0, 1, places).expect("always stable");
            close(queue.blocking, lost);
            close(queue.mean_in_system, number);
            close(queue.mean_response, response);
        }
    }

    #[test]
    fn without_a_queue_it_is_the_loss_system_and_with_a_long_one_it_never_loses() {
        close(
            mmck(8.0, 1.0, 10, 10).expect("stable").blocking,
            erlang_b(8.0, 10),
        );
        let long = mmck(0.8, 1.0, 1, 500).expect("stable");
        close(
            long.mean_response,
            mm1(0.8, 1.0).expect("stable").mean_response(),
        );
        let four = mmc(3.2, 1.0, 4).expect("stable");
        close(
            mmck(3.2, 1.0, 4, 500).expect("stable").mean_wait,
            four.mean_wait.as_secs_f64(),
        );
    }

    #[test]
    fn too_few_places_have_no_meaning() {
        assert_eq!(mmck(1.0, 1.0, 2, 1), None);
        assert_eq!(mmck(1.0, 1.0, 0, 1), None);
        assert_eq!(mmck(f64::NAN, 1.0, 1, 1), None);
    }
}
