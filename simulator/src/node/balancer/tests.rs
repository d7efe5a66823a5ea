//! Sessions: those that stick, and those that are hashed.

use std::collections::BTreeMap;

use crate::distribution::Distribution;
use crate::scenario::{
    Arrivals, Balancer, Clients, Link, Node, NodeId, NodeKind, Policy, Scenario, Server, Sticky,
    StickyMemory, WhenFull,
};
use crate::simulation::{Edit, Simulation};
use crate::snapshot::{BalancerDetails, Details};
use crate::step::Happening;
use crate::time::{SimDuration, SimTime};

const BALANCER: NodeId = NodeId(1);

/// Requests over a balancer to the servers `web-<name>`, each with a weight.
fn system(rate: f64, arrivals: Arrivals, balancer: &Balancer, servers: &[(u32, u32)]) -> Scenario {
    let users = Clients {
        rate,
        arrivals,
        read_share: 1.0,
        ..Clients::default()
    };
    let web = Server {
        workers: 1,
        service_time: Distribution::Exponential {
            mean: SimDuration::from_millis(10),
        },
        queue_limit: 10_000,
        when_full: WhenFull::Fail,
        queries: 0,
        ..Server::default()
    };
    let node = |name: String, kind| Node::new(name, kind);
    let mut nodes = vec![
        node("users".to_owned(), NodeKind::Clients(users)),
        node("balancer".to_owned(), NodeKind::Balancer(balancer.clone())),
    ];
    // A way before the balancer: on it, requests are given their sessions.
    let way = SimDuration::from_millis(1);
    let mut links = vec![Link::new(NodeId(0), BALANCER, way)];
    for (place, &(name, weight)) in (2..).zip(servers) {
        nodes.push(node(format!("web-{name}"), NodeKind::Server(web.clone())));
        links.push(Link {
            weight,
            ..Link::new(BALANCER, NodeId(place), SimDuration::ZERO)
        });
    }
    let slo = SimDuration::from_secs(1);
    Scenario::try_new(1, slo, nodes, links).expect("every value is in range")
}

/// Goes on until `until`, giving each new request the session that `session` says for its number;
/// tells to which place each of them was sent.
fn run(
    simulation: &mut Simulation,
    until: SimTime,
    mut session: impl FnMut(u64) -> u64,
) -> Vec<(u64, NodeId)> {
    let mut sent = Vec::new();
    while simulation.now() < until {
        let Some(step) = simulation.step() else {
            break;
        };
        let Some(number) = step.request else {
            continue;
        };
        let slots = simulation.requests.slots_mut();
        let it = slots.iter_mut().find(|it| it.number == number);
        match (step.what, it) {
            (Happening::Sent, Some(it)) => it.session = session(number),
            (Happening::Forwarded { to: Some(to) }, Some(it)) => sent.push((it.session, to)),
            _ => {}
        }
    }
    sent
}

fn details(simulation: &Simulation) -> BalancerDetails {
    match simulation.snapshot().nodes[BALANCER.index()].details {
        Details::Balancer(details) => details,
        _ => panic!("a balancer has a balancer's details"),
    }
}

fn sticky(policy: Policy, memory: StickyMemory) -> Balancer {
    Balancer {
        policy,
        sticky: Some(Sticky {
            lifetime: SimDuration::from_secs(60),
            memory,
        }),
        ..Balancer::default()
    }
}

/// In which places each session was served.
fn places(sent: &[(u64, NodeId)]) -> BTreeMap<u64, Vec<NodeId>> {
    let mut places: BTreeMap<u64, Vec<NodeId>> = BTreeMap::new();
    for &(session, place) in sent {
        let seen = places.entry(session).or_default();
        if !seen.contains(&place) {
            seen.push(place);
        }
    }
    places
}

#[test]
fn a_session_stays_with_its_server_while_others_come_and_go() {
    for policy in Policy::ALL {
        let balancer = sticky(policy, StickyMemory::Cookie);
        let three = system(
            100.0,
            Arrivals::Poisson,
            &balancer,
            &[(1, 1), (2, 1), (3, 1)],
        );
        let more = [(1, 1), (2, 1), (3, 1), (4, 1)];
        let four = system(100.0, Arrivals::Poisson, &balancer, &more);
        let mut simulation = Simulation::new(&three);
        let twenty = |number| number % 20 + 1;
        let mut sent = run(&mut simulation, SimTime::from_secs(5), twenty);
        simulation.apply(Edit::Reconfigure(four));
        sent.extend(run(&mut simulation, SimTime::from_secs(10), twenty));
        let places = places(&sent);
        assert_eq!(places.len(), 20);
        assert!(places.values().all(|seen| seen.len() == 1), "{policy:?}");
        // More than one server is used, or there is nothing to stick to.
        assert!(
            places.values().any(|seen| seen != &places[&1]),
            "{policy:?}"
        );
        assert_eq!(details(&simulation).sessions, 20);
        assert_eq!(details(&simulation).moved_sessions, 0);
    }
}

