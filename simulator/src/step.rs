//! One event in words, for readers who go through a run step by step.

use crate::outcome::FailureReason;
use crate::scenario::{NodeId, Scenario};
use crate::time::{SimDuration, SimTime};

/// What one event did.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    /// When it happened.
    pub time: SimTime,
    /// Where; `None` at a node that has been removed meanwhile.
    pub node: Option<NodeId>,
    /// Which request it concerned.
    pub request: Option<u64>,
    /// What it was.
    pub what: Happening,
}

/// The kinds of thing that an event can do.
#[derive(Clone, Debug, PartialEq)]
pub enum Happening {
    /// The run begins.
    Began,
    /// An event came too late to matter, such as the deadline of a request long answered.
    Passed,
    /// A client sent a request.
    Sent,
    /// A caller sent a request again, because an earlier attempt failed or takes long.
    SentAgain,
    /// A request was dropped: its caller had cancelled it.
    Cancelled,
    /// A client asked for the address first.
    AskedName,
    /// A client waits for a look-up that is under way.
    AwaitsName,
    /// DNS began to look up the name.
    LookedUp,
    /// DNS answered.
    NameAnswered,
    /// The client learned the address and sent its request.
    NameLearned,
    /// A balancer passed a request on.
    Forwarded {
        /// To this node, unless it has been removed meanwhile.
        to: Option<NodeId>,
    },
    /// A router asked several shards at once.
    Spread {
        /// How many.
        over: u32,
    },
    /// A router moved rows from one shard to another.
    Copied {
        /// How many.
        rows: u64,
    },
    /// A worker began to serve.
    Started {
        /// For so long.
        service: SimDuration,
    },
    /// The request has to wait.
    Queued {
        /// Behind so many others.
        ahead: u32,
    },
    /// A worker is done, and the answer or the next query leaves.
    Finished,
    /// An answer came back through the node.
    PassedBack,
    /// A write was passed on to the source.
    PassedOn,
    /// A cache had what was asked for.
    Hit,
    /// A cache did not have it.
    Missed,
    /// A cache waits for what another request has already made it ask for.
    AwaitsFill,
    /// The request failed here.
    Failed(FailureReason),
    /// The request was turned away here on purpose.
    Shed,
    /// The client has its answer.
    Answered {
        /// After this response time.
        response: SimDuration,
        /// Whether that was within the objective.
        on_time: bool,
    },
    /// The client learned of a failure.
    LearnedFailure(FailureReason),
    /// The client learned that it was turned away.
    LearnedShed,
    /// The client gave up waiting.
    GaveUp,
    /// An answer came for a client that had given up.
    AnsweredNobody,
    /// A balancer's probe was answered or not.
    Probed {
        /// The server probed, unless it has been removed meanwhile.
        target: Option<NodeId>,
        /// Whether it answered well and in time.
        is_good: bool,
        /// Whether this changed the balancer's belief.
        changed: bool,
    },
    /// A probe reached a server.
    ProbeReached,
    /// The standby of a dead node took its place.
    TookOver,
}

impl Step {
    pub(crate) const fn beginning() -> Self {
        Self {
            time: SimTime::ZERO,
            node: None,
            request: None,
            what: Happening::Began,
        }
    }

