//! The targets of a balancer: what it knows of each of them, and who may be chosen.

use crate::balance::{PassiveHealth, SlowStart};
use crate::scenario::{Balancer, WhenAllUnhealthy};
use crate::time::{SimDuration, SimTime};

/// In so many steps a weight grows during slow start.
const STEPS: u64 = 256;

/// Everybody whom a balancer has ever been linked to, by an index that stays with the link.
///
/// Who may be chosen is a list that changes when somebody's health does, so that a choice copies
/// nothing.
#[derive(Clone, Debug, Default)]
pub(crate) struct Targets {
    known: Vec<Target>,
    /// Requests in flight to each target from here.
    pub(super) in_flight: Vec<u32>,
    /// The effective weight of each target, in units of [`SlowStart::UNIT`].
    pub(super) weights: Vec<u32>,
    /// Those of the present scenario, in ascending order.
    listed: Vec<u32>,
    /// Those of them that may be chosen, in ascending order.
    pub(super) eligible: Vec<u32>,
    /// Whether anybody would be eligible if there were no limit of connections.
    has_usable: bool,
    /// Whether everybody counts as healthy because nobody is.
    is_open: bool,
    /// When the passing of time alone changes any of that; the end of time for never.
    changes: SimTime,
}

/// What a balancer knows of one target.
#[derive(Clone, Debug)]
pub(crate) struct Target {
    /// The link to it.
    pub(super) link: u32,
    /// The link's weight; with 0 it is being drained.
    pub(super) weight: u32,
    is_listed: bool,
    /// Whether probes are planned for it, or would be if there were checks.
    pub(super) is_watched: bool,
    /// What active checks say.
    pub(super) is_healthy: bool,
    /// Probes in a row that contradict that.
    pub(super) contrary_checks: u32,
    /// Probes of an older generation are ignored.
    pub(super) probe_generation: u32,
    /// What became of requests to it.
    pub(super) passive: PassiveHealth,
    /// What all checks together said the last time somebody looked.
    is_believed: bool,
    /// When it joined or was healthy again; `None` for one who was there from the beginning.
    joined: Option<SimTime>,
}

impl Target {
    /// Forgets what is known of it, as if it had been there from the beginning or had just joined.
    pub(super) fn begin(&mut self, joined: Option<SimTime>) {
        self.is_healthy = true;
        self.contrary_checks = 0;
        self.passive = PassiveHealth::default();
        self.is_believed = true;
        self.joined = joined;
    }

    /// Whether active and passive checks say that it is healthy.
    pub(super) fn is_believed_at(&self, rules: &Balancer, now: SimTime) -> bool {
        let is_available = |check| self.passive.is_available(check, now);
        self.is_healthy && rules.passive_check.is_none_or(is_available)
    }
}

impl Targets {
    pub(super) fn get(&self, target: u32) -> &Target {
        &self.known[target as usize]
    }

    pub(super) fn get_mut(&mut self, target: u32) -> &mut Target {
        &mut self.known[target as usize]
    }

    pub(super) fn all_mut(&mut self) -> impl Iterator<Item = &mut Target> {
        self.known.iter_mut()
    }

    /// Those of the present scenario.
    pub(super) fn listed(&self) -> &[u32] {
        &self.listed
    }

    /// Takes in the target at the end of `link`.
    pub(super) fn add(&mut self, link: u32) -> u32 {
        self.known.push(Target {
            link,
            weight: 1,
            is_listed: false,
            is_watched: false,
            is_healthy: true,
            contrary_checks: 0,
            probe_generation: 0,
            passive: PassiveHealth::default(),
            is_believed: true,
            joined: None,
        });
        self.in_flight.push(0);
        self.weights.push(SlowStart::UNIT);
        self.known.len() as u32 - 1
    }

    /// From now on, exactly these are in the scenario.
    pub(super) fn list(&mut self, targets: &[u32]) {
        for target in &self.listed {
            self.known[*target as usize].is_listed = false;
        }
        self.listed.clear();
        self.listed.extend_from_slice(targets);
        self.listed.sort_unstable();
        for target in &self.listed {
            self.known[*target as usize].is_listed = true;
        }
    }

    /// Whether time has changed who may be chosen or with which weight.
    pub(super) fn is_due(&self, now: SimTime) -> bool {
        now >= self.changes
    }

