//! Queues and workers of a server.

use simulator::{Edit, FailureReason, Happening, NodeKind, Server, Simulation, WhenFull};

use crate::support::{System, server};
use crate::system::{at, constant, even, run, single, totals};

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
    let scenario = System::new(1)
        .node("users", even(40.0))
        .node("web", NodeKind::Server(server(1, constant(50.0))))
        .link("users", "web", 1.0)
        .build();
    let mut simulation = Simulation::new(&scenario);
    let mut answered = Vec::new();
    while simulation.now() < at(2_000) {
        let step = simulation.step().expect("clients go on sending");
        if matches!(step.what, Happening::Answered { .. }) {
            answered.push(step.request.expect("an answer is to a request"));
        }
    }
    assert!(answered.len() > 30);
    assert!(answered.is_sorted());
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
