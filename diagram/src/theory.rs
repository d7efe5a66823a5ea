//! Where a closed form applies: a document that is a single M/M/c station.

use simulator::theory::{Mmc, mmc};
use simulator::{Arrivals, Distribution, Kind, Link, NodeKind, SimDuration};

use crate::document::Document;

/// What theory says of a document that is one M/M/c station.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SteadyState {
    station: Mmc,
    /// From the balancer to the server and back.
    network: SimDuration,
}

impl SteadyState {
    /// The mean response time.
    #[must_use]
    pub fn mean_response(&self) -> SimDuration {
        self.network + self.station.mean_response
    }

    /// The response time that a share `q` (0 to below 1) of the requests does not exceed.
    #[must_use]
    pub fn response_quantile(&self, q: f64) -> SimDuration {
        self.network + self.station.response_quantile(q)
    }
}

/// The steady state of a document that is one M/M/c station: Poisson clients who call one server
/// with exponential service and no queries, perhaps through a balancer with nothing else behind it,
/// nothing happens during the run, and practically nobody meets a full queue or gives up. `None` for
/// every other document, and where the queue would grow without end.
#[must_use]
pub fn steady_state(document: &Document) -> Option<SteadyState> {
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
    let (outer, inner) = way(document, clients_id, server_id)?;
    let answers_alone = server.queries == 0 || calls(document, server_id).is_empty();
    let Distribution::Exponential { mean } = server.service_time else {
        return None;
    };
    if !answers_alone || clients.arrivals != Arrivals::Poisson || mean.is_zero() {
        return None;
    }
    let station = mmc(clients.rate, 1.0 / mean.as_secs_f64(), server.workers)?;
    let law = SteadyState {
        station,
        network: inner.saturating_mul(2),
    };
    // The law knows neither a full queue nor a user who gives up. P(more than n wait) falls like ρⁿ.
    let overflow = station.wait_probability
        * libm::exp(
            f64::from(server.queue_limit) * libm::log(station.utilisation.max(f64::MIN_POSITIVE)),
        );
    let is_patient = clients.timeout.is_none_or(|timeout| {
        outer.saturating_mul(2) + law.response_quantile(1.0 - NEGLIGIBLE) < timeout
    });
    (overflow < NEGLIGIBLE && is_patient).then_some(law)
}

/// The share of requests that may fall outside of a law's assumptions without showing in any number.
const NEGLIGIBLE: f64 = 1e-4;

/// The latencies on the only way from the clients to the server: of the users' own network, and
/// between a balancer and the server.
fn way(document: &Document, clients: usize, server: usize) -> Option<(SimDuration, SimDuration)> {
    let is_balancer = |id: usize| document.nodes()[id].kind.kind() == Kind::Balancer;
    match calls(document, clients).as_slice() {
        [link] if link.to.index() == server => Some((link.latency, SimDuration::ZERO)),
        [link] if is_balancer(link.to.index()) => {
            match calls(document, link.to.index()).as_slice() {
                [inner] if inner.to.index() == server => Some((link.latency, inner.latency)),
                _ => None,
            }
        }
        _ => None,
    }
}

/// The links from a node to what does its work: all but a name service.
fn calls(document: &Document, from: usize) -> Vec<&Link> {
    let is_work = |link: &&Link| {
        let to = &document.nodes()[link.to.index()];
        link.from.index() == from && to.kind.kind() != Kind::Dns
    };
    document.links().iter().filter(is_work).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edit::Edit;

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
        assert_eq!(law.mean_response(), SimDuration::from_millis(50));
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
        let impatient = station("timeout = \"2s\"", "");
        assert!(steady_state(&impatient).is_some(), "nobody gives up");
        let far = impatient.apply(&set("users -> web.latency", "900ms"));
        assert_eq!(steady_state(&far.expect("possible")), None);
    }

    fn set(path: &str, value: &str) -> Edit {
        Edit::Set {
            path: path.to_owned(),
            value: value.to_owned(),
        }
    }

    /// One worker with 10 ms of work, asked through a balancer.
    #[test]
    fn the_network_behind_a_balancer_is_a_part_of_the_response() {
        let document = Document::parse(
            "format = 1\n[nodes.users]\nkind = \"clients\"\nrate = \"80/s\"\n[nodes.lb]\nkind = \"balancer\"\n\
             [nodes.web]\nkind = \"server\"\nworkers = 1\nservice-time = \"10ms\"\n[[links]]\nfrom = \"users\"\nto = \"lb\"\n\
             latency = \"30ms\"\n[[links]]\nfrom = \"lb\"\nto = \"web\"\nlatency = \"5ms\"\n",
        );
        let law = steady_state(&document.expect("valid")).expect("M/M/1");
        assert_eq!(law.mean_response(), SimDuration::from_millis(60));
        let median = law.response_quantile(0.5).as_millis_f64();
        assert!((median - (10.0 + 50.0 * std::f64::consts::LN_2)).abs() < 1e-3);
    }
}
