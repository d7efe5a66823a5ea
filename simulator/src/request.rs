//! The life of a request: what it carries and where it is.

use crate::outcome::FailureReason;
use crate::scenario::Scenario;
use crate::sighting::Fate;
use crate::time::{SimDuration, SimTime};

/// A request in the slab, as it was at one moment: once the request has moved on, the key is stale.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct RequestKey {
    pub(crate) index: u32,
    /// Counts the moves of whatever lives at `index`.
    pub(crate) moves: u32,
}

/// A request that is somewhere in the system.
#[derive(Clone, Debug)]
pub(crate) struct Request {
    /// 0 for the first request of the run.
    pub(crate) number: u64,
    /// From which its class and work are drawn.
    pub(crate) key: u64,
    pub(crate) is_write: bool,
    /// The slot of the clients that sent it.
    pub(crate) client: u32,
    pub(crate) created: SimTime,
    /// Time spent on DNS and on the clients' own network so far: not the system's doing.
    pub(crate) user_network: SimDuration,
    pub(crate) verdict: Verdict,
    /// Whether a node could not do its part, also for a client that has given up meanwhile.
    pub(crate) has_failed: bool,
    pub(crate) place: Station,
    pub(crate) moves: u32,
    /// How many services it has begun: names the draw of the next one.
    pub(crate) step: u32,
    /// Calls that are open, the clients' own first.
    calls: [Call; Scenario::MAX_DEPTH],
    depth: u8,
}

/// What has become of a request by now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// Nothing yet.
    Open,
    /// The client has given up; counted already.
    GivenUp,
    /// It failed; the client will learn it when the answer arrives.
    Failed(FailureReason),
    /// It was turned away; the client will learn it when the answer arrives.
    Shed,
}

impl Verdict {
    pub(crate) const fn fate(self) -> Fate {
        match self {
            Self::Open => Fate::Awaited,
            Self::GivenUp => Fate::GivenUp,
            Self::Failed(_) | Self::Shed => Fate::Failed,
        }
    }
}

/// Where a request is, in slots.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Station {
    /// In nobody's hands: about to be moved.
    Nowhere,
    /// At its clients, waiting for another request's look-up.
    Resolving,
    /// On a link.
    Travelling {
        link: u32,
        is_answer: bool,
        departed: SimTime,
        arrives: SimTime,
    },
    /// In the queue of a node.
    Queued { node: u32, since: SimTime },
    /// With a worker of a node.
    Served {
        node: u32,
        worker: u32,
        started: SimTime,
        ends: SimTime,
    },
}

/// A call along a link that has not been answered yet.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Call {
    /// The link by which the request came.
    pub(crate) link: u32,
    /// The life of the called node in which it came: a node that died since has forgotten it.
    pub(crate) life: u32,
    /// The next of the called node's own links to call, and how many calls to it remain.
    pub(crate) next_link: u32,
    pub(crate) calls_left: u32,
}

impl Request {
    /// Opens a call along `link`; `false` where no more calls fit. No scenario has so long a chain,
    /// but a request that is under way while scenarios change may have met parts of several.
    pub(crate) fn push_call(&mut self, link: u32) -> bool {
        let Some(call) = self.calls.get_mut(usize::from(self.depth)) else {
            return false;
        };
        *call = Call {
            link,
            ..Call::default()
        };
        self.depth += 1;
        true
    }

    /// Closes the innermost call.
    pub(crate) fn pop_call(&mut self) -> Option<Call> {
        self.depth = self.depth.checked_sub(1)?;
        Some(self.calls[usize::from(self.depth)])
    }

    /// The innermost open call.
    pub(crate) fn call(&mut self) -> Option<&mut Call> {
        let innermost = self.depth.checked_sub(1)?;
        self.calls.get_mut(usize::from(innermost))
    }
}

/// All live requests, in places that are used again.
#[derive(Clone, Debug, Default)]
pub(crate) struct Requests {
    slots: Vec<Option<Request>>,
    /// Moves survive their request, so that an old key never fits a new tenant.
    moves: Vec<u32>,
    free: Vec<u32>,
}

impl Requests {
    /// Takes in a new request and returns its place.
    pub(crate) fn insert(
        &mut self,
        number: u64,
        key: u64,
        is_write: bool,
        client: u32,
        created: SimTime,
    ) -> u32 {
        let index = self.free.pop().unwrap_or_else(|| {
            self.slots.push(None);
            self.moves.push(0);
            // Scenario::MAX_LIVE is far below 2^32.
            u32::try_from(self.slots.len() - 1).unwrap_or(u32::MAX)
        });
        self.slots[index as usize] = Some(Request {
            number,
            key,
            is_write,
            client,
            created,
            user_network: SimDuration::ZERO,
            verdict: Verdict::Open,
            has_failed: false,
            place: Station::Nowhere,
            moves: self.moves[index as usize],
            step: 0,
            calls: [Call::default(); Scenario::MAX_DEPTH],
            depth: 0,
        });
        index
    }

    /// Moves a request to `place` and returns the key under which its next event finds it.
    pub(crate) fn place(&mut self, index: u32, place: Station) -> RequestKey {
        let request = self.get_mut(index);
        request.place = place;
        request.moves = request.moves.wrapping_add(1);
        RequestKey {
            index,
            moves: request.moves,
        }
    }

    /// The place of the request that `key` means, unless it has moved on.
    pub(crate) fn find(&self, key: RequestKey) -> Option<u32> {
        let request = self.slots.get(key.index as usize)?.as_ref()?;
        (request.moves == key.moves).then_some(key.index)
    }

    /// Whether the request at `index` is still the one called `number`, and its client waits for it.
    pub(crate) fn is_awaited(&self, index: u32, number: u64) -> bool {
        self.slots
            .get(index as usize)
            .and_then(Option::as_ref)
            .is_some_and(|request| request.number == number && request.verdict != Verdict::GivenUp)
    }

    pub(crate) fn get(&self, index: u32) -> &Request {
        self.slots[index as usize]
            .as_ref()
            .expect("a place held by a queue, worker or link is live")
    }

    pub(crate) fn get_mut(&mut self, index: u32) -> &mut Request {
        self.slots[index as usize]
            .as_mut()
            .expect("a place held by a queue, worker or link is live")
    }

    /// Lets go of a request that is over.
    pub(crate) fn remove(&mut self, index: u32) {
        if let Some(request) = self.slots[index as usize].take() {
            self.moves[index as usize] = request.moves.wrapping_add(1);
            self.free.push(index);
        }
    }

    /// How many are live.
    pub(crate) fn len(&self) -> usize {
        self.slots.len() - self.free.len()
    }

    /// Every live request with its place.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &Request> {
        self.slots.iter().flatten()
    }

    /// The requests in service at `node`, in the order of their places.
    pub(crate) fn served_at(&self, node: u32) -> Vec<u32> {
        let is_here = |request: &Request| matches!(request.place, Station::Served { node: at, .. } if at == node);
        (0_u32..)
            .zip(&self.slots)
            .filter(|(_, slot)| slot.as_ref().is_some_and(is_here))
            .map(|(index, _)| index)
            .collect()
    }
}
