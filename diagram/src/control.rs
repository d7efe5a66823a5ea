//! The controls that a figure can show.

use std::borrow::Cow;

use simulator::Kind;

use crate::document::DiagramNode;
use crate::name;

/// A control of a live figure.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Control {
    /// How many requests the users send.
    Load,
    /// How the requests are spaced.
    Arrivals,
    /// More or fewer servers.
    Servers,
    /// More or fewer workers in each server.
    Workers,
    /// More or fewer workers in the node or the group of this name.
    WorkersOf(String),
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
    /// Every control that names no node, in the order in which the manual lists them.
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
    pub fn key(&self) -> Cow<'static, str> {
        match self {
            Self::WorkersOf(name) => format!("{}({name})", self.word()).into(),
            _ => self.word().into(),
        }
    }

    /// The key without the node that it names: what sort of control it is.
    #[must_use]
    pub const fn word(&self) -> &'static str {
        match self {
            Self::Load => "load",
            Self::Arrivals => "arrivals",
            Self::Servers => "servers",
            Self::Workers | Self::WorkersOf(_) => "workers",
            Self::Policy => "policy",
            Self::Queries => "queries",
            Self::Latency => "latency",
            Self::Faults => "faults",
            Self::HealthCheck => "health-check",
        }
    }

    /// How people read it.
    #[must_use]
    pub fn label(&self) -> Cow<'static, str> {
        let label = match self {
            Self::WorkersOf(name) => return format!("Workers of {name}").into(),
            Self::Load => "Load",
            Self::Arrivals => "Arrivals",
            Self::Servers => "Servers",
            Self::Workers => "Workers",
            Self::Policy => "Policy",
            Self::Queries => "Queries",
            Self::Latency => "Latency, one way",
            Self::Faults => "Faults",
            Self::HealthCheck => "Health check",
        };
        label.into()
    }

    /// The control that is written as `key`.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        if let Some((word, rest)) = key.split_once('(') {
            let name = rest.strip_suffix(')')?;
            let is_meant = word == Self::Workers.word() && name::check_name(name).is_ok();
            return is_meant.then(|| Self::WorkersOf(name.to_owned()));
        }
        Self::ALL.into_iter().find(|control| control.word() == key)
    }

    /// Whether the node or the group that the control names has workers among `nodes`; true where it
    /// names none.
    pub(crate) fn fits(&self, nodes: &[DiagramNode]) -> bool {
        let Self::WorkersOf(name) = self else {
            return true;
        };
        let meant = name::resolve(nodes.iter().map(|node| node.name.as_str()), name);
        !meant.is_empty()
            && meant
                .into_iter()
                .all(|place| matches!(nodes[place].kind.kind(), Kind::Server | Kind::Database))
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

#[cfg(test)]
mod tests {
    use super::Control;
    use crate::document::Document;
    use crate::edit::Edit;

    #[test]
    fn every_control_is_found_again_by_its_key() {
        let named = Control::WorkersOf("web-1".to_owned());
        for control in Control::ALL.into_iter().chain([named]) {
            assert_eq!(Control::from_key(&control.key()), Some(control));
        }
        for key in ["workers()", "workers(a b)", "workers(web", "servers(web)"] {
            assert_eq!(Control::from_key(key), None, "{key}");
        }
    }

    #[test]
    fn the_control_of_a_node_is_renamed_and_removed_with_it() {
        let document = Document::parse(
            "format = 1\ncontrols = [\"workers(db)\"]\n[nodes.db]\nkind = \"database\"\n",
        )
        .expect("valid");
        let renamed = document
            .apply(&Edit::Rename {
                name: "db".to_owned(),
                to: "store".to_owned(),
            })
            .expect("possible");
        assert_eq!(renamed.controls(), [Control::WorkersOf("store".to_owned())]);
        let removed = renamed
            .apply(&Edit::Remove {
                name: "store".to_owned(),
            })
            .expect("possible");
        assert!(removed.controls().is_empty());
    }
}
