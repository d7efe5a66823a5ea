//! Closed loops: a fixed number of users who think, ask and wait for the answer.

use super::are_positive;

/// The most users that are considered one by one.
const MOST_USERS: u32 = 10_000_000;

/// The steady state of a closed loop.
#[derive(Clone, Debug, PartialEq)]
pub struct ClosedLoop {
    /// Answers per second.
    pub throughput: f64,
    /// Mean seconds from the question to the answer.
    pub mean_response: f64,
    /// Mean number in queue and service at each station.
    pub mean_in_station: Vec<f64>,
}

/// Exact mean values of `users` who think for `think` seconds on average (any law) and then visit
/// stations of one exponential server each, with `demands` seconds of work for a request at each
/// (visits times mean service). One station is the machine repairman, M/M/1//N. `None` for demands
/// that are not positive, a think time below zero, nobody, or more than ten million.
///
/// Mean value analysis: Reiser and Lavenberg 1980, JACM 27 (2): whoever arrives sees what an observer
/// of a loop with one user less would see.
#[must_use]
pub fn closed_loop(users: u32, think: f64, demands: &[f64]) -> Option<ClosedLoop> {
    let is_sound = are_positive(demands) && !demands.is_empty() && is_time(think);
    if !is_sound || users == 0 || users > MOST_USERS {
        return None;
    }
    let mut number = vec![0.0; demands.len()];
    let (mut throughput, mut mean_response) = (0.0, 0.0);
    for n in 1..=users {
        let response = |(demand, number): (&f64, &f64)| demand * (1.0 + number);
        mean_response = demands.iter().zip(&number).map(response).sum();
        throughput = f64::from(n) / (think + mean_response);
        for (number, demand) in number.iter_mut().zip(demands) {
            *number = throughput * demand * (1.0 + *number);
        }
    }
    throughput.is_normal().then_some(ClosedLoop {
        throughput,
        mean_response,
        mean_in_station: number,
    })
}

/// The same for one station with several servers behind one queue, M/M/c//N: `service` seconds of
/// exponential work, exactly, by the balance of births and deaths. Kleinrock, chapter 3.
#[must_use]
pub fn repairman(users: u32, think: f64, service: f64, servers: u32) -> Option<ClosedLoop> {
    let is_sound = are_positive(&[think, service]) && servers > 0;
    if !is_sound || users == 0 || users > MOST_USERS {
        return None;
    }
    // Weights relative to the present one, scaled down before they overflow.
    let (mut weight, mut all, mut number, mut busy) = (1.0_f64, 1.0_f64, 0.0_f64, 0.0_f64);
    for n in 1..=users {
        let at_work = f64::from(n.min(servers));
        weight *= f64::from(users - n + 1) * service / (think * at_work);
        all += weight;
        number += weight * f64::from(n);
        busy += weight * at_work;
        if all > 1e200 {
            for sum in [&mut weight, &mut all, &mut number, &mut busy] {
                *sum *= 1e-200;
            }
        }
    }
    let throughput = busy / all / service;
    throughput.is_normal().then(|| ClosedLoop {
        throughput,
        mean_response: number / all / throughput,
        mean_in_station: vec![number / all],
    })
}

/// The interactive response time law: R = N/X - Z seconds, whatever is inside; never below zero.
/// `None` for a throughput that is not positive. Lazowska and others, "Quantitative System
/// Performance" (1984), chapter 3.
#[must_use]
pub fn response_law(users: u32, throughput: f64, think: f64) -> Option<f64> {
    let is_sound = are_positive(&[throughput]) && is_time(think);
    is_sound.then(|| (f64::from(users) / throughput - think).max(0.0))
}

/// What no closed loop can leave, whatever its laws: asymptotic bounds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bounds {
    /// At least so many answers per second: everybody queues behind everybody.
    pub least_throughput: f64,
    /// At most so many: nobody queues, or the busiest station never rests.
    pub most_throughput: f64,
    /// At least so many seconds.
    pub least_response: f64,
    /// The number of users from which on they must queue, N* = (D+Z)/Dmax.
    pub saturation: f64,
}

