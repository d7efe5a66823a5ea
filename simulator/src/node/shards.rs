//! A sharded store: sends each call to the shards that it concerns, and moves rows when keys get another
//! shard.

mod moving;
mod resharding;
mod routing;

pub(crate) use resharding::{on_alarm, on_background_reply, on_death, on_reconfigured};

use crate::call::{Place, Task};
use crate::node::freshness::EVER;
use crate::outcome::{FailureReason, Outcome};
use crate::random::{Draws, Purpose, key, request_key};
use crate::scenario::{NodeKind, Shards};
use crate::simulation::{NodeSlot, NodeState, Opening, Reply, Simulation};
use crate::snapshot::{ReshardingProgress, ShardLoad, ShardsDetails};
use crate::step::Happening;
use moving::Move;
use resharding::Batch;
use routing::{Address, Routing};

/// The occasions on which a call draws whether it concerns all shards or two, and which other one.
const SCATTER: u32 = 1;
const CROSS: u32 = 2;

/// In [`calls_left`](crate::call::Call::calls_left) besides the number of answers: they are those of a
/// write's first phase. The link of the first who has prepared is in `next_link` then; otherwise that says
/// how many shards may still fail.
const PREPARING: u32 = 1 << 31;

/// What a router remembers.
#[derive(Clone, Debug)]
pub(crate) struct ShardsState {
    /// Names what it draws, and the work of its copying.
    work: u64,
    /// Where keys are, or are going to be while they move; `None` without shards.
    routing: Option<Routing>,
    moving: Option<Move>,
    /// The links to all shards that have keys, those that are being emptied last.
    all: Vec<u32>,
    /// Keys added by writes.
    inserted: u64,
    rows_moved: u64,
    batches: u64,
    /// The rows on their way.
    batch: Option<Batch>,
    /// Alarms of an older generation are ignored.
    generation: u32,
}

impl ShardsState {
    pub(crate) fn new(seed: u64, name: &str) -> Self {
        Self {
            work: key(seed, name, Purpose::Work),
            routing: None,
            moving: None,
            all: Vec::new(),
            inserted: 0,
            rows_moved: 0,
            batches: 0,
            batch: None,
            generation: 0,
        }
    }

    /// The link to the shard that has it now.
    fn link_of(&self, address: Address) -> Option<u32> {
        let new = self.routing.as_ref()?.link_of(address)?;
        let Some(moving) = &self.moving else {
            return Some(new);
        };
        let old = moving.old.link_of(address)?;
        Some(if old == new || moving.has_moved(address, old, new) {
            new
        } else {
            old
        })
    }

    /// Any other link than `home`, chosen by `draws`; `None` where there is no other.
    fn another(&self, home: u32, draws: &mut Draws) -> Option<u32> {
        let links = self.routing.as_ref()?.links();
        let place = links.iter().position(|&link| link == home);
        let chosen = draws.below(links.len() - usize::from(place.is_some()));
        let is_after = place.is_some_and(|place| chosen >= place);
        links.get(chosen + usize::from(is_after)).copied()
    }
}

fn parts(simulation: &mut Simulation, node: u32) -> (&mut ShardsState, &Shards) {
    let slot = &mut simulation.nodes[node as usize];
    match (&mut slot.state, &slot.parameters) {
        (NodeState::Shards(state), NodeKind::Shards(shards)) => (state, shards),
        _ => unreachable!("a slot's state and parameters are of its kind"),
    }
}

pub(super) fn on_call(simulation: &mut Simulation, node: u32, call: u32) {
    let it = simulation.calls.get(call);
    let (key, item, is_write) = (it.key, it.item, it.is_write);
    // What is to be put into caches, or out of them, concerns its own key alone.
    let asks = it.task == Task::Ask;
    let (state, shards) = parts(simulation, node);
    // Of its own: two routers in a row do not agree on who asks everybody.
    let draws = |occasion| Draws::new(key ^ state.work, occasion);
    let is_drawn = |share: f64, occasion| share > 0.0 && asks && draws(occasion).uniform() <= share;
    if !is_write && is_drawn(shards.scatter_share, SCATTER) {
        scatter(simulation, node, call);
        return;
    }
    let is_cross = is_write && is_drawn(shards.cross_share, CROSS);
    let mut others = draws(CROSS);
    let address = Address::new(shards, item, key, is_write, &mut state.inserted);
    let Some(home) = state.link_of(address) else {
        simulation.fail(node, call, FailureReason::NoRoute);
        return;
    };
    // Its first number was whether there is another shard.
    others.bits();
    let other = is_cross.then(|| state.another(home, &mut others)).flatten();
    if let Some(other) = other {
        await_answers(simulation, call, PREPARING | 2, 0);
        ask(simulation, node, call, &[home, other]);
        return;
    }
    await_answers(simulation, call, 1, 0);
    simulation.forward(call, home);
    simulation.calls.get_mut(call).version = EVER;
    let to = simulation.nodes[simulation.links[home as usize].to as usize].id;
    simulation.note_call(node, call, Happening::Forwarded { to });
}

