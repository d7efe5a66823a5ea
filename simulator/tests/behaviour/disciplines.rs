//! Who is served next, and how fast.

use simulator::{Discipline, Edit, Happening, NodeKind, Scenario, Server, SimDuration, Simulation};

use crate::support::{System, millis, server};
use crate::system::{at, constant, even, totals};

/// Every order of service but the one by importance, which only has meaning with classes.
const ALL: [Discipline; 5] = [
    Discipline::Fifo,
    Discipline::Lifo,
    Discipline::AdaptiveLifo {
        interval: SimDuration::from_millis(20),
    },
    Discipline::Priority,
    Discipline::Sharing { most: None },
];

fn web(workers: u32, discipline: Discipline) -> Server {
    Server {
        discipline,
        ..server(workers, constant(25.0))
    }
}

fn system(rate: f64, web: Server) -> Scenario {
    System::new(1)
        .node("users", even(rate))
        .node("web", NodeKind::Server(web))
        .link("users", "web", 0.0)
        .build()
}

/// The response times in milliseconds of requests that come after 10, 20, 30 ms and so on, in order of
/// their numbers. Services take 25 ms. At the given times the server becomes another one.
fn responses(requests: u64, first: Server, edits: &[(u64, Server)]) -> Vec<f64> {
    let mut simulation = Simulation::new(&system(100.0, first.clone()));
    let mut last = first;
    let mut found = vec![f64::NAN; requests as usize];
    let mut run_to = |simulation: &mut Simulation, end: u64| {
        loop {
            let mut ahead = simulation.clone();
            let step = ahead.step().filter(|step| step.time <= at(end));
            let Some(step) = step else { break };
            *simulation = ahead;
            if let (Happening::Answered { response, .. }, Some(number)) = (step.what, step.request)
            {
                found[number as usize] = response.as_millis_f64();
            }
        }
        simulation.run_until(at(end), u64::MAX);
    };
    let mut edits: Vec<(u64, Option<Server>)> = edits
        .iter()
        .map(|(time, server)| (*time, Some(server.clone())))
        .collect();
    edits.push((10 * requests + 5, None));
    edits.sort_by_key(|edit| edit.0);
    let mut rate = 100.0;
    for (time, server) in edits {
        run_to(&mut simulation, time);
        match server {
            Some(server) => last = server,
            None => rate = 0.0,
        }
        simulation.apply(Edit::Reconfigure(system(rate, last.clone())));
    }
    run_to(&mut simulation, 10_000);
    assert_eq!(totals(&simulation).ok, requests);
    found
}

#[test]
fn each_discipline_has_its_own_order() {
    let (sharing, one_by_one) = (
        Discipline::Sharing { most: None },
        Discipline::Sharing { most: Some(1) },
    );
    for (workers, discipline, want) in [
        (1, Discipline::Fifo, vec![25.0, 40.0, 55.0]),
        (1, Discipline::Lifo, vec![25.0, 65.0, 30.0]),
        // All of one class.
        (1, Discipline::Priority, vec![25.0, 40.0, 55.0]),
        // Alone for 10 ms, in two for 10 ms; then three share 30 ms, two 20 ms, and one has 5 ms.
        (1, sharing, vec![50.0, 60.0, 55.0]),
        (1, one_by_one, vec![25.0, 40.0, 55.0]),
        // Two workers: only from 30 ms on, for 7.5 ms, are there more than workers.
        (2, sharing, vec![27.5, 27.5, 27.5]),
        (2, Discipline::Fifo, vec![25.0, 25.0, 30.0]),
        (
            2,
            Discipline::Sharing { most: Some(2) },
            vec![25.0, 25.0, 30.0],
        ),
        (3, sharing, vec![25.0, 25.0, 25.0]),
    ] {
        let got = responses(3, web(workers, discipline), &[]);
        assert_eq!(got, want, "{workers} workers, {discipline:?}");
    }
}

#[test]
fn adaptive_lifo_turns_when_the_queue_stands() {
    let interval = SimDuration::from_millis(20);
    let got = responses(5, web(1, Discipline::AdaptiveLifo { interval }), &[]);
    // Since 20 ms somebody waits: at 35 ms the second is next, at 60 ms the fifth.
    assert_eq!(got, [25.0, 40.0, 105.0, 70.0, 35.0]);
}

#[test]
fn a_change_of_discipline_keeps_everybody() {
    let sharing = Discipline::Sharing { most: None };
    for (first, second, want) in [
        // The first has 3 ms left and the others all: 9 ms for three, then 44 ms for two.
        (Discipline::Fifo, sharing, vec![31.0, 65.0, 55.0]),
        // Those who share go on sharing until there are no more of them than workers.
        (sharing, Discipline::Fifo, vec![50.0, 60.0, 55.0]),
        (Discipline::Fifo, Discipline::Lifo, vec![25.0, 65.0, 30.0]),
        (
            Discipline::Lifo,
            Discipline::Priority,
            vec![25.0, 40.0, 55.0],
        ),
    ] {
        let got = responses(3, web(1, first), &[(32, web(1, second))]);
        assert_eq!(got, want, "{first:?} to {second:?}");
    }
}

#[test]
fn every_change_of_discipline_serves_everybody_in_the_end() {
    for first in ALL {
        for second in ALL {
            let edits = [
                (33, web(2, second)),
                (61, web(1, first)),
                (88, web(3, second)),
            ];
            let got = responses(12, web(1, first), &edits);
            assert!(
                got.iter().all(|response| *response >= 25.0),
                "{first:?}, {second:?}: {got:?}"
            );
        }
    }
}

#[test]
fn who_shares_is_seen_with_the_end_that_is_expected_now() {
    let mut simulation =
        Simulation::new(&system(100.0, web(1, Discipline::Sharing { most: None })));
    simulation.run_until(at(25), u64::MAX);
    let ends: Vec<_> = simulation
        .sightings(10)
        .seen
        .iter()
        .filter_map(|seen| match seen.place {
            simulator::Place::Service { ends, .. } => Some(ends.as_nanos()),
            _ => None,
        })
        .collect();
    // At 25 ms: 12.5 and 22.5 ms are left of them, at half speed each.
    assert_eq!(ends, [50_000_000, 70_000_000]);
    let web = &simulation.snapshot().nodes[1];
    assert_eq!((web.busy, web.queued), (1, 1));
    assert_eq!(simulation.measurement().nodes[1].utilisation, 0.6);
}

#[test]
fn a_dead_server_loses_those_who_share_and_a_slow_one_slows_those_to_come() {
    let scenario = system(100.0, web(1, Discipline::Sharing { most: None }));
    let mut simulation = Simulation::new(&scenario);
    simulation.run_until(at(25), u64::MAX);
    simulation.apply(Edit::Kill(crate::system::WEB));
    assert_eq!(totals(&simulation).in_flight, 2);
    simulation.run_until(at(26), u64::MAX);
    assert_eq!(totals(&simulation).in_flight, 0);
    simulation.apply(Edit::Heal(crate::system::WEB));
    simulation.apply(Edit::Slow(crate::system::WEB, 3.0));
    simulation.run_until(at(35), u64::MAX);
    simulation.apply(Edit::Reconfigure(system(
        0.0,
        web(1, Discipline::Sharing { most: None }),
    )));
    simulation.run_until(at(1_000), u64::MAX);
    assert_eq!(simulation.measurement().response.max(), millis(75.0));
}
