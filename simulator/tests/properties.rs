//! What holds for every system and every sequence of edits.

#[path = "properties/copies.rs"]
mod copies;
mod support;

use copies::{Copies, copies};
use proptest::prelude::*;
use simulator::geography::{Area, Geography, Place, Region};
use simulator::traffic::{Bursts, Session};
use simulator::{
    BackOff, Balancer, Blame, BreakerPolicy, BulkheadPolicy, CallPolicy, Clients, ConnectionPool,
    Database, Details, Discipline, Edit, HealthCheck, HedgingPolicy, Jitter, Machine, NextServer,
    NodeId, NodeKind, Overload, PassiveCheck, Pauses, Policy, Progress, QueryOrder, RateLimit,
    Resharding, Retry, RetryBudgetPolicy, RetryTokensPolicy, Scenario, Server, ShardLayout,
    ShardWrites, Shards, Shedding, SimDuration, SimTime, Simulation, SlowStart, Sticky, Trip, Wait,
    WaitLimit, WhenAllUnhealthy, WhenFull,
};
use support::{System, check_every, database, dns, exponential, server};

/// What a reader might do, in numbers that any system can interpret.
#[derive(Clone, Debug)]
enum Act {
    Run { millis: u64 },
    Step { events: u8 },
    Kill { node: u8 },
    Slow { node: u8 },
    Break { node: u8 },
    Heal { node: u8 },
    Flush { node: u8 },
    Deploy { node: u8 },
    Rebuild { shape: Shape },
    Part { one: u8, other: u8 },
    Rejoin,
    KillArea { region: u8 },
}

/// A web system of any of the sizes that matter.
#[derive(Clone, Copy, Debug)]
struct Shape {
    rate: u16,
    servers: u8,
    workers: u8,
    queue: u8,
    policy: u8,
    /// A bit for each thing that a balancer can do besides.
    extras: u16,
    checks: bool,
    timeout_ms: u16,
    ttl_ms: u16,
    sheds: bool,
    has_balancer: bool,
    latency_ms: u8,
    /// What the callers do about failures: a bit for each way.
    policies: u16,
    copies: Copies,
    /// Which of the features of stations and servers are on: see [`features`].
    features: u32,
    /// Of the store behind the servers; none for one database.
    shards: u8,
    layout: u8,
}

fn shape() -> impl Strategy<Value = Shape> {
    (
        0..2_000_u16,
        0..5_u8,
        1..4_u8,
        0..20_u8,
        (0..Policy::ALL.len() as u8, any::<u16>()),
        any::<bool>(),
        0..400_u16,
        0..300_u16,
        any::<bool>(),
        any::<bool>(),
        0..60_u8,
        (
            any::<u16>(),
            copies(),
            prop_oneof![Just(0), any::<u32>()],
            (0..5_u8, any::<u8>()),
        ),
    )
        .prop_map(
            |(
                rate,
                servers,
                workers,
                queue,
                (policy, extras),
                checks,
                timeout_ms,
                ttl_ms,
                sheds,
                has_balancer,
                latency_ms,
                (policies, copies, features, (shards, layout)),
            )| Shape {
                rate,
                servers,
                workers,
                queue,
                policy,
                extras,
                checks,
                timeout_ms,
                ttl_ms,
                sheds,
                has_balancer,
                latency_ms,
                policies,
                copies,
                features,
                shards,
                layout,
            },
        )
}

fn act() -> impl Strategy<Value = Act> {
    prop_oneof![
        (1..400_u64).prop_map(|millis| Act::Run { millis }),
        (1..40_u8).prop_map(|events| Act::Step { events }),
        any::<u8>().prop_map(|node| Act::Kill { node }),
        any::<u8>().prop_map(|node| Act::Slow { node }),
        any::<u8>().prop_map(|node| Act::Break { node }),
        any::<u8>().prop_map(|node| Act::Heal { node }),
        any::<u8>().prop_map(|node| Act::Flush { node }),
        any::<u8>().prop_map(|node| Act::Deploy { node }),
        shape().prop_map(|shape| Act::Rebuild { shape }),
        (0..3_u8, 0..3_u8).prop_map(|(one, other)| Act::Part { one, other }),
        Just(Act::Rejoin),
        (0..3_u8).prop_map(|region| Act::KillArea { region }),
    ]
}

