//! Where each live request is: what a picture of the run is drawn from.
//!
//! A position on a link is a pure function of (departure, arrival, now), so pausing, slowing and
//! testing need no state of their own.

use crate::scenario::NodeId;
use crate::time::SimTime;

/// One live request and where it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sighting {
    /// The number of the request: 0 for the first one generated.
    pub request: u64,
    /// Whether it writes or only reads.
    pub is_write: bool,
    /// When the client sent it.
    pub created: SimTime,
    /// How the client sees it by now.
    pub fate: Fate,
    /// Where it is.
    pub place: Place,
}

/// How the client sees a request that is still in the system.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// The client waits for it.
    Awaited,
    /// The client has given up; the system works on for nobody.
    GivenUp,
    /// It has failed or was shed, and the bad news is on its way to the client.
    Failed,
}

/// Where a request is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// Between two nodes.
    Link(Hop),
    /// Waiting at `node`; `position` 0 is next.
    Queue {
        /// Where it waits.
        node: NodeId,
        /// How many are before it.
        position: u32,
    },
    /// Being served.
    Service {
        /// Where.
        node: NodeId,
        /// By which worker, counted from 0.
        worker: u32,
        /// Since when.
        started: SimTime,
        /// Until when.
        ends: SimTime,
    },
    /// Waiting at the clients until another request's look-up brings the address.
    Resolving {
        /// The clients.
        node: NodeId,
        /// How many have waited longer.
        position: u32,
    },
}

/// A journey along a link.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hop {
    /// Where the link starts (the calling side), whatever the direction of travel.
    pub from: NodeId,
    /// Where the link ends (the called side).
    pub to: NodeId,
    /// Whether an answer travels back from `to` to `from`.
    pub is_answer: bool,
    /// When it left.
    pub departed: SimTime,
    /// When it arrives.
    pub arrives: SimTime,
}

/// A hop that is over, kept for a moment so that short ones can be seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PastHop {
    /// The number of the request.
    pub request: u64,
    /// Whether it writes or only reads.
    pub is_write: bool,
    /// How the client saw it then.
    pub fate: Fate,
    /// The journey.
    pub hop: Hop,
}
