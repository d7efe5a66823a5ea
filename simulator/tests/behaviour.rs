//! What each part does, in small systems with known outcomes.

mod support;

use simulator::{
    Arrivals, Clients, Condition, Distribution, Edit, FailureReason, Fate, NodeId, NodeKind, Place,
    Policy, Scenario, Server, SimDuration, SimTime, Simulation, Tally, WhenFull,
};
use support::{System, check_every, database, dns, millis, server};

/// Ten requests a second, the first after 100 ms.
fn metronome(timeout: Option<SimDuration>) -> NodeKind {
    NodeKind::Clients(Clients {
        rate: 10.0,
        arrivals: Arrivals::Even,
        read_share: 1.0,
        timeout,
    })
}

fn constant(value: f64) -> Distribution {
    Distribution::Deterministic {
        mean: millis(value),
    }
}

fn at(millis: u64) -> SimTime {
    SimTime::from_nanos(millis * 1_000_000)
}

fn run(scenario: &Scenario, until: u64) -> Simulation {
    let mut simulation = Simulation::new(scenario);
    simulation.run_until(at(until), u64::MAX);
    simulation
}

fn totals(simulation: &Simulation) -> Tally {
    simulation.snapshot().totals
}

fn failed(simulation: &Simulation, reason: FailureReason) -> u64 {
    totals(simulation).failed.count(reason)
}

fn single(timeout: Option<SimDuration>, web: Server) -> Scenario {
    System::new(1)
        .node("users", metronome(timeout))
        .node("web", NodeKind::Server(web))
        .link("users", "web", 5.0)
        .build()
}

const USERS: NodeId = NodeId(0);
const WEB: NodeId = NodeId(1);

#[test]
fn a_request_takes_its_links_its_service_and_its_queries() {
    let scenario = System::new(1)
        .node("users", metronome(None))
        .node(
            "web",
            NodeKind::Server(Server {
                queries: 3,
                ..server(1, constant(8.0))
            }),
        )
        .node("db", database(1, constant(4.0)))
        .link("users", "web", 20.0)
        .link("web", "db", 0.25)
        .build();
    let simulation = run(&scenario, 199);
    let response = simulation.measurement().response;
    // 8 ms, then three times 4 ms and there and back.
    assert_eq!(
        (response.count(), response.max()),
        (1, millis(8.0 + 3.0 * 4.5))
    );
    assert_eq!(simulation.measurement().user_network, millis(40.0));
    assert_eq!(simulation.snapshot().nodes[2].arrived, 3);
}

#[test]
fn a_dead_server_refuses_at_once_and_loses_what_it_has() {
    let mut simulation = Simulation::new(&single(None, server(1, constant(50.0))));
    simulation.run_until(at(120), u64::MAX);
    simulation.apply(Edit::Kill(WEB));
    simulation.run_until(at(250), u64::MAX);
    assert_eq!(failed(&simulation, FailureReason::ServerDied), 1);
    assert_eq!(failed(&simulation, FailureReason::Refused), 1);
    assert_eq!(simulation.snapshot().nodes[1].condition, Condition::Dead);
    simulation.apply(Edit::Heal(WEB));
    simulation.run_until(at(499), u64::MAX);
    assert_eq!(totals(&simulation).ok, 2, "a healed server works again");
}

#[test]
fn a_slow_server_takes_its_factor_longer_from_the_next_service_on() {
    let mut simulation = Simulation::new(&single(None, server(1, constant(5.0))));
    simulation.run_until(at(107), u64::MAX);
    simulation.apply(Edit::Slow(WEB, 10.0));
    simulation.run_until(at(300), u64::MAX);
    let response = simulation.measurement().response;
    assert_eq!(
        (response.mean(), response.max()),
        (millis(27.5), millis(50.0))
    );
}

#[test]
fn a_given_up_request_is_still_worked_on_for_nobody() {
    let simulation = run(&single(Some(millis(30.0)), server(1, constant(60.0))), 140);
    assert_eq!(failed(&simulation, FailureReason::TimedOut), 1);
    assert_eq!(
        totals(&simulation).in_flight,
        0,
        "the client does not wait for it"
    );
    let seen = simulation.sightings(10).seen;
    assert_eq!(seen.len(), 1);
    assert_eq!(seen[0].fate, Fate::GivenUp);
    assert!(matches!(
        seen[0].place,
        Place::Service {
            node: WEB,
            worker: 0,
            ..
        }
    ));
    let mut later = simulation;
    later.run_until(at(199), u64::MAX);
    assert!(later.sightings(10).seen.is_empty());
    assert_eq!(
        failed(&later, FailureReason::TimedOut),
        1,
        "it is counted once"
    );
}

