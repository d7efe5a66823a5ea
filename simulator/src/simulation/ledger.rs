//! What has to be paid since the measurement began.

use crate::cost::{Bill, NodeCost, Price, Quantity};
use crate::simulation::{NodeSlot, Simulation};
use crate::time::SimTime;

/// Everything that was paid for until prices or nodes changed last. What came later is counted when
/// somebody asks.
#[derive(Clone, Debug, Default)]
pub(super) struct Ledger {
    settled: Bill,
}

/// From where on a node's bill is open.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Unpaid {
    since: SimTime,
    arrived: u64,
    answered: u64,
}

impl Unpaid {
    /// Of a node that has done nothing until `since`.
    pub(super) const fn beginning(since: SimTime) -> Self {
        Self {
            since,
            arrived: 0,
            answered: 0,
        }
    }
}

impl Simulation {
    /// What the run costs since the measurement began: [`Bill::monthly`] and [`Bill::per_million`] make a
    /// month and a million requests of it, with the duration and the answers of
    /// [`Simulation::measurement`].
    ///
    /// A node is paid for while it is in the system; if it is edited, at the old prices until then and at
    /// the new ones from then on.
    #[must_use]
    pub fn bill(&self) -> Bill {
        let mut bill = self.ledger.settled.clone();
        self.add_unpaid(&mut bill, self.now);
        bill
    }

    /// Puts on the books what has come together until `at`, before something changes.
    pub(super) fn settle(&mut self, at: SimTime) {
        let mut settled = std::mem::take(&mut self.ledger.settled);
        self.add_unpaid(&mut settled, at);
        self.ledger.settled = settled;
        self.open_bills(at);
    }

    /// A new bill begins for all nodes.
    pub(super) fn begin_bill(&mut self, at: SimTime) {
        self.ledger.settled = Bill::default();
        self.open_bills(at);
    }

    fn open_bills(&mut self, at: SimTime) {
        for slot in &mut self.nodes {
            slot.unpaid = Unpaid {
                arrived: slot.meter.arrived,
                ..Unpaid::beginning(at)
            };
        }
        for link in &self.links {
            self.nodes[link.to as usize].unpaid.answered += link.answered;
        }
    }

    fn add_unpaid(&self, bill: &mut Bill, at: SimTime) {
        for (node, slot) in (0..).zip(&self.nodes) {
            if let (Some(cost), Some(_)) = (&slot.cost, slot.id) {
                let answered = self.answered_by(node) - slot.unpaid.answered;
                add_node(bill, cost, slot, answered, at);
            }
        }
    }

    /// Good answers that have left a node for which that is counted.
    fn answered_by(&self, node: u32) -> u64 {
        let links = self.links.iter().filter(|link| link.to == node);
        links.map(|link| link.answered).sum()
    }
}

fn add_node(bill: &mut Bill, cost: &NodeCost, slot: &NodeSlot, answered: u64, at: SimTime) {
    let time = at.since(slot.unpaid.since);
    let mut add = |price: Option<&Price>, quantity| {
        if let Some(price) = price {
            let added = bill.add(price, quantity);
            debug_assert!(added.is_ok(), "the scenario checks units");
        }
    };
    let count = u64::from(cost.machines);
    add(cost.machine, Quantity::Time { count, time });
    let bytes = answered.saturating_mul(cost.answer_bytes);
    add(cost.traffic, Quantity::Moved { bytes });
    let count = slot.meter.arrived - slot.unpaid.arrived;
    add(cost.calls, Quantity::Requests { count });
    let bytes = cost.stored_bytes;
    add(cost.storage, Quantity::Stored { bytes, time });
}