/// Article 3.7, E2: of N servers one dies, and one of N sessions loses what it had there.
#[test]
fn a_server_that_dies_costs_its_sessions_once() {
    let balancer = Balancer {
        passive_check: Some(crate::balance::PassiveCheck {
            max_fails: 1,
            fail_timeout: SimDuration::from_secs(3_600),
        }),
        next_server: Some(crate::scenario::NextServer::default()),
        ..sticky(Policy::RoundRobin, StickyMemory::Cookie)
    };
    let servers = [(1, 1), (2, 1), (3, 1), (4, 1)];
    let scenario = system(100.0, Arrivals::Even, &balancer, &servers);
    let mut simulation = Simulation::new(&scenario);
    let forty = |number| number % 40 + 1;
    run(&mut simulation, SimTime::from_secs(5), forty);
    simulation.apply(Edit::Kill(NodeId(2)));
    run(&mut simulation, SimTime::from_secs(10), forty);
    assert_eq!(details(&simulation).moved_sessions, 10);
    // Without sessions nobody notices.
    let mut simulation = Simulation::new(&scenario);
    run(&mut simulation, SimTime::from_secs(5), |_| 0);
    simulation.apply(Edit::Kill(NodeId(2)));
    run(&mut simulation, SimTime::from_secs(10), |_| 0);
    assert_eq!(details(&simulation).moved_sessions, 0);
    assert_eq!(details(&simulation).sessions, 0);
}

#[test]
fn a_drained_server_keeps_its_sessions_and_gets_no_new_ones() {
    let balancer = sticky(Policy::RoundRobin, StickyMemory::Cookie);
    let weights = |weight| {
        let servers = [(1, weight), (2, 1)];
        system(100.0, Arrivals::Even, &balancer, &servers)
    };
    let mut simulation = Simulation::new(&weights(1));
    let old = run(&mut simulation, SimTime::from_secs(2), |n| n % 10 + 1);
    simulation.apply(Edit::Reconfigure(weights(0)));
    let new = run(&mut simulation, SimTime::from_secs(4), |n| n % 20 + 1);
    let (before, after) = (places(&old), places(&new));
    for (session, seen) in &after {
        let expected = before.get(session).cloned().unwrap_or(vec![NodeId(3)]);
        assert_eq!(seen, &expected, "session {session}");
    }
    assert_eq!(
        before
            .values()
            .filter(|seen| seen[..] == [NodeId(2)])
            .count(),
        5
    );
    // Taken out for good, it is left at once.
    let gone = system(100.0, Arrivals::Even, &balancer, &[(2, 1)]);
    simulation.apply(Edit::Reconfigure(gone));
    let last = run(&mut simulation, SimTime::from_secs(6), |n| n % 20 + 1);
    assert!(last.iter().all(|&(_, place)| place == NodeId(2)));
    assert_eq!(details(&simulation).moved_sessions, 5);
    assert_eq!(simulation.snapshot().totals.failed.total(), 0);
}

#[test]
fn a_cookie_survives_the_balancer_and_a_table_does_not() {
    for (memory, left) in [(StickyMemory::Cookie, 10), (StickyMemory::Table, 0)] {
        let balancer = sticky(Policy::Random, memory);
        let scenario = system(100.0, Arrivals::Even, &balancer, &[(1, 1), (2, 1)]);
        let mut simulation = Simulation::new(&scenario);
        run(&mut simulation, SimTime::from_secs(1), |n| n % 10 + 1);
        assert_eq!(details(&simulation).sessions, 10);
        simulation.apply(Edit::Kill(BALANCER));
        assert_eq!(details(&simulation).sessions, left);
        simulation.apply(Edit::Heal(BALANCER));
        assert_eq!(details(&simulation).sessions, left);
    }
}

/// Article 3.7, M1: three servers become four. The new one gets new sessions alone, so after t its
/// share is ¼ · (1 - e^(-t/τ)) for sessions of the mean length τ: 9.8 %, 15.8 % and 23.8 % after half
/// of τ, all of it and three times as long.
#[test]
fn after_scaling_out_a_new_server_gets_only_new_sessions() {
    let balancer = sticky(Policy::RoundRobin, StickyMemory::Cookie);
    let servers = [(1, 1), (2, 1), (3, 1), (4, 1)];
    let before = system(200.0, Arrivals::Poisson, &balancer, &servers[..3]);
    let after = system(200.0, Arrivals::Poisson, &balancer, &servers);
    let mut simulation = Simulation::new(&before);
    // 400 users, each of whom begins a new session with every twentieth request or so: with half a
    // request a second each, τ is 40 s.
    let mut generations = [0_u64; 400];
    let mut random = crate::random::Stream::new(5, "test", crate::random::Purpose::Work);
    let mut session = move |_| {
        let user = random.below(400);
        if random.below(20) == 0 {
            generations[user] += 1;
        }
        generations[user] * 400 + user as u64 + 1
    };
    run(&mut simulation, SimTime::from_secs(40), &mut session);
    simulation.apply(Edit::Reconfigure(after));
    for (seconds, share) in [(20, 0.098_f64), (40, 0.158), (120, 0.238)] {
        run(
            &mut simulation,
            SimTime::from_secs(40 + seconds - 5),
            &mut session,
        );
        let sent = run(
            &mut simulation,
            SimTime::from_secs(40 + seconds + 5),
            &mut session,
        );
        let news = sent
            .iter()
            .filter(|&&(_, place)| place == NodeId(5))
            .count();
        let got = news as f64 / sent.len() as f64;
        println!("{seconds} s after scaling out: {got:.3}, the article says {share}");
        // Sessions, not requests, are the sample: about 400 of them at a time.
        let error = 4.5 * (share * (1.0 - share) / 400.0).sqrt();
        assert!((got - share).abs() < error, "{got} against {share}");
    }
}

