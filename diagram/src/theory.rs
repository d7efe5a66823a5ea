//! Where a closed form applies: a document that is a single M/M/c station.

use simulator::theory::{Mmc, mmc};
use simulator::{Arrivals, Distribution, Kind, NodeId, NodeKind};

use crate::document::Document;

/// The steady state of a document that is one M/M/c station: Poisson clients who call one server
/// with exponential service and no queries, perhaps through a balancer with nothing else behind it,
/// nothing happens during the run, and practically nobody meets a full queue or gives up. `None` for
/// every other document, and where the queue would grow without end.
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
    let law = mmc(clients.rate, 1.0 / mean.as_secs_f64(), server.workers)?;
    // The law knows neither a full queue nor a user who gives up. P(more than n wait) falls like ρⁿ.
    let overflow = law.wait_probability
        * libm::exp(
            f64::from(server.queue_limit) * libm::log(law.utilisation.max(f64::MIN_POSITIVE)),
        );
    let is_patient = clients
        .timeout
        .is_none_or(|timeout| law.response_quantile(1.0 - NEGLIGIBLE) < timeout);
    (overflow < NEGLIGIBLE && is_patient).then_some(law)
}

/// The share of requests that may fall outside of a law's assumptions without showing in any number.
const NEGLIGIBLE: f64 = 1e-4;

#[cfg(test)]
mod tests {
    use super::*;

    fn station(clients: &str, server: &str) -> Document {
        let text = format!(
            "format = 1\n[nodes.users]\nkind = \"clients\"\nrate = \"80/s\"\n{clients}\n[nodes.web]\nkind = \"server\"\nworkers = 1\n\
             service-time = \"10ms\"\n{server}\n[[links]]\nfrom = \"users\"\nto = \"web\"\n"
        );
        Document::parse(&text).expect("valid")
    }

    #[test]
    fn theory_speaks_only_where_its_assumptions_hold() {
        let forever = "timeout = \"never\"";
        let law = steady_state(&station(forever, "")).expect("M/M/1");
        assert_eq!(law.mean_response, simulator::SimDuration::from_millis(50));
        for (clients, server) in [
            (forever, "queue-limit = 0"),
            (forever, "queue-limit = 20"),
            ("timeout = \"100ms\"", ""),
            ("timeout = \"never\"\narrivals = \"even\"", ""),
        ] {
            assert_eq!(
                steady_state(&station(clients, server)),
                None,
                "{clients} {server}"
            );
        }
        assert!(
            steady_state(&station("timeout = \"2s\"", "")).is_some(),
            "nobody gives up"
        );
    }
}
