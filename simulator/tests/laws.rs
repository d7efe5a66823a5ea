//! The engine against queueing theory: the list of `simulator::validation`, with the effort of a test.
//!
//! Seeds are fixed, so a test never flickers; only a changed engine draws again. The list is cut into
//! parts that run side by side.

use simulator::statistics::chi_square;
use simulator::theory::mm1;
use simulator::validation::{Effort, Law, UNIT, check, laws};
use simulator::{SimDuration, SimTime, Simulation};

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
fn waits_follow_pollaczek_and_khinchine() {
    // M/G/1: W = S + ρ/(1-ρ)·(1+cv²)/2·S. Constant work waits half as long as exponential work.
    for (law, cv2) in [
        (Distribution::Deterministic { mean: millis(10.0) }, 0.0),
        (
            Distribution::Lognormal {
                mean: millis(10.0),
                cv2: 0.5,
            },
            0.5,
        ),
        (
            Distribution::Lognormal {
                mean: millis(10.0),
                cv2: 2.0,
            },
            2.0,
        ),
    ] {
        let theory = 10.0 + 0.7 / 0.3 * (1.0 + cv2) / 2.0 * 10.0;
        let scenario = |seed| station(seed, 70.0, server(1, law.clone()));
        check_mean(&format!("M/G/1 with cv² {cv2}"), theory, 0.08, scenario);
fn the_number_in_a_queue_is_geometric() {
    const CELLS: usize = 20;
    let theory = mm1(0.5, 1.0).expect("stable");
    let apart = 10.0 * theory.relaxation_time() * 0.01;
    // 10 ms of work, and a request each 20 ms.
    let mut simulation = Simulation::new(&station(11, 50.0, server(1, exponential(10.0))));
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
    assert!(fit.p_value > 1e-6, "{fit:?} for {seen:?}");
}

#[test]
fn evenly_spaced_arrivals_and_constant_work_never_wait() {
    let even = Clients {
        rate: 90.0,
        arrivals: Arrivals::Even,
        read_share: 1.0,
        timeout: None,
        ..Clients::default()
    };
    let constant = server(1, Distribution::Deterministic { mean: millis(11.0) });
    let scenario = System::new(1)
        .node("users", NodeKind::Clients(even))
        .node("web", NodeKind::Server(constant))
        .link("users", "web", 20.0)
        .build();
    let measurement = measure(&scenario, 60);
    assert_eq!(measurement.response.max(), millis(11.0));
    assert_eq!(measurement.nodes[1].mean_wait, SimDuration::ZERO);
    assert_eq!(
        measurement.user_network,
        millis(40.0),
        "the users' own network is kept apart"
    );
}

#[test]
fn two_tiers_in_a_row_are_two_queues_by_themselves() {
    // Burke: departures of M/M/c are Poisson, so the response times of the tiers add up (Jackson).
    let web = theory::mmc(150.0, 125.0, 2)
        .expect("stable")
        .mean_response
        .as_millis_f64();
    let db = theory::mmc(150.0, 250.0, 2)
        .expect("stable")
        .mean_response
        .as_millis_f64();
    let scenario = |seed| {
        System::new(seed)
            .clients(150.0)
            .node("web", NodeKind::Server(server(2, exponential(8.0))))
            .node("db", database(2, exponential(4.0)))
            .link("users", "web", 20.0)
            .link("web", "db", 0.25)
            .build()
    };
    check_mean("tandem", web + db + 0.5, 0.02, scenario);
}

#[test]
fn policies_behind_a_balancer_match_their_theory_and_their_order() {
    let scenario = |policy| {
        move |seed| {
            System::new(seed)
                .clients(800.0)
                .balancer(policy, None)
                .link("users", "balancer", 0.0)
                .tier(10, "balancer", None, &server(1, exponential(10.0)))
                .build()
        }
    };
    // Random splitting of a Poisson stream: ten M/M/1 queues.
    check_mean("random", 50.0, 0.05, scenario(Policy::Random));
    // Round robin: each server sees Erlang-10 gaps (GI/M/1): W = 10 ms/(1-σ), σ = (8/(8+1-σ))^10
    // with time in units of 1/(10·µ): solved by iteration.
    let sigma = (0..200).fold(0.5_f64, |s, _| libm::pow(8.0 / (9.0 - s), 10.0));
    check_mean(
        "round robin",
        10.0 / (1.0 - sigma),
        0.05,
        scenario(Policy::RoundRobin),
    );
    // No closed form for ten servers; reference values were simulated independently with the same
    // model (mean service 1): power of two 2.04 (ten servers), least connections 1.36.
    let mean = |policy| {
        let means = (1..=5).map(|seed| mean_ms(&measure(&scenario(policy)(seed), 600)));
        means.sum::<f64>() / 5.0
    };
    let (two, least) = (mean(Policy::PowerOfTwo), mean(Policy::LeastConnections));
    assert!((two - 20.4).abs() < 0.6, "power of two choices: {two}");
    assert!((least - 13.6).abs() < 0.4, "least connections: {least}");
}

#[test]
fn a_full_queue_loses_what_theory_says() {
    // M/M/1/K with K = 5 places, one of them in service, at ρ = 0.8: 8.8819 % are lost.
    let small = simulator::Server {
        queue_limit: 4,
        ..server(1, exponential(10.0))
    };
    let scenario = |seed| station(seed, 80.0, small.clone());
    let lost = |m: &Measurement| m.tally.failed.total() as f64 / m.tally.generated as f64;
    check(
        "M/M/1/5",
        1_200,
        scenario,
        &[
            Law {
                what: "lost",
                theory: 0.088_819,
                precision: 0.05,
                figure: &lost,
            },
            Law {
                what: "mean",
                theory: 25.630_65,
                precision: 0.02,
                figure: &mean_ms,
            },
        ],
    );
fn a_unit_is_an_end_of_a_bucket() {
    assert!(UNIT.as_nanos().is_power_of_two());
}
