//! Open networks of queues (Jackson): each station by itself is an M/M/c.

use super::mmc;

/// Exponential servers behind one queue.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Station {
    /// Services per second and server.
    pub service_rate: f64,
    /// How many servers.
    pub servers: u32,
}

/// The steady state of an open network.
#[derive(Clone, Debug, PartialEq)]
pub struct Jackson {
    /// Arrivals per second at each station, those from other stations included.
    pub arrival_rates: Vec<f64>,
    /// Mean number in queue and service at each station.
    pub mean_in_station: Vec<f64>,
    /// Mean time from the first arrival to the last departure, in seconds, by Little's law.
    pub mean_response: f64,
}

/// The most stations that are considered.
const MOST_STATIONS: usize = 1_000;

/// The traffic equations λ = γ + λP: how often each station is asked, per second, when `external`
/// arrive at each from outside and `routing[i][j]` of those who leave station `i` go on to `j`; the
/// others leave. `None` where the numbers are no rates and shares, the shapes differ, or some
/// requests never leave.
#[must_use]
pub fn traffic(external: &[f64], routing: &[Vec<f64>]) -> Option<Vec<f64>> {
    let n = external.len();
    let is_rate = |rate: &f64| rate.is_finite() && *rate >= 0.0;
    let is_row = |row: &Vec<f64>| {
        row.len() == n && row.iter().all(is_rate) && row.iter().sum::<f64>() <= 1.0 + 1e-12
    };
    let is_sound = n <= MOST_STATIONS
        && routing.len() == n
        && external.iter().all(is_rate)
        && routing.iter().all(is_row);
    if !is_sound {
        return None;
    }
    // (I - Pᵀ)λ = γ, with γ as the last column.
    let mut rows: Vec<Vec<f64>> = (0..n)
        .map(|j| {
            let mut row: Vec<f64> = (0..n)
                .map(|i| f64::from(u8::from(i == j)) - routing[i][j])
                .collect();
            row.push(external[j]);
            row
        })
        .collect();
    solve(&mut rows)
}

/// Gaussian elimination with partial pivoting; `None` for a singular system.
fn solve(rows: &mut [Vec<f64>]) -> Option<Vec<f64>> {
    let n = rows.len();
    for column in 0..n {
        let size = |row: &usize| rows[*row][column].abs();
        let pivot = (column..n).max_by(|a, b| size(a).total_cmp(&size(b)))?;
        if size(&pivot) < 1e-12 {
            return None;
        }
        rows.swap(column, pivot);
        let (above, below) = rows.split_at_mut(column + 1);
        let pivot = &above[column];
        for row in below {
            let factor = row[column] / pivot[column];
            for (cell, value) in row.iter_mut().zip(pivot).skip(column) {
                *cell -= factor * value;
            }
        }
    }
    let mut solution = vec![0.0; n];
    for row in (0..n).rev() {
        let known: f64 = (row + 1..n).map(|j| rows[row][j] * solution[j]).sum();
        solution[row] = (rows[row][n] - known) / rows[row][row];
    }
    Some(solution)
}

/// The steady state of an open network of `stations`, or `None` where one of them is asked more than
/// it can serve, nobody comes, or the traffic equations have no solution.
///
/// Jackson 1957, "Networks of waiting lines", Operations Research 5; Kelly, "Reversibility and
/// Stochastic Networks" (1979), chapter 3, for fixed routes: the means are the same when every
/// request visits the stations in a given order and with given repetitions, instead of by chance.
#[must_use]
pub fn jackson(external: &[f64], routing: &[Vec<f64>], stations: &[Station]) -> Option<Jackson> {
    let arrival_rates = traffic(external, routing)?;
    if stations.len() != arrival_rates.len() {
        return None;
    }
    let mut mean_in_station = Vec::with_capacity(stations.len());
    for (station, &rate) in stations.iter().zip(&arrival_rates) {
        mean_in_station.push(if rate > 0.0 {
            mmc(rate, station.service_rate, station.servers)?.mean_in_system()
        } else {
            0.0
        });
    }
    let entering: f64 = external.iter().sum();
    let mean_response = mean_in_station.iter().sum::<f64>() / entering;
    mean_response.is_finite().then_some(Jackson {
        arrival_rates,
        mean_in_station,
        mean_response,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::theory::close;

    fn station(service_rate: f64) -> Station {
        Station {
            service_rate,
            servers: 1,
        }
    }

    #[test]
    fn in_a_row_the_sojourns_add_up() {
        let routing = [vec![0.0, 1.0], vec![0.0, 0.0]];
        let network = jackson(&[0.8, 0.0], &routing, &[station(1.0), station(2.0)]);
        let network = network.expect("stable");
        close(network.mean_response, 5.0 + 1.0 / 1.2);
        close(network.arrival_rates[1], 0.8);
    }

    #[test]
    fn who_comes_back_is_counted_each_time() {
        // A third goes back to the start: 1.5 visits each.
        let routing = [vec![0.0, 1.0], vec![1.0 / 3.0, 0.0]];
        let network = jackson(&[0.4, 0.0], &routing, &[station(1.0), station(1.0)]);
        let network = network.expect("stable");
        close(network.arrival_rates[0], 0.6);
        close(network.mean_response, 2.0 * 1.5 / 0.4);
    }

    #[test]
    fn it_is_total() {
        let forever = [vec![1.0]];
        assert_eq!(traffic(&[0.5], &forever), None, "nobody leaves");
        assert_eq!(traffic(&[0.5], &[]), None);
        assert_eq!(traffic(&[0.5], &[vec![-0.1]]), None);
        assert_eq!(traffic(&[f64::NAN], &[vec![0.0]]), None);
        let out = [vec![0.0]];
        assert_eq!(jackson(&[1.0], &out, &[station(1.0)]), None, "full");
        assert_eq!(jackson(&[0.0], &out, &[station(1.0)]), None, "nobody comes");
        assert_eq!(jackson(&[], &[], &[]), None);
    }
}
