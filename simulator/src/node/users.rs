//! The users of a closed loop: each waits for an answer, thinks, and asks again.

use crate::WHOLE;
use crate::distribution::Sampler;
use crate::event::Event;
use crate::node::clients::{self, ClientsState};
use crate::node::visits;
use crate::random::{Draws, request_key};
use crate::scenario::Arrivals;
use crate::simulation::Simulation;
use crate::time::SimDuration;

/// Time goes on between two requests of a user, whatever the law of thinking says.
pub(super) const SHORTEST: SimDuration = SimDuration::from_micros(1);

/// In place of a user: the request is of an open loop.
pub(crate) const NOBODY: u32 = u32::MAX;

/// The occasion on which a user draws how long to think before a request.
pub(super) const THINKING: u32 = 2;

/// All users who have ever been there.
#[derive(Clone, Debug, Default)]
pub(crate) struct Users(Vec<User>);

/// One user: eight bytes, for there may be millions.
#[derive(Clone, Copy, Debug, Default)]
struct User {
    /// Requests sent so far.
    sent: u32,
    /// Whether the user thinks or waits; one who is gone does neither.
    is_there: bool,
}

/// A user sends a request.
pub(crate) fn on_thought(simulation: &mut Simulation, node: u32, user: u32) {
    if visits::is_visitor(user) {
        return visits::on_thought(simulation, node, user);
    }
    let (state, parameters) = clients::parts(simulation, node);
    let is_wanted = parameters.arrivals == Arrivals::Closed && user < parameters.users;
    let Some(it) = state.users.0.get_mut(user as usize) else {
        return;
    };
    if !is_wanted || !state.is_listed {
        it.is_there = false;
        return;
    }
    let key = user_key(state.work, user, it.sent);
    it.sent = it.sent.wrapping_add(1);
    clients::generate(simulation, node, key, user);
}

/// A user has an answer, or has given up, and thinks before the next request.
#[inline]
pub(super) fn think(simulation: &mut Simulation, node: u32, user: u32) {
    if WHOLE && user != NOBODY {
        begin_to_think(simulation, node, user);
    }
}

fn begin_to_think(simulation: &mut Simulation, node: u32, user: u32) {
    if visits::is_visitor(user) {
        return visits::think(simulation, node, user);
    }
    let now = simulation.now();
    let (state, _) = clients::parts(simulation, node);
    let Some(it) = state.users.0.get(user as usize) else {
        return;
    };
    let mut draws = Draws::new(user_key(state.work, user, it.sent), THINKING);
    let pause = state.thinking.sample(&mut draws).max(SHORTEST);
    let until = now + pause;
    simulation.schedule(until, Event::Thought { user, node });
}

/// Lets those begin to think who are to be there and are not. Those who are too many leave when they
/// would have asked again.
pub(super) fn invite(simulation: &mut Simulation, node: u32) {
    let (state, parameters) = clients::parts(simulation, node);
    if !WHOLE || parameters.arrivals != Arrivals::Closed || !state.is_listed {
        return;
    }
    let wanted = parameters.users as usize;
    state.thinking = Sampler::new(&parameters.think_time);
    if state.users.0.len() < wanted {
        state.users.0.resize(wanted, User::default());
    }
    for user in 0..wanted {
        let (state, _) = clients::parts(simulation, node);
        if !std::mem::replace(&mut state.users.0[user].is_there, true) {
            think(simulation, node, user as u32);
        }
    }
}

/// The session of a user: one without end in a closed loop, a visit in an open one, or 0 for nobody's.
#[inline]
pub(super) fn session(state: &ClientsState, user: u32) -> u64 {
    if !WHOLE || user == NOBODY {
        0
    } else if visits::is_visitor(user) {
        state.visits.session(user)
    } else {
        request_key(state.work, u64::from(user)).max(1)
    }
}

/// What names the draws of a user's request: so a user does the same whatever the others do.
fn user_key(work: u64, user: u32, sent: u32) -> u64 {
    request_key(request_key(work, u64::from(user)), u64::from(sent))
}
