//! What a user waits for, from the click to the answer.

use crate::call::NONE;
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
    /// Whose it is: requests of one session have one number, and balancers can keep them together. 0
    /// for a request of no session.
    pub(crate) session: u64,
    /// Its place among the classes of its clients' mix; 0 where there is none.
    pub(crate) class: u8,
    pub(crate) created: SimTime,
    /// Time spent on DNS: not the system's doing.
    pub(crate) name_time: SimDuration,
    /// The slot of the clients that sent it.
    pub(crate) client: u32,
    /// The trace that is kept of it, if any.
    pub(crate) trace: u32,
    /// Which user of a closed loop sent it.
    pub(crate) user: u32,
    /// Where its client is; 0 for nowhere in particular.
    pub(crate) region: u8,
    /// Counts the tenants of this slot.
    pub(crate) birth: u32,
    /// How many calls work for it; a free slot names the next free one.
    pub(crate) calls: u32,
    pub(crate) state: RequestState,
    pub(crate) is_write: bool,
    /// How important it is: 0 is the most important, see [`CLASSES`](crate::CLASSES).
    pub(crate) priority: u8,
}

impl Default for Request {
    fn default() -> Self {
        Self {
            number: 0,
            key: 0,
            item: 0,
            session: 0,
            class: 0,
            created: SimTime::ZERO,
            name_time: SimDuration::ZERO,
            client: 0,
            region: 0,
            trace: NONE,
            user: 0,
            birth: 0,
            calls: NONE,
            state: RequestState::Free,
            is_write: false,
            priority: 0,
        }
    }
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
#[derive(Clone, Debug)]
pub(crate) struct Requests {
    slots: Vec<Request>,
    /// Free slots, each of which names the next in `calls`.
    first_free: u32,
    live: usize,
}

impl Default for Requests {
    fn default() -> Self {
        Self {
            slots: Vec::new(),
            first_free: NONE,
            live: 0,
        }
    }
}

impl Requests {
    /// A slot for a new request. What its last tenant left there has to be overwritten, but for the
    /// birth.
    pub(crate) fn insert(&mut self) -> (u32, &mut Request) {
        self.live += 1;
        let mut index = self.first_free;
        if index == NONE {
            // Scenario::MAX_LIVE is far below 2^32.
            index = self.slots.len() as u32;
            self.slots.push(Request::default());
        }
        let slot = &mut self.slots[index as usize];
        self.first_free = slot.calls;
        (index, slot)
    }

    /// Takes in a request that is like another one.
    pub(crate) fn insert_as(&mut self, like: &Request) -> u32 {
        let (index, slot) = self.insert();
        let birth = slot.birth;
        *slot = Request {
            birth,
            ..like.clone()
        };
        index
    }

    /// Lets go of a request that is over.
    pub(crate) fn remove(&mut self, index: u32) {
        let slot = &mut self.slots[index as usize];
        slot.state = RequestState::Free;
        slot.birth = slot.birth.wrapping_add(1);
        slot.calls = self.first_free;
        self.first_free = index;
        self.live -= 1;
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

    /// Every slot, for tests that give requests what no clients give them yet.
    #[cfg(test)]
    pub(crate) fn slots_mut(&mut self) -> &mut [Request] {
        &mut self.slots
    }

    /// How many are live.
    pub(crate) const fn len(&self) -> usize {
        self.live
    }

    /// Every live request.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &Request> {
        self.slots
            .iter()
            .filter(|request| request.state != RequestState::Free)
    }
}
