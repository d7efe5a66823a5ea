//! A content delivery network: edges near the clients, each with copies of its own.

use crate::call::Place;
use crate::distribution::{Sampler, scaled};
use crate::event::Event;
use crate::node::copies::{self, Copies};
use crate::node::spread::Spread;
use crate::outcome::FailureReason;
use crate::random::Draws;
use crate::scenario::{Cdn, NodeKind, Urls};
use crate::simulation::{NodeSlot, NodeState, Reply, Simulation};
use crate::step::Happening;

/// The occasions on which a call draws how long an edge takes, and whether its answer may be kept.
const EDGE_TIME: u32 = 4;
const CACHEABLE: u32 = 21;

/// The purpose of this kind's only alarm: what is held is purged.
const PURGE: u32 = 1 << 24;

/// What a network remembers.
#[derive(Clone, Debug)]
pub(crate) struct CdnState {
    seed: u64,
    /// By the region of the clients, as far as requests have come from there.
    pub(crate) edges: Vec<Copies>,
    edge_time: Sampler,
    source: Spread,
    /// Counts deployments: of several purges only the last one is meant.
    generation: u32,
}

impl CdnState {
    pub(crate) fn new(seed: u64, cdn: &Cdn) -> Self {
        Self {
            seed,
            edges: Vec::new(),
            edge_time: Sampler::new(&cdn.edge_time),
            source: Spread::default(),
            generation: 0,
        }
    }

    const fn alarm(&self) -> u32 {
        PURGE | self.generation & (PURGE - 1)
    }
}

fn parts(slot: &mut NodeSlot) -> (&mut CdnState, &Cdn) {
    match (&mut slot.state, &slot.parameters) {
        (NodeState::Cdn(state), NodeKind::Cdn(cdn)) => (state, cdn),
        _ => unreachable!("a slot's state and parameters are of its kind"),
    }
}

pub(super) fn on_call(simulation: &mut Simulation, node: u32, call: u32) {
    let now = simulation.now();
    let it = simulation.calls.get_mut(call);
    let slot = &mut simulation.nodes[node as usize];
    open_edges(slot, simulation.requests.get(it.request).region);
    let slowness = slot.slowness();
    let (state, cdn) = parts(slot);
    let way = simulation.links[it.link as usize].latency;
    let connecting = (way + way).saturating_mul(cdn.handshake.round_trips());
    it.travelled += connecting;
    let time = state.edge_time.sample(&mut Draws::new(it.key, EDGE_TIME));
    let service = scaled(time, slowness);
    simulation.hold(call, Place::Served, now + connecting + service);
    simulation.note_call(node, call, Happening::Started { service });
}

/// Opens the edges up to that of `region`.
fn open_edges(slot: &mut NodeSlot, region: u8) {
    let (NodeState::Cdn(state), NodeKind::Cdn(cdn)) = (&mut slot.state, &slot.parameters) else {
        return;
    };
    while state.edges.len() <= usize::from(region) {
        let name = format!("{} {}", slot.name, state.edges.len());
        let mut edge = Copies::new(state.seed, &name, &cdn.caching);
        edge.source = state.source.clone();
        state.edges.push(edge);
    }
}

pub(super) fn on_served(simulation: &mut Simulation, node: u32, call: u32) {
    simulation.nodes[node as usize].meter.served += 1;
    if !is_cacheable(simulation, node, call) {
        pass_on(simulation, node, call);
    } else if !copies::read(simulation, node, call) {
        copies::fetch(simulation, node, call);
    }
}

/// Whether the answer to a call may be kept, which is a property of what it asks for.
fn is_cacheable(simulation: &Simulation, node: u32, call: u32) -> bool {
    let it = simulation.calls.get(call);
    let share = match &simulation.nodes[node as usize].parameters {
        NodeKind::Cdn(cdn) => cdn.cacheable_share,
        _ => 0.0,
    };
    !it.is_write && Draws::new(it.key, CACHEABLE).uniform() <= share
}

fn pass_on(simulation: &mut Simulation, node: u32, call: u32) {
    let it = simulation.calls.get(call);
    let (state, _) = parts(&mut simulation.nodes[node as usize]);
    match state.source.link(it.item, it.key) {
        Some(link) => {
            simulation.forward(call, link);
            simulation.note_call(node, call, Happening::PassedOn);
        }
        None => simulation.fail(node, call, FailureReason::NoRoute),
    }
}