    /// The step as a sentence, with the names of `scenario`.
    #[must_use]
    pub fn sentence(&self, scenario: &Scenario) -> String {
        let name = |id: Option<NodeId>| {
            id.and_then(|id| scenario.nodes().get(id.index()))
                .map_or("a removed node", |node| node.name.as_str())
        };
        let node = name(self.node);
        let request = self
            .request
            .map_or_else(String::new, |number| format!("request {number}"));
        // The names of clients are plurals, those of other nodes are not: no verb follows a name
        // that may be either.
        match &self.what {
            Happening::Began => "The run begins.".to_owned(),
            Happening::Passed => "A timer runs out that no longer matters.".to_owned(),
            Happening::Sent => format!("A new one: {request} leaves {node}."),
            Happening::SentAgain => format!("Another attempt: {request} leaves {node} again."),
            Happening::Cancelled => format!("At {node}, {request} is dropped: it was cancelled."),
            Happening::AskedName => {
                format!("Before {request} leaves {node}, DNS is asked for the address.")
            }
            Happening::AwaitsName => {
                format!("At {node}, {request} waits for the look-up under way.")
            }
            Happening::LookedUp => format!("{node} looks up the address for {request}."),
            Happening::NameAnswered => format!("{node} answers with the address."),
            Happening::NameLearned => {
                format!("The address is known at {node}, and {request} leaves.")
            }
            Happening::Forwarded { to } => format!("{node} sends {request} to {}.", name(*to)),
            Happening::Spread { over } => {
                format!("{node} sends {request} to {over} shards at once.")
            }
            Happening::Copied { rows } => {
                format!("{node} has copied {rows} rows to the shard that is to have them.")
            }
            Happening::Started { service } => {
                format!(
                    "{node} starts {request}; it will take {}.",
                    rounded(*service)
                )
            }
            Happening::Queued { ahead: 0 } => {
                format!("At {node}, {request} waits, next in line.")
            }
            Happening::Queued { ahead: 1 } => {
                format!("At {node}, {request} waits behind one other.")
            }
            Happening::Queued { ahead } => {
                format!("At {node}, {request} waits behind {ahead} others.")
            }
            Happening::Finished => format!("{node} finishes its work on {request}."),
            Happening::PassedBack => format!("The answer to {request} passes {node}."),
            Happening::PassedOn => format!("{node} passes {request} on, which writes."),
            Happening::Hit => format!("{node} has the answer to {request}."),
            Happening::Missed => format!("{node} does not have the answer to {request}."),
            Happening::AwaitsFill => {
                format!("At {node}, {request} waits for what was already asked for.")
            }
            Happening::Failed(reason) => format!("At {node}, {request} fails: {}.", reason.label()),
            Happening::Shed => format!("{node} turns {request} away."),
            Happening::Answered { response, on_time } => format!(
                "The answer to {request} reaches {node} after {}{}.",
                rounded(*response),
                if *on_time { "" } else { ": too late" },
            ),
            Happening::LearnedFailure(reason) => {
                format!(
                    "The news that {request} failed reaches {node}: {}.",
                    reason.label()
                )
            }
            Happening::LearnedShed => {
                format!("The news that {request} was turned away reaches {node}.")
            }
            Happening::GaveUp => format!("At {node}, nobody waits for {request} any longer."),
            Happening::AnsweredNobody => {
                format!("The answer to {request} arrives; nobody waits for it any more.")
            }
            Happening::Probed {
                target,
                is_good,
                changed,
            } => format!(
                "{node} checks {}: {}{}.",
                name(*target),
                if *is_good {
                    "healthy"
                } else {
                    "no good answer"
                },
                match (changed, is_good) {
                    (true, true) => ", so it joins the pool again",
                    (true, false) => ", so it leaves the pool",
                    (false, _) => "",
                },
            ),
            Happening::ProbeReached => format!("A health check reaches {node}."),
            Happening::TookOver => format!("The standby of {node} takes over."),
        }
    }
}

/// To three digits or so: a sentence is read, not computed with.
fn rounded(duration: SimDuration) -> SimDuration {
    let nanos = duration.as_nanos();
    let unit = 10_u64.pow(nanos.checked_ilog10().unwrap_or(0).saturating_sub(2));
    SimDuration::from_nanos(nanos.saturating_add(unit / 2) / unit * unit)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_in_sentences_have_three_digits() {
        for (nanos, text) in [
            (12_345_678, "12.3 ms"),
            (999_950_000, "1 s"),
            (0, "0 ms"),
            (7, "7 ns"),
        ] {
            assert_eq!(rounded(SimDuration::from_nanos(nanos)).to_string(), text);
        }
    }
}
