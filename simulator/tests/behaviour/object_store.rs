//! Stores that somebody else runs: their times, their limits and their failures.

use simulator::{Arrivals, Clients, Edit, FailureReason, NodeId, NodeKind, ObjectStore, Scenario};

use crate::support::{System, clients, millis, server};
use crate::system::{at, constant, even, failed, run, totals};

const STORE: NodeId = NodeId(1);

fn system(users: NodeKind, store: ObjectStore) -> Scenario {
    System::new(1)
        .node("users", users)
        .node("store", NodeKind::ObjectStore(store))
        .link("users", "store", 5.0)
        .build()
}

fn writers(rate: f64) -> NodeKind {
    NodeKind::Clients(Clients {
        rate,
        arrivals: Arrivals::Even,
        read_share: 0.0,
        ..Clients::default()
    })
}

#[test]
fn reads_and_writes_take_their_own_times_however_many_there_are() {
    for (users, time) in [(even(2_000.0), 80.0), (writers(2_000.0), 200.0)] {
        let simulation = run(&system(users, ObjectStore::default()), 2_000);
        let response = simulation.measurement().response;
        assert_eq!(
            (response.mean(), response.max()),
            (millis(time), millis(time))
        );
    }
}

#[test]
fn a_store_of_sessions_is_one_of_quick_objects() {
    let store = ObjectStore {
        read_time: constant(0.5),
        write_time: constant(0.5),
        ..ObjectStore::default()
    };
    let scenario = System::new(1)
        .node("users", even(10.0))
        .node("web", NodeKind::Server(server(1, constant(8.0))))
        .node("sessions", NodeKind::ObjectStore(store))
        .link("users", "web", 5.0)
        .link("web", "sessions", 0.25)
        .build();
    let simulation = run(&scenario, 1_000);
    assert_eq!(simulation.measurement().response.max(), millis(9.0));
}

#[test]
fn what_is_more_than_the_limit_is_throttled() {
    let store = ObjectStore {
        rate: Some(100.0),
        burst: 50,
        ..ObjectStore::default()
    };
    // 400 a second for ten seconds: fifty at once, and then a hundred a second.
    let simulation = run(&system(even(400.0), store), 10_006);
    let throttled = failed(&simulation, FailureReason::Throttled);
    let taken = 4_000 - throttled;
    assert!((1_049..=1_051).contains(&taken), "{taken}");
}

#[test]
fn a_share_of_requests_fails_after_its_usual_time() {
    let store = ObjectStore {
        availability: 0.9,
        ..ObjectStore::default()
    };
    let simulation = run(&system(clients(1_000.0), store), 20_000);
    let totals = totals(&simulation);
    let ended = totals.answered() + totals.failed.total();
    let share = failed(&simulation, FailureReason::Unavailable) as f64 / ended as f64;
    let bound = 4.5 * (0.1 * 0.9 / ended as f64).sqrt();
    assert!((share - 0.1).abs() < bound, "{share}");
}

#[test]
fn a_store_can_be_slow_and_dead_like_any_node() {
    let mut simulation = run(&system(even(10.0), ObjectStore::default()), 1_050);
    simulation.apply(Edit::Slow(STORE, 3.0));
    simulation.run_until(at(2_050), u64::MAX);
    assert_eq!(simulation.measurement().response.max(), millis(240.0));
    simulation.apply(Edit::Kill(STORE));
    simulation.run_until(at(3_056), u64::MAX);
    // Two were inside, and ten came.
    assert_eq!(failed(&simulation, FailureReason::ServerDied), 2);
    assert_eq!(failed(&simulation, FailureReason::Refused), 10);
}
