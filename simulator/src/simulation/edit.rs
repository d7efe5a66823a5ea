//! Changes to a running system. No edit loses a request.

use crate::metrics::StationMeter;
use crate::node::balancer::BalancerState;
use crate::node::clients::ClientsState;
use crate::node::station::StationState;
use crate::scenario::{Node, NodeId, NodeKind, Scenario};
use crate::simulation::{LinkSlot, NodeSlot, NodeState, Simulation};
use crate::snapshot::Condition;

/// Something done to a running system from outside.
#[derive(Clone, Debug, PartialEq)]
pub enum Edit {
    /// The system becomes this one. Nodes are recognised by name and kind: those that stay keep
    /// their requests, their faults and their random streams; new ones join; removed ones take
    /// nothing new, finish what they have and are gone. The seed of the run stays.
    Reconfigure(Scenario),
    /// The node dies: what is inside is lost, connections are refused. Clients cannot be killed.
    Kill(NodeId),
    /// From its next service on, the node takes so many times as long: more than 1, at most 1,000;
    /// other factors change nothing. Nor does it change a dead node.
    Slow(NodeId, f64),
    /// The node works as it should again, with nothing in its memory if it was dead.
    Heal(NodeId),
}

impl Simulation {
    /// Edits the system at the present time, after everything that happens at this time anyway: an
    /// edit is fully described by its time. A [`NodeId`] that the scenario lacks changes nothing.
    pub fn apply(&mut self, edit: Edit) {
        self.run_until(self.now, u64::MAX);
        match edit {
            Edit::Reconfigure(scenario) => self.reconfigure(scenario),
            Edit::Kill(id) => self.kill(id),
            Edit::Slow(id, factor) => self.slow(id, factor),
            Edit::Heal(id) => self.heal(id),
        }
    }

    fn kill(&mut self, id: NodeId) {
        let Some(node) = self.slot_of(id) else { return };
        if self.is_dead(node) {
            return;
        }
        self.set_condition(id, Condition::Dead);
        self.nodes[node as usize].life += 1;
        self.nodes[node as usize].refused = 0;
        match self.nodes[node as usize].state {
            NodeState::Station(_) => self.on_death_of_station(node),
            NodeState::Balancer(_) => self.on_death_of_balancer(node),
            NodeState::Dns => self.on_death_of_dns(node),
            NodeState::Clients(_) => {}
        }
    }

    fn slow(&mut self, id: NodeId, factor: f64) {
        let is_dead = self.slot_of(id).is_some_and(|node| self.is_dead(node));
        // Not a number is no factor; and what is dead is not slow.
        if factor > 1.0 && !is_dead {
            self.set_condition(
                id,
                Condition::Slow {
                    factor: factor.min(1_000.0),
                },
            );
        }
    }

    fn heal(&mut self, id: NodeId) {
        let was_dead = self.slot_of(id).filter(|&node| self.is_dead(node));
        self.set_condition(id, Condition::Up);
        if let Some(node) = was_dead
            && let NodeState::Balancer(_) = self.nodes[node as usize].state
        {
            self.on_reconfigured_balancer(node);
        }
    }

    fn set_condition(&mut self, id: NodeId, condition: Condition) {
        if let Some(node) = self.slot_of(id) {
            let slot = &mut self.nodes[node as usize];
            if !matches!(slot.state, NodeState::Clients(_)) {
                slot.condition = condition;
            }
        }
    }

    /// Whether the node refuses connections.
    pub(crate) fn is_dead(&self, node: u32) -> bool {
        self.nodes[node as usize].condition == Condition::Dead
    }

    /// How many times as long as usual the node takes.
    pub(crate) fn slowness(&self, node: u32) -> f64 {
        match self.nodes[node as usize].condition {
            Condition::Slow { factor } => factor,
            Condition::Up | Condition::Dead => 1.0,
        }
    }

    pub(super) fn slot_of(&self, id: NodeId) -> Option<u32> {
        self.slots.get(id.index()).copied()
    }

    pub(super) fn reconfigure(&mut self, scenario: Scenario) {
        self.slots = self.list_nodes(&scenario);
        self.list_links(&scenario);
        self.scenario = scenario;
        for node in 0..self.nodes.len() as u32 {
            match self.nodes[node as usize].state {
                NodeState::Clients(_) => self.on_reconfigured_clients(node),
                NodeState::Balancer(_) => self.on_reconfigured_balancer(node),
                NodeState::Station(_) => self.on_reconfigured_station(node),
                NodeState::Dns => {}
            }
        }
    }

    fn list_nodes(&mut self, scenario: &Scenario) -> Vec<u32> {
        let was_listed: Vec<bool> = self.nodes.iter().map(|slot| slot.id.is_some()).collect();
        for slot in &mut self.nodes {
            slot.id = None;
        }
        // The run keeps its seed: an edit changes the system, not the users.
        let seed = if self.nodes.is_empty() {
            scenario.seed()
        } else {
            self.scenario.seed()
        };
        let now = self.now;
        let mut slots = Vec::with_capacity(scenario.nodes().len());
        for (place, node) in scenario.nodes().iter().enumerate() {
            let known = self.nodes.iter().position(|slot| {
                slot.name == node.name && slot.parameters.kind() == node.kind.kind()
            });
            let slot = known.unwrap_or_else(|| {
                let mut slot = NodeSlot::new(seed, node);
                slot.meter.mark(now);
                self.nodes.push(slot);
                self.nodes.len() - 1
            });
            if was_listed.get(slot) == Some(&false) {
                // It joins again: a new machine of an old name, without the old one's faults.
                self.nodes[slot].condition = Condition::Up;
            }
            self.nodes[slot].parameters = node.kind.clone();
            self.nodes[slot].id = Some(NodeId(place as u32));
            slots.push(slot as u32);
        }
        slots
    }

    fn list_links(&mut self, scenario: &Scenario) {
        // A removed node keeps its links, to finish what it has.
        for slot in self.nodes.iter_mut().filter(|slot| slot.id.is_some()) {
            slot.links.clear();
        }
        for link in scenario.links() {
            let (from, to) = (self.slots[link.from.index()], self.slots[link.to.index()]);
            let known = self
                .links
                .iter()
                .position(|slot| (slot.from, slot.to) == (from, to));
            let place = known.unwrap_or_else(|| {
                self.links.push(LinkSlot::new(from, to));
                self.links.len() - 1
            });
            self.links[place].latency = link.latency;
            self.nodes[from as usize].links.push(place as u32);
        }
    }
}

impl NodeSlot {
    fn new(seed: u64, node: &Node) -> Self {
        let state = match &node.kind {
            NodeKind::Clients(_) => NodeState::Clients(ClientsState::new(seed, &node.name)),
            NodeKind::Dns(_) => NodeState::Dns,
            NodeKind::Balancer(_) => NodeState::Balancer(BalancerState::new(seed, &node.name)),
            NodeKind::Server(_) | NodeKind::Database(_) => {
                NodeState::Station(StationState::default())
            }
        };
        Self {
            name: node.name.clone(),
            parameters: node.kind.clone(),
            state,
            id: None,
            condition: Condition::Up,
            life: 0,
            refused: 0,
            links: Vec::new(),
            meter: StationMeter::default(),
        }
    }
}

impl LinkSlot {
    const fn new(from: u32, to: u32) -> Self {
        Self {
            from,
            to,
            latency: crate::time::SimDuration::ZERO,
            in_flight: 0,
            is_healthy: true,
            contrary_checks: 0,
            probe_generation: 0,
        }
    }
}
