//! Importance: what has to be set from within, because clients have no classes yet.

use crate::distribution::Distribution;
use crate::scenario::{
    Arrivals, Clients, Discipline, Link, Node, NodeId, NodeKind, Overload, Scenario, Server,
    Shedding,
};
use crate::simulation::Simulation;
use crate::step::Happening;
use crate::theory::priorities;
use crate::time::{SimDuration, SimTime};

fn simulation(clients: Clients, web: Server) -> Simulation {
    let node = |name: &str, kind| Node::new(name, kind);
    let nodes = vec![
        node("users", NodeKind::Clients(clients)),
        node("web", NodeKind::Server(web)),
    ];
    // A way to the server on which importance can be written down.
    let links = vec![Link {
        from: NodeId(0),
        to: NodeId(1),
        latency: SimDuration::from_nanos(1),
        weight: 1,
        policy: None,
    }];
    let scenario = Scenario::try_new(1, SimDuration::from_secs(1), nodes, links);
    Simulation::new(&scenario.expect("every value is in range"))
}

/// Lets something happen; `class` says how important a request is by its number.
fn step(simulation: &mut Simulation, class: impl Fn(u64) -> u8) -> Option<(u64, Happening)> {
    let step = simulation.step()?;
    if step.what == Happening::Sent {
        let number = step.request.expect("somebody is sent");
        let slots = simulation.requests.slots_mut();
        let found = slots.iter_mut().find(|it| it.number == number);
        found.expect("it is live").priority = class(number);
    }
    step.request.map(|number| (number, step.what))
}

fn metronome() -> Clients {
    Clients {
        rate: 1_000.0,
        arrivals: Arrivals::Even,
        ..Clients::default()
    }
}

fn constant(web: Server) -> Server {
    Server {
        workers: 1,
        service_time: Distribution::Deterministic {
            mean: SimDuration::from_micros(2_500),
        },
        queries: 0,
        ..web
    }
}

/// In which order the first nine requests end that come one each millisecond: 0, 1 and 2 and so on in
/// classes 2, 1, 0.
fn order(discipline: Discipline, limit: u32, shedding: Shedding) -> (Vec<u64>, Vec<u64>) {
    let web = constant(Server {
        discipline,
        queue_limit: limit,
        overload: Overload {
            shedding,
            ..Overload::default()
        },
        ..Server::default()
    });
    let mut simulation = simulation(metronome(), web);
    let (mut served, mut shed) = (Vec::new(), Vec::new());
    while simulation.now() < SimTime::from_nanos(60_000_000) {
        match step(&mut simulation, |number| 2 - (number % 3) as u8) {
            Some((number, Happening::Finished)) if number < 9 => served.push(number),
            Some((number, Happening::LearnedShed | Happening::LearnedFailure(_))) if number < 9 => {
                shed.push(number);
            }
            _ => {}
        }
    }
    (served, shed)
}

#[test]
fn the_most_important_are_served_first_and_nobody_is_interrupted() {
    let (served, shed) = order(Discipline::Priority, 1_000, Shedding::Off);
    // 0 has the worker until 3.5 ms; then 2 is there. Its service ends at 6 ms, just before 5 comes, so 1
    // is next; then always one of class 0, but for every sixth service.
    assert_eq!(served[..5], [0, 2, 1, 5, 8]);
    assert!(shed.is_empty());
    let (served, _) = order(Discipline::Fifo, 1_000, Shedding::Off);
    assert_eq!(served, [0, 1, 2, 3, 4, 5, 6, 7, 8]);
}

#[test]
fn from_a_full_queue_the_least_important_has_to_go() {
    // Room for two. 0 is served until 3.5 ms, then 1, while 2 and 3 wait; 4 takes the place of 3 at 5 ms.
    // At 6 ms 2 is served, just before 5 comes; so 6 finds no place, nor does 7, as important as the
    // last of those who wait: 4 and 5. At 8.5 ms it is the turn of 4, and 8 comes to the free place.
    let (served, shed) = order(Discipline::Fifo, 2, Shedding::LeastImportant);
    assert_eq!((served, shed), (vec![0, 1, 2, 4, 5, 8], vec![3, 6, 7]));
}

/// Cobham's waits, class by class.
#[test]
fn waits_by_importance_follow_cobham() {
    let clients = Clients {
        rate: 800.0,
        ..Clients::default()
    };
    let mean = SimDuration::from_millis(1);
    let web = Server {
        workers: 1,
        service_time: Distribution::Exponential { mean },
        queue_limit: 100_000,
        queries: 0,
        discipline: Discipline::Priority,
        ..Server::default()
    };
    // A quarter, a half and a quarter of the requests.
    let class = |number: u64| [0, 1, 1, 2][(crate::random::request_key(9, number) % 4) as usize];
    let loads = [0.2, 0.4, 0.2].map(|rate| (rate, 1.0, 1.0));
    let theory = priorities(&loads).expect("stable");
    let mut means = [[0.0; 20]; 3];
    let mut run = simulation(clients, web);
    let (mut came, mut sums) = (vec![SimTime::ZERO; 4_000_000], [(0.0, 0.0); 3]);
    for batch in 0..20 {
        let end = SimTime::from_secs(100 * (batch as u64 + 1));
        while run.now() < end {
            match step(&mut run, class) {
                Some((number, Happening::Sent)) => came[number as usize] = run.now(),
                Some((number, Happening::Finished)) => {
                    let wait = run.now().since(came[number as usize]).as_millis_f64() - 1.0;
                    let sum = &mut sums[usize::from(class(number))];
                    *sum = (sum.0 + wait, sum.1 + 1.0);
                }
                _ => {}
            }
        }
        for (mean, sum) in means.iter_mut().zip(&mut sums) {
            mean[batch] = sum.0 / sum.1;
            *sum = (0.0, 0.0);
        }
    }
    for (class, (batches, want)) in means.iter().zip(theory).enumerate() {
        let got = crate::statistics::interval(batches, 0.99).expect("twenty batches");
        let bound = 4.5 * got.standard_error;
        assert!(
            (got.mean - want).abs() <= bound,
            "{class}: {got:?} against {want}"
        );
        assert!(bound < 0.12 * want, "{class}: ± {bound} would hide a fault");
    }
}
