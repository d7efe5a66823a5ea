//! What befalls whole places: an area fails, or two of them lose sight of each other.

use crate::call::Place as CallPlace;
use crate::geography::{Area, Place};
use crate::outcome::{FailureReason, Outcome};
use crate::scenario::{Link, NodeId};
use crate::simulation::{LinkSlot, Simulation};
use crate::time::SimDuration;

/// In place of the latency of a link that leads nowhere at present.
pub(super) const LOST: SimDuration = SimDuration::MAX;

impl LinkSlot {
    /// How long a way along it takes, or [`LOST`].
    #[inline]
    pub(super) const fn way(&self) -> SimDuration {
        if crate::WHOLE && self.is_cut {
            LOST
        } else {
            self.latency
        }
    }
}

impl Simulation {
    /// The nodes that are placed in `area`.
    pub(super) fn placed_in(&self, area: Area) -> Vec<NodeId> {
        let placed = self.nodes.iter().filter(|slot| {
            let place = slot.place;
            place.is_some_and(|place| area.contains(place))
        });
        placed.filter_map(|slot| slot.id).collect()
    }

    /// Two areas lose sight of each other. What is on the way between them arrives.
    pub(super) fn part(&mut self, one: Area, other: Area) {
        self.partitions.push((one, other));
        self.find_cut_links();
    }

    /// All see each other again. What was lost meanwhile stays lost.
    pub(super) fn rejoin(&mut self) {
        self.partitions.clear();
        self.find_cut_links();
    }

    /// Which links lead from one side of a partition to the other.
    pub(super) fn find_cut_links(&mut self) {
        for link in &mut self.links {
            let place = |node: u32| self.nodes[node as usize].place;
            let (Some(from), Some(to)) = (place(link.from), place(link.to)) else {
                link.is_cut = false;
                continue;
            };
            let separates = |from: Place, to: Place, (one, other): (Area, Area)| {
                one.contains(from) && other.contains(to)
            };
            link.is_cut = from != to
                && (self.partitions.iter())
                    .any(|&cut| separates(from, to, cut) || separates(to, from, cut));
        }
    }

    /// A call or its answer is lost in a partition. Whoever waits for it learns so when the connection is
    /// given up, and mostly stops waiting before.
    pub(super) fn lose(&mut self, index: u32, place: CallPlace) {
        let now = self.now;
        let call = self.calls.get_mut(index);
        if place == CallPlace::Outbound {
            call.travelled = SimDuration::ZERO;
        }
        call.outcome = Outcome::Failed(FailureReason::ConnectionLost);
        call.is_broken = true;
        call.place = CallPlace::Inbound;
        call.since = now;
        self.wake(index, now + Link::CONNECTION_LIMIT);
    }
}
