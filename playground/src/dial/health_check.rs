//! How often the balancers look after their servers.

use diagram::quantity::parse_duration;
use diagram::{Document, Edit};
use simulator::{Kind, NodeKind, SimDuration};

use super::choice::{choose, first_value};
use super::{Face, names, set};

/// The timeout of a check that has just been switched on.
const DEFAULT_TIMEOUT: SimDuration = SimDuration::from_secs(2);
/// The intervals that a health check is offered with.
const INTERVALS: [&str; 6] = ["1s", "2s", "5s", "10s", "30s", "60s"];

/// What the choice shows.
pub(super) fn face(document: &Document) -> Face {
    if names(document, Kind::Balancer).next().is_none() {
        return Face::Nothing;
    }
    let present = first_value(document, Kind::Balancer, "health-check.interval");
    let mut choices = vec![("off".to_owned(), "off".to_owned())];
    let mut offer = |interval: &str| {
        choices.push((
            interval.to_owned(),
            format!("every {}", interval.replace('s', " s")),
        ));
    };
    INTERVALS.into_iter().for_each(&mut offer);
    if let Some(own) = present.as_deref().filter(|own| !INTERVALS.contains(own)) {
        offer(own);
    }
    Face::Choice {
        choices,
        present: present.unwrap_or_else(|| "off".to_owned()),
    }
}

/// The edits that set the interval, or switch the checks off.
pub(super) fn edits(document: &Document, value: &str) -> Vec<Edit> {
    let Ok(interval) = parse_duration(value) else {
        return choose(document, Kind::Balancer, "health-check", "off");
    };
    let mut edits = Vec::new();
    for node in document.nodes() {
        let NodeKind::Balancer(balancer) = &node.kind else {
            continue;
        };
        // A check that was off begins with its defaults; a probe cannot take longer than the pause
        // between two of them.
        let timeout = balancer
            .health_check
            .as_ref()
            .map_or(DEFAULT_TIMEOUT, |check| check.timeout);
        if timeout > interval {
            edits.push(set(&node.name, "health-check.timeout", value));
        }
        edits.push(set(&node.name, "health-check.interval", value));
    }
    edits
}