#[test]
fn a_full_queue_fails_or_sheds_the_newest() {
    for (when_full, failed, shed) in [(WhenFull::Fail, 1, 0), (WhenFull::Shed, 0, 1)] {
        // Each service takes 250 ms, one may wait: the third request finds the queue full.
        let web = Server {
            queue_limit: 1,
            when_full,
            ..server(1, constant(250.0))
        };
        let simulation = run(&single(None, web), 320);
        let totals = totals(&simulation);
        assert_eq!(
            (totals.failed.count(FailureReason::QueueFull), totals.shed),
            (failed, shed)
        );
        assert_eq!(totals.in_flight, 2);
    }
}

#[test]
fn a_queue_is_first_in_first_out() {
    // 40 requests a second at a server that manages 20: answers leave in the order of the questions.
    let users = Clients {
        rate: 40.0,
        arrivals: Arrivals::Even,
        read_share: 1.0,
        timeout: None,
    };
    let scenario = System::new(1)
        .node("users", NodeKind::Clients(users))
        .node("web", NodeKind::Server(server(1, constant(50.0))))
        .link("users", "web", 1.0)
        .build();
    let mut simulation = Simulation::new(&scenario);
    let mut answered = Vec::new();
    while simulation.now() < at(2_000) {
        let step = simulation.step().expect("clients go on sending");
        if matches!(step.what, simulator::Happening::Answered { .. }) {
            answered.push(step.request.expect("an answer is to a request"));
        }
    }
    assert!(answered.len() > 30);
    assert!(answered.is_sorted());
}

#[test]
fn late_answers_are_throughput_but_not_goodput() {
    let simulation = run(&single(None, server(1, constant(90.0))), 1_000);
    assert_eq!(totals(&simulation).late, 0);
    let slow = single(None, server(2, constant(201.0)));
    let simulation = run(&slow, 2_000);
    let snapshot = simulation.snapshot();
    assert!(
        snapshot.totals.late > 5 && snapshot.totals.ok == 0,
        "the objective is 200 ms"
    );
    assert!(snapshot.recent.throughput > 0.0);
    assert!(snapshot.recent.goodput == 0.0);
}

#[test]
fn without_any_server_every_request_fails_with_a_reason() {
    let lonely = System::new(1).node("users", metronome(None)).build();
    assert_eq!(failed(&run(&lonely, 1_050), FailureReason::NoRoute), 10);
    let empty_pool = System::new(1)
        .node("users", metronome(None))
        .balancer(Policy::LeastConnections, Some(check_every(50.0, 1, 1)))
        .link("users", "balancer", 1.0)
        .build();
    assert_eq!(
        failed(&run(&empty_pool, 1_050), FailureReason::NoHealthyBackend),
        10
    );
}

fn pool(check_ms: f64, fall: u32, rise: u32) -> Scenario {
    System::new(1)
        .node("users", metronome(None))
        .balancer(Policy::RoundRobin, Some(check_every(check_ms, fall, rise)))
        .link("users", "balancer", 1.0)
        .tier(2, "balancer", None, &server(1, constant(1.0)))
        .build()
}

#[test]
fn health_checks_take_a_dead_server_out_and_let_it_in_again() {
    // Two servers, checks every second, the first one's at 0.5, 1.5, 2.5 … seconds.
    let mut simulation = Simulation::new(&pool(1_000.0, 2, 3));
    simulation.run_until(at(1_000), u64::MAX);
    let web_1 = NodeId(2);
    simulation.apply(Edit::Kill(web_1));
    simulation.run_until(at(2_400), u64::MAX);
    let backend = simulation.snapshot().nodes[1].backends[0];
    assert_eq!(
        (
            backend.healthy,
            backend.contrary_checks,
            backend.checks_to_change
        ),
        (true, 1, 2)
    );
    simulation.run_until(at(2_600), u64::MAX);
    assert!(!simulation.snapshot().nodes[1].backends[0].healthy);
    // Every second request went to it from 1.0 s to 2.5 s.
    let lost = failed(&simulation, FailureReason::Refused);
    assert!((7..=8).contains(&lost), "{lost}");
    simulation.apply(Edit::Heal(web_1));
    simulation.run_until(at(5_400), u64::MAX);
    assert!(
        !simulation.snapshot().nodes[1].backends[0].healthy,
        "two good checks of three"
    );
    simulation.run_until(at(5_600), u64::MAX);
    assert!(simulation.snapshot().nodes[1].backends[0].healthy);
    assert_eq!(failed(&simulation, FailureReason::Refused), lost);
}

