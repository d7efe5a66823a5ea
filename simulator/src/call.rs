//! The calls of a request: one record for each node that it is at, a tree from the clients inwards.
//!
//! A call is sent along a link, is handled, and is answered back along the same link. While it is
//! handled its node may open calls of its own, one after the other or at once; they know their
//! parent, and a parent that has been answered meanwhile is recognised by its birth.

use crate::outcome::Outcome;
use crate::time::{SimDuration, SimTime};

/// In place of a slot: there is none.
pub(crate) const NONE: u32 = u32::MAX;

/// A call under way.
#[derive(Clone, Debug)]
pub(crate) struct Call {
    /// The slot of the request that it is for.
    pub(crate) request: u32,
    /// The call for which this one was opened. [`NONE`]: the clients wait for it, or nobody.
    pub(crate) parent: u32,
    pub(crate) parent_birth: u32,
    /// Counts the tenants of this slot.
    pub(crate) birth: u32,
    /// Counts what was scheduled for this slot: of several events only the last one is meant.
    pub(crate) stamp: u32,
    /// The link by which it came.
    pub(crate) link: u32,
    /// The called node.
    pub(crate) node: u32,
    pub(crate) place: Place,
    /// How it is going to be answered.
    pub(crate) outcome: Outcome,
    /// Which attempt of its parent it is, which is a guarded call then; 0 for none.
    pub(crate) attempt: u8,
    /// Whether anybody still waits for the answer.
    pub(crate) is_awaited: bool,
    /// Whether its node was dead when it came, or died while it was there.
    pub(crate) is_broken: bool,
    pub(crate) is_write: bool,
    /// What a cache is to do with it.
    pub(crate) task: Task,
    /// With an answer: that a cache does not hold what was asked for, and the caller may ask elsewhere.
    pub(crate) is_miss: bool,
    /// What has to be remembered of it besides: see [`mark`].
    pub(crate) marks: u8,
    /// Names its draws: the work that it brings.
    pub(crate) key: u64,
    /// What it reads or writes: the rank of a key, 1 for the most popular one; 0 where the clients' requests
    /// have no keys.
    pub(crate) item: u32,
    /// With an answer: up to which write of the database's log it is up to date. With what is put into a
    /// cache: the same of that.
    pub(crate) version: u64,
    /// When its present place began and, on a link or with a worker, when it ends.
    pub(crate) since: SimTime,
    pub(crate) until: SimTime,
    /// Time on its own link so far.
    pub(crate) travelled: SimDuration,
    /// Neighbours in a queue; a free slot names the next free one.
    pub(crate) next: u32,
    pub(crate) previous: u32,
    /// Its place in the trace of its request, if that is traced.
    pub(crate) trace: u32,
    /// Which worker has it; of a guarded call, its record.
    pub(crate) worker: u32,
    /// Calls opened so far: names the draws of the next one.
    pub(crate) opened: u32,
    /// The next of the node's own links to call, and how many calls to it remain.
    pub(crate) next_link: u32,
    pub(crate) calls_left: u32,
}

impl Default for Call {
    fn default() -> Self {
        Self {
            request: NONE,
            parent: NONE,
            parent_birth: 0,
            birth: 0,
            stamp: 0,
            link: NONE,
            node: NONE,
            place: Place::Free,
            outcome: Outcome::Ok,
            attempt: 0,
            is_awaited: false,
            is_broken: false,
            is_write: false,
            task: Task::Ask,
            is_miss: false,
            marks: 0,
            key: 0,
            item: 0,
            version: 0,
            since: SimTime::ZERO,
            until: SimTime::ZERO,
            travelled: SimDuration::ZERO,
            next: NONE,
            previous: NONE,
            trace: NONE,
            worker: NONE,
            opened: 0,
            next_link: 0,
            calls_left: 0,
        }
    }
}

/// What a call asks of a cache. Other nodes get none but the first, and take no notice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Task {
    /// To answer a read, or to pass a write on.
    Ask,
    /// To keep the call's version of its item.
    Fill,
    /// To forget its item.
    Remove,
}

/// Bits of [`Call::marks`]. None is set unless a feature is on that most nodes do without.
pub(crate) mod mark {
    /// It counts among those inside its node.
    pub(crate) const COUNTED: u8 = 1;
    /// It keeps its worker until it is answered.
    pub(crate) const HOLDING: u8 = 2;
    /// Its queries are out all at once: `calls_left` good answers are still needed, and `next_link`
    /// may still fail.
    pub(crate) const PARALLEL: u8 = 4;
    /// Its queries are over, and it is served once more.
    pub(crate) const FINISHING: u8 = 8;
    /// It has a connection of its caller's pool.
    pub(crate) const POOLED: u8 = 16;
}

/// Where a call is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    /// Nowhere: the slot is free.
    Free,
    /// On its way to the node.
    Outbound,
    /// In the node's queue.
    Queued,
    /// With a worker.
    Served,
    /// Waiting for calls of its own.
    Waiting,
    /// Its answer is on the way back.
    Inbound,
    /// At its caller, which makes several attempts of it: see [`guard`](crate::node::guard).
    Guarding,
}

/// All live calls, in slots that are used again.
#[derive(Clone, Debug)]
pub(crate) struct Calls {
    slots: Vec<Call>,
    first_free: u32,
    live: u32,
}

impl Default for Calls {
    fn default() -> Self {
        Self {
            slots: Vec::new(),
            first_free: NONE,
            live: 0,
        }
    }
}

impl Calls {
    /// More than any system that makes sense has under way: the bound keeps memory finite.
    pub(crate) const MOST: u32 = 4_000_000;

    /// A slot for a new call. What its last tenant left there has to be overwritten, but for birth and
    /// stamp, which go on.
    pub(crate) fn insert(&mut self) -> (u32, &mut Call) {
        self.live += 1;
        let mut index = self.first_free;
        if index == NONE {
            index = self.slots.len() as u32;
            self.slots.push(Call::default());
        }
        let slot = &mut self.slots[index as usize];
        self.first_free = slot.next;
        (index, slot)
    }

    /// Lets go of a call that is over: no event and no child finds it any more.
    pub(crate) fn remove(&mut self, index: u32) {
        let slot = &mut self.slots[index as usize];
        slot.place = Place::Free;
        slot.birth = slot.birth.wrapping_add(1);
        slot.stamp = slot.stamp.wrapping_add(1);
        slot.next = self.first_free;
        self.first_free = index;
        self.live -= 1;
    }

    /// Whether one more fits.
    pub(crate) const fn has_room(&self) -> bool {
        self.live < Self::MOST
    }

    pub(crate) fn get(&self, index: u32) -> &Call {
        &self.slots[index as usize]
    }

    pub(crate) fn get_mut(&mut self, index: u32) -> &mut Call {
        &mut self.slots[index as usize]
    }

    /// The slot, if it still has the tenant of that birth.
    pub(crate) fn find(&self, index: u32, birth: u32) -> Option<&Call> {
        let call = self.slots.get(index as usize)?;
        (call.birth == birth && call.place != Place::Free).then_some(call)
    }

    /// Every live call, to be changed.
    pub(crate) fn iter_mut(&mut self) -> impl Iterator<Item = &mut Call> {
        let slots = self.slots.iter_mut();
        slots.filter(|call| call.place != Place::Free)
    }

    /// Every live call with its slot.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (u32, &Call)> {
        (0..)
            .zip(&self.slots)
            .filter(|(_, call)| call.place != Place::Free)
    }
}
