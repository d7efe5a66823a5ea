//! Work that its caller has cancelled: who gave up on it, and where it is dropped.

use crate::call::{NONE, Place};
use crate::node::guard::Attempt;
use crate::outcome::{FailureReason, Outcome};
use crate::request::RequestState;
use crate::scenario::{NodeKind, Scenario};
use crate::simulation::Simulation;
use crate::step::Happening;

/// Whether anybody in this system cancels anything.
pub(crate) fn is_possible(scenario: &Scenario) -> bool {
    let of_node = |kind: &NodeKind| matches!(kind, NodeKind::Clients(clients) if clients.cancels);
    scenario.nodes().iter().any(|node| of_node(&node.kind))
        || (scenario.links().iter()).any(|link| link.policy.as_ref().is_some_and(|it| it.cancels))
}

/// Answers a call with nothing if it was cancelled, and says whether it was.
///
/// The callee knows at once: it asks whether its caller still waits. A message would take the link's
/// latency, which is short compared with the queues in which cancelled work stands.
pub(super) fn drop_cancelled(simulation: &mut Simulation, node: u32, call: u32) -> bool {
    let is_cancelled = simulation.is_cancelled(call);
    if is_cancelled {
        // Nobody reads why.
        simulation.calls.get_mut(call).outcome = Outcome::Failed(FailureReason::TimedOut);
        simulation.answer(call);
        simulation.note_call(node, call, Happening::Cancelled);
    }
    is_cancelled
}

impl Simulation {
    /// Whether somebody on the way from the clients to this call no longer awaits it, and cancels then.
    fn is_cancelled(&self, index: u32) -> bool {
        let mut call = self.calls.get(index);
        loop {
            if call.parent == NONE {
                let request = self.requests.get(call.request);
                return request.state == RequestState::GivenUp
                    && self.clients_cancel(request.client);
            }
            let parent = self.calls.find(call.parent, call.parent_birth);
            if call.attempt != 0 {
                let attempt = Attempt::new(call.parent, call.parent_birth, call.attempt);
                if !self.awaits(attempt) && self.link_cancels(call.link) {
                    return true;
                }
            }
            let is_known = |place| matches!(place, Place::Waiting | Place::Guarding);
            match parent.filter(|parent| is_known(parent.place)) {
                Some(parent) => call = parent,
                // The parent has been answered without it, or has died.
                None => return false,
            }
        }
    }

    fn clients_cancel(&self, node: u32) -> bool {
        match &self.nodes[node as usize].parameters {
            NodeKind::Clients(clients) => clients.cancels,
            _ => false,
        }
    }

    fn link_cancels(&self, link: u32) -> bool {
        let link = &self.links[link as usize];
        let policy = link.dependency.as_ref().map(|it| it.policy());
        policy.is_some_and(|policy| policy.cancels) || self.clients_cancel(link.from)
    }
}
