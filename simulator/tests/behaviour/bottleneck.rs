//! Which node is to blame, from the moment from which it is.

use simulator::{
    Bottleneck, Edit, NodeId, NodeKind, Policy, Scenario, Server, SimDuration, Simulation,
};

use crate::support::{System, database, dns, server};
use crate::system::{USERS, WEB, at, constant, even, metronome, pool, run, single, steady};

const DB: NodeId = NodeId(2);

fn web_and_database(rate: f64) -> Scenario {
    System::new(1)
        .node("users", even(rate))
        .node("web", NodeKind::Server(server(1, constant(8.0))))
        .node("db", database(1, constant(1.0)))
        .link("users", "web", 1.0)
        .link("web", "db", 0.0)
        .build()
}

fn blamed(simulation: &Simulation) -> Option<Bottleneck> {
    simulation.snapshot().bottleneck
}

#[test]
fn a_dead_database_is_to_blame_and_not_the_server_that_works_in_vain() {
    let mut simulation = run(&web_and_database(100.0), 5_000);
    assert_eq!(blamed(&simulation).map(Bottleneck::node), Some(WEB));
    simulation.apply(Edit::Kill(DB));
    simulation.run_until(at(5_050), u64::MAX);
    assert_eq!(blamed(&simulation), Some(Bottleneck::Down(DB)));
    simulation.apply(Edit::Heal(DB));
    assert_eq!(blamed(&simulation).map(Bottleneck::node), Some(WEB));
}

#[test]
fn a_dead_node_that_nobody_asks_is_not_to_blame() {
    let mut simulation = Simulation::new(&pool(100.0, 1, 1));
    let web_1 = NodeId(2);
    simulation.apply(Edit::Kill(web_1));
    simulation.run_until(at(90), u64::MAX);
    assert_eq!(blamed(&simulation), None, "no request has come yet");

    // A fresh run in which checks take long to find out.
    let mut simulation = Simulation::new(&pool(2_000.0, 1, 1));
    simulation.apply(Edit::Kill(web_1));
    simulation.run_until(at(900), u64::MAX);
    assert_eq!(blamed(&simulation), Some(Bottleneck::Down(web_1)));
    simulation.run_until(at(2_000), u64::MAX);
    assert_eq!(blamed(&simulation), None, "the balancer goes round it");
}

#[test]
fn where_all_servers_are_dead_and_known_to_be_they_are_still_to_blame() {
    let mut simulation = Simulation::new(&pool(1_000.0, 1, 1));
    for server in [2, 3] {
        simulation.apply(Edit::Kill(NodeId(server)));
    }
    simulation.run_until(at(5_000), u64::MAX);
    assert!(matches!(
        blamed(&simulation),
        Some(Bottleneck::Down(NodeId(2 | 3)))
    ));
}

#[test]
fn a_dead_name_server_is_to_blame_once_addresses_have_expired() {
    let scenario = System::new(1)
        .node("users", metronome(None))
        .node("web", NodeKind::Server(server(1, constant(1.0))))
        .node("dns", dns(1.0, 1_000.0))
        .link("users", "web", 1.0)
        .link("users", "dns", 1.0)
        .build();
    let mut simulation = run(&scenario, 500);
    simulation.apply(Edit::Kill(NodeId(2)));
    simulation.run_until(at(1_000), u64::MAX);
    assert_eq!(blamed(&simulation), None, "everybody knows the address");
    simulation.run_until(at(2_000), u64::MAX);
    assert_eq!(blamed(&simulation), Some(Bottleneck::Down(NodeId(2))));
}

#[test]
fn a_sudden_load_is_seen_from_its_queue_long_before_the_utilisation_rises() {
    let mut simulation = run(&steady(10.0, 10.0, 1.0), 10_000);
    assert_eq!(blamed(&simulation), None);
    simulation.apply(Edit::Reconfigure(steady(1_000.0, 10.0, 1.0)));
    simulation.run_until(at(10_100), u64::MAX);
    let snapshot = simulation.snapshot();
    assert!(snapshot.nodes[WEB.index()].utilisation < 0.5);
    let waiting = snapshot.nodes[WEB.index()].queued;
    assert!(waiting > 50);
    assert_eq!(
        snapshot.bottleneck,
        Some(Bottleneck::BackedUp { node: WEB, waiting })
    );
}

#[test]
fn a_full_queue_is_evidence_however_short_it_is() {
    let web = Server {
        queue_limit: 1,
        ..server(1, constant(250.0))
    };
    let simulation = run(&single(None, web), 320);
    assert_eq!(
        blamed(&simulation),
        Some(Bottleneck::BackedUp {
            node: WEB,
            waiting: 1
        })
    );
}

#[test]
fn otherwise_the_busiest_node_from_half_busy_on_and_of_equals_the_first() {
    assert_eq!(blamed(&run(&steady(40.0, 10.0, 1.0), 10_000)), None);
    let busy = run(&steady(60.0, 10.0, 1.0), 10_000);
    let Some(Bottleneck::Busy { node, utilisation }) = blamed(&busy) else {
        panic!("{:?}", blamed(&busy));
    };
    assert_eq!(node, WEB);
    assert!((utilisation - 0.6).abs() < 0.01, "{utilisation}");

    let mut nodes = busy.snapshot().nodes;
    nodes.push(nodes[WEB.index()].clone());
    assert_eq!(
        simulator::bottleneck(&nodes, SimDuration::from_secs(10)).map(Bottleneck::node),
        Some(WEB)
    );
    nodes[WEB.index()].utilisation = f64::NAN;
    assert_eq!(simulator::busiest(&nodes), Some((NodeId(2), utilisation)));
    assert_eq!(
        simulator::busiest(&nodes[..1]),
        None,
        "{USERS:?} have no workers"
    );
}

#[test]
fn a_dead_balancer_is_to_blame() {
    let scenario = System::new(1)
        .node("users", metronome(None))
        .balancer(Policy::RoundRobin, None)
        .link("users", "balancer", 1.0)
        .tier(2, "balancer", None, &server(1, constant(1.0)))
        .build();
    let mut simulation = Simulation::new(&scenario);
    simulation.apply(Edit::Kill(WEB));
    simulation.run_until(at(200), u64::MAX);
    assert_eq!(blamed(&simulation), Some(Bottleneck::Down(NodeId(1))));
}
