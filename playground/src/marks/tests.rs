//! Marks of real runs.

use diagram::Document;
use diagram::layout::{Orientation, place};

use super::*;

const CHAIN: &str = r#"
format = 1
slo = "50ms"
[nodes.users]
kind = "clients"
rate = "1000/s"
arrivals = "even"
reads = "50%"
[nodes.web]
kind = "server"
workers = 1
service-time = "5ms deterministic"
[[links]]
from = "users"
to = "web"
latency = "20ms"
"#;

fn marks_at(millis: u64, factor: f64) -> (Marks, Layout) {
    let document = Document::parse(CHAIN).expect("a valid scenario");
    let layout = place(&document, Orientation::Across);
    let mut simulation = Simulation::new(&document.scenario());
    simulation.keep_hops();
    simulation.run_until(SimTime::ZERO + SimDuration::from_millis(millis), u64::MAX);
    let wanted = Wanted {
        limit: 1_000,
        factor,
        with_travellers: true,
        with_trails: true,
    };
    (Marks::of(&simulation, &layout, wanted), layout)
}

/// How far along the first link the point with this `x` lies.
fn share_at(layout: &Layout, x: f64) -> f64 {
    let (mut low, mut high) = (0.0, 1.0);
    for _ in 0..50 {
        let middle = f64::midpoint(low, high);
        if layout.edges[0].point(middle).0 < x {
            low = middle
        } else {
            high = middle
        }
    }
    low
}

#[test]
fn requests_sent_evenly_are_evenly_along_their_link() {
    let (marks, layout) = marks_at(19, 0.01);
    // One request a millisecond on a link of 20 ms: neighbours are a twentieth of it apart.
    let mut shares: Vec<f64> = marks
        .marks
        .iter()
        .map(|mark| share_at(&layout, f64::from(mark.x)))
        .collect();
    shares.sort_by(f64::total_cmp);
    assert!(shares.len() >= 17, "{shares:?}");
    for pair in shares.windows(2) {
        assert!((pair[1] - pair[0] - 0.05).abs() < 1e-4, "{shares:?}");
    }
    assert!(marks.marks.iter().any(|mark| mark.shape == Shape::Square));
    assert!(marks.marks.iter().any(|mark| mark.shape == Shape::Disc));
}

#[test]
fn a_pie_drains_with_the_service() {
    let (marks, _) = marks_at(22, 0.01);
    let [pie] = marks.pies.as_slice() else {
        panic!("one worker: {:?}", marks.pies)
    };
    assert!((pie.remaining - 0.8).abs() < 0.21, "{}", pie.remaining);
}

#[test]
fn requests_past_the_objective_wear_a_ring() {
    let (marks, _) = marks_at(200, 0.01);
    assert!(
        marks
            .marks
            .iter()
            .any(|mark| mark.is_overdue && mark.ink == Ink::Overdue)
    );
}

#[test]
fn faster_than_real_time_links_show_flow_instead_of_travellers() {
    let (slow, layout) = marks_at(500, 0.01);
    let (fast, _) = marks_at(500, 100.0);
    assert!(fast.marks.len() < slow.marks.len());
    assert_eq!(fast.trails.len(), layout.edges.len());
    assert!(fast.trails[0].width > 3.0);
}

#[test]
fn ages_are_coloured_against_the_objective() {
    let slo = SimDuration::from_millis(100);
    for (millis, ink) in [
        (0, Ink::Fresh),
        (30, Ink::Young),
        (60, Ink::Middle),
        (90, Ink::Old),
        (101, Ink::Overdue),
    ] {
        assert_eq!(Ink::of_age(SimDuration::from_millis(millis), slo), ink);
    }
}