/// Article 3.7, E4: four servers share what would keep one busy for 2.1 of its time, a quarter of it
/// from one user.
#[test]
fn by_hash_of_the_user_a_whale_fills_one_server_and_sticks_to_it() {
    const WHALE: f64 = 0.5 / 2.1;
    let servers = [(1, 1), (2, 1), (3, 1), (4, 1)];
    for (policy, utilisations) in [
        (Policy::Rendezvous, [0.9, 0.4, 0.4, 0.4]),
        (Policy::HashModulo, [0.9, 0.4, 0.4, 0.4]),
        (Policy::Random, [0.525; 4]),
    ] {
        let balancer = Balancer {
            policy,
            ..Balancer::default()
        };
        let scenario = system(210.0, Arrivals::Poisson, &balancer, &servers);
        let mut simulation = Simulation::new(&scenario);
        let mut random = crate::random::Stream::new(5, "test", crate::random::Purpose::Work);
        let session = move |number| {
            let is_whale = random.uniform() < WHALE;
            if is_whale { 1 } else { number + 2 }
        };
        let sent = run(&mut simulation, SimTime::from_secs(200), session);
        let measured = simulation.measurement();
        let mut busy: Vec<f64> = measured.nodes[2..]
            .iter()
            .map(|it| it.utilisation)
            .collect();
        busy.sort_by(|a, b| b.total_cmp(a));
        println!("{policy:?}: {busy:.3?}");
        for (got, expected) in busy.iter().zip(utilisations) {
            // Work of a Poisson number of services of 10 ms in 200 s: 4.5 standard errors.
            let error = 4.5 * (2.0 * expected * 0.01 / 200.0_f64).sqrt();
            assert!((got - expected).abs() < error, "{policy:?}: {busy:?}");
        }
        let homes = places(&sent)[&1].len();
        assert_eq!(homes, if policy == Policy::Random { 4 } else { 1 });
    }
}

/// On a ring and by bids, a server that leaves gives away its own sessions alone; modulo the number,
/// three of four move.
#[test]
fn consistent_hashing_moves_few_sessions_when_a_server_leaves() {
    let web_3 = "web-3".to_owned();
    for (policy, share) in [
        (Policy::HashRing, 0.25_f64),
        (Policy::Rendezvous, 0.25),
        (Policy::HashModulo, 0.75),
    ] {
        let balancer = Balancer {
            policy,
            ..Balancer::default()
        };
        let all = [(1, 1), (2, 1), (3, 1), (4, 1)];
        // One less, in another order.
        let fewer = [(4, 1), (1, 1), (2, 1)];
        let scenario = |servers| system(500.0, Arrivals::Even, &balancer, servers);
        let mut simulation = Simulation::new(&scenario(&all));
        let mut homes = |servers, until| {
            simulation.apply(Edit::Reconfigure(scenario(servers)));
            let until = SimTime::from_secs(until);
            let sent = run(&mut simulation, until, |number| number % 500 + 1);
            let nodes = simulation.scenario().nodes();
            let named =
                |(session, place): (u64, NodeId)| (session, nodes[place.index()].name.clone());
            sent.into_iter().map(named).collect::<BTreeMap<_, _>>()
        };
        let (before, after) = (homes(&all, 2), homes(&fewer, 4));
        let moved = before
            .iter()
            .filter(|&(session, name)| after[session] != *name);
        let moved: Vec<&String> = moved.map(|(_, name)| name).collect();
        let got = moved.len() as f64 / 500.0;
        println!("{policy:?}: {got} of the sessions moved, theory {share}");
        assert!((got - share).abs() < 4.5 * (share * (1.0 - share) / 500.0).sqrt());
        let is_its_own = moved.iter().all(|name| **name == web_3);
        assert_eq!(is_its_own, policy != Policy::HashModulo);
        assert!(after.values().all(|name| *name != web_3));
    }
}