/// What the clients do, and what the servers do about their database: mostly several things at once.
fn follow_policies(policies: u16, users: &mut Clients) -> Option<CallPolicy> {
    let is_on = |bit: u32| policies & (1 << bit) != 0;
    let millis = SimDuration::from_millis;
    let retry = Retry {
        back_off: BackOff {
            wait: match policies & 3 {
                0 => Wait::None,
                1 => Wait::Fixed { delay: millis(20) },
                _ => Wait::Exponential {
                    base: millis(5),
                    factor: 2.0,
                    cap: millis(50),
                },
            },
            jitter: if is_on(0) {
                Jitter::Full
            } else {
                Jitter::Decorrelated
            },
        },
        budget: is_on(2).then_some(RetryBudgetPolicy {
            share: 0.2,
            minimum_rate: 1,
            window: SimDuration::from_secs(1),
        }),
        tokens: is_on(3).then_some(RetryTokensPolicy {
            capacity: 10,
            per_success: 0.1,
        }),
        on_shed: is_on(4),
        ..Retry::default()
    };
    let hedge = HedgingPolicy::Quantile {
        percent: 90,
        initial: millis(30),
    };
    users.retry = is_on(5).then(|| Box::new(retry));
    users.hedge = is_on(6).then_some(hedge);
    users.deadline = is_on(7).then_some(millis(150));
    users.cancels = is_on(8);
    users.bursts = is_on(9).then(|| Bursts::on_off(0.4, millis(100)));
    users.session = is_on(4).then(|| {
        Box::new(Session {
            mean_requests: 3.0,
            think_time: exponential(50.0),
        })
    });
    is_on(10).then(|| CallPolicy {
        timeout: is_on(11).then_some(millis(30)),
        deadline: is_on(7).then_some(millis(80)),
        retry: is_on(12).then_some(retry),
        hedge: is_on(6).then_some(hedge),
        breaker: is_on(13).then_some(BreakerPolicy {
            trip: Trip::Consecutive { failures: 3 },
            open_for: millis(40),
            probes: 2,
        }),
        bulkhead: is_on(14).then_some(BulkheadPolicy {
            max_concurrent: 2,
            max_waiting: 3,
        }),
        rate_limit: is_on(15).then_some(RateLimit {
            rate: 200.0,
            burst: 5,
        }),
        cancels: is_on(8),
    })
}

fn build(seed: u64, shape: Shape) -> Scenario {
    let check: Option<HealthCheck> = shape.checks.then(|| check_every(50.0, 2, 1));
    let mut users = Clients {
        rate: f64::from(shape.rate),
        timeout: (shape.timeout_ms > 0)
            .then(|| SimDuration::from_millis(u64::from(shape.timeout_ms))),
        keys: u32::from(shape.copies.keys),
        ..Clients::default()
    };
    let policy = follow_policies(shape.policies, &mut users);
    let users = NodeKind::Clients(users);
    let web = Server {
        queue_limit: u32::from(shape.queue),
        when_full: if shape.sheds {
            WhenFull::Shed
        } else {
            WhenFull::Fail
        },
        queries: 2,
        ..server(u32::from(shape.workers), exponential(8.0))
    };
    let (web, db) = features(shape.features, web);
    let latency = f64::from(shape.latency_ms);
    let system = System::new(seed)
        .node("users", users)
        .node("dns", dns(20.0, f64::from(shape.ttl_ms)))
        .link("users", "dns", latency / 4.0);
    let system = store(system, shape, db);
    // Without a balancer the users call the servers in turn.
    let (system, users) = shape.copies.add_edges(system, "users", latency / 2.0);
    let (system, entrance) = if shape.has_balancer {
        let system = system.node("balancer", NodeKind::Balancer(balancer(shape, check)));
        (system.link(users, "balancer", latency), "balancer")
    } else {
        (system, users)
    };
    let (system, data) = shape.copies.add_cache_before(system, "db");
    let servers = u32::from(shape.servers);
    let system = system.tier_at(latency / 8.0, servers, entrance, Some(data), &web);
    let system = shape.copies.add_to_servers(system, servers);
    let scenario = match policy {
        Some(policy) => system
            .with_policies_to("db", &policy)
            .with_policies_to(data, &policy)
            .build(),
        None => system.build(),
    };
    // One after the other in three regions, and some nowhere in particular.
    let places = (0..scenario.nodes().len() as u8).map(|node| {
        let region = node % 4;
        (region < 3).then_some(Place { region, zone: 0 })
    });
    let regions = [Region::Ireland, Region::London, Region::Frankfurt];
    let places = places.collect();
    scenario.on_map(&Geography::known(&regions), places)
}

