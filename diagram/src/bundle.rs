//! What the small bundle of an article's live figures can show.

use simulator::{Arrivals, Distribution, NodeKind, Policy};

use crate::document::Document;
use crate::kind;

/// The first part of a document that is left out of the figures' bundle, in words: `None` where a live
/// figure can show all of it. Variants are run when the site is built, by everything there is.
#[must_use]
pub fn missing_in_figures(document: &Document) -> Option<String> {
    document.nodes().iter().find_map(|node| {
        let what = missing(&node.kind)?;
        Some(format!("{what} (\"{}\")", node.name))
    })
}

fn missing(node: &NodeKind) -> Option<String> {
    let law = |law: &Distribution| match law {
        Distribution::Deterministic { .. }
        | Distribution::Exponential { .. }
        | Distribution::Lognormal { .. } => None,
        _ => Some("this law of service times".to_owned()),
    };
    match node {
        NodeKind::Dns(_) => None,
        NodeKind::Clients(clients) if clients.arrivals == Arrivals::Closed => {
            Some("a closed loop of users".to_owned())
        }
        NodeKind::Clients(clients) => (clients.keys > 0).then(|| "requests with keys".to_owned()),
        NodeKind::Balancer(balancer) => {
            let is_basic = matches!(
                balancer.policy,
                Policy::RoundRobin
                    | Policy::Random
                    | Policy::LeastConnections
                    | Policy::PowerOfTwo
                    | Policy::PowerOfChoices
            );
            (!is_basic).then(|| "this policy of a balancer".to_owned())
        }
        NodeKind::Server(server) => law(&server.service_time),
        NodeKind::Database(database) => {
            law(&database.read_time).or_else(|| law(&database.write_time))
        }
        other => Some(format!(
            "a node of the kind \"{}\"",
            kind::key(other.kind())
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn system(rest: &str) -> Document {
        let text =
            format!("format = 1\nslo = \"200ms\"\n[nodes.users]\nkind = \"clients\"\n{rest}");
        Document::parse(&text).expect("the text is a scenario")
    }

    #[test]
    fn what_the_bundle_lacks_is_named() {
        for (rest, what) in [
            ("", None),
            (
                "arrivals = \"closed\"",
                Some("a closed loop of users (\"users\")"),
            ),
            ("keys = 10", Some("requests with keys (\"users\")")),
            (
                "[nodes.cache]\nkind = \"cache\"",
                Some("a node of the kind \"cache\" (\"cache\")"),
            ),
            (
                "[nodes.web]\nkind = \"server\"\nservice-time = \"8ms pareto shape=2\"",
                Some("this law of service times (\"web\")"),
            ),
            (
                "[nodes.lb]\nkind = \"balancer\"\npolicy = \"power-of-two\"",
                None,
            ),
            (
                "[nodes.lb]\nkind = \"balancer\"\npolicy = \"peak-ewma\"",
                Some("this policy of a balancer (\"lb\")"),
            ),
        ] {
            assert_eq!(missing_in_figures(&system(rest)).as_deref(), what, "{rest}");
        }
    }
}
