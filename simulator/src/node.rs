//! What each kind of node does, one file a kind, and which of them an event concerns.

mod arrivals;
pub(crate) mod balancer;
pub(crate) mod boot;
pub(crate) mod cache;
pub(crate) mod cancellation;
pub(crate) mod cdn;
pub(crate) mod clients;
pub(crate) mod copies;
mod database;
pub(crate) mod deadline;
mod dns;
pub(crate) mod freshness;
pub(crate) mod guard;
pub(crate) mod object_store;
pub(crate) mod pool;
pub(crate) mod server;
pub(crate) mod shards;
mod spread;
pub(crate) mod station;
mod steps;
pub(crate) mod users;
mod visits;

use crate::WHOLE;
use crate::outcome::{FailureReason, Outcome};
use crate::scenario::Kind;
use crate::simulation::{NodeSlot, Reply, Simulation};
use crate::time::SimDuration;

/// A call has reached a living node.
pub(crate) fn on_call(simulation: &mut Simulation, node: u32, call: u32) {
    match simulation.nodes[node as usize].kind {
        Kind::Balancer => balancer::on_call(simulation, node, call),
        Kind::Server => server::on_call(simulation, node, call),
        Kind::Database => database::on_call(simulation, node, call),
        Kind::Dns => dns::on_call(simulation, node, call),
        Kind::Clients => debug_assert!(false, "nobody calls clients"),
        _ if !WHOLE => {}
        Kind::Cdn => cdn::on_call(simulation, node, call),
        Kind::Cache => cache::on_call(simulation, node, call),
        Kind::ObjectStore => object_store::on_call(simulation, node, call),
        Kind::Shards => shards::on_call(simulation, node, call),
    }
}

/// The time is over for which a node held a call.
pub(crate) fn on_served(simulation: &mut Simulation, call: u32) {
    let node = simulation.calls.get(call).node;
    match simulation.nodes[node as usize].kind {
        Kind::Server => server::on_served(simulation, node, call),
        Kind::Database => database::on_served(simulation, node, call),
        Kind::Dns => dns::on_served(simulation, node, call),
        Kind::Balancer => balancer::on_served(simulation, node, call),
        Kind::Clients | Kind::Shards => debug_assert!(false, "these hold no calls"),
        _ if !WHOLE => {}
        Kind::Cdn => cdn::on_served(simulation, node, call),
        Kind::Cache => cache::on_served(simulation, node, call),
        Kind::ObjectStore => object_store::on_served(simulation, node, call),
    }
}

/// A node has the answer to a call that it opened for `parent`.
pub(crate) fn on_reply(simulation: &mut Simulation, node: u32, parent: u32, reply: Reply) {
    match simulation.nodes[node as usize].kind {
        Kind::Balancer => balancer::on_reply(simulation, node, parent, reply),
        Kind::Server => server::on_reply(simulation, node, parent, reply),
        Kind::Clients | Kind::Dns | Kind::Database | Kind::ObjectStore => {
            debug_assert!(false, "these open no calls for others");
        }
        _ if !WHOLE => {}
        Kind::Cdn => cdn::on_reply(simulation, node, parent, reply),
        Kind::Cache => cache::on_reply(simulation, node, parent, reply),
        Kind::Shards => shards::on_reply(simulation, node, parent, reply),
    }
}

/// The answer to `child`, which a node opened for `parent` with a timeout, is not there in time; it is
/// not awaited any more. Every kind treats that as an answer that says so.
pub(crate) fn on_timeout(simulation: &mut Simulation, node: u32, parent: u32, child: u32) {
    let call = simulation.calls.get(child);
    let reply = Reply {
        link: call.link,
        outcome: Outcome::Failed(FailureReason::DependencyTimedOut),
        version: 0,
        travelled: SimDuration::ZERO,
        is_broken: false,
        is_miss: false,
    };
    on_reply(simulation, node, parent, reply);
}

