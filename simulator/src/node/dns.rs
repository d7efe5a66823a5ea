//! DNS: answers where the system is. Clients cache the answer themselves (`clients.rs`).

use crate::distribution::scaled;
use crate::event::Event;
use crate::outcome::FailureReason;
use crate::request::Station;
use crate::scenario::NodeKind;
use crate::simulation::Simulation;
use crate::step::Happening;
use crate::time::SimDuration;

impl Simulation {
    pub(crate) fn on_request_at_dns(&mut self, node: u32, index: u32) {
        let lookup_time = match &self.nodes[node as usize].parameters {
            NodeKind::Dns(dns) => dns.lookup_time,
            _ => SimDuration::ZERO,
        };
        let started = self.now();
        let ends = started + scaled(lookup_time, self.slowness(node));
        // Name servers have room for every question: a place for each, no queue.
        let place = Station::Served {
            node,
            worker: 0,
            started,
            ends,
        };
        let request = self.requests.place(index, place);
        self.schedule(ends, Event::ServiceEnded { request });
        let number = self.requests.get(index).number;
        self.note(node, Some(number), Happening::LookedUp);
    }

    pub(crate) fn on_lookup_done(&mut self, node: u32, index: u32) {
        self.nodes[node as usize].meter.served += 1;
        self.answer(index);
        let number = self.requests.get(index).number;
        self.note(node, Some(number), Happening::NameAnswered);
    }

    /// Look-ups under way fail; addresses that clients have cached still work until they expire.
    pub(crate) fn on_death_of_dns(&mut self, node: u32) {
        for index in self.requests.served_at(node) {
            self.fail(node, index, FailureReason::NameNotResolved);
        }
    }
}
