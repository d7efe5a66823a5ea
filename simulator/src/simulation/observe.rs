//! What can be seen of a run without disturbing it.

use std::collections::VecDeque;

use crate::bottleneck::bottleneck;
use crate::call::{Call, NONE, Place as CallPlace};
use crate::metrics::{Measurement, NodeMeasurement, Series, mean};
use crate::node::copies::Copies;
use crate::node::shards;
use crate::scenario::NodeKind;
use crate::sighting::{Hop, PastHop, Place, Sighting};
use crate::simulation::{NodeSlot, NodeState, Simulation};
use crate::snapshot::{
    BackendSnapshot, CacheSnapshot, Details, Measured, NodeSnapshot, ServerDetails, Snapshot,
};
use crate::time::SimDuration;

/// How many requests of one queue a sighting names; a picture shows fewer.
const QUEUE_SEEN: usize = 16;

/// Requests seen at one moment.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Sightings {
    /// One of so many requests that travel or are being looked up is listed: 1 means all of them.
    pub every: u64,
    /// All requests with a worker, the first sixteen of each queue, and a sample of those that travel
    /// or are being looked up.
    pub seen: Vec<Sighting>,
}

/// The last hops that ended.
#[derive(Clone, Debug, Default)]
pub(super) struct PastHops {
    kept: VecDeque<PastHop>,
    is_on: bool,
}

impl PastHops {
    const KEPT: usize = 512;

    pub(super) fn push(&mut self, hop: PastHop) {
        if self.kept.len() == Self::KEPT {
            self.kept.pop_front();
        }
        self.kept.push_back(hop);
    }

    pub(super) const fn is_on(&self) -> bool {
        self.is_on
    }
}

impl Simulation {
    /// The state of the run at the present moment.
    ///
    /// # Panics
    /// If the books do not balance, which would be a fault of this crate: a wrong number must never
    /// be shown.
    #[must_use]
    pub fn snapshot(&self) -> Snapshot {
        let totals = self.books.totals;
        assert!(
            totals.is_conserved(),
            "a request was lost or counted twice: {totals:?}"
        );
        debug_assert_eq!(
            totals.in_flight,
            self.count_open(),
            "open requests against the books"
        );
        let nodes: Vec<_> = self
            .listed()
            .map(|(place, slot)| self.node_snapshot(place as u32, slot))
            .collect();
        let recent = self.books.recent.summary(self.now);
        let bottleneck = bottleneck(&nodes, recent.window);
        Snapshot {
            time: self.now,
            events: self.events,
            fingerprint: self.fingerprint(),
            totals,
            recent,
            measured: Measured {
                since: self.books.baseline.at,
                tally: self.books.baseline.tally_since(&totals),
                response: self.books.response.response_times(),
            },
            nodes,
            bottleneck,
        }
    }

    /// The history of the run.
    #[must_use]
    pub const fn series(&self) -> &Series {
        &self.books.series
    }

    /// What happened since [`Simulation::begin_measurement`], or since the start.
    #[must_use]
    pub fn measurement(&self) -> Measurement {
        let (books, base) = (&self.books, &self.books.baseline);
        Measurement {
            duration: self.now.since(base.at),
            tally: base.tally_since(&books.totals),
            response: books.response.clone(),
            user_network: mean(books.user_network_nanos, books.response.count()),
            nodes: self
                .listed()
                .map(|(place, slot)| NodeMeasurement {
                    cache: slot.keeps_copies().then(|| {
                        let copies = slot.copies().iter();
                        copies.map(|copies| copies.meter.measured()).sum()
                    }),
                    ..base.node_since(self.now, place, &slot.meter, slot.parameters.workers())
                })
                .collect(),
        }
    }

