//! Work that its caller has cancelled: where it is dropped, and where it is not.

use simulator::{Arrivals, Clients, FailureReason, NodeKind, Retry, Server, Simulation};

use crate::support::{System, database, millis, server};
use crate::system::{at, constant, failed};

#[test]
fn cancelled_work_is_dropped_when_a_worker_would_begin_it() {
    let served = |cancels| {
        let users = Clients {
            rate: 20.0,
            arrivals: Arrivals::Even,
            timeout: Some(millis(60.0)),
            retry: Some(Box::new(Retry::at_once(2))),
            cancels,
            ..Clients::default()
        };
        let scenario = System::new(1)
            .node("users", NodeKind::Clients(users))
            .node("web", NodeKind::Server(server(1, constant(100.0))))
            .link("users", "web", 0.0)
            .build();
        let mut simulation = Simulation::new(&scenario);
        simulation.run_until(at(10_000), u64::MAX);
        let web = &simulation.snapshot().nodes[1];
        (web.served, u64::from(web.queued))
    };
    // Either way the worker is always busy, with what was given up. What waits is what is awaited.
    let (served_all, queued) = served(false);
    assert!(served_all > 97 && queued > 250, "{served_all} {queued}");
    let (served_all, queued) = served(true);
    assert!(served_all > 97 && queued < 5, "{served_all} {queued}");
}

#[test]
fn a_server_calls_nobody_for_a_cancelled_request() {
    let queries = |cancels, has_retry: bool| {
        let users = Clients {
            timeout: Some(millis(50.0)),
            retry: has_retry.then(|| Box::new(Retry::at_once(1))),
            cancels,
            rate: 0.1,
            arrivals: Arrivals::Even,
            ..Clients::default()
        };
        let web = Server {
            queries: 10,
            ..server(1, constant(1.0))
        };
        let scenario = System::new(1)
            .node("users", NodeKind::Clients(users))
            .node("web", NodeKind::Server(web))
            .node("db", database(1, constant(9.0)))
            .link("users", "web", 5.0)
            .link("web", "db", 0.5)
            .build();
        let mut simulation = Simulation::new(&scenario);
        simulation.run_until(at(15_000), u64::MAX);
        assert_eq!(failed(&simulation, FailureReason::TimedOut), 1);
        simulation.snapshot().nodes[2].arrived
    };
    // The first of them leaves after 6 ms, the next ones every 10 ms; at 50 ms there were five.
    for has_retry in [false, true] {
        assert_eq!(queries(false, has_retry), 10);
        assert_eq!(queries(true, has_retry), 5);
    }
}
