//! Visits of an open loop: each brings several requests, with time to think between an answer and the
//! next one.

use crate::WHOLE;
use crate::distribution::Sampler;
use crate::event::Event;
use crate::node::clients;
use crate::node::users::{NOBODY, SHORTEST, THINKING};
use crate::random::{Draws, request_key};
use crate::scenario::Arrivals;
use crate::simulation::Simulation;

/// Visitors are numbered from here on, and the users of a closed loop below.
const FIRST: u32 = 1 << 27;

/// More visits than this do not last: they are one request each. The bound keeps memory finite.
const MOST: usize = 2_000_000;

/// The occasion on which a visit draws how many requests it brings.
const LENGTH: u32 = 5;

/// All visits under way, in slots that are used again.
#[derive(Clone, Debug)]
pub(crate) struct Visits {
    slots: Vec<Visit>,
    free: Vec<u32>,
    pub(super) thinking: Sampler,
}

#[derive(Clone, Copy, Debug, Default)]
struct Visit {
    /// Names the visit and all that it brings.
    key: u64,
    /// Requests so far, and how many there are going to be.
    sent: u32,
    requests: u32,
}

impl Default for Visits {
    fn default() -> Self {
        Self {
            slots: Vec::new(),
            free: Vec::new(),
            thinking: Sampler::Deterministic { value: 0.0 },
        }
    }
}

impl Visits {
    fn get_mut(&mut self, visitor: u32) -> Option<&mut Visit> {
        self.slots.get_mut((visitor - FIRST) as usize)
    }

    /// The session of a visitor: never 0.
    pub(super) fn session(&self, visitor: u32) -> u64 {
        let visit = self.slots.get((visitor - FIRST) as usize);
        visit.map_or(0, |visit| visit.key.max(1))
    }

    fn insert(&mut self, visit: Visit) -> u32 {
        let slot = match self.free.pop() {
            Some(slot) => {
                self.slots[slot as usize] = visit;
                slot
            }
            None => {
                self.slots.push(visit);
                self.slots.len() as u32 - 1
            }
        };
        FIRST + slot
    }

    fn is_full(&self) -> bool {
        self.free.is_empty() && self.slots.len() >= MOST
    }
}

/// Whether this is a visitor and not a user of a closed loop, nor nobody.
pub(super) const fn is_visitor(user: u32) -> bool {
    WHOLE && FIRST <= user && user != NOBODY
}

/// A visit begins with its first request.
pub(super) fn begin(simulation: &mut Simulation, node: u32, key: u64) {
    let (state, clients) = clients::parts(simulation, node);
    let length = Draws::new(key, LENGTH).exponential();
    let session = clients.session.as_ref();
    let requests = session.map_or(1, |session| session.requests(length));
    let visit = Visit {
        key,
        sent: 1,
        requests,
    };
    let visitor = if state.visits.is_full() {
        NOBODY
    } else {
        state.visits.insert(visit)
    };
    clients::generate(simulation, node, request_key(key, 0), visitor);
}

/// A visitor has an answer, or has given up: the visit is over, or goes on after some thought.
pub(super) fn think(simulation: &mut Simulation, node: u32, visitor: u32) {
    let now = simulation.now();
    let (state, _) = clients::parts(simulation, node);
    let Some(visit) = state.visits.get_mut(visitor).copied() else {
        return;
    };
    if visit.sent >= visit.requests {
        state.visits.free.push(visitor - FIRST);
        return;
    }
    let mut draws = Draws::new(request_key(visit.key, u64::from(visit.sent)), THINKING);
    let pause = state.visits.thinking.sample(&mut draws).max(SHORTEST);
    let (until, user) = (now + pause, visitor);
    simulation.schedule(until, Event::Thought { user, node });
}

/// A visitor has thought enough and sends the next request, unless there are no visits any more.
pub(super) fn on_thought(simulation: &mut Simulation, node: u32, visitor: u32) {
    let (state, clients) = clients::parts(simulation, node);
    let is_open = clients.arrivals != Arrivals::Closed;
    let is_wanted = is_open && state.is_listed && clients.session.is_some();
    let Some(visit) = state.visits.get_mut(visitor) else {
        return;
    };
    if !is_wanted {
        state.visits.free.push(visitor - FIRST);
        return;
    }
    let key = request_key(visit.key, u64::from(visit.sent));
    visit.sent += 1;
    clients::generate(simulation, node, key, visitor);
}
