//! The controls that a figure can show.

use simulator::Kind;

use crate::document::DiagramNode;

/// A control of a live figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Control {
    /// How many requests the users send.
    Load,
    /// How the requests are spaced.
    Arrivals,
    /// More or fewer servers.
    Servers,
    /// More or fewer workers in each server.
    Workers,
    /// How the balancer chooses.
    Policy,
    /// How many queries a request needs.
    Queries,
    /// How far away the database is.
    Latency,
    /// Kill, slow down, heal.
    Faults,
    /// How often the balancer looks.
    HealthCheck,
}

impl Control {
    /// Every control, in the order in which the manual lists them.
    pub const ALL: [Self; 9] = [
        Self::Load,
        Self::Arrivals,
        Self::Servers,
        Self::Workers,
        Self::Policy,
        Self::Queries,
        Self::Latency,
        Self::Faults,
        Self::HealthCheck,
    ];

    /// How it is written in a file.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Load => "load",
            Self::Arrivals => "arrivals",
            Self::Servers => "servers",
            Self::Workers => "workers",
            Self::Policy => "policy",
            Self::Queries => "queries",
            Self::Latency => "latency",
            Self::Faults => "faults",
            Self::HealthCheck => "health-check",
        }
    }

    /// How people read it.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Load => "Load",
            Self::Arrivals => "Arrivals",
            Self::Servers => "Servers",
            Self::Workers => "Workers",
            Self::Policy => "Policy",
            Self::Queries => "Queries",
            Self::Latency => "Latency, one way",
            Self::Faults => "Faults",
            Self::HealthCheck => "Health check",
        }
    }

    /// The control that is written as `key`.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|control| control.key() == key)
    }

    /// What a figure shows that does not say: load, servers, policy and faults, where the system
    /// has something to control.
    #[must_use]
    pub fn usual(nodes: &[DiagramNode]) -> Vec<Self> {
        let has = |kind: Kind| nodes.iter().any(|node| node.kind.kind() == kind);
        let mut controls = Vec::new();
        if has(Kind::Clients) {
            controls.push(Self::Load);
        }
        if has(Kind::Server) {
            controls.push(Self::Servers);
        }
        if has(Kind::Balancer) {
            controls.push(Self::Policy);
        }
        if has(Kind::Server) || has(Kind::Database) {
            controls.push(Self::Faults);
        }
        controls
    }
}