/// A balancer that does what the bits of `extras` say.
fn balancer(shape: Shape, check: Option<HealthCheck>) -> Balancer {
    let does = |bit: u32| shape.extras >> bit & 1 == 1;
    let millis = SimDuration::from_millis;
    Balancer {
        policy: Policy::ALL[usize::from(shape.policy)],
        choices: 3,
        points: 10,
        load_factor: does(0).then_some(1.25),
        information_age: millis(if does(1) { 20 } else { 0 }),
        sticky: does(2).then(Sticky::default),
        health_check: check.map(|check| HealthCheck {
            is_deep: does(3),
            ..check
        }),
        passive_check: does(4).then(|| PassiveCheck {
            max_fails: 2,
            fail_timeout: millis(100),
        }),
        blame: if does(5) {
            Blame::AnyFailure
        } else {
            Blame::BrokenConnections
        },
        next_server: does(6).then(NextServer::default),
        when_all_unhealthy: if does(7) {
            WhenAllUnhealthy::Refuse
        } else {
            WhenAllUnhealthy::UseAll
        },
        slow_start: does(8).then(|| SlowStart {
            window: millis(200),
            minimum: 0.1,
        }),
        connection_limit: if does(9) { 2 } else { 0 },
        waiting_limit: if does(10) { 5 } else { 0 },
        workers: u32::from(does(11)),
        service_time: exponential(1.0),
        queue_limit: 10,
        standby_after: does(12).then(|| millis(80)),
        ..Balancer::default()
    }
}

/// A server and a database with what these bits say.
fn features(bits: u32, web: Server) -> (Server, NodeKind) {
    let is = |bit: u32| bits >> bit & 1 != 0;
    let discipline = |bits: u32| match bits % 7 {
        0 | 1 => Discipline::Fifo,
        2 => Discipline::Lifo,
        3 => Discipline::AdaptiveLifo {
            interval: SimDuration::from_millis(20),
        },
        4 => Discipline::Priority,
        5 => Discipline::Sharing { most: None },
        _ => Discipline::Sharing { most: Some(3) },
    };
    let machine = Machine {
        speed: if is(3) { 1.7 } else { 1.0 },
        boot_time: SimDuration::from_millis(if is(4) { 70 } else { 0 }),
        pauses: is(5).then_some(Pauses {
            every: SimDuration::from_millis(90),
            length: SimDuration::from_millis(25),
        }),
    };
    let overload = Overload {
        drops_expired: is(6),
        wait_limit: is(7).then_some(WaitLimit {
            interval: SimDuration::from_millis(50),
            target: SimDuration::from_millis(5),
        }),
        most_inside: is(8).then_some(6),
        shedding: match bits >> 9 & 3 {
            0 | 1 => Shedding::Off,
            2 => Shedding::LeastImportant,
            _ => Shedding::Utilisation {
                above: 0.8,
                window: SimDuration::from_millis(100),
                spared: 0,
            },
        },
    };
    let web = Server {
        query_order: match bits >> 11 & 3 {
            0 | 1 => QueryOrder::Sequential,
            2 => QueryOrder::Parallel { needed: None },
            _ => QueryOrder::Parallel { needed: Some(1) },
        },
        finishing_time: is(13).then(|| exponential(1.0)),
        holds_worker: is(14),
        connections: is(15).then_some(ConnectionPool {
            size: 1 + (bits >> 16 & 1),
            wait_limit: is(17).then(|| SimDuration::from_millis(40)),
        }),
        discipline: discipline(bits >> 18),
        overload,
        machine,
        ..web
    };
    let db = Database {
        discipline: discipline(bits >> 22),
        overload: if is(26) {
            overload
        } else {
            Overload::default()
        },
        machine: if is(27) { machine } else { Machine::default() },
        ..match database(2, exponential(4.0)) {
            NodeKind::Database(database) => database,
            _ => Database::default(),
        }
    };
    (web, NodeKind::Database(db))
}

