//! Nodes on a map: how far they are from each other, and what befalls whole places.

use simulator::geography::{Area, Geography, Place, Region};
use simulator::{
    Balancer, Clients, Edit, FailureReason, NodeId, NodeKind, Retry, Scenario, SimDuration,
    Simulation, WhenAllUnhealthy,
};

use crate::support::{System, check_every, millis, server};
use crate::system::{at, constant, even, failed, totals};

const OREGON: Option<Place> = Some(Place { region: 0, zone: 0 });
const VIRGINIA_A: Option<Place> = Some(Place { region: 1, zone: 0 });
const VIRGINIA_B: Option<Place> = Some(Place { region: 1, zone: 1 });

/// Clients in Oregon, a balancer and a server in one zone of Virginia, and a second server in another.
fn system(users: NodeKind) -> Scenario {
    let balancer = Balancer {
        health_check: Some(check_every(1_000.0, 1, 1)),
        when_all_unhealthy: WhenAllUnhealthy::Refuse,
        ..Balancer::default()
    };
    let map = Geography::known(&[Region::Oregon, Region::Virginia]);
    System::new(1)
        .node("users", users)
        .node("balancer", NodeKind::Balancer(balancer))
        .link("users", "balancer", 0.0)
        .tier(2, "balancer", None, &server(100, constant(1.0)))
        .build()
        .on_map(&map, vec![OREGON, VIRGINIA_A, VIRGINIA_A, VIRGINIA_B])
}

#[test]
fn latencies_come_from_the_map_where_there_are_none() {
    let scenario = system(even(10.0));
    let latency = |link: usize| scenario.links()[link].latency;
    assert_eq!(latency(0), millis(40.5), "Oregon and Virginia: 81 ms");
    assert_eq!(latency(1), millis(0.125), "the same zone");
    assert_eq!(latency(2), millis(0.5), "another zone");
    assert_eq!(scenario.place(NodeId(3)), VIRGINIA_B);
    // A link that has a latency keeps it.
    let map = Geography::known(&[Region::Oregon]);
    let again = scenario.clone().on_map(&map, vec![OREGON; 9]);
    assert_eq!(again.links(), scenario.links());
}

#[test]
fn a_partition_loses_calls_until_their_callers_have_had_enough() {
    let mut simulation = Simulation::new(&system(even(10.0)));
    // The answer to the request of 1 s is on its way; the requests of 1.1 to 2 s are lost.
    simulation.run_until(at(1_050), u64::MAX);
    let apart = Edit::Partition(Area::region(0), Area::region(1));
    simulation.apply(apart);
    simulation.run_until(at(2_050), u64::MAX);
    assert_eq!(totals(&simulation).answered(), 10);
    simulation.apply(Edit::Rejoin);
    simulation.run_until(at(30_900), u64::MAX);
    assert_eq!(failed(&simulation, FailureReason::ConnectionLost), 0);
    simulation.run_until(at(32_049), u64::MAX);
    assert_eq!(failed(&simulation, FailureReason::ConnectionLost), 10);
    let totals = totals(&simulation);
    assert_eq!(totals.generated, totals.answered() + 10 + totals.in_flight);
}

#[test]
fn a_partition_is_noticed_by_timeouts_and_probes_only() {
    let users = NodeKind::Clients(Clients {
        rate: 10.0,
        arrivals: simulator::Arrivals::Even,
        timeout: Some(millis(500.0)),
        retry: Some(Box::new(Retry::at_once(3))),
        ..Clients::default()
    });
    let mut simulation = Simulation::new(&system(users));
    simulation.run_until(at(10_050), u64::MAX);
    assert_eq!(totals(&simulation).failed.total(), 0);
    // The balancer loses sight of the second server: until the next probe half of the requests go there,
    // and come back by the next attempt.
    let apart = Edit::Partition(Area::zone(1, 0), Area::zone(1, 1));
    simulation.apply(apart);
    simulation.run_until(at(13_000), u64::MAX);
    let backends = &simulation.snapshot().nodes[1].backends;
    let healthy: Vec<bool> = backends.iter().map(|it| it.healthy).collect();
    assert_eq!(healthy, [true, false]);
    simulation.apply(Edit::Rejoin);
    simulation.run_until(at(15_000), u64::MAX);
    assert!(simulation.snapshot().nodes[1].backends[1].healthy);
    assert_eq!(totals(&simulation).failed.total(), 0);
    assert!(simulation.snapshot().recent.response.p99 > SimDuration::ZERO);
}

#[test]
fn an_area_dies_and_comes_back_as_one() {
    let mut simulation = Simulation::new(&system(even(10.0)));
    simulation.run_until(at(1_000), u64::MAX);
    simulation.apply(Edit::KillArea(Area::zone(1, 1)));
    let dead = |simulation: &Simulation| {
        let nodes = simulation.snapshot().nodes;
        nodes
            .iter()
            .map(|it| it.condition == simulator::Condition::Dead)
            .collect::<Vec<_>>()
    };
    assert_eq!(dead(&simulation), [false, false, false, true]);
    simulation.apply(Edit::KillArea(Area::region(1)));
    assert_eq!(dead(&simulation), [false, true, true, true]);
    simulation.apply(Edit::HealArea(Area::region(1)));
    assert_eq!(dead(&simulation), [false; 4]);
    // Clients do not die.
    simulation.apply(Edit::KillArea(Area::region(0)));
    assert_eq!(dead(&simulation), [false; 4]);
    simulation.apply(Edit::KillTogether(vec![NodeId(2), NodeId(3)]));
    assert_eq!(dead(&simulation), [false, false, true, true]);
    simulation.run_until(at(60_000), u64::MAX);
    assert_eq!(totals(&simulation).in_flight, 1);
}

#[test]
fn an_edit_of_the_system_keeps_the_partition() {
    let mut simulation = Simulation::new(&system(even(10.0)));
    let apart = Edit::Partition(Area::region(0), Area::region(1));
    simulation.apply(apart);
    simulation.apply(Edit::Reconfigure(system(even(20.0))));
    simulation.run_until(at(5_000), u64::MAX);
    assert_eq!(totals(&simulation).answered(), 0);
    simulation.run_until(at(40_000), u64::MAX);
    assert!(failed(&simulation, FailureReason::ConnectionLost) > 100);
    simulation.apply(Edit::Reconfigure(system(even(0.0))));
    simulation.run_until(at(80_000), u64::MAX);
    assert_eq!(totals(&simulation).in_flight, 0);
}
