//! Where a closed form applies: a document that is a single M/M/c station.

use simulator::theory::{Mmc, mmc};
use simulator::{Arrivals, Distribution, Kind, NodeId, NodeKind};

use crate::document::Document;

/// The steady state of a document that is one M/M/c station: Poisson clients who call one server
/// with exponential service and no queries, perhaps through a balancer with nothing else behind it,
/// and nothing happens during the run. `None` for every other document, and where the queue would
/// grow without end.
#[must_use]
pub fn steady_state(document: &Document) -> Option<Mmc> {
    if !document.timeline().is_empty() {
        return None;
    }
    let nodes = document.nodes();
    let only = |kind: Kind| {
        let mut found = nodes
            .iter()
            .enumerate()
            .filter(move |(_, node)| node.kind.kind() == kind);
        found.next().filter(|_| found.next().is_none())
    };
    let (clients_id, clients) = only(Kind::Clients)?;
    let (server_id, server) = only(Kind::Server)?;
    let (NodeKind::Clients(clients), NodeKind::Server(server)) = (&clients.kind, &server.kind)
    else {
        return None;
    };
    let calls = |id: usize| -> Vec<usize> {
        let links = document
            .links()
            .iter()
            .filter(move |link| link.from.index() == id);
        links
            .map(|link| link.to)
            .filter(|&NodeId(to)| nodes[to as usize].kind.kind() != Kind::Dns)
            .map(NodeId::index)
            .collect()
    };
    let reaches_server = match calls(clients_id).as_slice() {
        [only] if *only == server_id => true,
        [balancer] => {
            nodes[*balancer].kind.kind() == Kind::Balancer && calls(*balancer) == [server_id]
        }
        _ => false,
    };
    let answers_alone = server.queries == 0 || calls(server_id).is_empty();
    let Distribution::Exponential { mean } = server.service_time else {
        return None;
    };
    let applies = reaches_server && answers_alone && clients.arrivals == Arrivals::Poisson;
    if !applies || mean.is_zero() {
        return None;
    }
    mmc(clients.rate, 1.0 / mean.as_secs_f64(), server.workers)
}