/// Bounds for `users` with a think time of `think` seconds and `demands` at single servers; `None`
/// as for [`closed_loop`]. Lazowska and others, chapter 5; Denning and Buzen 1978.
#[must_use]
pub fn asymptotic_bounds(users: u32, think: f64, demands: &[f64]) -> Option<Bounds> {
    let is_sound = are_positive(demands) && !demands.is_empty() && is_time(think) && users > 0;
    if !is_sound {
        return None;
    }
    let n = f64::from(users);
    let all: f64 = demands.iter().sum();
    let most = demands.iter().copied().fold(0.0, f64::max);
    Some(Bounds {
        least_throughput: n / (think + n * all),
        most_throughput: (1.0 / most).min(n / (think + all)),
        least_response: all.max(n * most - think),
        saturation: (all + think) / most,
    })
}

fn is_time(value: f64) -> bool {
    value.is_finite() && value >= 0.0
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::theory::close;

    #[test]
    fn both_ways_to_the_machine_repairman_agree() {
        for users in [1, 5, 11, 40, 3_000] {
            let mean_values = closed_loop(users, 10.0, &[1.0]).expect("sound");
            let balance = repairman(users, 10.0, 1.0, 1).expect("sound");
            close(mean_values.throughput, balance.throughput);
            close(mean_values.mean_response, balance.mean_response);
            let law = response_law(users, balance.throughput, 10.0).expect("sound");
            assert!((law - balance.mean_response).abs() < 1e-6 * f64::from(users));
        }
    }

    #[test]
    fn a_loop_of_two_users_by_hand() {
        // Weights of 0, 1, 2 at the server: 1, 2·1/1, 2·1·1: throughput (1-1/5)/1.
        let two = repairman(2, 1.0, 1.0, 1).expect("sound");
        close(two.throughput, 0.8);
        close(two.mean_response, 1.5);
        // With a server for each, nobody waits.
        let each = repairman(2, 1.0, 1.0, 2).expect("sound");
        close(each.mean_response, 1.0);
        close(each.throughput, 1.0);
    }

    #[test]
    fn the_bounds_hold_and_are_reached() {
        let demands = [0.8, 0.4, 0.1];
        for users in [1, 3, 10, 100, 1_000] {
            let exact = closed_loop(users, 5.0, &demands).expect("sound");
            let bounds = asymptotic_bounds(users, 5.0, &demands).expect("sound");
            let slack = 1.0 + 1e-12;
            assert!(exact.throughput >= bounds.least_throughput / slack);
            assert!(exact.throughput <= bounds.most_throughput * slack);
            assert!(exact.mean_response >= bounds.least_response / slack);
        }
        let one = closed_loop(1, 5.0, &demands).expect("sound");
        close(one.throughput, 1.0 / 6.3);
        let many = closed_loop(1_000, 5.0, &demands).expect("sound");
        close(many.throughput, 1.25);
        let bounds = asymptotic_bounds(1, 5.0, &demands).expect("sound");
        close(bounds.saturation, 6.3 / 0.8);
    }

    #[test]
    fn it_is_total() {
        assert_eq!(closed_loop(0, 1.0, &[1.0]), None);
        assert_eq!(closed_loop(1, -1.0, &[1.0]), None);
        assert_eq!(closed_loop(1, 1.0, &[]), None);
        assert_eq!(repairman(1, 1.0, 0.0, 1), None);
        assert_eq!(response_law(1, 0.0, 1.0), None);
        assert_eq!(asymptotic_bounds(1, 1.0, &[f64::NAN]), None);
        // A million users over a small server: nothing overflows.
        let crowd = repairman(1_000_000, 1.0, 1.0, 4).expect("sound");
        close(crowd.throughput, 4.0);
    }
}
