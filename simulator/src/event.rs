//! What can happen. Every change of the system's state is one of these.

use crate::request::RequestKey;

/// Something that is going to happen at a certain time. Nodes and links are named by their slots,
/// which never move; an event whose generation has passed does nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Event {
    /// The clients of `node` send their next request.
    Arrival { node: u32, generation: u32 },
    /// The earliest deadline in a lane of equal timeouts has come.
    Deadline { node: u32, lane: u32 },
    /// A request or an answer reaches the end of its link.
    HopEnded { request: RequestKey },
    /// A worker is done with a request.
    ServiceEnded { request: RequestKey },
    /// A balancer's probe reaches the server.
    ProbeArrived { link: u32, generation: u32 },
    /// A balancer learns how its probe went.
    ProbeEnded {
        link: u32,
        generation: u32,
        is_good: bool,
    },
}

impl Event {
    /// A small number for the fingerprint: part of what makes two runs the same.
    pub(crate) const fn code(self) -> u64 {
        match self {
            Self::Arrival { .. } => 1,
            Self::Deadline { .. } => 2,
            Self::HopEnded { .. } => 3,
            Self::ServiceEnded { .. } => 4,
            Self::ProbeArrived { .. } => 5,
            Self::ProbeEnded { .. } => 6,
        }
    }
}
