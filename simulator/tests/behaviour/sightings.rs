//! Where requests are seen, and how many of them.

use simulator::{NodeKind, Place, Scenario};

use crate::support::{System, dns, server};
use crate::system::{USERS, constant, even, run};

fn asking(lookup_ms: f64, ttl_ms: f64) -> Scenario {
    System::new(1)
        .node("users", even(1_000.0))
        .node("web", NodeKind::Server(server(1, constant(1.0))))
        .node("dns", dns(lookup_ms, ttl_ms))
        .link("users", "web", 1.0)
        .link("users", "dns", 1.0)
        .build()
}

#[test]
fn those_who_wait_for_an_address_stand_in_line() {
    let seen = run(&asking(500.0, 60_000.0), 400).sightings(10).seen;
    let positions: Vec<u32> = seen
        .iter()
        .filter_map(|sighting| match sighting.place {
            Place::Resolving { node, position } => {
                assert_eq!(node, USERS);
                Some(position)
            }
            _ => None,
        })
        .collect();
    assert_eq!(positions, Vec::from_iter(0..16));
}

#[test]
fn of_many_look_ups_a_sample_is_seen() {
    let simulation = run(&asking(1_000.0, 0.0), 900);
    let sightings = simulation.sightings(20);
    assert!((40..60).contains(&sightings.every), "{}", sightings.every);
    assert!((10..=21).contains(&sightings.seen.len()));
    let all = simulation.sightings(usize::MAX);
    assert_eq!((all.every, all.seen.len()), (1, 900));
}
