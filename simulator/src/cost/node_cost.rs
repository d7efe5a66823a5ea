//! What is paid for a node.

use super::{Price, Unit};

/// What is paid for a node: everything on its bill, at listed prices. Parts that are `None` cost nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NodeCost {
    /// The price of one machine, by the hour or by the month. It is paid from the moment at which the
    /// node is in the system until it is taken away, whether it works or is dead.
    pub machine: Option<&'static Price>,
    /// How many machines the node stands for, 0 to 10,000.
    pub machines: u32,
    /// The price of a gigabyte that leaves the node with its answers: egress, or traffic between zones or
    /// regions. What went wrong has no bytes.
    pub traffic: Option<&'static Price>,
    /// Bytes of one answer, 0 to 1,000,000,000.
    pub answer_bytes: u64,
    /// The price of a million calls, for what is paid by use. Every call that arrives counts, whatever
    /// becomes of it.
    pub calls: Option<&'static Price>,
    /// The price of a gigabyte that the node keeps for a month.
    pub storage: Option<&'static Price>,
    /// Bytes that it keeps, 0 to 10^15.
    pub stored_bytes: u64,
}

impl Default for NodeCost {
    /// One machine without a price. An answer has the bytes of a median page over those requests that
    /// load it: 2.65 MB over 71 (Web Almanac 2024).
    fn default() -> Self {
        Self {
            machine: None,
            machines: 1,
            traffic: None,
            answer_bytes: 37_000,
            calls: None,
            storage: None,
            stored_bytes: 0,
        }
    }
}

impl NodeCost {
    /// `machines` machines at the price called `name`, and nothing else; `None` for a name that is not
    /// listed.
    #[must_use]
    pub fn of_machines(name: &str, machines: u32) -> Option<Self> {
        Some(Self {
            machine: Some(super::price(name)?),
            machines,
            ..Self::default()
        })
    }

    /// Whether each parameter is in its range.
    pub(crate) fn checks(&self) -> Vec<(bool, &'static str, &'static str)> {
        let is_for = |price: Option<&Price>, units: &[Unit]| {
            price.is_none_or(|price| units.contains(&price.unit))
        };
        vec![
            (
                is_for(self.machine, &[Unit::NodeHour, Unit::Month]),
                "machine",
                "a price by the hour or by the month",
            ),
            (self.machines <= 10_000, "machines", "0 to 10,000"),
            (
                is_for(self.traffic, &[Unit::Gigabyte]),
                "traffic",
                "a price for a gigabyte",
            ),
            (
                self.answer_bytes <= 1_000_000_000,
                "answer_bytes",
                "0 to 1,000,000,000",
            ),
            (
                is_for(self.calls, &[Unit::MillionRequests]),
                "calls",
                "a price for a million requests",
            ),
            (
                is_for(self.storage, &[Unit::GigabyteMonth]),
                "storage",
                "a price for a gigabyte and month",
            ),
            (
                self.stored_bytes <= 1_000_000_000_000_000,
                "stored_bytes",
                "0 to 1,000,000,000,000,000",
            ),
        ]
    }
}