    /// Finds out who may be chosen, and how much everybody weighs.
    pub(super) fn refresh(&mut self, rules: &Balancer, now: SimTime) {
        let mut changes = SimTime::MAX;
        let mut is_anybody_believed = false;
        for &target in &self.listed {
            let it = &mut self.known[target as usize];
            let is_believed = it.is_believed_at(rules, now);
            if is_believed && !it.is_believed {
                it.joined = Some(now);
            }
            it.is_believed = is_believed;
            is_anybody_believed |= is_believed && it.weight > 0;
            let left_out = rules
                .passive_check
                .and_then(|check| it.passive.left_out_until(check));
            if let Some(until) = left_out.filter(|until| *until >= now) {
                changes = changes.min(until + SimDuration::from_nanos(1));
            }
            let base = if rules.policy.is_weighted() {
                it.weight
            } else {
                1
            };
            self.weights[target as usize] = match (&rules.slow_start, it.joined) {
                (Some(start), Some(joined)) => {
                    let since = now.since(joined);
                    if since < start.window {
                        let step = start.window.as_nanos().div_ceil(STEPS);
                        changes = changes.min(now + SimDuration::from_nanos(step));
                    }
                    start.weight(base, since)
                }
                _ => SlowStart::full(base),
            };
        }
        self.changes = changes;
        self.is_open = !is_anybody_believed && rules.when_all_unhealthy == WhenAllUnhealthy::UseAll;
        self.has_usable = false;
        self.eligible.clear();
        for place in 0..self.listed.len() {
            let target = self.listed[place];
            if self.is_usable(target) {
                self.has_usable = true;
                if !self.is_full(target, rules) {
                    self.eligible.push(target);
                }
            }
        }
    }

    /// Whether something new may be sent to it, but for the limit of connections.
    fn is_usable(&self, target: u32) -> bool {
        self.is_trusted(target) && self.get(target).weight > 0
    }

    fn is_trusted(&self, target: u32) -> bool {
        let it = self.get(target);
        it.is_listed && (it.is_believed || self.is_open)
    }

    fn is_full(&self, target: u32, rules: &Balancer) -> bool {
        let limit = rules.connection_limit;
        limit > 0 && self.in_flight[target as usize] >= limit
    }

    /// Whether a request of a session that is bound to it may be sent to it.
    pub(super) fn may_keep(&self, target: u32, rules: &Balancer) -> bool {
        self.is_trusted(target) && !self.is_full(target, rules)
    }

    /// Whether nobody can be chosen, however long one waits for a free connection.
    pub(super) const fn is_hopeless(&self) -> bool {
        !self.has_usable
    }

    /// A request is sent to a target; returns its link.
    pub(super) fn sent(&mut self, target: u32, rules: &Balancer, now: SimTime) -> u32 {
        self.in_flight[target as usize] += 1;
        if self.is_full(target, rules)
            && let Ok(place) = self.eligible.binary_search(&target)
        {
            self.eligible.remove(place);
        }
        let it = &mut self.known[target as usize];
        let link = it.link;
        if let Some(check) = rules.passive_check {
            let is_tried = it.passive.left_out_until(check).is_some();
            it.passive.on_chosen(check, now);
            if is_tried {
                self.refresh(rules, now);
            }
        }
        link
    }

    /// A request came back from a target.
    pub(super) fn returned(&mut self, target: u32, rules: &Balancer) {
        let in_flight = &mut self.in_flight[target as usize];
        *in_flight = in_flight.saturating_sub(1);
        if rules.connection_limit > 0
            && !self.is_full(target, rules)
            && self.is_usable(target)
            && let Err(place) = self.eligible.binary_search(&target)
        {
            self.eligible.insert(place, target);
        }
    }

    /// Learns at `now` whether a request to a target went well.
    pub(super) fn learn(&mut self, target: u32, rules: &Balancer, now: SimTime, is_good: bool) {
        let Some(check) = rules.passive_check else {
            return;
        };
        let passive = &mut self.known[target as usize].passive;
        let before = *passive;
        if is_good {
            passive.on_success();
        } else {
            passive.on_failure(now);
        }
        if *passive != before && self.known[target as usize].is_listed {
            let was_left_out = before.left_out_until(check);
            let passive = &self.known[target as usize].passive;
            if was_left_out != passive.left_out_until(check) {
                self.refresh(rules, now);
            }
        }
    }

    /// Everything is forgotten but who there is.
    pub(super) fn forget(&mut self) {
        self.list(&[]);
        for target in &mut self.known {
            target.begin(None);
        }
        self.in_flight.fill(0);
        self.eligible.clear();
        self.has_usable = false;
        self.changes = SimTime::MAX;
    }
}
