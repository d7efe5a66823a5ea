//! What a user waits for, from the click to the answer.

use crate::sighting::Fate;
use crate::time::{SimDuration, SimTime};

/// A request that somebody waits for, or that the system still works on.
#[derive(Clone, Debug)]
pub(crate) struct Request {
    /// 0 for the first request of the run.
    pub(crate) number: u64,
    /// From which its class and its work are drawn.
    pub(crate) key: u64,
    /// What it reads or writes: see [`Call`](crate::call::Call).
    pub(crate) item: u32,
    pub(crate) created: SimTime,
    /// Time spent on DNS: not the system's doing.
    pub(crate) name_time: SimDuration,
    /// The slot of the clients that sent it.
    pub(crate) client: u32,
    /// Which user of a closed loop sent it.
    pub(crate) user: u32,
    /// Counts the tenants of this slot.
    pub(crate) birth: u32,
    /// How many calls work for it.
    pub(crate) calls: u32,
    pub(crate) state: RequestState,
    pub(crate) is_write: bool,
}

/// How a request stands with its client.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum RequestState {
    /// The slot is free.
    Free,
    /// Waiting at its clients for another request's look-up.
    Resolving,
    /// The client waits.
    Open,
    /// The client has given up; counted already.
    GivenUp,
    /// The client has its answer, or has learned that there will be none.
    Ended,
}

impl RequestState {
    pub(crate) const fn is_open(self) -> bool {
        matches!(self, Self::Open | Self::Resolving)
    }

    /// How the client sees a call of this request that has not failed.
    pub(crate) const fn fate(self) -> Fate {
        match self {
            Self::Open | Self::Resolving => Fate::Awaited,
            Self::GivenUp | Self::Ended | Self::Free => Fate::GivenUp,
        }
    }
}

/// All live requests, in slots that are used again.
#[derive(Clone, Debug, Default)]
pub(crate) struct Requests {
    slots: Vec<Request>,
    free: Vec<u32>,
}

impl Requests {
    /// Takes in a new request and returns its slot.
    pub(crate) fn insert(&mut self, mut request: Request) -> u32 {
        if let Some(index) = self.free.pop() {
            let slot = &mut self.slots[index as usize];
            request.birth = slot.birth;
            *slot = request;
            return index;
        }
        self.slots.push(request);
        // Scenario::MAX_LIVE is far below 2^32.
        (self.slots.len() - 1) as u32
    }

    /// Lets go of a request that is over.
    pub(crate) fn remove(&mut self, index: u32) {
        let slot = &mut self.slots[index as usize];
        slot.state = RequestState::Free;
        slot.birth = slot.birth.wrapping_add(1);
        self.free.push(index);
    }

    pub(crate) fn get(&self, index: u32) -> &Request {
        &self.slots[index as usize]
    }

    pub(crate) fn get_mut(&mut self, index: u32) -> &mut Request {
        &mut self.slots[index as usize]
    }

    /// Whether the slot still has the tenant of that birth, and its client waits for it.
    pub(crate) fn is_awaited(&self, index: u32, birth: u32) -> bool {
        let request = &self.slots[index as usize];
        request.birth == birth && request.state.is_open()
    }

    /// How many are live.
    pub(crate) fn len(&self) -> usize {
        self.slots.len() - self.free.len()
    }

    /// Every live request.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &Request> {
        self.slots
            .iter()
            .filter(|request| request.state != RequestState::Free)
    }
}
