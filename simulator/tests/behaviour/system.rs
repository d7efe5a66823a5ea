//! The small systems that these tests have in common, and what is asked of them.

use simulator::{
    Arrivals, Clients, Distribution, FailureReason, NodeId, NodeKind, Policy, Scenario, Server,
    SimDuration, SimTime, Simulation, Tally,
};

use crate::support::{System, check_every, millis, server};

/// The clients of every system here.
pub(crate) const USERS: NodeId = NodeId(0);
/// The server of [`single`] and [`steady`].
pub(crate) const WEB: NodeId = NodeId(1);

/// Ten requests a second, the first after 100 ms.
pub(crate) fn metronome(timeout: Option<SimDuration>) -> NodeKind {
    NodeKind::Clients(Clients {
        rate: 10.0,
        arrivals: Arrivals::Even,
        read_share: 1.0,
        timeout,
        ..Clients::default()
    })
}

/// Evenly spaced requests.
pub(crate) fn even(rate: f64) -> NodeKind {
    NodeKind::Clients(Clients {
        rate,
        arrivals: Arrivals::Even,
        read_share: 1.0,
        timeout: None,
        ..Clients::default()
    })
}

pub(crate) fn constant(value: f64) -> Distribution {
    Distribution::Deterministic {
        mean: millis(value),
    }
}

/// The metronome and one server, 5 ms away.
pub(crate) fn single(timeout: Option<SimDuration>, web: Server) -> Scenario {
    System::new(1)
        .node("users", metronome(timeout))
        .node("web", NodeKind::Server(web))
        .link("users", "web", 5.0)
        .build()
}

/// Even arrivals at one worker, `latency_ms` away.
pub(crate) fn steady(rate: f64, service_ms: f64, latency_ms: f64) -> Scenario {
    System::new(1)
        .node("users", even(rate))
        .node("web", NodeKind::Server(server(1, constant(service_ms))))
        .link("users", "web", latency_ms)
        .build()
}

/// The metronome, a balancer in turns without health checks, and servers of one worker.
pub(crate) fn unchecked_pool(servers: u32, service_ms: f64) -> Scenario {
    System::new(1)
        .node("users", metronome(None))
        .balancer(Policy::RoundRobin, None)
        .link("users", "balancer", 1.0)
        .tier(servers, "balancer", None, &server(1, constant(service_ms)))
        .build()
}

/// The metronome, a balancer in turns with health checks, and two quick servers.
pub(crate) fn pool(check_ms: f64, fall: u32, rise: u32) -> Scenario {
    System::new(1)
        .node("users", metronome(None))
        .balancer(Policy::RoundRobin, Some(check_every(check_ms, fall, rise)))
        .link("users", "balancer", 1.0)
        .tier(2, "balancer", None, &server(1, constant(1.0)))
        .build()
}

pub(crate) fn at(millis: u64) -> SimTime {
    SimTime::from_nanos(millis * 1_000_000)
}

pub(crate) fn run(scenario: &Scenario, until: u64) -> Simulation {
    let mut simulation = Simulation::new(scenario);
    simulation.run_until(at(until), u64::MAX);
    simulation
}

pub(crate) fn totals(simulation: &Simulation) -> Tally {
    simulation.snapshot().totals
}

pub(crate) fn failed(simulation: &Simulation, reason: FailureReason) -> u64 {
    totals(simulation).failed.count(reason)
}
