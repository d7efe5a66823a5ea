//! What runs cost.

use simulator::cost::{Bill, Line, MicroDollars, NodeCost, Price, price};
use simulator::{Edit, Node, NodeId, NodeKind, Scenario, ScenarioError, SimDuration, Simulation};

use crate::support::{database, server};
use crate::system::{at, constant, even, run};

const HOUR: u64 = 3_600_000;

fn listed(name: &str) -> Option<&'static Price> {
    Some(price(name).expect("listed"))
}

fn machines(name: &str, count: u32) -> NodeCost {
    NodeCost::of_machines(name, count).expect("listed")
}

/// Users who call a web server that asks a database, each with its cost.
fn scenario(rate: f64, web: Option<NodeCost>, db: Option<NodeCost>) -> Scenario {
    let node = |name: &str, kind, cost| Node {
        cost,
        ..Node::new(name, kind)
    };
    let link = |from, to| simulator::Link::new(NodeId(from), NodeId(to), SimDuration::ZERO);
    let web_kind = NodeKind::Server(server(100, constant(1.0)));
    let nodes = vec![
        node("users", even(rate), None),
        node("web", web_kind, web),
        node("db", database(100, constant(1.0)), db),
    ];
    let slo = SimDuration::from_millis(200);
    Scenario::try_new(1, slo, nodes, vec![link(0, 1), link(1, 2)]).expect("valid")
}

/// The items of a bill: name and micro-dollars.
fn items(bill: &Bill) -> Vec<(&'static str, u64)> {
    let item = |line: &Line| (line.price.name, line.amount().0);
    bill.lines().iter().map(item).collect()
}

#[test]
fn without_prices_nothing_is_owed() {
    let simulation = run(&scenario(100.0, None, None), 2_000);
    assert_eq!(simulation.bill(), Bill::default());
    assert_eq!(simulation.bill().total(), MicroDollars(0));
}

#[test]
fn five_machines_for_a_month_cost_what_the_article_says() {
    // Article, 3.12: 5 × m7i.large × 730 h.
    let web = machines("m7i.large", 5);
    let simulation = run(&scenario(0.0, Some(web), None), 730 * HOUR);
    assert_eq!(items(&simulation.bill()), [("m7i.large", 367_920_000)]);
    // A second of it, stretched to a month, is the same.
    let second = run(&scenario(100.0, Some(web), None), 1_000);
    let covered = second.measurement().duration;
    let month = second.bill().monthly(covered).expect("a second");
    assert_eq!(month.total(), MicroDollars(367_920_000));
}

#[test]
fn traffic_is_paid_by_the_good_answers_and_use_by_all_calls() {
    let web = NodeCost {
        traffic: listed("internet egress"),
        answer_bytes: 1_000_000,
        ..NodeCost::default()
    };
    let db = NodeCost {
        calls: listed("queue requests"),
        storage: listed("zonal SSD"),
        stored_bytes: 1_000_000_000_000,
        ..NodeCost::default()
    };
    let mut simulation = Simulation::new(&scenario(1_000.0, Some(web), Some(db)));
    simulation.run_until(at(10_005), u64::MAX);
    // The web server goes on asking; nothing of what fails leaves it.
    simulation.apply(Edit::Kill(NodeId(2)));
    simulation.run_until(at(20_005), u64::MAX);
    let bill = simulation.bill();
    let units: Vec<f64> = bill.lines().iter().map(Line::units).collect();
    // 2 ms after it was sent, an answer leaves; the database is called after 1 ms.
    assert!((units[0] - 10.003).abs() < 1e-9, "gigabytes: {units:?}");
    assert!(
        (units[1] - 0.020_004).abs() < 1e-12,
        "million calls: {units:?}"
    );
    let month = 20.005 / (730.0 * 3_600.0);
    assert!((units[2] - 1_000.0 * month).abs() < 1e-9, "{units:?}");
    assert_eq!(items(&bill)[0], ("internet egress", 1_000_300));
    // 0.4 dollars a million.
    assert_eq!(items(&bill)[1], ("queue requests", 8_002));
    let answered = simulation.measurement().tally.answered();
    let per_million = bill.per_million(answered).expect("some").0;
    assert_eq!(per_million, bill.total().0 * 1_000_000 / answered);
}

#[test]
fn the_dead_are_paid_for_and_the_taken_away_are_not() {
    let cost = Some(machines("m7i.large", 1));
    let mut simulation = Simulation::new(&scenario(0.0, cost, cost));
    simulation.apply(Edit::Kill(NodeId(1)));
    simulation.run_until(at(HOUR), u64::MAX);
    assert_eq!(simulation.bill().total(), MicroDollars(201_600));
    let users = vec![Node::new("users", even(0.0))];
    let slo = SimDuration::from_millis(200);
    let empty = Scenario::try_new(1, slo, users, Vec::new()).expect("valid");
    simulation.apply(Edit::Reconfigure(empty));
    simulation.run_until(at(2 * HOUR), u64::MAX);
    assert_eq!(simulation.bill().total(), MicroDollars(201_600));
    simulation.apply(Edit::Reconfigure(scenario(0.0, cost, None)));
    simulation.run_until(at(3 * HOUR), u64::MAX);
    assert_eq!(simulation.bill().total(), MicroDollars(302_400));
}

