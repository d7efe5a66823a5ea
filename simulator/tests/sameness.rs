//! The same run is the same run: today and tomorrow, original and copy.

mod support;

use simulator::{
    Arrivals, Clients, Distribution, Edit, NodeId, NodeKind, Policy, Scenario, Server, SimDuration,
    SimTime, Simulation, WhenFull,
};
use support::{System, check_every, database, dns, exponential, millis, server, station};

fn at(millis: u64) -> SimTime {
    SimTime::from_nanos(millis * 1_000_000)
}

fn run(scenario: &Scenario, until: u64) -> Simulation {
    let mut simulation = Simulation::new(scenario);
    simulation.run_until(at(until), u64::MAX);
    simulation
}

/// Probes of two servers that end at the same instants as others: ties are always pending.
fn pool(check_ms: f64, fall: u32, rise: u32) -> Scenario {
    System::new(1)
        .clients(300.0)
        .balancer(Policy::PowerOfTwo, Some(check_every(check_ms, fall, rise)))
        .link("users", "balancer", 1.0)
        .tier(2, "balancer", None, &server(1, exponential(5.0)))
        .build()
}

#[test]
fn a_copy_made_at_any_moment_goes_on_in_the_same_way() {
    let mut simulation = Simulation::new(&pool(50.0, 2, 2));
    simulation.apply(Edit::Kill(NodeId(2)));
    for events in [1, 2, 3, 5, 8, 13, 21] {
        let mut original = simulation.clone();
        for _ in 0..events {
            original.step();
        }
        let mut copy = original.clone();
        original.run_until(at(5_000), u64::MAX);
        copy.run_until(at(5_000), u64::MAX);
        assert_eq!(original.fingerprint(), copy.fingerprint());
        assert_eq!(original.snapshot(), copy.snapshot());
    }
}

#[test]
fn runs_are_the_same_as_when_this_was_written() {
    // A change here means that every run, link and number on the site has changed: intended or not?
    let golden = [
        (
            "a queue",
            run(&station(7, 150.0, server(2, exponential(12.0))), 10_000),
            0xb4ac_5e77_154c_8ebf,
        ),
        (
            "a balancer and its probes",
            run(&pool(100.0, 2, 2), 10_000),
            0xe56f_9e54_9ee9_7648,
        ),
        (
            "a full queue and people who give up",
            overload(),
            0x6090_0318_7abb_54e5,
        ),
        ("queries", queries(), 0xc740_9ecd_e6bf_ce84),
        ("heavy tails", heavy_tails(), 0x03b5_0eed_0874_a7ff),
        ("look-ups", look_ups(), 0xb044_9bc8_d477_f21d),
        ("faults that probes notice", faults(), 0x8a70_6a2d_e661_0918),
        ("edits", edits(), 0x75c7_1d31_811b_f4f6),
    ];
    let changed: Vec<String> = golden
        .into_iter()
        .map(|(what, run, want)| (what, run.fingerprint(), want))
        .filter(|(_, got, want)| got != want)
        .map(|(what, got, want)| format!("{what}: {got:#018x} against {want:#018x}"))
        .collect();
    assert!(changed.is_empty(), "{changed:#?}");
}

/// Twice what one worker can do, in a short queue, for people without much patience.
fn overload() -> Simulation {
    let web = Server {
        queue_limit: 20,
        when_full: WhenFull::Shed,
        ..server(1, exponential(10.0))
    };
    let scenario = System::new(2)
        .node("users", impatient(200.0, 150))
        .node("web", NodeKind::Server(web))
        .link("users", "web", 20.0)
        .build();
    run(&scenario, 10_000)
}

/// Reads and writes of a database, three for each request.
fn queries() -> Simulation {
    let web = Server {
        queries: 3,
        ..server(2, exponential(5.0))
    };
    let scenario = System::new(3)
        .clients(100.0)
        .node("db", database(2, exponential(3.0)))
        .tier(2, "users", Some("db"), &web)
        .build();
    run(&scenario, 10_000)
}

fn heavy_tails() -> Simulation {
    let law = Distribution::Lognormal {
        mean: millis(6.0),
        cv2: 4.0,
    };
    run(&station(4, 500.0, server(4, law)), 10_000)
}

fn look_ups() -> Simulation {
    let scenario = System::new(5)
        .clients(200.0)
        .node("dns", dns(20.0, 500.0))
        .link("users", "dns", 10.0)
        .tier(2, "users", None, &server(1, exponential(5.0)))
        .build();
    run(&scenario, 10_000)
}

/// One server dies, the other slows down; the balancer itself dies last.
fn faults() -> Simulation {
    let (balancer, web_1, web_2) = (NodeId(1), NodeId(2), NodeId(3));
    let script = [
        (2_000, Edit::Kill(web_1)),
        (3_000, Edit::Slow(web_2, 4.0)),
        (5_000, Edit::Heal(web_1)),
        (6_000, Edit::Heal(web_2)),
        (7_000, Edit::Kill(balancer)),
        (8_000, Edit::Heal(balancer)),
    ];
    edited(&pool(100.0, 2, 3), script)
}

/// More load and more servers, then another policy without probes, then fewer of both.
fn edits() -> Simulation {
    let shape = |rate, policy, check, servers| {
        System::new(6)
            .node("users", impatient(rate, 500))
            .balancer(policy, check)
            .link("users", "balancer", 10.0)
            .tier(servers, "balancer", None, &server(1, exponential(8.0)))
            .build()
    };
    let check = || Some(check_every(100.0, 2, 2));
    let script = [
        (3_000, shape(400.0, Policy::RoundRobin, check(), 4)),
        (5_000, shape(400.0, Policy::LeastConnections, None, 4)),
        (7_000, shape(150.0, Policy::Random, check(), 2)),
    ];
    edited(
        &shape(100.0, Policy::RoundRobin, check(), 2),
        script.map(|(time, scenario)| (time, Edit::Reconfigure(scenario))),
    )
}

/// Ten seconds during which something is done at the given milliseconds.
fn edited<const N: usize>(scenario: &Scenario, script: [(u64, Edit); N]) -> Simulation {
    let mut simulation = Simulation::new(scenario);
    for (time, edit) in script {
        simulation.run_until(at(time), u64::MAX);
        simulation.apply(edit);
    }
    simulation.run_until(at(10_000), u64::MAX);
    simulation
}

fn impatient(rate: f64, timeout_ms: u64) -> NodeKind {
    NodeKind::Clients(Clients {
        rate,
        arrivals: Arrivals::Poisson,
        read_share: 0.9,
        timeout: Some(SimDuration::from_millis(timeout_ms)),
        ..Clients::default()
    })
}
