use super::*;
use crate::distribution::Distribution;
use crate::scenario::{
    Arrivals, Balancer, Clients, Database, Dns, Link, Node, NodeKind, Scenario, Server, WhenFull,
};
use crate::simulation::{Edit, Simulation};

fn millis(value: u64) -> SimDuration {
    SimDuration::from_millis(value)
}

/// Users with a name service, a balancer, two busy servers with three queries each, and a database.
fn system(is_random: bool) -> Simulation {
    let law = |mean| {
        let mean = millis(mean);
        match is_random {
            true => Distribution::Exponential { mean },
            false => Distribution::Deterministic { mean },
        }
    };
    let server = Server {
        workers: 1,
        service_time: law(8),
        queue_limit: 4,
        when_full: WhenFull::Fail,
        queries: 3,
        ..Server::default()
    };
    let kinds = [
        NodeKind::Clients(Clients {
            rate: 180.0,
            arrivals: if is_random {
                Arrivals::Poisson
            } else {
                Arrivals::Even
            },
            timeout: Some(millis(90)),
            ..Clients::default()
        }),
        NodeKind::Dns(Dns {
            lookup_time: millis(20),
            ttl: millis(500),
        }),
        NodeKind::Balancer(Balancer::default()),
        NodeKind::Server(server.clone()),
        NodeKind::Server(server),
        NodeKind::Database(Database {
            workers: 2,
            read_time: law(2),
            write_time: law(4),
            queue_limit: 20,
            when_full: WhenFull::Shed,
            ..Database::default()
        }),
    ];
    let nodes = (0..)
        .zip(kinds)
        .map(|(place, kind)| Node::new(format!("node-{place}"), kind));
    let links = [
        (0, 1, 5),
        (0, 2, 10),
        (2, 3, 1),
        (2, 4, 0),
        (3, 5, 1),
        (4, 5, 0),
    ];
    let links =
        links.map(|(from, to, latency)| Link::new(NodeId(from), NodeId(to), millis(latency)));
    let scenario = Scenario::try_new(3, millis(60), nodes.collect(), links.to_vec());
    Simulation::new(&scenario.expect("every value is in range"))
}

fn run(mut simulation: Simulation) -> Simulation {
    simulation.trace(1);
    simulation.run_until(SimTime::from_secs(3), u64::MAX);
    simulation.apply(Edit::Kill(NodeId(3)));
    simulation.run_until(SimTime::from_secs(5), u64::MAX);
    simulation
}

#[test]
fn the_legs_of_every_trace_add_up_to_its_latency_without_gap_or_overlap() {
    for is_random in [true, false] {
        let simulation = run(system(is_random));
        let exemplars = simulation.exemplars();
        assert!(exemplars.seen() > 700);
        let kept = [exemplars.slowest(), exemplars.failed(), exemplars.random()];
        for trace in kept.into_iter().flatten() {
            let path = trace.path();
            let mut now = trace.created;
            for leg in &path {
                assert_eq!(leg.start, now, "{trace:#?}");
                now = leg.end;
            }
            assert_eq!(now, trace.ended, "{trace:#?}");
            for call in &trace.calls {
                let mut now = call.sent;
                for span in &call.spans {
                    assert_eq!(span.start, now);
                    now = span.end;
                }
                assert_eq!(now, call.returned);
            }
        }
    }
}

#[test]
fn a_path_names_what_the_request_waited_for() {
    let mut simulation = system(false);
    simulation.trace(1);
    simulation.run_until(SimTime::from_nanos(95_000_000), u64::MAX);
    // The first request asks for the name, 5 + 20 + 5 ms, and is sent after those that waited with it:
    // 10 ms to the balancer, then without a way to the second server, where two of them are before it,
    // 8 ms of service, three queries of 2 or 4 ms, and back.
    let first = &simulation.exemplars().random()[0];
    assert_eq!(first.request, 0);
    let query = if first.is_write { 4 } else { 2 };
    let parts: Vec<(Activity, Option<NodeId>, u64)> = first
        .path()
        .iter()
        .map(|leg| {
            let nanos = leg.end.since(leg.start).as_nanos();
            (leg.activity, leg.node, nanos / 1_000_000)
        })
        .collect();
    let (network, service) = (Activity::Network, Activity::Service);
    let node = |place| Some(NodeId(place));
    let mut expected = vec![
        (network, node(1), 5),
        (service, node(1), 20),
        (network, node(1), 5),
        (network, node(2), 10),
        (Activity::Queue, node(4), 16),
        (service, node(4), 8),
    ];
    expected.extend([(service, node(5), query); 3]);
    expected.push((network, node(2), 10));
    assert_eq!(parts, expected);
}

#[test]
fn the_slowest_are_the_slowest_and_the_failed_have_failed() {
    let simulation = run(system(true));
    let exemplars = simulation.exemplars();
    let latencies: Vec<_> = exemplars.slowest().iter().map(Trace::latency).collect();
    assert!(latencies.iter().rev().is_sorted());
    assert_eq!(latencies.len(), 8);
    assert_eq!(exemplars.failed().len(), 8);
    let is_failed = |trace: &Trace| matches!(trace.ending, Ending::Failed(_) | Ending::Shed);
    assert!(exemplars.failed().iter().all(is_failed));
    assert!(exemplars.slowest().iter().all(|trace| !is_failed(trace)));
    let network = millis(20);
    let slowest = simulation.measurement().response.max() + network;
    assert!(
        latencies[0] >= slowest,
        "its look-up is part of the latency"
    );
}

#[test]
fn tracing_changes_nothing_and_shows_the_same_requests_in_another_system() {
    let plain = {
        let mut simulation = system(true);
        simulation.run_until(SimTime::from_secs(2), u64::MAX);
        simulation
    };
    let numbers = |edit: Option<Edit>| {
        let mut simulation = system(true);
        simulation.trace(16);
        if let Some(edit) = edit {
            simulation.apply(edit);
        }
        simulation.run_until(SimTime::from_secs(2), u64::MAX);
        let traced = simulation.exemplars().random().iter();
        let numbers: Vec<u64> = traced.map(|trace| trace.request).collect();
        (simulation.fingerprint(), numbers)
    };
    let (fingerprint, traced) = numbers(None);
    assert_eq!(fingerprint, plain.fingerprint());
    assert_eq!(traced.len(), 8);
    let (other, traced_there) = numbers(Some(Edit::Slow(NodeId(5), 2.0)));
    assert_ne!(other, fingerprint);
    assert_eq!(traced_there, traced);
}