/// Asks all shards for their part of a read.
fn scatter(simulation: &mut Simulation, node: u32, call: u32) {
    let (state, shards) = parts(simulation, node);
    let count = state.all.len() as u32;
    if count == 0 {
        simulation.fail(node, call, FailureReason::NoRoute);
        return;
    }
    // Nothing at all would be no answer.
    let may_fail = shards.tolerates.min(count - 1);
    let all = std::mem::take(&mut state.all);
    await_answers(simulation, call, count, may_fail);
    ask(simulation, node, call, &all);
    parts(simulation, node).0.all = all;
}

fn await_answers(simulation: &mut Simulation, call: u32, count: u32, may_fail: u32) {
    let it = simulation.calls.get_mut(call);
    (it.calls_left, it.next_link) = (count, may_fail);
    it.place = Place::Waiting;
}

/// Opens a call of its own along each of the links, at once.
fn ask(simulation: &mut Simulation, node: u32, call: u32, links: &[u32]) {
    simulation.calls.get_mut(call).version = EVER;
    for &link in links {
        if !simulation.calls.has_room() {
            simulation.fail(node, call, FailureReason::TooManyCalls);
            return;
        }
        let it = simulation.calls.get_mut(call);
        it.opened += 1;
        let opening = Opening {
            request: it.request,
            parent: call,
            link,
            key: request_key(it.key, u64::from(it.opened)),
            item: it.item,
            is_write: it.is_write,
        };
        simulation.open(opening);
    }
    let over = links.len() as u32;
    simulation.note_call(node, call, Happening::Spread { over });
}

pub(super) fn on_reply(simulation: &mut Simulation, node: u32, call: u32, reply: Reply) {
    let it = simulation.calls.get_mut(call);
    it.calls_left -= 1;
    let is_prepared = it.calls_left == PREPARING;
    if reply.outcome == Outcome::Ok {
        // As good as the worst part of the answer.
        it.version = it.version.min(reply.version);
        it.is_miss |= reply.is_miss;
        if is_prepared {
            let both = [it.next_link, reply.link];
            await_answers(simulation, call, 2, 0);
            ask(simulation, node, call, &both);
            return;
        }
        if it.calls_left & PREPARING != 0 {
            it.next_link = reply.link;
        }
    } else if it.calls_left & PREPARING != 0 || it.next_link == 0 {
        // Whatever the other shards answer, it has failed.
        it.outcome = reply.outcome;
        it.calls_left = 0;
    } else {
        it.next_link -= 1;
    }
    if it.calls_left == 0 {
        let is_good = it.outcome == Outcome::Ok;
        simulation.nodes[node as usize].meter.served += u64::from(is_good);
        simulation.answer(call);
    }
    simulation.note_call(node, call, Happening::PassedBack);
}

/// What a snapshot tells of it.
pub(crate) fn details(
    simulation: &Simulation,
    slot: &NodeSlot,
    state: &ShardsState,
) -> ShardsDetails {
    let targets = slot
        .links
        .iter()
        .map(|&link| simulation.links[link as usize].to);
    let loads = targets.filter_map(|target| {
        let (calls, recent_rate) = simulation.calls_at(target);
        Some(ShardLoad {
            node: simulation.nodes[target as usize].id?,
            calls,
            recent_rate,
        })
    });
    let shards: Vec<ShardLoad> = loads.collect();
    let hottest = shards.iter().rev().max_by_key(|shard| shard.calls);
    ShardsDetails {
        imbalance: imbalance(shards.iter().map(|shard| shard.calls as f64)),
        recent_imbalance: imbalance(shards.iter().map(|shard| shard.recent_rate)),
        hottest: hottest
            .filter(|shard| shard.calls > 0)
            .map(|shard| shard.node),
        rows_moved: state.rows_moved,
        resharding: state.moving.as_ref().map(|moving| {
            let (moved, of) = moving.progress();
            ReshardingProgress { moved, of }
        }),
        shards,
    }
}

/// The largest over the mean; zero where all are.
fn imbalance(loads: impl Iterator<Item = f64>) -> f64 {
    let (mut sum, mut largest, mut count) = (0.0, 0.0, 0.0);
    for load in loads {
        sum += load;
        count += 1.0;
        largest = f64::max(largest, load);
    }
    if sum > 0.0 {
        largest * count / sum
    } else {
        0.0
    }
}

#[cfg(test)]
mod tests;
