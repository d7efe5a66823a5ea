//! The engine against queueing theory: the list of `simulator::validation`, with the effort of a test.
//!
//! Seeds are fixed, so a test never flickers; only a changed engine draws again. The list is cut into
//! parts that run side by side.

use simulator::statistics::chi_square;
use simulator::theory::mm1;
use simulator::validation::{Effort, Law, UNIT, check, laws};
use simulator::{Discipline, Server, SimDuration, SimTime, Simulation};

mod support;
use support::{exponential, server, station};

/// How many tests share the list.
const PARTS: usize = 4;

#[track_caller]
fn hold(law: &Law) {
    let verdict = check(law, Effort::TEST, &mut |_, _| ()).expect("the law's system is valid");
    for finding in &verdict.findings {
        let (name, figure, theory) = (&verdict.law, &finding.figure, finding.theory);
        let (mean, bound) = (finding.simulated.mean, finding.bound);
        println!("{name}, {figure}: theory {theory:.6}, simulated {mean:.6}, bound {bound:.6}");
        assert!(
            finding.holds,
            "{name}, {figure}: {mean} ± {bound} against {theory}"
        );
        assert!(
            finding.is_sharp,
            "{name}, {figure}: ± {bound} would hide a fault"
        );
    }
}

/// Every fourth law, so that the parts take about the same time.
#[track_caller]
fn hold_part(part: usize) {
    let quick = laws().into_iter().filter(|law| !law.is_slow);
    quick.skip(part).step_by(PARTS).for_each(|law| hold(&law));
}

#[test]
fn laws_hold_first_part() {
    hold_part(0);
}

#[test]
fn laws_hold_second_part() {
    hold_part(1);
}

#[test]
fn laws_hold_third_part() {
    hold_part(2);
}

#[test]
fn laws_hold_fourth_part() {
    hold_part(3);
}

#[test]
fn every_law_has_a_name_of_its_own_and_a_system() {
    let laws = laws();
    assert!(laws.len() > 60, "{} laws", laws.len());
    for (place, law) in laws.iter().enumerate() {
        let is_known = laws[..place].iter().any(|other| other.name == law.name);
        assert!(!is_known, "{} is there twice", law.name);
        assert!((law.system)(1).is_ok(), "{}", law.name);
        assert!(!law.figures.is_empty(), "{}", law.name);
    }
}

/// The whole distribution and not only means: looks that are ten relaxation times apart are independent.
#[test]
fn the_number_in_a_queue_is_geometric() {
    const CELLS: usize = 20;
    let theory = mm1(0.5, 1.0).expect("stable");
    let apart = 10.0 * theory.relaxation_time() * 0.01;
    for discipline in [Discipline::Fifo, Discipline::Sharing { most: None }] {
        // 10 ms of work, and a request each 20 ms.
        let web = Server {
            discipline,
            ..server(1, exponential(10.0))
        };
        let mut simulation = Simulation::new(&station(11, 50.0, web));
        let mut seen = [0; CELLS];
        for look in 1..=3_000 {
            let at = SimDuration::from_nanos_f64(apart * f64::from(look) * 1e9);
            simulation.run_until(SimTime::ZERO + at, u64::MAX);
            let web = &simulation.snapshot().nodes[1];
            seen[((web.busy + web.queued) as usize).min(CELLS - 1)] += 1;
        }
        let mut chances: Vec<f64> = (0..CELLS as u32).map(|n| theory.share_with(n)).collect();
        // The last cell is for all longer queues.
        chances[CELLS - 1] = 1.0 - chances[..CELLS - 1].iter().sum::<f64>();
        let fit = chi_square(&seen, &chances).expect("cells");
        assert!(fit.p_value > 1e-6, "{discipline:?}: {fit:?} for {seen:?}");
    }
}

#[test]
fn a_unit_is_an_end_of_a_bucket() {
    assert!(UNIT.as_nanos().is_power_of_two());
}
