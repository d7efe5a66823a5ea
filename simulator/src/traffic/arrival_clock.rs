//! When the next request comes: a clock that counts expected arrivals instead of seconds.

use super::bursts::BurstState;
use super::{Bursts, RateCurve};
use crate::random::Stream;
use crate::scenario::Arrivals;
use crate::time::{SimDuration, SimTime};

/// How requests arrive in an open loop.
#[derive(Clone, Debug, PartialEq)]
pub struct ArrivalPattern {
    /// The expected rate.
    pub curve: RateCurve,
    /// How arrivals are spaced at that rate.
    pub spacing: Arrivals,
    /// Random jumps of the rate around the curve, if any.
    pub bursts: Option<Bursts>,
}

impl ArrivalPattern {
    /// The parameters that are out of range, each with its range in words.
    #[must_use]
    pub fn faults(&self) -> Vec<(&'static str, &'static str)> {
        let mut faults = self.curve.faults();
        faults.extend(self.bursts.iter().flat_map(Bursts::faults));
        faults
    }
}

/// The arrival process of one source.
///
/// Its reading is the integral of the rate, so a gap is one Exp(1) number of units, or one unit for
/// evenly spaced arrivals. An edit of the curve changes how fast the clock runs and not what it
/// reads: the same draws come at other times. Bursts come from a stream of their own and make the
/// clock run faster or slower too; their beginnings and ends are moments at which it has to be woken,
/// so nothing is ever decided ahead of an edit.
#[derive(Clone, Debug)]
pub(crate) struct ArrivalClock {
    pattern: ArrivalPattern,
    gaps: Stream,
    jumps: Stream,
    /// At `since`, the next arrival was `left` units away.
    since: SimTime,
    left: f64,
    state: Option<BurstState>,
    /// The next arrival, or the end of time if the present rate does not last until then.
    arrival: SimTime,
    /// How much later the exact moment is than that whole nanosecond, in parts of 2^-20 of one. The
    /// next gap owes it, so that rounding does not make the clock run fast: half a nanosecond matters
    /// at a million arrivals a second.
    fraction: u32,
    /// What the clock counts in one such part at that moment.
    units_a_fraction: f64,
    /// A short cut while the rate stays as it is.
    steady: Option<Steady>,
}

/// A rate that stays the same for a while, bursts included. Most arrivals are planned within one, and
/// then a gap is a product and a whole addition: the next arrival need not wait for floating point to
/// say how far the last one was rounded.
#[derive(Clone, Copy, Debug)]
struct Steady {
    fractions_a_unit: f64,
    units_a_fraction: f64,
    until: SimTime,
}

/// A nanosecond is cut into 2^20 parts: even a day at a million arrivals a second is exact to one.
const FRACTION_BITS: u32 = 20;
const FRACTIONS_A_SECOND: f64 = 1e9 * (1 << FRACTION_BITS) as f64;

impl ArrivalClock {
    /// A clock that starts at `now` with a whole gap.
    pub(crate) fn new(pattern: ArrivalPattern, gaps: Stream, jumps: Stream, now: SimTime) -> Self {
        Self::start(pattern, gaps, jumps, now, None)
    }

    /// A clock that goes on at `now` for another one, which had `left` units to go.
    pub(crate) fn resume(
        pattern: ArrivalPattern,
        gaps: Stream,
        jumps: Stream,
        now: SimTime,
        left: f64,
    ) -> Self {
        Self::start(pattern, gaps, jumps, now, Some(left))
    }

    fn start(
        pattern: ArrivalPattern,
        gaps: Stream,
        mut jumps: Stream,
        now: SimTime,
        left: Option<f64>,
    ) -> Self {
        let state = pattern
            .bursts
            .map(|bursts| BurstState::new(&bursts, now, &mut jumps));
        let mut clock = Self {
            pattern,
            gaps,
            jumps,
            since: now,
            left: 0.0,
            state,
            arrival: SimTime::MAX,
            fraction: 0,
            units_a_fraction: 0.0,
            steady: None,
        };
        clock.left = left.unwrap_or_else(|| clock.gap());
        clock.plan();
        clock
    }

    /// Stops the clock at `now`: the streams of its gaps and jumps as they are, and how many units it had
    /// to go.
    pub(crate) fn stop(mut self, now: SimTime) -> (Stream, Stream, f64) {
        self.settle(now);
        (self.gaps, self.jumps, self.left)
    }

    /// The pattern that it follows.
    pub(crate) const fn pattern(&self) -> &ArrivalPattern {
        &self.pattern
    }

    /// When [`ArrivalClock::wake`] has to be called next; `None` if nothing will ever happen.
    pub(crate) fn next(&self) -> Option<SimTime> {
        let due = self.arrival.min(self.jump());
        (due < SimTime::MAX).then_some(due)
    }