/// Clients have the answer to a call that they opened themselves, or a node to work in the background. The
/// slot of that `call` is free, but what it asked for still stands there.
pub(crate) fn on_root_reply(
    simulation: &mut Simulation,
    node: u32,
    call: u32,
    request: u32,
    reply: Reply,
) {
    match simulation.nodes[node as usize].kind {
        Kind::Clients => clients::on_reply(simulation, node, request, reply),
        Kind::Cdn if WHOLE => copies::on_background_reply(simulation, node, call, reply),
        Kind::Cache if WHOLE => cache::on_background_reply(simulation, node, call, reply),
        Kind::Shards if WHOLE => shards::on_background_reply(simulation, node, request, reply),
        _ => {}
    }
}

/// A time has come that a node has set itself.
pub(crate) fn on_alarm(simulation: &mut Simulation, node: u32, alarm: u32) {
    match simulation.nodes[node as usize].kind {
        Kind::Balancer => balancer::on_alarm(simulation, node, alarm),
        Kind::Server if WHOLE => server::on_alarm(simulation, node, alarm),
        Kind::Database if WHOLE => boot::on_alarm(simulation, node, alarm),
        Kind::Cdn if WHOLE => cdn::on_alarm(simulation, node, alarm),
        Kind::Cache if WHOLE => cache::on_alarm(simulation, node, alarm),
        Kind::Shards if WHOLE => shards::on_alarm(simulation, node, alarm),
        _ => {}
    }
}

/// Somebody makes a node forget what it holds.
pub(crate) fn on_flush(simulation: &mut Simulation, node: u32) {
    if WHOLE {
        copies::on_flush(simulation, node);
    }
}

/// What is behind a node has a new version.
pub(crate) fn on_deployment(simulation: &mut Simulation, node: u32) {
    match simulation.nodes[node as usize].kind {
        Kind::Cdn if WHOLE => cdn::on_deployment(simulation, node),
        _ => {}
    }
}

/// A node dies. The calls inside fail after this; it clears up what it knew of them.
pub(crate) fn on_death(simulation: &mut Simulation, node: u32) {
    match simulation.nodes[node as usize].kind {
        Kind::Server => server::on_death(simulation, node),
        Kind::Database => station::on_death(simulation, node),
        Kind::Balancer => balancer::on_death(simulation, node),
        Kind::Clients | Kind::Dns | Kind::ObjectStore => {}
        _ if !WHOLE => {}
        Kind::Cdn => copies::on_death(simulation, node),
        Kind::Cache => cache::on_death(simulation, node),
        Kind::Shards => shards::on_death(simulation, node),
    }
}

/// A dead node works again.
pub(crate) fn on_revival(simulation: &mut Simulation, node: u32) {
    match simulation.nodes[node as usize].kind {
        Kind::Balancer => balancer::on_revival(simulation, node),
        Kind::Shards if WHOLE => shards::on_reconfigured(simulation, node),
        _ => {}
    }
}

/// The scenario has changed: perhaps this node's parameters, links or presence.
pub(crate) fn on_reconfigured(simulation: &mut Simulation, node: u32) {
    match simulation.nodes[node as usize].kind {
        Kind::Clients => clients::on_reconfigured(simulation, node),
        Kind::Balancer => balancer::on_reconfigured(simulation, node),
        Kind::Server => server::on_reconfigured(simulation, node),
        Kind::Database => station::on_reconfigured(simulation, node),
        Kind::Dns => {}
        _ if !WHOLE => {}
        Kind::Cdn => cdn::on_reconfigured(simulation, node),
        Kind::Cache => cache::on_reconfigured(simulation, node),
        Kind::Shards => shards::on_reconfigured(simulation, node),
        Kind::ObjectStore => object_store::on_reconfigured(simulation, node),
    }
}

/// Why a call fails that reaches this node when it is dead.
pub(crate) const fn refusal(slot: &NodeSlot) -> FailureReason {
    match slot.kind {
        Kind::Dns => FailureReason::NameNotResolved,
        _ => FailureReason::Refused,
    }
}

/// Why a call fails that is inside this node when it dies.
pub(crate) const fn loss(slot: &NodeSlot) -> FailureReason {
    match slot.kind {
        Kind::Dns => FailureReason::NameNotResolved,
        _ => FailureReason::ServerDied,
    }
}

/// Why a call fails that a broken node answers with an error.
pub(crate) const fn error(slot: &NodeSlot) -> FailureReason {
    match slot.kind {
        Kind::Dns => FailureReason::NameNotResolved,
        _ => FailureReason::ServerError,
    }
}