pub(super) fn on_reply(simulation: &mut Simulation, node: u32, call: u32, reply: Reply) {
    if is_cacheable(simulation, node, call) {
        copies::on_reply(simulation, node, call, reply);
    } else {
        simulation.pass_back(call, reply);
        simulation.note_call(node, call, Happening::PassedBack);
    }
}

/// The origin has a new version: what is held is outdated, and either nobody asks for it any more or
/// everybody still does.
pub(super) fn on_deployment(simulation: &mut Simulation, node: u32) {
    let now = simulation.now();
    let (state, cdn) = parts(&mut simulation.nodes[node as usize]);
    let is_versioned = cdn.urls == Urls::Versioned;
    state.generation = state.generation.wrapping_add(1);
    for edge in &mut state.edges {
        edge.invalidate(now, is_versioned);
    }
    let alarm = state.alarm();
    if let Some(delay) = cdn.purge_delay.filter(|_| !is_versioned) {
        simulation.schedule(now + delay, Event::Alarm { node, alarm });
    }
}

pub(super) fn on_alarm(simulation: &mut Simulation, node: u32, alarm: u32) {
    let (state, _) = parts(&mut simulation.nodes[node as usize]);
    if state.alarm() == alarm {
        copies::on_flush(simulation, node);
    }
}

pub(super) fn on_reconfigured(simulation: &mut Simulation, node: u32) {
    let now = simulation.now();
    let slot = &simulation.nodes[node as usize];
    let source = Spread::new(slot.links.clone(), &simulation.links, &simulation.nodes);
    let slot = &mut simulation.nodes[node as usize];
    if let (NodeKind::Cdn(cdn), NodeState::Cdn(state)) = (&slot.parameters, &mut slot.state) {
        state.edge_time = Sampler::new(&cdn.edge_time);
        for edge in &mut state.edges {
            edge.configure(now, &cdn.caching);
            edge.source = source.clone();
        }
        state.source = source;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::{
        Arrivals, CacheContent, CachedKeys, Caching, Clients, Link, Node, NodeId, Scenario,
    };
    use crate::snapshot::Details;
    use crate::time::{SimDuration, SimTime};

    /// One request a second for the same page, and 100 ms to an origin.
    fn scenario() -> Scenario {
        let clients = Clients {
            rate: 1.0,
            arrivals: Arrivals::Even,
            keys: 1,
            read_share: 1.0,
            ..Clients::default()
        };
        let cdn = Cdn {
            caching: Caching {
                content: CacheContent::Keys(CachedKeys::default()),
                ..Caching::default()
            },
            ..Cdn::default()
        };
        let node = |name: &str, kind| Node::new(name.to_owned(), kind);
        let link = |from, to, millis| {
            let latency = SimDuration::from_millis(millis);
            Link::new(NodeId(from), NodeId(to), latency)
        };
        let nodes = vec![
            node("users", NodeKind::Clients(clients)),
            node("cdn", NodeKind::Cdn(cdn)),
            node("objects", NodeKind::ObjectStore(Default::default())),
        ];
        let links = vec![link(0, 1, 10), link(1, 2, 50)];
        Scenario::try_new(1, SimDuration::from_secs(1), nodes, links).expect("sound")
    }

    #[test]
    fn each_region_has_an_edge_with_copies_of_its_own() {
        let mut simulation = Simulation::new(&scenario());
        for (second, region) in [(1, 2), (2, 2), (3, 0), (4, 2), (5, 0), (6, 1)] {
            simulation.run_until(SimTime::from_secs(second), u64::MAX);
            // There is one request at a time, so all have the first slot.
            simulation.requests.get_mut(0).region = region;
        }
        simulation.run_until(SimTime::from_nanos(6_900_000_000), u64::MAX);
        let Details::Cdn(edges) = &simulation.snapshot().nodes[1].details else {
            panic!("no edges");
        };
        let seen: Vec<_> = edges
            .iter()
            .map(|edge| (edge.entries, edge.measured.hits, edge.measured.misses))
            .collect();
        assert_eq!(seen, [(1, 1, 1), (1, 0, 1), (1, 2, 1)]);
        let all = simulation.measurement().nodes[1].cache.expect("a network");
        assert_eq!((all.hits, all.misses), (3, 3));
    }
}