#[test]
fn a_balancer_that_fails_open_uses_servers_it_believes_dead() {
    for (when_all_unhealthy, reason) in [
        (simulator::WhenAllUnhealthy::UseAll, FailureReason::Refused),
        (
            simulator::WhenAllUnhealthy::Refuse,
            FailureReason::NoHealthyBackend,
        ),
    ] {
        let scenario = pool(100.0, 1, 1);
        let mut nodes = scenario.nodes().to_vec();
        if let NodeKind::Balancer(balancer) = &mut nodes[1].kind {
            balancer.when_all_unhealthy = when_all_unhealthy;
        }
        let links = scenario.links().to_vec();
        let scenario = Scenario::try_new(1, scenario.slo(), nodes, links).expect("valid");
        let mut simulation = Simulation::new(&scenario);
        simulation.apply(Edit::Kill(NodeId(2)));
        simulation.apply(Edit::Kill(NodeId(3)));
        simulation.run_until(at(1_050), u64::MAX);
        let before = failed(&simulation, reason);
        simulation.run_until(at(2_050), u64::MAX);
        assert_eq!(failed(&simulation, reason) - before, 10);
    }
}

#[test]
fn one_look_up_serves_everybody_until_it_expires() {
    let users = Clients {
        rate: 100.0,
        arrivals: Arrivals::Even,
        read_share: 1.0,
        timeout: None,
    };
    let scenario = System::new(1)
        .node("users", NodeKind::Clients(users))
        .node("web", NodeKind::Server(server(4, constant(1.0))))
        .node("dns", dns(20.0, 500.0))
        .link("users", "web", 1.0)
        .link("users", "dns", 15.0)
        .build();
    let mut simulation = Simulation::new(&scenario);
    // The first request asks at 10 ms; the answer takes 15 + 20 + 15 ms; four others wait for it.
    simulation.run_until(at(59), u64::MAX);
    let waiting = simulation.sightings(100).seen;
    let resolving = waiting
        .iter()
        .filter(|s| matches!(s.place, Place::Resolving { node: USERS }));
    assert_eq!(resolving.count(), 4);
    simulation.run_until(at(1_000), u64::MAX);
    assert_eq!(
        simulation.snapshot().nodes[2].arrived,
        2,
        "at 10 ms and after 560 ms"
    );
    // With a dead name server, cached addresses work until they expire.
    simulation.apply(Edit::Kill(NodeId(2)));
    simulation.run_until(at(1_100), u64::MAX);
    assert_eq!(totals(&simulation).failed.total(), 0);
    simulation.run_until(at(2_000), u64::MAX);
    assert!(failed(&simulation, FailureReason::NameNotResolved) > 50);
}

#[test]
fn an_address_that_is_never_cached_is_asked_for_every_time() {
    let scenario = System::new(1)
        .node("users", metronome(None))
        .node("web", NodeKind::Server(server(1, constant(1.0))))
        .node("dns", dns(250.0, 0.0))
        .link("users", "web", 1.0)
        .link("users", "dns", 1.0)
        .build();
    assert_eq!(run(&scenario, 1_005).snapshot().nodes[2].arrived, 10);
}

#[test]
fn a_removed_server_finishes_what_it_has() {
    let scenario = |servers| {
        System::new(1)
            .node("users", metronome(None))
            .balancer(Policy::RoundRobin, None)
            .link("users", "balancer", 1.0)
            .tier(servers, "balancer", None, &server(1, constant(150.0)))
            .build()
    };
    let mut simulation = Simulation::new(&scenario(2));
    simulation.run_until(at(210), u64::MAX);
    simulation.apply(Edit::Reconfigure(scenario(1)));
    simulation.run_until(at(360), u64::MAX);
    let totals = totals(&simulation);
    assert_eq!((totals.ok, totals.failed.total()), (2, 0));
    assert_eq!(simulation.snapshot().nodes.len(), 3);
}

