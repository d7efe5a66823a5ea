//! Where a closed form applies: a document that is a single M/M/c station.

use simulator::theory::{Mmc, mmc};
use simulator::{Arrivals, Distribution, Dns, Kind, Link, NodeKind, SimDuration};

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
/// nothing happens during the run, practically nobody meets a full queue or gives up, and sharing a
/// look-up makes no crowds. `None` for every other document, and where the queue would grow without
/// end.
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
    let (look_up, ttl) = look_up(document, clients_id);
    let before = look_up + outer.saturating_mul(2);
    let is_patient = clients
        .timeout
        .is_none_or(|timeout| before + law.response_quantile(1.0 - NEGLIGIBLE) < timeout);
    let noticeable = NOTICEABLE * station.mean_response.as_secs_f64();
    let has_crowds = delay_by_crowds(clients.rate, &station, look_up, ttl) > noticeable;
    (overflow < NEGLIGIBLE && is_patient && !has_crowds).then_some(law)
}

/// The share of requests that may fall outside of a law's assumptions without showing in any number.
const NEGLIGIBLE: f64 = 1e-4;

/// The part of a mean by which runs differ anyway when only their seeds do.
const NOTICEABLE: f64 = 0.01;

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

/// How long clients wait for the address, and for how long they remember it.
fn look_up(document: &Document, clients: usize) -> (SimDuration, SimDuration) {
    let mut links = document.links().iter();
    let asked = links.find_map(|link| match &document.nodes()[link.to.index()].kind {
        NodeKind::Dns(Dns { lookup_time, ttl }) if link.from.index() == clients => {
            Some((*lookup_time + link.latency.saturating_mul(2), *ttl))
        }
        _ => None,
    });
    asked.unwrap_or_default()
}

/// By how many seconds the mean response is longer at most because clients share look-ups: whoever
/// comes during one waits for its answer, and then all are sent at once.
///
/// Those who wait, λ·look-up, come once in a cycle of a look-up, its time to live and the gap until
/// somebody asks again. The server makes up for what they bring in its idle time, a share 1 − ρ, and
/// until then everybody behind them is late, too. Nobody is by more than the look-up took: whatever
/// reaches a queue later by some time leaves it later by that time at most. Without a time to live
/// everybody asks alone, so the gaps between requests stay as they were.
fn delay_by_crowds(rate: f64, station: &Mmc, look_up: SimDuration, ttl: SimDuration) -> f64 {
    if ttl.is_zero() {
        return 0.0;
    }
    let (look_up, ttl) = (look_up.as_secs_f64(), ttl.as_secs_f64());
    let late = rate * look_up / (1.0 - station.utilisation);
    let cycle = rate * (look_up + ttl) + 1.0;
    late / cycle * look_up
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

    /// Figure 1.1 of the articles keeps its theory; whoever is released in crowds has none.
    #[test]
    fn a_look_up_that_many_wait_for_leaves_no_law() {
        for (rate, look_up, ttl, has_theory) in [
            (20, "20ms", "300s", true),
            (70, "20ms", "60s", true),
            (70, "100ms", "1s", false),
            (70, "100ms", "60s", false),
            (70, "100ms", "300s", true),
            // A minute's crowd is felt for long, even once a day.
            (70, "60s", "86400s", false),
            // Everybody asks alone: no crowds.
            (70, "100ms", "0s", true),
            // Hardly anybody comes while another one asks.
            (1, "1ms", "10s", true),
        ] {
            let text = format!(
                "format = 1\n[nodes.users]\nkind = \"clients\"\nrate = \"{rate}/s\"\ntimeout = \"never\"\n\
                 [nodes.dns]\nkind = \"dns\"\nlookup-time = \"{look_up}\"\nttl = \"{ttl}\"\n\
                 [nodes.web]\nkind = \"server\"\nworkers = 1\nservice-time = \"10ms\"\n\
                 [[links]]\nfrom = \"users\"\nto = \"web\"\n"
            );
            let link = "[[links]]\nfrom = \"users\"\nto = \"dns\"\nlatency = \"5ms\"\n";
            let asked = Document::parse(&format!("{text}{link}")).expect("valid");
            assert_eq!(
                steady_state(&asked).is_some(),
                has_theory,
                "{rate} {look_up} {ttl}"
            );
            let alone = Document::parse(&text).expect("valid");
            assert!(steady_state(&alone).is_some(), "nobody asks");
        }
    }
}
