//! A load balancer: chooses a healthy server for each request and checks their health.

use crate::event::Event;
use crate::outcome::{FailureReason, Outcome};
use crate::policy;
use crate::random::{Purpose, Stream};
use crate::scenario::{Balancer, HealthCheck, NodeKind, WhenAllUnhealthy};
use crate::simulation::{NodeSlot, NodeState, Reply, Simulation};
use crate::step::Happening;
use crate::time::SimDuration;

/// What a balancer remembers.
#[derive(Clone, Debug)]
pub(crate) struct BalancerState {
    pub(crate) choice: Stream,
    /// The link used last, for round robin.
    pub(crate) last_link: Option<u32>,
    /// Room for the healthy links of a choice, kept between choices.
    candidates: Vec<u32>,
    /// The health check by which probes were planned.
    planned_check: Option<HealthCheck>,
    /// The links that were listed when they were planned.
    planned_links: Vec<u32>,
}

impl BalancerState {
    pub(crate) fn new(seed: u64, name: &str) -> Self {
        Self {
            choice: Stream::new(seed, name, Purpose::Choice),
            last_link: None,
            candidates: Vec::new(),
            planned_check: None,
            planned_links: Vec::new(),
        }
    }
}

impl NodeSlot {
    const fn balancer(&self) -> Option<&Balancer> {
        match &self.parameters {
            NodeKind::Balancer(balancer) => Some(balancer),
            _ => None,
        }
    }

    fn health_check(&self) -> Option<&HealthCheck> {
        self.balancer()?.health_check.as_ref()
    }

    /// How many contradicting probes change the belief about a server.
    pub(crate) fn checks_to_change(&self, is_healthy: bool) -> u32 {
        let threshold = |check: &HealthCheck| if is_healthy { check.fall } else { check.rise };
        self.health_check().map_or(0, threshold)
    }
}

pub(super) fn on_call(simulation: &mut Simulation, node: u32, call: u32) {
    let Some(link) = simulation.choose_backend(node) else {
        simulation.fail(node, call, FailureReason::NoHealthyBackend);
        return;
    };
    simulation.links[link as usize].in_flight += 1;
    simulation.forward(call, link);
    let to = simulation.nodes[simulation.links[link as usize].to as usize].id;
    simulation.note_call(node, call, Happening::Forwarded { to });
}

pub(super) fn on_reply(simulation: &mut Simulation, node: u32, call: u32, reply: Reply) {
    let link = &mut simulation.links[reply.link as usize];
    link.in_flight = link.in_flight.saturating_sub(1);
    if reply.outcome == Outcome::Ok {
        simulation.nodes[node as usize].meter.served += 1;
    }
    simulation.calls.get_mut(call).outcome = reply.outcome;
    simulation.answer(call);
    simulation.note_call(node, call, Happening::PassedBack);
}

/// A dead balancer forgets what it had under way and what it believed, and probes no more.
pub(super) fn on_death(simulation: &mut Simulation, node: u32) {
    for link in simulation.links.iter_mut().filter(|link| link.from == node) {
        link.in_flight = 0;
        link.is_healthy = true;
        link.contrary_checks = 0;
    }
    simulation.stop_probes(node);
}

impl Simulation {
    fn choose_backend(&mut self, node: u32) -> Option<u32> {
        let slot = &mut self.nodes[node as usize];
        let NodeKind::Balancer(balancer) = &slot.parameters else {
            return None;
        };
        let NodeState::Balancer(state) = &mut slot.state else {
            return None;
        };
        let links = &self.links;
        let healthy = |link: &&u32| links[**link as usize].is_healthy;
        state.candidates.clear();
        state.candidates.extend(slot.links.iter().filter(healthy));
        if state.candidates.is_empty() && balancer.when_all_unhealthy == WhenAllUnhealthy::UseAll {
            state.candidates.extend(&slot.links);
        }
        let load = |link: u32| links[link as usize].in_flight;
        let (candidates, last) = (&state.candidates, state.last_link);
        let chosen = policy::choose(balancer.policy, candidates, last, load, &mut state.choice)?;
        state.last_link = Some(chosen);
        Some(chosen)
    }