#[test]
fn more_workers_take_from_the_queue_at_once() {
    let mut simulation = Simulation::new(&single(None, server(1, constant(500.0))));
    simulation.run_until(at(420), u64::MAX);
    assert_eq!(simulation.snapshot().nodes[1].queued, 3);
    simulation.apply(Edit::Reconfigure(single(None, server(4, constant(500.0)))));
    let web = &simulation.snapshot().nodes[1];
    assert_eq!((web.queued, web.busy, web.workers), (0, 4, 4));
}

#[test]
fn a_new_rate_takes_over_from_the_planned_arrival() {
    let with_rate = |rate| {
        let users = Clients {
            rate,
            arrivals: Arrivals::Even,
            read_share: 1.0,
            timeout: None,
        };
        System::new(1)
            .node("users", NodeKind::Clients(users))
            .node("web", NodeKind::Server(server(1, constant(1.0))))
            .link("users", "web", 1.0)
            .build()
    };
    let mut simulation = Simulation::new(&with_rate(1.0));
    simulation.run_until(at(500), u64::MAX);
    // Half of the gap is over; the other half passes ten times as fast.
    simulation.apply(Edit::Reconfigure(with_rate(10.0)));
    simulation.run_until(at(549), u64::MAX);
    assert_eq!(totals(&simulation).generated, 0);
    simulation.run_until(at(550), u64::MAX);
    assert_eq!(totals(&simulation).generated, 1);
    simulation.apply(Edit::Reconfigure(with_rate(0.0)));
    simulation.run_until(at(5_000), u64::MAX);
    assert_eq!(
        totals(&simulation).generated,
        1,
        "a load of zero sends nothing"
    );
    assert_eq!(simulation.step(), None, "and nothing will ever happen");
    simulation.apply(Edit::Reconfigure(with_rate(10.0)));
    simulation.run_until(at(6_000), u64::MAX);
    assert_eq!(totals(&simulation).generated, 11);
}

#[test]
fn a_thousand_times_the_capacity_stays_bounded() {
    let web = Server {
        queue_limit: 1_000,
        ..server(2, support::exponential(12.0))
    };
    let scenario = support::station(1, 166_000.0, web);
    let mut simulation = Simulation::new(&scenario);
    simulation.run_until(at(2_000), u64::MAX);
    let snapshot = simulation.snapshot();
    assert_eq!(snapshot.totals.in_flight, 1_002);
    assert!(snapshot.nodes[1].utilisation > 0.99);
    assert_eq!(snapshot.bottleneck, Some(WEB));
}

#[test]
fn a_long_silence_is_quick_and_leaves_the_recent_past_empty() {
    let mut simulation = Simulation::new(&single(None, server(1, constant(5.0))));
    simulation.run_until(at(2_000), u64::MAX);
    simulation.apply(Edit::Reconfigure(
        System::new(1)
            .node("users", support::clients(0.0))
            .node("web", NodeKind::Server(server(1, constant(5.0))))
            .link("users", "web", 5.0)
            .build(),
    ));
    simulation.run_until(SimTime::from_secs(1_000_000_000), u64::MAX);
    let snapshot = simulation.snapshot();
    assert_eq!(snapshot.recent.response.count, 0);
    assert!(snapshot.recent.offered == 0.0);
    assert!(snapshot.recent.window <= SimDuration::from_secs(10));
    simulation.run_until(SimTime::MAX, u64::MAX);
    assert!(simulation.snapshot().totals.is_conserved());
}

#[test]
fn a_server_that_joins_again_is_a_new_one() {
    let scenario = |servers| {
        System::new(1)
            .node("users", metronome(None))
            .balancer(Policy::RoundRobin, None)
            .link("users", "balancer", 1.0)
            .tier(servers, "balancer", None, &server(1, constant(5.0)))
            .build()
    };
    let mut simulation = Simulation::new(&scenario(2));
    let web_2 = NodeId(3);
    simulation.apply(Edit::Kill(web_2));
    simulation.apply(Edit::Reconfigure(scenario(2)));
    assert_eq!(
        simulation.snapshot().nodes[3].condition,
        Condition::Dead,
        "it stayed"
    );
    simulation.apply(Edit::Reconfigure(scenario(1)));
    simulation.apply(Edit::Reconfigure(scenario(2)));
    assert_eq!(simulation.snapshot().nodes[3].condition, Condition::Up);
}

