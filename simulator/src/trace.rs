//! Where the time of single requests went.
//!
//! A traced request keeps a record of every call that worked for it, and of where each call was at every
//! moment: on the network, in a queue, with a worker, or waiting for calls of its own. So the parts of a
//! call add up to its duration exactly, and [`Trace::path`] cuts the whole latency into legs without gap
//! or overlap.
//!
//! Which requests are traced depends on their own random numbers alone, so that two designs that are fed
//! the same seed show the same requests.

mod exemplars;
mod path;
mod recorder;

pub use exemplars::Exemplars;
pub use path::Leg;

pub(crate) use recorder::Recorder;

use crate::outcome::FailureReason;
use crate::scenario::NodeId;
use crate::time::{SimDuration, SimTime};

/// The record of one request, from the click to the answer.
#[derive(Clone, Debug, PartialEq)]
pub struct Trace {
    /// The number of the request: 0 for the first one generated.
    pub request: u64,
    /// Whether it writes or only reads.
    pub is_write: bool,
    /// When its client sent it.
    pub created: SimTime,
    /// When it ended for its client.
    pub ended: SimTime,
    /// How it ended.
    pub ending: Ending,
    /// The calls that worked for it until then, in the order in which they were opened. One that was not
    /// over yet ends with the request.
    pub calls: Vec<TracedCall>,
    /// Whether there were more calls than a trace keeps: then the path has gaps that are called waiting.
    pub is_cut: bool,
}

/// How a traced request ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    /// Answered within the objective.
    Ok,
    /// Answered later than that.
    Late,
    /// In an error.
    Failed(FailureReason),
    /// Turned away on purpose.
    Shed,
}

/// A call of a traced request.
#[derive(Clone, Debug, PartialEq)]
pub struct TracedCall {
    /// The place in [`Trace::calls`] of the call for which it was opened; `None` where the clients called.
    pub parent: Option<usize>,
    /// The node that called, unless it has been removed meanwhile.
    pub from: Option<NodeId>,
    /// The called node, unless it has been removed meanwhile.
    pub to: Option<NodeId>,
    /// When it was sent.
    pub sent: SimTime,
    /// When its answer was back.
    pub returned: SimTime,
    /// Where it was in between, without gaps.
    pub spans: Vec<Span>,
}

/// A stretch of time that a call spent in one way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    /// How.
    pub activity: Activity,
    /// From when.
    pub start: SimTime,
    /// Until when.
    pub end: SimTime,
}

/// What a call does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Activity {
    /// Travels.
    Network,
    /// Waits for a worker.
    Queue,
    /// Is served.
    Service,
    /// Waits for calls of its own.
    Waiting,
    /// Waits at the clients: for a look-up that somebody else asked for, or to be tried again.
    Pause,
}

impl Span {
    /// How long it is.
    #[must_use]
    pub const fn duration(&self) -> SimDuration {
        self.end.since(self.start)
    }
}

impl Trace {
    /// From the click to the end: DNS and the users' own network included.
    #[must_use]
    pub const fn latency(&self) -> SimDuration {
        self.ended.since(self.created)
    }
}

#[cfg(test)]
mod tests;