/// What the servers call: a database called `db`, or a router called `db` with shards that move.
fn store(mut system: System, shape: Shape, db: NodeKind) -> System {
    if shape.shards == 0 {
        return system.node("db", db);
    }
    let bit = |number: u8| shape.layout >> number & 1 == 1;
    let layout = match shape.layout % 4 {
        0 => ShardLayout::Ranges,
        1 => ShardLayout::Borders(vec![3, 700]),
        2 => ShardLayout::Modulo,
        _ => ShardLayout::Ring { points: 7 },
    };
    let shards = Shards {
        layout,
        keys: 1_000,
        writes: if bit(2) {
            ShardWrites::Inserts
        } else {
            ShardWrites::Updates
        },
        scatter_share: if bit(3) { 0.3 } else { 0.0 },
        tolerates: u32::from(bit(4)),
        cross_share: if bit(5) { 0.5 } else { 0.0 },
        resharding: if bit(6) {
            Resharding::Instant
        } else {
            Resharding::Live
        },
        rows: 10_000,
        rows_per_second: 20_000,
        batch: 100,
        ..Shards::default()
    };
    system = system.node("db", NodeKind::Shards(shards));
    for number in 1..=shape.shards {
        let name = format!("shard-{number}");
        system = system
            .node(&name, database(2, exponential(4.0)))
            .link("db", &name, 0.3);
    }
    system
}

