//! Faster, slower, starting and pausing machines.

use simulator::{
    Condition, Database, Discipline, Edit, FailureReason, Machine, NodeKind, Pauses, Scenario,
    Server, SimDuration, SimTime, Simulation,
};

use crate::support::{System, check_every, millis, server};
use crate::system::{WEB, at, constant, even, failed, metronome, run, single, totals};

fn on(machine: Machine) -> Server {
    Server {
        machine,
        ..server(1, constant(30.0))
    }
}

#[test]
fn services_take_their_time_divided_by_the_speed() {
    for (speed, want) in [(1.0, 30.0), (2.0, 15.0), (0.5, 60.0)] {
        let machine = Machine {
            speed,
            ..Machine::default()
        };
        let mut simulation = run(&single(None, on(machine)), 199);
        assert_eq!(simulation.measurement().response.max(), millis(want));
        simulation.apply(Edit::Slow(WEB, 1.5));
        simulation.begin_measurement();
        simulation.run_until(at(304), u64::MAX);
        assert_eq!(simulation.measurement().response.max(), millis(1.5 * want));
    }
}

fn booting(seconds: u64) -> Server {
    on(Machine {
        boot_time: SimDuration::from_secs(seconds),
        ..Machine::default()
    })
}

#[test]
fn a_healed_machine_boots_first() {
    let mut simulation = run(&single(None, booting(2)), 1_050);
    assert_eq!(
        totals(&simulation).ok,
        10,
        "the first machines of a run are ready"
    );
    simulation.apply(Edit::Kill(WEB));
    simulation.apply(Edit::Heal(WEB));
    let until = at(3_050);
    let condition = |simulation: &Simulation| simulation.snapshot().nodes[1].condition;
    assert_eq!(condition(&simulation), Condition::Booting { until });
    simulation.apply(Edit::Heal(WEB));
    simulation.apply(Edit::Slow(WEB, 5.0));
    simulation.run_until(at(3_049), u64::MAX);
    assert_eq!(condition(&simulation), Condition::Booting { until });
    assert_eq!(failed(&simulation, FailureReason::Refused), 20);
    // Killed while it boots: the time begins anew with the next healing.
    simulation.apply(Edit::Kill(WEB));
    simulation.run_until(at(3_100), u64::MAX);
    assert_eq!(condition(&simulation), Condition::Dead);
    simulation.apply(Edit::Heal(WEB));
    simulation.run_until(at(5_099), u64::MAX);
    assert!(matches!(condition(&simulation), Condition::Booting { .. }));
    simulation.run_until(at(5_100), u64::MAX);
    assert_eq!(condition(&simulation), Condition::Up);
}

#[test]
fn an_added_machine_gets_work_only_when_probes_find_it_ready() {
    let scenario = |servers| -> Scenario {
        System::new(1)
            .node("users", metronome(None))
            .balancer(
                simulator::Policy::RoundRobin,
                Some(check_every(100.0, 1, 1)),
            )
            .link("users", "balancer", 1.0)
            .tier(servers, "balancer", None, &booting(2))
            .build()
    };
    let mut simulation = Simulation::new(&scenario(1));
    simulation.run_until(at(1_000), u64::MAX);
    simulation.apply(Edit::Reconfigure(scenario(2)));
    simulation.run_until(at(2_900), u64::MAX);
    let refused = failed(&simulation, FailureReason::Refused);
    assert!(
        (1..=2).contains(&refused),
        "until the first probe: {refused}"
    );
    let seen = simulation.snapshot();
    assert!(!seen.nodes[1].backends[1].healthy && seen.nodes[3].served == 0);
    simulation.run_until(at(5_000), u64::MAX);
    assert_eq!(failed(&simulation, FailureReason::Refused), refused);
    assert!(simulation.snapshot().nodes[3].served > 5);
}

#[test]
fn nothing_goes_on_during_a_pause() {
    let pauses = Pauses {
        every: SimDuration::from_millis(100),
        length: SimDuration::from_millis(30),
    };
    for discipline in [Discipline::Fifo, Discipline::Sharing { most: Some(3) }] {
        let web = Server {
            discipline,
            machine: Machine {
                pauses: Some(pauses),
                ..Machine::default()
            },
            queue_limit: 5,
            ..server(1, constant(5.0))
        };
        let scenario = System::new(1)
            .node("users", even(1_000.0))
            .node("web", NodeKind::Server(web))
            .link("users", "web", 0.0)
            .build();
        let mut simulation = Simulation::new(&scenario);
        let mut ends: Vec<u64> = Vec::new();
        while simulation.now() < SimTime::from_secs(10) {
            let before = simulation.measurement().nodes[1].served;
            simulation.step();
            if simulation.measurement().nodes[1].served > before {
                ends.push(simulation.now().as_nanos());
            }
        }
        // 70 of 100 ms are left: 14 services in each period.
        assert!((1_399..=1_401).contains(&ends.len()), "{}", ends.len());
        // No two services end with a pause of less than its length in between and nothing ends in one:
        // the phases of all ends leave out 30 ms.
        let mut phases: Vec<u64> = ends.iter().map(|end| end % 100_000_000).collect();
        phases.sort_unstable();
        let wrapped = phases[0] + 100_000_000;
        let next = phases.iter().skip(1).copied().chain([wrapped]);
        let gap = phases.iter().zip(next).map(|(end, next)| next - end).max();
        assert!(gap.expect("there are ends") >= 30_000_000, "{gap:?}");
    }
}

#[test]
fn databases_have_machines_too() {
    let db = Database {
        workers: 1,
        read_time: constant(4.0),
        write_time: constant(4.0),
        machine: Machine {
            speed: 4.0,
            ..Machine::default()
        },
        discipline: Discipline::Sharing { most: None },
        ..Database::default()
    };
    let web = Server {
        queries: 2,
        query_order: simulator::QueryOrder::Parallel { needed: None },
        ..server(1, constant(8.0))
    };
    let scenario = System::new(1)
        .node("users", metronome(None))
        .node("web", NodeKind::Server(web))
        .node("db", NodeKind::Database(db))
        .link("users", "web", 5.0)
        .link("web", "db", 0.25)
        .build();
    // Two queries of 1 ms share one worker: 2 ms for both.
    let response = run(&scenario, 199).measurement().response;
    assert_eq!(response.max(), millis(8.0 + 0.5 + 2.0));
}