#[test]
fn only_a_factor_slows_and_only_what_lives() {
    let mut simulation = Simulation::new(&single(None, server(1, constant(5.0))));
    for no_factor in [f64::NAN, 1.0, 0.0, -3.0] {
        simulation.apply(Edit::Slow(WEB, no_factor));
        assert_eq!(simulation.snapshot().nodes[1].condition, Condition::Up);
    }
    simulation.apply(Edit::Slow(WEB, 1e9));
    assert_eq!(
        simulation.snapshot().nodes[1].condition,
        Condition::Slow { factor: 1_000.0 }
    );
    simulation.apply(Edit::Kill(WEB));
    simulation.apply(Edit::Slow(WEB, 10.0));
    assert_eq!(simulation.snapshot().nodes[1].condition, Condition::Dead);
}

#[test]
fn a_balancer_that_comes_back_remembers_nothing_and_checks_again() {
    let mut simulation = Simulation::new(&pool(100.0, 1, 1));
    let (balancer, web_1) = (NodeId(1), NodeId(2));
    simulation.apply(Edit::Kill(web_1));
    simulation.run_until(at(500), u64::MAX);
    assert!(!simulation.snapshot().nodes[1].backends[0].healthy);
    simulation.apply(Edit::Kill(balancer));
    simulation.apply(Edit::Heal(balancer));
    assert!(
        simulation.snapshot().nodes[1].backends[0].healthy,
        "it has forgotten"
    );
    simulation.run_until(at(1_000), u64::MAX);
    assert!(
        !simulation.snapshot().nodes[1].backends[0].healthy,
        "and has found out again"
    );
    simulation.apply(Edit::Kill(balancer));
    while let Some(step) = simulation.step().filter(|step| step.time < at(2_000)) {
        assert!(
            !matches!(step.what, simulator::Happening::ProbeReached),
            "the dead do not probe"
        );
    }
}

#[test]
fn a_balancer_counts_what_passed_it() {
    let simulation = run(&pool(100.0, 1, 1), 1_050);
    assert_eq!(simulation.snapshot().nodes[1].served, 10);
}

#[test]
fn an_edited_network_counts_for_what_each_way_took() {
    let with_network = |latency| {
        System::new(1)
            .node("users", metronome(None))
            .node("web", NodeKind::Server(server(1, constant(50.0))))
            .link("users", "web", latency)
            .build()
    };
    let mut simulation = Simulation::new(&with_network(20.0));
    simulation.run_until(at(130), u64::MAX);
    simulation.apply(Edit::Reconfigure(with_network(0.0)));
    simulation.run_until(at(199), u64::MAX);
    assert_eq!(simulation.measurement().response.max(), millis(50.0));
    assert_eq!(simulation.measurement().user_network, millis(20.0));
}

#[test]
fn requests_under_way_are_bounded() {
    let users = Clients {
        rate: 1e6,
        arrivals: Arrivals::Even,
        read_share: 1.0,
        timeout: None,
    };
    let scenario = System::new(1)
        .node("users", NodeKind::Clients(users))
        .node("web", NodeKind::Server(server(1, constant(1.0))))
        .link("users", "web", 60_000.0)
        .build();
    let simulation = run(&scenario, 1_500);
    assert_eq!(totals(&simulation).in_flight, Scenario::MAX_LIVE as u64);
    assert!(failed(&simulation, FailureReason::NoConnection) > 200_000);
}

#[test]
fn time_does_not_hang_at_its_end() {
    let users = Clients {
        rate: 1e-12,
        arrivals: Arrivals::Even,
        read_share: 1.0,
        timeout: None,
    };
    let scenario = System::new(1)
        .node("users", NodeKind::Clients(users))
        .node("web", NodeKind::Server(server(1, constant(1.0))))
        .link("users", "web", 1.0)
        .build();
    let mut simulation = Simulation::new(&scenario);
    assert_eq!(
        simulation.step(),
        None,
        "the first request would come after the end of time"
    );
    simulation.apply(Edit::Kill(WEB));
}

#[test]
fn of_equally_busy_nodes_the_first_is_the_bottleneck() {
    assert_eq!(
        simulator::bottleneck([0.0, 1.0, 1.0].into_iter()),
        Some(NodeId(1))
    );
    assert_eq!(simulator::bottleneck([0.2, 0.49].into_iter()), None);
    assert_eq!(simulator::busiest([0.0, f64::NAN].into_iter()), None);
}
