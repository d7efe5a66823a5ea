//! What holds for a single run to the nanosecond, without any statistics.

use crate::scenario::{NodeKind, Scenario, ScenarioError};
use crate::simulation::{Edit, Simulation};
use crate::time::{SimDuration, SimTime};

/// The two sides of Little's identity for a run that begins and ends empty.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Area {
    /// The area under the number of requests in the system over time: Σ number · duration, in
    /// nanoseconds.
    pub area_nanos: u128,
    /// Requests that were answered.
    pub answered: u64,
    /// Requests that were not.
    pub lost: u64,
    /// Mean response time of those answered, in whole nanoseconds.
    pub mean_response: SimDuration,
}

impl Area {
    /// Whether the area is the sum of all response times, as far as their mean tells: to the
    /// nanosecond.
    #[must_use]
    pub fn is_sum_of_responses(&self) -> bool {
        let mean = self.area_nanos.checked_div(u128::from(self.answered));
        mean == Some(u128::from(self.mean_response.as_nanos()))
    }
}

/// Runs `scenario` event by event until `until`, then without new arrivals until it is empty, and
/// adds up the requests that are in the system.
///
/// The identity holds where response times are whole times in the system: links of clients without
/// latency, no DNS, no timeouts, and losses at once if any.
///
/// # Errors
/// Where the scenario without arrivals is none.
pub fn area_under_requests(
    scenario: &Scenario,
    until: SimTime,
) -> Result<Area, Vec<ScenarioError>> {
    let mut simulation = Simulation::new(scenario);
    let mut area = 0;
    add_up(&mut simulation, &mut area, until);
    simulation.apply(Edit::Reconfigure(without_arrivals(scenario)?));
    add_up(&mut simulation, &mut area, SimTime::MAX);
    let totals = simulation.snapshot().totals;
    Ok(Area {
        area_nanos: area,
        answered: totals.answered(),
        lost: totals.failed.total() + totals.shed,
        mean_response: simulation.measurement().response.mean(),
    })
}

/// Up to the first event after `until`, or until nothing will ever happen again.
fn add_up(simulation: &mut Simulation, area: &mut u128, until: SimTime) {
    loop {
        let (before, number) = (simulation.now(), simulation.snapshot().totals.in_flight);
        if before > until || simulation.step().is_none() {
            return;
        }
        let width = simulation.now().since(before);
        *area += u128::from(width.as_nanos()) * u128::from(number);
    }
}

fn without_arrivals(scenario: &Scenario) -> Result<Scenario, Vec<ScenarioError>> {
    let mut nodes = scenario.nodes().to_vec();
    for node in &mut nodes {
        if let NodeKind::Clients(clients) = &mut node.kind {
            clients.rate = 0.0;
        }
    }
    let links = scenario.links().to_vec();
    Scenario::try_new(scenario.seed(), scenario.slo(), nodes, links)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::{Discipline, Policy, Server};
    use crate::validation::system::{exponential, farm, server_with, station};

    #[track_caller]
    fn check(scenario: Result<Scenario, Vec<ScenarioError>>, loses: bool) {
        let scenario = scenario.expect("valid");
        let area = area_under_requests(&scenario, SimTime::from_secs(2)).expect("valid");
        assert!(area.answered > 1_000, "{area:?}");
        assert_eq!(area.lost > 0, loses, "{area:?}");
        assert!(area.is_sum_of_responses(), "{area:?}");
    }

    #[test]
    fn the_area_under_the_requests_is_the_sum_of_their_times() {
        check(
            station(1, 0.9, &server_with(1, exponential(1.0), 500, 1)),
            false,
        );
        check(
            station(2, 3.0, &server_with(4, exponential(1.0), 2, 1)),
            true,
        );
        check(farm(3, 0.7, 3, Policy::LeastConnections), false);
        let disciplines = [
            Discipline::Lifo,
            Discipline::Sharing { most: None },
            Discipline::Sharing { most: Some(3) },
        ];
        for discipline in disciplines {
            let web = Server {
                discipline,
                workers: 2,
                service_time: exponential(1.0),
                queries: 0,
                ..Server::default()
            };
            check(station(4, 1.8, &NodeKind::Server(web)), false);
        }
    }
}
