//! A circuit breaker: stops calling what keeps failing.

use super::rolling_window::RollingWindow;
use crate::time::{SimDuration, SimTime};
use crate::violation::{Violation, violations};

/// When a breaker opens and how it closes again.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct BreakerPolicy {
    /// What opens it.
    pub trip: Trip,
    /// How long it stays open before it lets probes through: more than 0, at most 1 h. 60 s in
    /// Resilience4j, 5 s in Hystrix.
    pub open_for: SimDuration,
    /// How many calls are let through half-open, all of which have to succeed: 1 to 1,000. 1 in
    /// Hystrix, 10 in Resilience4j.
    pub probes: u32,
}

/// What opens a closed breaker.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Trip {
    /// So many failures in a row.
    Consecutive {
        /// 1 to 1,000,000.
        failures: u32,
    },
    /// A share of failures among the calls that ended recently.
    FailureShare {
        /// At this share or above, more than 0 and at most 1; 0.5 in Resilience4j and Hystrix.
        share: f64,
        /// As long as fewer calls ended, nothing is concluded: 1 to 1,000,000. 20 in Hystrix.
        minimum: u32,
        /// What is recent, 1 s to 1 h; 10 s in Hystrix.
        window: SimDuration,
    },
}

impl BreakerPolicy {
    /// What is out of range.
    pub(crate) fn check(&self) -> Vec<Violation> {
        let hour = SimDuration::from_secs(3_600);
        let mut faults = match self.trip {
            Trip::Consecutive { failures } => violations(&[(
                (1..=1_000_000).contains(&failures),
                "failures",
                "1 to 1,000,000",
            )]),
            Trip::FailureShare {
                share,
                minimum,
                window,
            } => violations(&[
                (
                    share > 0.0 && share <= 1.0,
                    "share",
                    "more than 0, at most 1",
                ),
                (
                    (1..=1_000_000).contains(&minimum),
                    "minimum",
                    "1 to 1,000,000",
                ),
                (
                    (SimDuration::from_secs(1)..=hour).contains(&window),
                    "window",
                    "1 s to 1 h",
                ),
            ]),
        };
        faults.extend(violations(&[
            (
                !self.open_for.is_zero() && self.open_for <= hour,
                "open_for",
                "more than 0, at most 1 h",
            ),
            ((1..=1_000).contains(&self.probes), "probes", "1 to 1,000"),
        ]));
        faults
    }
}

/// What a breaker does with calls.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum BreakerState {
    /// Lets every call through.
    Closed,
    /// Lets none through.
    Open,
    /// Lets a few through, to see.
    HalfOpen,
}

/// Goes with a call that was let through, so that its end counts for the state in which it began.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Permit(u32);

/// A circuit breaker (Nygard 2007, "Release It!", chapter 5).
///
/// Every change of state begins a new generation of calls; the ends of older calls are ignored, or a
/// slow failure from before would open a breaker that has just closed.
#[derive(Clone, Debug)]
pub(crate) struct Breaker {
    policy: BreakerPolicy,
    generation: u32,
    phase: Phase,
    /// Failures in a row while closed.
    in_a_row: u32,
    /// Calls and failures while closed.
    recent: RollingWindow,
}

#[derive(Clone, Copy, Debug)]
enum Phase {
    Closed,
    Open { until: SimTime },
    HalfOpen { admitted: u32, succeeded: u32 },
}

impl Breaker {
    /// A closed breaker.
    pub(crate) fn new(policy: BreakerPolicy) -> Self {
        let window = match policy.trip {
            Trip::FailureShare { window, .. } => window,
            Trip::Consecutive { .. } => SimDuration::ZERO,
        };
        Self {
            policy,
            generation: 0,
            phase: Phase::Closed,
            in_a_row: 0,
            recent: RollingWindow::new(window),
        }
    }

    /// The state that a call would meet at `now`.
    pub(crate) fn state(&self, now: SimTime) -> BreakerState {
        match self.phase {
            Phase::Closed => BreakerState::Closed,
            Phase::Open { until } if now < until => BreakerState::Open,
            Phase::Open { .. } | Phase::HalfOpen { .. } => BreakerState::HalfOpen,
        }
    }

    /// Whether a call may be made at `now`; `None` is a refusal. What is let through has to be ended
    /// with [`on_end`](Self::on_end) or [`on_abandoned`](Self::on_abandoned).
    pub(crate) fn try_call(&mut self, now: SimTime) -> Option<Permit> {
        if let Phase::Open { until } = self.phase
            && now >= until
        {
            self.enter(Phase::HalfOpen {
                admitted: 0,
                succeeded: 0,
            });
        }
        match &mut self.phase {
            Phase::Closed => {}
            Phase::HalfOpen { admitted, .. } if *admitted < self.policy.probes => *admitted += 1,
            Phase::HalfOpen { .. } | Phase::Open { .. } => return None,
        }
        Some(Permit(self.generation))
    }

    /// A call that was let through succeeded or failed at `now`.
    pub(crate) fn on_end(&mut self, now: SimTime, permit: Permit, is_success: bool) {
        if permit.0 != self.generation {
            return;
        }
        match &mut self.phase {
            // No call begins while open, and older ones are of another generation.
            Phase::Open { .. } => {}
            Phase::Closed => {
                if self.is_tripped(now, is_success) {
                    self.open(now);
                }
            }
            Phase::HalfOpen { .. } if !is_success => self.open(now),
            Phase::HalfOpen { succeeded, .. } => {
                *succeeded += 1;
                if *succeeded >= self.policy.probes {
                    self.enter(Phase::Closed);
                }
            }
        }
    }

    /// A call that was let through ended without telling anything: it was cancelled, for instance.
    /// Half-open, another one may take its place.
    pub(crate) fn on_abandoned(&mut self, permit: Permit) {
        if let Phase::HalfOpen { admitted, .. } = &mut self.phase
            && permit.0 == self.generation
        {
            *admitted = admitted.saturating_sub(1);
        }
    }

    fn is_tripped(&mut self, now: SimTime, is_success: bool) -> bool {
        match self.policy.trip {
            Trip::Consecutive { failures } => {
                self.in_a_row = if is_success { 0 } else { self.in_a_row + 1 };
                self.in_a_row >= failures
            }
            Trip::FailureShare { share, minimum, .. } => {
                self.recent.add(now, 1, u32::from(!is_success));
                let [calls, failures] = self.recent.sums(now);
                // A success may complete the minimum, so it may open the breaker, too.
                calls >= u64::from(minimum) && failures as f64 >= share * calls as f64
            }
        }
    }

    fn open(&mut self, now: SimTime) {
        self.enter(Phase::Open {
            until: now + self.policy.open_for,
        });
    }

    fn enter(&mut self, phase: Phase) {
        self.phase = phase;
        self.generation = self.generation.wrapping_add(1);
        self.in_a_row = 0;
        self.recent.clear();
    }
}

#[cfg(test)]
mod tests;