    /// The moment given by [`ArrivalClock::next`] has come: whether a request arrives. If not, a
    /// burst begins or ends.
    pub(crate) fn wake(&mut self, now: SimTime) -> bool {
        let is_arrival = self.arrival == now;
        if is_arrival {
            self.since = now;
            let gap = self.gap();
            self.left = gap + f64::from(self.fraction) * self.units_a_fraction;
            if self.plan_within_steady(gap) {
                return true;
            }
        } else {
            self.settle(now);
            if let (Some(state), Some(bursts)) = (&mut self.state, &self.pattern.bursts)
                && state.until <= now
            {
                state.switch(bursts, &mut self.jumps);
            }
        }
        self.plan();
        is_arrival
    }

    /// Takes over an edited pattern. What is left of the present gap stays, in units.
    pub(crate) fn replace(&mut self, pattern: ArrivalPattern, now: SimTime) {
        // Reading the clock rounds, and an edit that changes nothing should not.
        if pattern == self.pattern {
            return;
        }
        self.settle(now);
        self.state = match (self.state, &self.pattern.bursts, &pattern.bursts) {
            (Some(mut state), Some(before), Some(after)) => {
                // A state that did not change keeps its end to the nanosecond.
                if before != after {
                    state.reconfigure(before, after, now);
                }
                Some(state)
            }
            (.., Some(bursts)) => Some(BurstState::new(bursts, now, &mut self.jumps)),
            (.., None) => None,
        };
        self.pattern = pattern;
        self.plan();
    }

    /// The rate at `now` in requests per second, bursts included, for charts.
    #[cfg_attr(not(test), expect(dead_code, reason = "charts do not show it yet"))]
    pub(crate) fn rate(&self, now: SimTime) -> f64 {
        self.factor() * self.pattern.curve.rate_at(now)
    }

    /// Whether it is in a burst.
    #[cfg_attr(not(test), expect(dead_code, reason = "charts do not show it yet"))]
    pub(crate) fn is_burst(&self) -> bool {
        self.state.is_some_and(|state| state.is_burst)
    }

    fn gap(&mut self) -> f64 {
        match self.pattern.spacing {
            Arrivals::Poisson => self.gaps.exponential(),
            Arrivals::Even | Arrivals::Closed => 1.0,
        }
    }

    /// When a burst begins or ends, or the end of time.
    fn jump(&self) -> SimTime {
        self.state.map_or(SimTime::MAX, |state| state.until)
    }

    /// How much faster than the curve the clock runs.
    fn factor(&self) -> f64 {
        match (self.state, &self.pattern.bursts) {
            (Some(state), Some(bursts)) => state.factor(bursts),
            _ => 1.0,
        }
    }

    /// Reads the clock at `now`.
    fn settle(&mut self, now: SimTime) {
        let passed = self.factor() * self.pattern.curve.expected(self.since, now);
        self.left = f64::max(0.0, self.left - passed);
        self.since = now;
    }

    /// Finds the next arrival at the present rate.
    fn plan(&mut self) {
        let factor = self.factor();
        let reached = if 0.0 < factor {
            self.pattern.curve.reach(self.since, self.left / factor)
        } else {
            None
        };
        let reached = reached.filter(|reached| reached.at <= self.jump());
        self.arrival = reached.map_or(SimTime::MAX, |reached| reached.at);
        (self.fraction, self.units_a_fraction) = reached.map_or((0, 0.0), |reached| {
            let fraction = reached.fraction * f64::from(1_u32 << FRACTION_BITS);
            (fraction as u32, reached.rate * factor / FRACTIONS_A_SECOND)
        });
        self.steady = self.find_steady(factor);
    }

    /// The steady stretch that `since` lies in, if the rate is not changing there.
    fn find_steady(&self, factor: f64) -> Option<Steady> {
        let (rate, until) = self.pattern.curve.steady_at(self.since)?;
        let rate = rate * factor;
        (0.0 < rate).then_some(Steady {
            fractions_a_unit: FRACTIONS_A_SECOND / rate,
            units_a_fraction: rate / FRACTIONS_A_SECOND,
            until: until.min(self.jump()),
        })
    }

    /// Finds the next arrival if it lies within the present steady stretch: whether it does.
    fn plan_within_steady(&mut self, gap: f64) -> bool {
        let Some(steady) = self.steady else {
            return false;
        };
        let fractions = (gap * steady.fractions_a_unit) as u64;
        let sum = fractions.saturating_add(u64::from(self.fraction));
        let at = self.since + SimDuration::from_nanos(sum >> FRACTION_BITS);
        // A gap of five hours and more does not fit into so small parts.
        let is_within = sum < u64::MAX && at < steady.until;
        if is_within {
            self.arrival = at;
            self.fraction = sum as u32 & ((1 << FRACTION_BITS) - 1);
            self.units_a_fraction = steady.units_a_fraction;
        }
        is_within
    }
}

#[cfg(test)]
mod tests;