    /// Drops every planned probe. A balancer that is back finds nothing planned and plans anew.
    fn stop_probes(&mut self, node: u32) {
        let NodeState::Balancer(state) = &mut self.nodes[node as usize].state else {
            return;
        };
        state.planned_check = None;
        for link in state.planned_links.drain(..) {
            self.links[link as usize].probe_generation += 1;
        }
    }

    /// A probe reaches its server, which answers it at once whatever its load: a health endpoint
    /// does no work. So a slow server passes, and only a dead one or a long way fails.
    pub(crate) fn on_probe_arrived(&mut self, link: u32, generation: u32) {
        let slot = &self.links[link as usize];
        if slot.probe_generation != generation {
            return;
        }
        let (from, to, latency) = (slot.from, slot.to, slot.latency);
        let Some(check) = self.nodes[from as usize].health_check().cloned() else {
            return;
        };
        let now = self.now();
        let round_trip = latency + latency;
        let is_good = !self.nodes[to as usize].is_dead() && round_trip <= check.timeout;
        let learned = now + check.timeout.min(round_trip).saturating_sub(latency);
        let ended = if is_good {
            Event::ProbePassed { link, generation }
        } else {
            Event::ProbeFailed { link, generation }
        };
        self.schedule(learned, ended);
        self.schedule(
            now + check.interval,
            Event::ProbeArrived { link, generation },
        );
        self.note(to, None, Happening::ProbeReached);
    }

    /// The balancer learns how a probe went, and changes its belief after enough contradictions.
    pub(crate) fn on_probe_ended(&mut self, link: u32, generation: u32, is_good: bool) {
        let slot = &self.links[link as usize];
        if slot.probe_generation != generation || self.nodes[slot.from as usize].is_dead() {
            return;
        }
        let (from, to) = (slot.from, slot.to);
        let needed = self.nodes[from as usize].checks_to_change(slot.is_healthy);
        let slot = &mut self.links[link as usize];
        let mut changed = false;
        if slot.is_healthy == is_good {
            slot.contrary_checks = 0;
        } else {
            slot.contrary_checks += 1;
            changed = slot.contrary_checks >= needed;
            if changed {
                slot.is_healthy = is_good;
                slot.contrary_checks = 0;
            }
        }
        let target = self.nodes[to as usize].id;
        self.note(
            from,
            None,
            Happening::Probed {
                target,
                is_good,
                changed,
            },
        );
    }
}

/// Plans probes for an edited check or new links. A server that joins is believed to be healthy
/// until probes say otherwise; probes of several servers are spread over the interval.
pub(super) fn on_reconfigured(simulation: &mut Simulation, node: u32) {
    if simulation.nodes[node as usize].id.is_none() {
        // Its beliefs stay, for what is still on the way through it.
        simulation.stop_probes(node);
        return;
    }
    if simulation.nodes[node as usize].is_dead() {
        // It plans when it is back.
        return;
    }
    let slot = &mut simulation.nodes[node as usize];
    let check = slot.health_check().cloned();
    let links = slot.links.clone();
    let NodeState::Balancer(state) = &mut slot.state else {
        return;
    };
    let check_before = std::mem::replace(&mut state.planned_check, check.clone());
    let links_before = std::mem::replace(&mut state.planned_links, links.clone());

    for link in links_before.iter().filter(|link| !links.contains(link)) {
        simulation.links[*link as usize].probe_generation += 1;
    }
    let is_same = check == check_before;
    for (place, &link) in links.iter().enumerate() {
        let is_new = !links_before.contains(&link);
        if is_same && !is_new {
            continue;
        }
        let slot = &mut simulation.links[link as usize];
        slot.probe_generation += 1;
        if is_new || check.is_none() {
            slot.is_healthy = true;
            slot.contrary_checks = 0;
        }
        let generation = slot.probe_generation;
        let latency = slot.latency;
        if let Some(check) = &check {
            let share = check.interval.as_nanos() / links.len() as u64 * (place as u64 + 1);
            let first = simulation.now() + SimDuration::from_nanos(share) + latency;
            simulation.schedule(first, Event::ProbeArrived { link, generation });
        }
    }
}
