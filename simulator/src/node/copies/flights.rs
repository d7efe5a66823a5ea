//! Single flight: who waits for a fill that is under way.

use crate::call::{Calls, Place};
use crate::item_map::ItemMap;
use crate::time::SimTime;

/// The fills under way, one an item at most.
#[derive(Clone, Debug, Default)]
pub(crate) struct Flights {
    places: ItemMap,
    slots: Vec<Flight>,
    free: Vec<u32>,
}

/// A fill under way.
#[derive(Clone, Debug)]
pub(crate) struct Flight {
    /// The call that asks the source; `None` in the background.
    leader: Option<Waiter>,
    pub(crate) waiters: Vec<Waiter>,
    /// When the source was asked.
    pub(crate) began: SimTime,
}

/// A call that waits, unless its slot has another tenant by now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Waiter {
    call: u32,
    birth: u32,
}

impl Waiter {
    fn new(call: u32, calls: &Calls) -> Self {
        let birth = calls.get(call).birth;
        Self { call, birth }
    }

    /// The call, if it still waits.
    pub(crate) fn call(self, calls: &Calls) -> Option<u32> {
        let call = calls.find(self.call, self.birth)?;
        (call.place == Place::Waiting).then_some(self.call)
    }
}

impl Flights {
    /// Whether a fill of `item` is under way.
    pub(crate) fn has(&self, item: u32, calls: &Calls) -> bool {
        let place = self.places.get(item);
        place.is_some_and(|place| self.slots[place as usize].is_under_way(calls))
    }

    /// Begins a fill of `item`, by a call or in the background. Who waits for one that came to nothing waits
    /// for this one.
    pub(crate) fn begin(&mut self, item: u32, leader: Option<u32>, now: SimTime, calls: &Calls) {
        let leader = leader.map(|call| Waiter::new(call, calls));
        if let Some(place) = self.places.get(item) {
            let flight = &mut self.slots[place as usize];
            (flight.leader, flight.began) = (leader, now);
            return;
        }
        let place = self.free.pop().unwrap_or_else(|| {
            self.slots.push(Flight {
                leader: None,
                waiters: Vec::new(),
                began: now,
            });
            self.slots.len() as u32 - 1
        });
        let flight = &mut self.slots[place as usize];
        (flight.leader, flight.began) = (leader, now);
        self.places.insert(item, u64::from(place));
    }

    /// Lets a call wait for the fill of `item` under way.
    pub(crate) fn join(&mut self, item: u32, call: u32, calls: &Calls) {
        if let Some(place) = self.places.get(item) {
            let waiter = Waiter::new(call, calls);
            self.slots[place as usize].waiters.push(waiter);
        }
    }

    /// Ends the fill of `item` that this call led, or `None` for one in the background. Returns who
    /// waited, to be given back by [`Self::give_back`].
    pub(crate) fn end(&mut self, item: u32, leader: Option<u32>) -> Option<(Vec<Waiter>, SimTime)> {
        let place = self.places.get(item)? as u32;
        let flight = &mut self.slots[place as usize];
        if flight.leader.map(|leader| leader.call) != leader {
            return None;
        }
        self.places.remove(item);
        self.free.push(place);
        Some((std::mem::take(&mut flight.waiters), flight.began))
    }

    /// Keeps the room of a list of those who waited for the next one.
    pub(crate) fn give_back(&mut self, mut waiters: Vec<Waiter>) {
        waiters.clear();
        if let Some(&place) = self.free.last() {
            let slot = &mut self.slots[place as usize];
            if slot.waiters.capacity() < waiters.capacity() {
                slot.waiters = waiters;
            }
        }
    }

    /// Forgets them all.
    pub(crate) fn clear(&mut self) {
        *self = Self::default();
    }
}

impl Flight {
    fn is_under_way(&self, calls: &Calls) -> bool {
        self.leader
            .is_none_or(|leader| leader.call(calls).is_some())
    }
}
