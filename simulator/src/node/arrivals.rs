//! When the requests of an open loop come: at a constant rate, or by a clock that follows a pattern.

use crate::WHOLE;
use crate::random::{Purpose, Stream};
use crate::scenario::{Arrivals, Clients};
use crate::time::{SimDuration, SimTime};
use crate::traffic::ArrivalClock;

/// The arrivals of one node of clients.
///
/// Every arrival is one gap of a whole or an Exp(1) number of units away from the last one. At a
/// constant rate a unit is a fixed time, which is all that most clients need; patterns have a clock.
/// An edit changes how long a unit takes and not how many are left.
#[derive(Clone, Debug)]
pub(super) struct Source {
    gaps: Stream,
    jumps: Stream,
    /// The clock of a pattern, which has the present state of both streams.
    clock: Option<Box<ArrivalClock>>,
    /// The constant rate by which the next arrival was planned, and when it comes.
    planned_rate: f64,
    /// One over that rate, in nanoseconds.
    mean_gap: f64,
    next: SimTime,
    generation: u32,
}

impl Source {
    pub(super) fn new(seed: u64, name: &str) -> Self {
        Self {
            gaps: Stream::new(seed, name, Purpose::Arrivals),
            jumps: Stream::new(seed, name, Purpose::Bursts),
            clock: None,
            planned_rate: 0.0,
            mean_gap: 0.0,
            next: SimTime::ZERO,
            generation: 0,
        }
    }

    /// The planned moment has come: whether a request arrives then, and when to wake the source again.
    /// `None` if it was planned by parameters of the past.
    pub(super) fn wake(
        &mut self,
        clients: &Clients,
        generation: u32,
        now: SimTime,
    ) -> Option<(bool, SimTime)> {
        if self.generation != generation {
            return None;
        }
        if WHOLE && let Some(clock) = &mut self.clock {
            let is_arrival = clock.wake(now);
            return Some((is_arrival, clock.next().unwrap_or(SimTime::MAX)));
        }
        self.next = now + self.gap(clients);
        Some((true, self.next))
    }

    fn gap(&mut self, clients: &Clients) -> SimDuration {
        SimDuration::from_nanos_f64(match clients.arrivals {
            Arrivals::Poisson => self.mean_gap * self.gaps.exponential(),
            Arrivals::Even | Arrivals::Closed => self.mean_gap,
        })
    }

    /// Takes over edited parameters: the planned arrival moves as if the clock ran faster or slower,
    /// which is exact for a Poisson process. Returns when to wake the source and the generation of that,
    /// if that has changed.
    pub(super) fn plan(
        &mut self,
        clients: &Clients,
        is_listed: bool,
        now: SimTime,
    ) -> Option<(SimTime, u32)> {
        let pattern = if WHOLE && is_listed {
            clients.pattern()
        } else {
            None
        };
        let Some(pattern) = pattern else {
            let is_open = is_listed && clients.arrivals != Arrivals::Closed;
            return self.plan_constant(
                if is_open { clients.start_rate() } else { 0.0 },
                clients,
                now,
            );
        };
        if self
            .clock
            .as_ref()
            .is_some_and(|it| *it.pattern() == pattern)
        {
            return None;
        }
        let clock = match self.clock.take() {
            Some(mut clock) => {
                clock.replace(pattern, now);
                clock
            }
            None => {
                let (gaps, jumps) = (self.gaps.clone(), self.jumps.clone());
                Box::new(if self.planned_rate > 0.0 {
                    let left = self.next.since(now).as_nanos() as f64 / self.mean_gap;
                    ArrivalClock::resume(pattern, gaps, jumps, now, left)
                } else {
                    ArrivalClock::new(pattern, gaps, jumps, now)
                })
            }
        };
        self.planned_rate = 0.0;
        self.generation = self.generation.wrapping_add(1);
        let next = clock.next();
        self.clock = Some(clock);
        next.map(|next| (next, self.generation))
    }

    fn plan_constant(
        &mut self,
        rate: f64,
        clients: &Clients,
        now: SimTime,
    ) -> Option<(SimTime, u32)> {
        let clock = if WHOLE { self.clock.take() } else { None };
        let was_clock = clock.is_some();
        let before = std::mem::replace(&mut self.planned_rate, rate);
        if rate == before && !was_clock {
            return None;
        }
        let nanos_left = match clock {
            Some(clock) => {
                let (gaps, jumps, left) = clock.stop(now);
                (self.gaps, self.jumps) = (gaps, jumps);
                Some(left * (1e9 / rate))
            }
            None if before > 0.0 => {
                let left = self.next.since(now).as_nanos() as f64;
                Some(left * (before / rate))
            }
            None => None,
        };
        self.generation = self.generation.wrapping_add(1);
        self.mean_gap = 1e9 / rate;
        if rate <= 0.0 {
            return None;
        }
        let gap = nanos_left.map_or_else(|| self.gap(clients), SimDuration::from_nanos_f64);
        self.next = now + gap;
        Some((self.next, self.generation))
    }
}
