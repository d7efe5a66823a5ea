//! Changes to a running system. No edit loses a request.

use crate::WHOLE;
use crate::call::Place;
use crate::geography::Area;
use crate::node::{self, boot, cancellation, guard};
use crate::scenario::{Kind, NodeId, Scenario};
use crate::simulation::{LinkSlot, NodeSlot, Simulation, Unpaid, follow_policy};
use crate::snapshot::Condition;
use crate::time::SimTime;

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
    /// From now on, the node answers this share of what reaches it with an error at once, without
    /// working on it: more than 0, at most 1; other shares change nothing. Nor does it change a dead
    /// node or clients. What is inside already is finished.
    Break(NodeId, f64),
    /// The node works as it should again, with nothing in its memory if it was dead.
    Heal(NodeId),
    /// These two areas of the map do not reach each other any more: calls and answers between nodes that
    /// are placed there are lost from now on, and probes fail. Their callers learn nothing until they time
    /// out, or until the connection is given up ([`crate::Link::CONNECTION_LIMIT`]). What is on the way
    /// already arrives.
    Partition(Area, Area),
    /// All areas reach each other again. What was lost meanwhile stays lost.
    Rejoin,
    /// All nodes that are placed in the area die at once, but for clients: the loss of a zone or a region.
    KillArea(Area),
    /// These nodes die at once, but for clients: a bad deployment, or any other common cause.
    KillTogether(Vec<NodeId>),
    /// All nodes that are placed in the area work as they should again.
    HealArea(Area),
    /// A cache forgets everything that it holds. Other nodes hold nothing.
    Flush(NodeId),
    /// The origin of a content delivery network has a new version of everything. Other nodes take no
    /// notice.
    Deploy(NodeId),
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
            Edit::Break(id, share) => self.break_down(id, share),
            Edit::Heal(id) => self.heal(id),
            Edit::Partition(one, other) => self.part(one, other),
            Edit::Rejoin => self.rejoin(),
            Edit::KillArea(area) => {
                let nodes = self.placed_in(area);
                nodes.into_iter().for_each(|id| self.kill(id));
            }
            Edit::KillTogether(nodes) => nodes.into_iter().for_each(|id| self.kill(id)),
            Edit::HealArea(area) => {
                let nodes = self.placed_in(area);
                nodes.into_iter().for_each(|id| self.heal(id));
            }
            Edit::Flush(id) => {
                if let Some(node) = self.slot_of(id) {
                    node::on_flush(self, node);
                }
            }
            Edit::Deploy(id) => {
                if let Some(node) = self.slot_of(id) {
                    node::on_deployment(self, node);
                }
            }
        }
        self.books.enter(self.now);
    }

    fn kill(&mut self, id: NodeId) {
        let Some(node) = self.slot_of(id) else { return };
        let slot = &mut self.nodes[node as usize];
        if slot.condition == Condition::Dead || slot.kind == Kind::Clients {
            return;
        }
        slot.condition = Condition::Dead;
        slot.refused = 0;
        let reason = node::loss(slot);
        node::on_death(self, node);
        if WHOLE {
            guard::on_caller_death(self, node);
        }
        let is_inside = |place| matches!(place, Place::Queued | Place::Served | Place::Waiting);
        let calls = self.calls.iter();
        let inside = calls.filter(|(_, call)| call.node == node && is_inside(call.place));
        let lost: Vec<u32> = inside.map(|(index, _)| index).collect();
        for call in lost {
            self.calls.get_mut(call).is_broken = true;
            self.fail(node, call, reason);
        }
    }

    fn slow(&mut self, id: NodeId, factor: f64) {
        let Some(node) = self.slot_of(id) else { return };
        let slot = &mut self.nodes[node as usize];
        // Not a number is no factor; and what is dead is not slow.
        if factor > 1.0 && !slot.is_dead() && slot.kind != Kind::Clients {
            let factor = factor.min(1_000.0);
            slot.condition = Condition::Slow { factor };
        }
    }

    fn break_down(&mut self, id: NodeId, share: f64) {
        let Some(node) = self.slot_of(id) else { return };
        let slot = &mut self.nodes[node as usize];
        if share > 0.0 && !slot.is_dead() && slot.kind != Kind::Clients {
            let share = share.min(1.0);
            slot.condition = Condition::Erring { share };
        }
    }

    fn heal(&mut self, id: NodeId) {
        let Some(node) = self.slot_of(id) else { return };
        self.revive(node);
    }

    /// A node works as it should.
    pub(crate) fn revive(&mut self, node: u32) {
        match self.nodes[node as usize].condition {
            Condition::Booting { .. } => {}
            Condition::Dead => boot::start(self, node),
            Condition::Up | Condition::Slow { .. } | Condition::Erring { .. } => {
                self.nodes[node as usize].condition = Condition::Up;
            }
        }
    }

    pub(super) fn slot_of(&self, id: NodeId) -> Option<u32> {
        self.slots.get(id.index()).copied()
    }

    pub(super) fn reconfigure(&mut self, scenario: Scenario) {
        self.settle(self.now);
        self.slots = self.list_nodes(&scenario);
        self.list_links(&scenario);
        self.find_cut_links();
        self.may_cancel = cancellation::is_possible(&scenario);
        self.scenario = scenario;
        self.freshness.is_kept = self.nodes.iter().any(NodeSlot::keeps_copies);
        if WHOLE {
            for link in 0..self.links.len() as u32 {
                guard::on_reconfigured(self, link);
            }
        }
        for node in 0..self.nodes.len() as u32 {
            node::on_reconfigured(self, node);
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
        let is_beginning = was_listed.is_empty() && now == SimTime::ZERO;
        let mut slots = Vec::with_capacity(scenario.nodes().len());
        for (place, node) in scenario.nodes().iter().enumerate() {
            let known = self
                .nodes
                .iter()
                .position(|slot| slot.name == node.name && slot.kind == node.kind.kind());
            let slot = known.unwrap_or_else(|| {
                let mut slot = NodeSlot::new(seed, node);
                slot.mark(now);
                slot.unpaid = Unpaid::beginning(now);
                self.nodes.push(slot);
                self.nodes.len() - 1
            });
            // One that joins again is a new machine of an old name, without the old one's faults.
            let joins = was_listed.get(slot) != Some(&true);
            self.nodes[slot].parameters = node.kind.clone();
            self.nodes[slot].station.configure(&node.kind, now);
            if joins && !is_beginning {
                boot::plug_in(self, slot as u32);
            }
            let id = NodeId(place as u32);
            self.nodes[slot].place = scenario.place(id);
            self.nodes[slot].cost = node.cost;
            self.nodes[slot].id = Some(id);
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
            let slot = &mut self.links[place];
            slot.latency = link.latency;
            slot.is_paid = self.nodes[to as usize].cost.is_some();
            slot.weight = link.weight;
            slot.is_guarded = link.policy.is_some();
            if WHOLE {
                follow_policy(&mut slot.dependency, link.policy.as_deref(), self.now);
            }
            self.nodes[from as usize].links.push(place as u32);
        }
    }
}