fn perform(simulation: &mut Simulation, seed: u64, act: &Act) {
    let node = |node: u8, simulation: &Simulation| {
        NodeId(u32::from(node) % simulation.scenario().nodes().len() as u32)
    };
    match *act {
        Act::Run { millis } => {
            let target = simulation.now() + SimDuration::from_millis(millis);
            assert_eq!(simulation.run_until(target, u64::MAX), Progress::Reached);
            assert_eq!(simulation.now(), target);
        }
        Act::Step { events } => {
            for _ in 0..events {
                let before = simulation.now();
                if let Some(step) = simulation.step() {
                    assert!(step.time >= before, "time never goes back");
                    assert_eq!(step.time, simulation.now());
                    assert!(!step.sentence(simulation.scenario()).is_empty());
                }
            }
        }
        Act::Kill { node: n } => simulation.apply(Edit::Kill(node(n, simulation))),
        Act::Slow { node: n } => simulation.apply(Edit::Slow(node(n, simulation), 10.0)),
        Act::Break { node: n } => simulation.apply(Edit::Break(node(n, simulation), 0.5)),
        Act::Heal { node: n } => simulation.apply(Edit::Heal(node(n, simulation))),
        Act::Flush { node: n } => simulation.apply(Edit::Flush(node(n, simulation))),
        Act::Deploy { node: n } => simulation.apply(Edit::Deploy(node(n, simulation))),
        Act::Part { one, other } => {
            simulation.apply(Edit::Partition(Area::region(one), Area::region(other)));
        }
        Act::Rejoin => simulation.apply(Edit::Rejoin),
        Act::KillArea { region } => simulation.apply(Edit::KillArea(Area::region(region))),
        Act::Rebuild { shape } => simulation.apply(Edit::Reconfigure(build(seed, shape))),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(200) })]

    /// Whatever is done, the books balance, and once nobody sends any more every request ends.
    #[test]
    fn no_edit_loses_a_request(seed in any::<u64>(), first in shape(), acts in prop::collection::vec(act(), 0..30)) {
        let mut simulation = Simulation::new(&build(seed, first));
        for act in &acts {
            perform(&mut simulation, seed, act);
            let snapshot = simulation.snapshot();
            prop_assert!(snapshot.totals.is_conserved());
            let inside = simulation.sightings(usize::MAX);
            prop_assert_eq!(inside.every, 1, "without a limit everything is seen");
        }
        simulation.apply(Edit::Reconfigure(build(seed, Shape { rate: 0, ..first })));
        simulation.apply(Edit::Rejoin);
        for node in 0..simulation.scenario().nodes().len() as u32 {
            simulation.apply(Edit::Heal(NodeId(node)));
        }
        simulation.run_until(simulation.now() + SimDuration::from_secs(600), u64::MAX);
        let end = simulation.snapshot();
        prop_assert_eq!(end.totals.in_flight, 0);
        prop_assert!(simulation.sightings(usize::MAX).seen.is_empty());
        for node in &end.nodes {
            prop_assert_eq!((node.busy, node.queued), (0, 0), "no worker and no place is lost");
            if let Details::Server(seen) = &node.details {
                let connections = (seen.connections_in_use, seen.waiting_for_connection);
                prop_assert_eq!(connections, (0, 0), "nor a connection");
            }
        }
        let series: u64 = simulation.series().windows().iter().map(|window| window.generated).sum();
        prop_assert_eq!(series, end.totals.generated);
    }

    /// However a run is cut into pieces, it is the same run.
    #[test]
    fn the_way_of_stepping_changes_nothing(seed in any::<u64>(), shape in shape(), cut in 1..50_u64) {
        let scenario = build(seed, shape);
        let target = SimTime::from_nanos(800_000_000);
        let mut whole = Simulation::new(&scenario);
        whole.run_until(target, u64::MAX);
        let mut pieces = Simulation::new(&scenario);
        while pieces.run_until(target, cut) == Progress::BudgetSpent {
            let _ = pieces.snapshot();
        }
        prop_assert_eq!(whole.fingerprint(), pieces.fingerprint());
        prop_assert_eq!(whole.snapshot(), pieces.snapshot());
    }

    /// An edit is fully described by its time: replaying edits by time alone gives the same run, even
    /// when they were first made in the middle of stepping.
    #[test]
    fn edits_replay_exactly_by_their_times(seed in any::<u64>(), first in shape(), acts in prop::collection::vec(act(), 0..20)) {
        let scenario = build(seed, first);
        let mut live = Simulation::new(&scenario);
        let mut log = Vec::new();
        for act in &acts {
            if !matches!(act, Act::Run { .. } | Act::Step { .. }) {
                log.push((live.now(), act.clone()));
            }
            perform(&mut live, seed, act);
        }
        let end = live.now() + SimDuration::from_millis(100);
        live.run_until(end, u64::MAX);
        let mut replay = Simulation::new(&scenario);
        for (at, act) in &log {
            replay.run_until(*at, u64::MAX);
            perform(&mut replay, seed, act);
        }
        replay.run_until(end, u64::MAX);
        prop_assert_eq!(live.fingerprint(), replay.fingerprint());
        prop_assert_eq!(live.snapshot(), replay.snapshot());
    }

    /// Common random numbers: neither policy nor size changes who comes when.
    #[test]
    fn a_change_of_the_system_changes_no_arrival(seed in any::<u64>(), shape in shape(), other in shape()) {
        let generated = |shape: Shape| {
            let mut simulation = Simulation::new(&build(seed, shape));
            let mut times = Vec::new();
            while simulation.now() < SimTime::from_nanos(300_000_000) {
                let before = simulation.snapshot().totals.generated;
                if simulation.step().is_none() { break; }
                if simulation.snapshot().totals.generated > before {
                    times.push(simulation.now());
                }
            }
            times.retain(|&at| at <= SimTime::from_nanos(300_000_000));
            times
        };
        // Bursts are arrivals, too, and visitors who wait for their answers depend on the system.
        let (visits, bursts) = (1 << 4, 1 << 9);
        let shape = Shape { policies: shape.policies & !visits, ..shape };
        let policies = other.policies & !(visits | bursts) | shape.policies & bursts;
        prop_assert_eq!(generated(shape), generated(Shape { rate: shape.rate, policies, ..other }));
    }
}