#[test]
fn an_edit_changes_prices_from_then_on() {
    let mut simulation = Simulation::new(&scenario(0.0, Some(machines("m7i.large", 2)), None));
    for (hour, (name, count)) in [("m7i.large", 3), ("m7g.large", 3), ("m7i.large", 1)]
        .into_iter()
        .enumerate()
    {
        simulation.run_until(at(HOUR * (hour as u64 + 1)), u64::MAX);
        let web = Some(machines(name, count));
        simulation.apply(Edit::Reconfigure(scenario(0.0, web, None)));
    }
    simulation.run_until(at(4 * HOUR), u64::MAX);
    let expected = [("m7i.large", 6 * 100_800), ("m7g.large", 3 * 81_600)];
    assert_eq!(items(&simulation.bill()), expected);
}

#[test]
fn a_bill_begins_with_its_measurement() {
    let web = NodeCost {
        traffic: listed("CDN egress"),
        answer_bytes: 1_000_000_000,
        ..machines("m7i.large", 1)
    };
    let mut simulation = Simulation::new(&scenario(10.0, Some(web), None));
    simulation.measure_from(at(HOUR));
    simulation.run_until(at(HOUR + 1_050), u64::MAX);
    // A gigabyte for each answer since, that to the request of the very moment included.
    let expected = [("m7i.large", 29), ("CDN egress", 11 * 50_000)];
    assert_eq!(items(&simulation.bill()), expected);
    simulation.begin_measurement();
    assert_eq!(simulation.bill().total(), MicroDollars(0));
}

#[test]
fn bandwidth_and_not_machines_is_the_bill_of_a_million_users() {
    // Article, 3.12 and defaults, 2.6: a million users, ten pages a day of 71 requests and 2.65 MB, are
    // 8,218 requests a second and 795 TB in 30 days; a month here has 730 hours.
    let web = NodeCost {
        traffic: listed("internet egress"),
        answer_bytes: 2_650_000 / 71,
        ..machines("m7i.large", 5)
    };
    let simulation = run(&scenario(8_218.0, Some(web), None), 5_000);
    let covered = simulation.measurement().duration;
    let month = simulation.bill().monthly(covered).expect("five seconds");
    let [(_, machines), (_, egress)] = items(&month)[..] else {
        panic!("two items: {month:?}");
    };
    assert_eq!(machines, 367_920_000);
    let expected = 79_500.0 * 730.0 / 720.0;
    assert!(
        (egress as f64 / 1e6 / expected - 1.0).abs() < 0.002,
        "{egress}"
    );
}

#[test]
fn a_store_for_a_million_costs_less_than_a_thousand_dollars_without_traffic() {
    // Article, 3.12: 5 × m7i.large, a pair of databases, a cache: $0.85 to 1.0 thousand a month.
    let parts = [
        machines("m7i.large", 5),
        machines("managed database", 2),
        machines("managed cache", 1),
    ];
    let total: u64 = parts
        .iter()
        .map(|&cost| {
            let simulation = run(&scenario(0.0, Some(cost), None), 730 * HOUR);
            simulation.bill().total().0
        })
        .sum();
    // 367.92 + 350.40 + 113.15; the balancer's gigabytes make the rest.
    assert_eq!(total, 831_470_000);
}

#[test]
fn a_price_of_another_unit_is_refused_by_name() {
    let default = NodeCost::default();
    for (cost, parameter) in [
        (
            NodeCost {
                machine: listed("logs"),
                ..default
            },
            "machine",
        ),
        (
            NodeCost {
                machines: 10_001,
                ..default
            },
            "machines",
        ),
        (
            NodeCost {
                traffic: listed("CPU"),
                ..default
            },
            "traffic",
        ),
        (
            NodeCost {
                answer_bytes: 2_000_000_000,
                ..default
            },
            "answer_bytes",
        ),
        (
            NodeCost {
                calls: listed("logs"),
                ..default
            },
            "calls",
        ),
        (
            NodeCost {
                storage: listed("logs"),
                ..default
            },
            "storage",
        ),
        (
            NodeCost {
                stored_bytes: u64::MAX,
                ..default
            },
            "stored_bytes",
        ),
    ] {
        let node = Node {
            cost: Some(cost),
            ..Node::new("users", even(1.0))
        };
        let slo = SimDuration::from_millis(200);
        let errors = Scenario::try_new(1, slo, vec![node], Vec::new()).expect_err("refused");
        let [
            ScenarioError::OutOfRange {
                parameter: named, ..
            },
        ] = errors[..]
        else {
            panic!("one fault: {errors:?}");
        };
        assert_eq!(named, parameter);
    }
    assert_eq!(NodeCost::of_machines("abacus", 1), None);
}