    /// Where requests are, with at most about `limit` of those that travel or are being looked up:
    /// of these there can be any number, while workers and queues show only so many.
    #[must_use]
    pub fn sightings(&self, limit: usize) -> Sightings {
        let is_unbounded = |call: &Call| match call.place {
            CallPlace::Outbound | CallPlace::Inbound => true,
            CallPlace::Served => self.nodes[call.node as usize].parameters.workers() == 0,
            CallPlace::Queued | CallPlace::Waiting | CallPlace::Guarding | CallPlace::Free => false,
        };
        let calls = || self.calls.iter().map(|(_, call)| call);
        let unbounded = calls().filter(|call| is_unbounded(call)).count();
        let every = unbounded.div_ceil(limit.max(1)).max(1) as u64;
        let is_sampled = |call: &&Call| {
            let is_placed = !matches!(
                call.place,
                CallPlace::Queued | CallPlace::Waiting | CallPlace::Guarding
            );
            let number = self.requests.get(call.request).number;
            is_placed && (number.is_multiple_of(every) || !is_unbounded(call))
        };
        let sampled = calls().filter(is_sampled);
        let mut seen: Vec<_> = sampled.filter_map(|call| self.sighting(call, 0)).collect();
        for (_, slot) in self.listed() {
            let waiting = slot.station.waiting(&self.calls, self.now).take(QUEUE_SEEN);
            seen.extend(
                (0..)
                    .zip(waiting)
                    .filter_map(|(position, call)| self.sighting(call, position)),
            );
            if let NodeState::Balancer(state) = &slot.state {
                let waiting = state.waiting(&self.calls).take(QUEUE_SEEN);
                let behind = slot.station.queued();
                seen.extend(
                    (behind..)
                        .zip(waiting)
                        .filter_map(|(position, call)| self.sighting(call, position)),
                );
            }
            if let (NodeState::Clients(clients), Some(node)) = (&slot.state, slot.id) {
                let waiting = clients
                    .resolving()
                    .filter(|&(_, attempt)| !attempt.is_guarded() || self.awaits(attempt));
                let waiting = waiting.take(QUEUE_SEEN);
                seen.extend((0..).zip(waiting).map(|(position, (index, _))| {
                    let request = self.requests.get(index);
                    Sighting {
                        request: request.number,
                        is_write: request.is_write,
                        created: request.created,
                        fate: request.state.fate(),
                        place: Place::Resolving { node, position },
                    }
                }));
            }
        }
        Sightings { every, seen }
    }

    /// Keeps the hops that end from now on, for [`Simulation::past_hops`]. A run that nobody watches is
    /// faster without.
    pub const fn keep_hops(&mut self) {
        self.past_hops.is_on = true;
    }

    /// The last hops that ended, oldest first: at most 512, and none that ended before
    /// [`Simulation::keep_hops`].
    pub fn past_hops(&self) -> impl Iterator<Item = &PastHop> {
        self.past_hops.kept.iter()
    }

    /// The listed nodes' slots in the order of the scenario.
    fn listed(&self) -> impl Iterator<Item = (usize, &NodeSlot)> {
        self.slots
            .iter()
            .map(|&slot| (slot as usize, &self.nodes[slot as usize]))
    }

    fn count_open(&self) -> u64 {
        let requests = self.requests.iter();
        requests.filter(|request| request.state.is_open()).count() as u64
    }

    fn sighting(&self, call: &Call, position: u32) -> Option<Sighting> {
        let node = self.nodes[call.node as usize].id?;
        let station = &self.nodes[call.node as usize].station;
        let started = call.since;
        let place = match call.place {
            CallPlace::Free | CallPlace::Waiting | CallPlace::Guarding => return None,
            CallPlace::Queued => Place::Queue { node, position },
            CallPlace::Served => Place::Service {
                node,
                // Those that are looked up have no worker.
                worker: if call.worker == NONE { 0 } else { call.worker },
                started,
                ends: station
                    .shared_end(call.until, self.now)
                    .unwrap_or(call.until),
            },
            CallPlace::Outbound | CallPlace::Inbound => {
                let link = &self.links[call.link as usize];
                Place::Link(Hop {
                    from: self.nodes[link.from as usize].id?,
                    to: node,
                    is_answer: call.place == CallPlace::Inbound,
                    departed: call.since,
                    arrives: call.until,
                })
            }
        };
        let request = self.requests.get(call.request);
        Some(Sighting {
            request: request.number,
            is_write: call.is_write,
            created: request.created,
            fate: self.fate(call),
            place,
        })
    }

