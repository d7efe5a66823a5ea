//! What can be seen of a run without disturbing it.

use std::collections::VecDeque;

use crate::bottleneck::bottleneck;
use crate::metrics::{Measurement, Series, mean};
use crate::request::{Request, Station, Verdict};
use crate::sighting::{Hop, PastHop, Place, Sighting};
use crate::simulation::{NodeSlot, NodeState, Simulation};
use crate::snapshot::{BackendSnapshot, Measured, NodeSnapshot, Snapshot};

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
pub(super) struct PastHops(VecDeque<PastHop>);

impl PastHops {
    const KEPT: usize = 512;

    pub(super) fn push(&mut self, hop: PastHop) {
        if self.0.len() == Self::KEPT {
            self.0.pop_front();
        }
        self.0.push_back(hop);
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
                .map(|(place, slot)| {
                    base.node_since(self.now, place, &slot.meter, slot.parameters.workers())
                })
                .collect(),
        }
    }

    /// Where requests are, with at most about `limit` of those that travel or are being looked up:
    /// of these there can be any number, while workers and queues show only so many.
    #[must_use]
    pub fn sightings(&self, limit: usize) -> Sightings {
        let is_unbounded = |request: &Request| match request.place {
            Station::Travelling { .. } => true,
            Station::Served { node, .. } => {
                matches!(self.nodes[node as usize].state, NodeState::Dns)
            }
            Station::Nowhere | Station::Resolving | Station::Queued { .. } => false,
        };
        let unbounded = self.requests.iter().filter(|it| is_unbounded(it)).count();
        let every = unbounded.div_ceil(limit.max(1)).max(1) as u64;
        let sampled = self.requests.iter().filter(|request| match request.place {
            Station::Travelling { .. } | Station::Served { .. } => {
                request.number % every == 0 || !is_unbounded(request)
            }
            Station::Nowhere | Station::Resolving | Station::Queued { .. } => false,
        });
        let mut seen: Vec<_> = sampled
            .filter_map(|request| self.sighting(request, 0))
            .collect();
        for (_, slot) in self.listed() {
            let waiting: Vec<u32> = match &slot.state {
                NodeState::Station(station) => station.waiting().take(QUEUE_SEEN).collect(),
                NodeState::Clients(clients) => clients.resolving().take(QUEUE_SEEN).collect(),
                NodeState::Dns | NodeState::Balancer(_) => Vec::new(),
            };
            seen.extend(
                (0..).zip(waiting).filter_map(|(position, index)| {
                    self.sighting(self.requests.get(index), position)
                }),
            );
        }
        Sightings { every, seen }
    }

    /// The last hops that ended, oldest first: at most 512.
    pub fn past_hops(&self) -> impl Iterator<Item = &PastHop> {
        self.past_hops.0.iter()
    }

    /// The listed nodes' slots in the order of the scenario.
    fn listed(&self) -> impl Iterator<Item = (usize, &NodeSlot)> {
        self.slots
            .iter()
            .map(|&slot| (slot as usize, &self.nodes[slot as usize]))
    }

    fn count_open(&self) -> u64 {
        self.requests
            .iter()
            .filter(|request| request.verdict != Verdict::GivenUp)
            .count() as u64
    }

    fn sighting(&self, request: &Request, position: u32) -> Option<Sighting> {
        let id = |slot: u32| self.nodes[slot as usize].id;
        let place = match request.place {
            Station::Nowhere => return None,
            Station::Resolving => Place::Resolving {
                node: id(request.client)?,
                position,
            },
            Station::Queued { node, .. } => Place::Queue {
                node: id(node)?,
                position,
            },
            Station::Served {
                node,
                worker,
                started,
                ends,
            } => Place::Service {
                node: id(node)?,
                worker,
                started,
                ends,
            },
            Station::Travelling {
                link,
                is_answer,
                departed,
                arrives,
            } => {
                let link = &self.links[link as usize];
                let (from, to) = (id(link.from)?, id(link.to)?);
                Place::Link(Hop {
                    from,
                    to,
                    is_answer,
                    departed,
                    arrives,
                })
            }
        };
        Some(Sighting {
            request: request.number,
            is_write: request.is_write,
            created: request.created,
            fate: request.verdict.fate(),
            place,
        })
    }

    fn node_snapshot(&self, node: u32, slot: &NodeSlot) -> NodeSnapshot {
        let workers = slot.parameters.workers();
        let (busy, queued) = match &slot.state {
            NodeState::Station(station) => (station.busy(), station.queued()),
            NodeState::Clients(_) | NodeState::Dns | NodeState::Balancer(_) => (0, 0),
        };
        let (utilisation, arrival_rate) = slot.meter.recent(self.now, workers);
        let base = &self.books.baseline;
        let measured = base.node_since(self.now, node as usize, &slot.meter, workers);
        NodeSnapshot {
            condition: slot.condition,
            is_failing: slot.refused > 0 && self.is_dead(node) && self.is_called(node),
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
        }
    }

    /// Whether some node would send it a request: a living one that has not found it to be unhealthy,
    /// or that has found all of its targets to be so.
    fn is_called(&self, node: u32) -> bool {
        let is_healthy = |link: &u32| self.links[*link as usize].is_healthy;
        let leads_here = |link: &u32| self.links[*link as usize].to == node;
        let mut callers = self
            .listed()
            .filter(|&(caller, _)| !self.is_dead(caller as u32));
        callers.any(|(_, caller)| {
            let mut ways = caller.links.iter().filter(|link| leads_here(link));
            ways.clone().any(is_healthy)
                || ways.next().is_some() && !caller.links.iter().any(is_healthy)
        })
    }

    fn backends(&self, slot: &NodeSlot) -> Vec<BackendSnapshot> {
        let NodeState::Balancer(_) = slot.state else {
            return Vec::new();
        };
        let links = slot.links.iter().map(|&link| &self.links[link as usize]);
        links
            .filter_map(|link| {
                Some(BackendSnapshot {
                    node: self.nodes[link.to as usize].id?,
                    healthy: link.is_healthy,
                    contrary_checks: link.contrary_checks,
                    checks_to_change: slot.checks_to_change(link.is_healthy),
                    in_flight: link.in_flight,
                })
            })
            .collect()
    }
}
