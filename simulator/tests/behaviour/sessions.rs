//! Visits of several requests, users who stay, and what requests are.

use std::sync::Arc;

use simulator::traffic::{RequestClass, RequestMix, Session};
use simulator::{
    Arrivals, Balancer, Clients, Details, Edit, NodeId, NodeKind, Scenario, Simulation, Sticky,
    StickyMemory,
};

use crate::support::{System, check_every, database, server};
use crate::system::{at, constant};

fn visits(mean_requests: f64, rate: f64) -> Clients {
    Clients {
        rate,
        session: Some(Box::new(Session {
            mean_requests,
            think_time: constant(100.0),
        })),
        ..Clients::default()
    }
}

/// Three servers behind a balancer that keeps sessions together.
fn sticky(users: Clients) -> Scenario {
    let balancer = Balancer {
        sticky: Some(Sticky {
            memory: StickyMemory::Cookie,
            ..Sticky::default()
        }),
        health_check: Some(check_every(500.0, 1, 1)),
        ..Balancer::default()
    };
    System::new(4)
        .node("users", NodeKind::Clients(users))
        .node("balancer", NodeKind::Balancer(balancer))
        .link("users", "balancer", 1.0)
        .tier(3, "balancer", None, &server(50, constant(1.0)))
        .build()
}

fn moved_sessions(simulation: &Simulation) -> u64 {
    match &simulation.snapshot().nodes[1].details {
        Details::Balancer(details) => details.moved_sessions,
        _ => 0,
    }
}

#[test]
fn visits_keep_the_rate_and_bring_requests_one_after_the_other() {
    let mut simulation = Simulation::new(&sticky(visits(5.0, 100.0)));
    simulation.run_until(at(1_000_000), u64::MAX);
    let sent = simulation.snapshot().totals.generated as f64;
    // 20,000 visits, whose number and lengths vary by 25 + 20 each: 4.5 standard errors.
    assert!((sent - 100_000.0).abs() < 4.5 * 950.0, "{sent}");
    // Who thinks for 100 ms and waits for 3 sends at most ten requests a second.
    let endless = visits(10_000.0, 2_000.0);
    let mut simulation = Simulation::new(&sticky(endless));
    simulation.run_until(at(10_000), u64::MAX);
    let snapshot = simulation.snapshot();
    let per_visit = snapshot.totals.generated as f64;
    // A fifth of a visit begins each second: two in ten seconds, and at most 98 requests of each.
    assert!(per_visit < 10.0 * 98.0, "{per_visit}");
}

#[test]
fn a_visit_stays_at_its_server_until_that_dies() {
    for users in [
        visits(10.0, 200.0),
        Clients {
            arrivals: Arrivals::Closed,
            users: 60,
            think_time: constant(100.0),
            ..Clients::default()
        },
    ] {
        let mut simulation = Simulation::new(&sticky(users));
        simulation.run_until(at(5_000), u64::MAX);
        assert_eq!(moved_sessions(&simulation), 0);
        simulation.apply(Edit::Kill(NodeId(2)));
        simulation.run_until(at(10_000), u64::MAX);
        // A third of the twenty visits, or sixty users, at that time.
        let moved = moved_sessions(&simulation);
        assert!((2..=35).contains(&moved), "{moved}");
    }
}

#[test]
fn nobody_visits_any_more_after_an_edit() {
    let mut simulation = Simulation::new(&sticky(visits(1_000.0, 1_000.0)));
    simulation.run_until(at(5_000), u64::MAX);
    let none = Clients {
        rate: 0.0,
        ..Clients::default()
    };
    simulation.apply(Edit::Reconfigure(sticky(none)));
    simulation.run_until(at(5_200), u64::MAX);
    let before = simulation.snapshot().totals;
    simulation.run_until(at(10_000), u64::MAX);
    let after = simulation.snapshot().totals;
    assert_eq!((before.generated, after.in_flight), (after.generated, 0));
}

#[test]
fn classes_come_by_their_shares_and_say_what_writes() {
    let class = |name: &str, share, is_write| RequestClass {
        name: name.to_owned(),
        share,
        is_write,
        priority: 0,
        response_bytes: 1_000,
        is_cacheable: !is_write,
    };
    let mix = RequestMix::try_new(vec![
        class("page", 5.0, false),
        class("read", 3.0, false),
        class("write", 1.5, true),
        class("upload", 0.5, true),
    ]);
    let users = Clients {
        rate: 1_000.0,
        mix: Some(Arc::new(mix.expect("every class is in range"))),
        ..Clients::default()
    };
    let scenario = System::new(4)
        .node("users", NodeKind::Clients(users))
        .node("db", database(100, constant(1.0)))
        .node("web", NodeKind::Server(server(100, constant(1.0))))
        .link("users", "web", 0.0)
        .link("web", "db", 1_000.0)
        .build();
    let mut simulation = Simulation::new(&scenario);
    simulation.run_until(at(20_000), u64::MAX);
    let seen = simulation.sightings(usize::MAX).seen;
    let writes = seen.iter().filter(|it| it.is_write).count() as f64;
    let share = writes / seen.len() as f64;
    // Some 2,000 are under way.
    assert!(
        (share - 0.2).abs() < 4.5 * (0.16 / 2_000.0_f64).sqrt(),
        "{share}"
    );
}