    fn node_snapshot(&self, node: u32, slot: &NodeSlot) -> NodeSnapshot {
        let workers = slot.parameters.workers();
        let details = details(self, slot);
        let in_line = match &details {
            Details::Balancer(balancer) => balancer.waiting,
            _ => 0,
        };
        let (busy, queued) = (slot.station.busy(), slot.station.queued() + in_line);
        let (utilisation, arrival_rate) = slot.meter.recent(self.now, workers);
        let base = &self.books.baseline;
        let measured = base.node_since(self.now, node as usize, &slot.meter, workers);
        NodeSnapshot {
            condition: slot.condition,
            is_failing: slot.refused > 0 && slot.is_dead() && self.is_called(node),
            utilisation,
            workers,
            busy,
            queued,
            queue_limit: slot.parameters.queue_limit(),
            arrived: slot.meter.arrived,
            arrival_rate,
            served: measured.served,
            shed: measured.shed,
            failures: measured.failures,
            mean_wait: measured.mean_wait,
            backends: self.backends(slot),
            details: match details {
                Details::None => self.connections(slot, measured.mean_connection_wait),
                details => details,
            },
        }
    }

    fn connections(&self, slot: &NodeSlot, mean_connection_wait: SimDuration) -> Details {
        let links = slot.links.iter().map(|&link| &self.links[link as usize]);
        let mut pools = links.filter_map(|link| link.pool.as_ref()).peekable();
        if pools.peek().is_none() {
            return Details::None;
        }
        let nothing = ServerDetails {
            mean_connection_wait,
            ..ServerDetails::default()
        };
        Details::Server(pools.fold(nothing, |sum, pool| ServerDetails {
            connections_in_use: sum.connections_in_use + pool.in_use,
            waiting_for_connection: sum.waiting_for_connection + pool.waiting(),
            ..sum
        }))
    }

    /// Whether some node would send it a request: a living one that has not found it to be unhealthy,
    /// or that has found all of its targets to be so.
    fn is_called(&self, node: u32) -> bool {
        let leads_here = |link: &u32| self.links[*link as usize].to == node;
        let mut callers = self.listed().filter(|(_, caller)| !caller.is_dead());
        callers.any(|(_, caller)| {
            let is_healthy = |link: &u32| self.is_believed(caller, *link);
            let mut ways = caller.links.iter().filter(|link| leads_here(link));
            ways.clone().any(is_healthy)
                || ways.next().is_some() && !caller.links.iter().any(is_healthy)
        })
    }

    /// Whether a node believes in what is at the end of its link.
    fn is_believed(&self, caller: &NodeSlot, link: u32) -> bool {
        let target = self.links[link as usize].target;
        match (&caller.state, &caller.parameters) {
            (NodeState::Balancer(state), NodeKind::Balancer(rules)) => {
                state.believes_in(target, rules, self.now)
            }
            _ => true,
        }
    }

    /// How many calls have reached a node since the measurement began, and how many a second do in the
    /// recent window.
    pub(crate) fn calls_at(&self, node: u32) -> (u64, f64) {
        let slot = &self.nodes[node as usize];
        let measured = (self.books.baseline).arrived_since(node as usize, &slot.meter);
        (measured, slot.meter.recent(self.now, 0).1)
    }

    fn backends(&self, slot: &NodeSlot) -> Vec<BackendSnapshot> {
        let (NodeState::Balancer(state), NodeKind::Balancer(rules)) =
            (&slot.state, &slot.parameters)
        else {
            return Vec::new();
        };
        let links = slot.links.iter().map(|&link| &self.links[link as usize]);
        let known = links.filter(|link| link.target != NONE);
        known
            .filter_map(|link| {
                let node = self.nodes[link.to as usize].id?;
                Some(state.backend(node, link.target, rules, self.now))
            })
            .collect()
    }
}

fn details(simulation: &Simulation, slot: &NodeSlot) -> Details {
    let snapshot = |copies: &Copies, waiting_writes| CacheSnapshot {
        measured: copies.meter.measured(),
        recent_hit_ratio: copies.meter.recent_hit_ratio(),
        entries: copies.content.len(),
        bytes: copies.content.bytes(),
        waiting_writes,
    };
    match &slot.state {
        NodeState::Balancer(state) => Details::Balancer(state.details()),
        NodeState::Cache(state) => Details::Cache(snapshot(&state.copies, state.behind.len())),
        NodeState::Cdn(state) => {
            Details::Cdn(state.edges.iter().map(|edge| snapshot(edge, 0)).collect())
        }
        NodeState::Shards(state) => Details::Shards(shards::details(simulation, slot, state)),
        _ => Details::None,
    }
}
