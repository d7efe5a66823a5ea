//! A store that somebody else runs: takes its time, and only so many requests a second.

use crate::call::Place;
use crate::distribution::{Sampler, scaled};
use crate::outcome::FailureReason;
use crate::random::Draws;
use crate::resilience::{RateLimit, TokenBucket};
use crate::scenario::{NodeKind, ObjectStore};
use crate::simulation::{NodeSlot, NodeState, Simulation};
use crate::step::Happening;
use crate::time::SimTime;

/// The occasions on which a call draws how long it takes, and whether it fails.
const SERVICE: u32 = 1;
const FAILURE: u32 = 20;

/// What a store remembers.
#[derive(Clone, Debug)]
pub(crate) struct ObjectStoreState {
    /// Of a read and of a write.
    times: [Sampler; 2],
    limit: Option<TokenBucket>,
    availability: f64,
}

impl ObjectStoreState {
    pub(crate) fn new(store: &ObjectStore) -> Self {
        let mut state = Self {
            times: [
                Sampler::new(&store.read_time),
                Sampler::new(&store.write_time),
            ],
            limit: None,
            availability: 1.0,
        };
        state.configure(store, SimTime::ZERO);
        state
    }

    fn configure(&mut self, store: &ObjectStore, now: SimTime) {
        self.times = [
            Sampler::new(&store.read_time),
            Sampler::new(&store.write_time),
        ];
        self.availability = store.availability;
        let limit = store.rate.map(|rate| RateLimit {
            rate,
            burst: store.burst,
        });
        match (&mut self.limit, limit) {
            (Some(bucket), Some(limit)) => bucket.set_limit(limit, now),
            (bucket, limit) => *bucket = limit.map(|limit| TokenBucket::new(limit, now)),
        }
    }
}

fn state(slot: &mut NodeSlot) -> &mut ObjectStoreState {
    match &mut slot.state {
        NodeState::ObjectStore(state) => state,
        _ => unreachable!("a slot's state is of its kind"),
    }
}

pub(super) fn on_call(simulation: &mut Simulation, node: u32, call: u32) {
    let now = simulation.now();
    let slot = &mut simulation.nodes[node as usize];
    let slowness = slot.slowness();
    let state = state(slot);
    let has_token = |limit: &mut TokenBucket| limit.try_take(now, 1);
    if !state.limit.as_mut().is_none_or(has_token) {
        simulation.fail(node, call, FailureReason::Throttled);
        return;
    }
    let it = simulation.calls.get(call);
    let law = &state.times[usize::from(it.is_write)];
    let service = scaled(law.sample(&mut Draws::new(it.key, SERVICE)), slowness);
    simulation.hold(call, Place::Served, now + service);
    simulation.note_call(node, call, Happening::Started { service });
}

pub(super) fn on_served(simulation: &mut Simulation, node: u32, call: u32) {
    let slot = &mut simulation.nodes[node as usize];
    let availability = state(slot).availability;
    let it = simulation.calls.get_mut(call);
    if Draws::new(it.key, FAILURE).uniform() > availability {
        simulation.fail(node, call, FailureReason::Unavailable);
        return;
    }
    slot.meter.served += 1;
    it.version = simulation.freshness.of(it.item, it.is_write);
    simulation.answer(call);
    simulation.note_call(node, call, Happening::Finished);
}

pub(super) fn on_reconfigured(simulation: &mut Simulation, node: u32) {
    let now = simulation.now();
    let slot = &mut simulation.nodes[node as usize];
    if let (NodeKind::ObjectStore(store), NodeState::ObjectStore(state)) =
        (&slot.parameters, &mut slot.state)
    {
        state.configure(store, now);
    }
}
