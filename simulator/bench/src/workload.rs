//! The workloads: together they meet every kind of node, law, policy, fault and edit.

use simulator::{Edit, HealthCheck, NodeId, Policy, Scenario, SimDuration, SimTime, Simulation};

use crate::system::{
    System, balancer, database, dns, even_users, exactly, exponential, heavy_tailed, server, users,
};

/// A scenario, what is done to it as it runs, and for how long.
pub(crate) struct Workload {
    pub(crate) name: &'static str,
    pub(crate) scenario: Scenario,
    /// In order of time.
    edits: Vec<(SimTime, Edit)>,
    end: SimTime,
}

impl Workload {
    /// The run at its end.
    pub(crate) fn run(&self) -> Simulation {
        let mut simulation = Simulation::new(&self.scenario);
        for (time, edit) in &self.edits {
            simulation.run_until(*time, u64::MAX);
            simulation.apply(edit.clone());
        }
        simulation.run_until(self.end, u64::MAX);
        simulation
    }
}

/// Every workload, the simplest first.
pub(crate) fn all() -> Vec<Workload> {
    vec![
        one_server(),
        sixteen_workers(),
        heavy_tail(),
        server_and_database(),
        balancer_with_failures(),
        least_connections(),
        dns_and_metronome(),
        edited(),
    ]
}

/// M/M/1 at 80 %.
fn one_server() -> Workload {
    let scenario = System::new(1)
        .node("users", users(1_000.0, None))
        .node("web", server(1, exponential(800), 0))
        .link("users", "web", 250)
        .scenario();
    Workload {
        name: "one-server",
        scenario,
        edits: vec![],
        end: SimTime::from_secs(20),
    }
}

/// M/M/16 at 90 %.
fn sixteen_workers() -> Workload {
    let scenario = System::new(2)
        .node("users", users(2_000.0, None))
        .node("web", server(16, exponential(7_200), 0))
        .link("users", "web", 20_000)
        .scenario();
    Workload {
        name: "sixteen-workers",
        scenario,
        edits: vec![],
        end: SimTime::from_secs(10),
    }
}

/// Lognormal service times: the ones that need logarithms and exponentials.
fn heavy_tail() -> Workload {
    let scenario = System::new(3)
        .node("users", users(1_000.0, Some(SimDuration::from_millis(500))))
        .node("web", server(8, heavy_tailed(6_000, 4.0), 0))
        .link("users", "web", 20_000)
        .scenario();
    Workload {
        name: "heavy-tail",
        scenario,
        edits: vec![],
        end: SimTime::from_secs(20),
    }
}

/// A server that asks its database three times for each request.
fn server_and_database() -> Workload {
    let scenario = System::new(4)
        .node("users", users(400.0, Some(SimDuration::from_secs(2))))
        .node("web", server(4, exponential(5_000), 3))
        .node(
            "db",
            database(4, exponential(2_000), heavy_tailed(4_000, 2.0)),
        )
        .link("users", "web", 20_000)
        .link("web", "db", 250)
        .scenario();
    Workload {
        name: "server-and-database",
        scenario,
        edits: vec![],
        end: SimTime::from_secs(20),
    }
}

/// Four servers behind a balancer: one dies, another slows down, both come back.
fn balancer_with_failures() -> Workload {
    let check = HealthCheck {
        interval: SimDuration::from_secs(1),
        timeout: SimDuration::from_millis(500),
        fall: 2,
        rise: 2,
        ..HealthCheck::default()
    };
    let scenario = behind_balancer(5, 600.0, Policy::RoundRobin, Some(check), 4);
    let edits = vec![
        (SimTime::from_secs(5), Edit::Kill(NodeId(3))),
        (SimTime::from_secs(8), Edit::Slow(NodeId(2), 10.0)),
        (SimTime::from_secs(12), Edit::Heal(NodeId(3))),
        (SimTime::from_secs(14), Edit::Heal(NodeId(2))),
    ];
    Workload {
        name: "balancer-with-failures",
        scenario,
        edits,
        end: SimTime::from_secs(20),
    }
}

/// Thirty servers, each request to the least busy of them.
fn least_connections() -> Workload {
    let scenario = behind_balancer(6, 5_000.0, Policy::LeastConnections, None, 30);
    Workload {
        name: "least-connections",
        scenario,
        edits: vec![],
        end: SimTime::from_secs(4),
    }
}

/// Even arrivals through DNS to deterministic servers: many things happen at the very same time.
fn dns_and_metronome() -> Workload {
    let scenario = System::new(7)
        .node("users", even_users(500.0))
        .node("dns", dns(SimDuration::from_secs(2)))
        .node("balancer", balancer(Policy::Random, None))
        .node("web-1", server(1, exactly(2_000), 0))
        .node("web-2", server(1, exactly(2_000), 0))
        .link("users", "dns", 10_000)
        .link("users", "balancer", 20_000)
        .link("balancer", "web-1", 250)
        .link("balancer", "web-2", 250)
        .scenario();
    Workload {
        name: "dns-and-metronome",
        scenario,
        edits: vec![],
        end: SimTime::from_secs(30),
    }
}

/// A system that is rebuilt while it runs: more load, more servers, another policy, fewer servers.
fn edited() -> Workload {
    let step = |rate, policy, servers| behind_balancer(8, rate, policy, None, servers);
    let edits = vec![
        (
            SimTime::from_secs(4),
            Edit::Reconfigure(step(700.0, Policy::PowerOfTwo, 2)),
        ),
        (
            SimTime::from_secs(8),
            Edit::Reconfigure(step(700.0, Policy::PowerOfTwo, 6)),
        ),
        (
            SimTime::from_secs(12),
            Edit::Reconfigure(step(300.0, Policy::Random, 3)),
        ),
    ];
    let scenario = step(300.0, Policy::RoundRobin, 2);
    Workload {
        name: "edited",
        scenario,
        edits,
        end: SimTime::from_secs(16),
    }
}

/// Users, a balancer and some equal servers, in this order.
fn behind_balancer(
    seed: u64,
    rate: f64,
    policy: Policy,
    check: Option<HealthCheck>,
    servers: usize,
) -> Scenario {
    let system = System::new(seed)
        .node("users", users(rate, Some(SimDuration::from_secs(2))))
        .node("balancer", balancer(policy, check))
        .link("users", "balancer", 20_000);
    (1..=servers)
        .map(|number| format!("web-{number}"))
        .fold(system, |system, name| {
            system
                .node(&name, server(2, exponential(8_000), 0))
                .link("balancer", &name, 250)
        })
        .scenario()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fingerprint;

    #[test]
    fn every_workload_is_a_run_of_its_own_and_the_same_each_time() {
        let mut seen = std::collections::BTreeSet::new();
        for workload in all() {
            let (first, second) = (workload.run(), workload.run());
            let events = first.events();
            let (first, second) = (fingerprint::of(&first), fingerprint::of(&second));
            assert_eq!(first, second, "{}", workload.name);
            assert!(10_000 < events, "{}: only {events} events", workload.name);
            assert!(seen.insert(first), "{} is like another", workload.name);
        }
        assert!(6 <= seen.len());
    }
}
