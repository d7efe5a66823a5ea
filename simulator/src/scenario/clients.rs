//! Clients: who sends requests, when, and how long they wait. Ranges are enforced in `check.rs`.

use std::sync::Arc;

use super::check::law;
use super::{CallPolicy, Retry};
use crate::WHOLE;
use crate::distribution::Distribution;
use crate::resilience::HedgingPolicy;
use crate::time::SimDuration;
use crate::traffic::{ArrivalPattern, Bursts, RateCurve, RequestMix, Session};

/// Users who send requests: in an open loop, without waiting for each other, or in a closed one, each
/// thinking between an answer and the next request.
#[derive(Clone, Debug, PartialEq)]
pub struct Clients {
    /// Arrival rate in requests per second, 0 to 1,000,000. Zero sends nothing. A closed loop has none:
    /// its rate follows from its users.
    pub rate: f64,
    /// How the rate changes over simulated time; `None`, the default, for always [`Clients::rate`], which
    /// does not count otherwise. Boxed, because most clients have none.
    pub curve: Option<Box<RateCurve>>,
    /// Random jumps of the rate around that; none by default. Neither counts in a closed loop.
    pub bursts: Option<Bursts>,
    /// How arrivals are spaced.
    pub arrivals: Arrivals,
    /// How many users a closed loop has, 0 to 2,000,000.
    pub users: u32,
    /// How long each of them thinks between an answer and the next request.
    pub think_time: Distribution,
    /// Visits that bring several requests each, in an open loop; `None`, the default, for requests that have
    /// nothing to do with each other. The rate stays that of all requests in the long run. Boxed, because
    /// most clients have none.
    ///
    /// Everybody in a closed loop has one session, which never ends.
    pub session: Option<Box<Session>>,
    /// What the requests are; `None`, the default, for all alike but for [`Clients::read_share`], which does
    /// not count otherwise. Shared, because a mix is copied with every edit.
    pub mix: Option<Arc<RequestMix>>,
    /// Among how many keys each request asks for one, 0 to 10,000,000; 0 for requests without keys.
    pub keys: u32,
    /// How unequally popular the keys are: the exponent of Zipf's law, 0 (all equal) to 3.
    pub skew: f64,
    /// The share of requests that only read, 0 to 1; the others write.
    pub read_share: f64,
    /// How long a client waits for one attempt, its own network and DNS included, before it gives up: more
    /// than 0, at most 1 h; `None` waits for ever. The system goes on working on what was given up,
    /// unless the client cancels it.
    pub timeout: Option<SimDuration>,
    /// How long a client waits for all attempts together, the pauses between them included: more than 0,
    /// at most 1 h.
    pub deadline: Option<SimDuration>,
    /// Whether clients try again; not by default. A request is over after the last attempt, and its
    /// response time includes all of them and the pauses. Boxed, because most clients do not.
    pub retry: Option<Box<Retry>>,
    /// When clients send a second attempt although the first one is still awaited; see
    /// [`CallPolicy::hedge`].
    pub hedge: Option<HedgingPolicy>,
    /// Whether clients cancel what they no longer await; see [`CallPolicy::cancels`].
    pub cancels: bool,
}

/// How arrivals are spaced.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Arrivals {
    /// Independent users: exponential gaps.
    Poisson,
    /// One every 1/rate seconds, like a metronome.
    Even,
    /// [`Clients::users`] people who each wait for their answer and think before they ask again: a
    /// closed loop, which slows down with the system that it tests.
    Closed,
}

impl Default for Clients {
    /// A hundred requests a second from independent users, nine of ten reading, without a timeout.
    fn default() -> Self {
        Self {
            rate: 100.0,
            curve: None,
            bursts: None,
            arrivals: Arrivals::Poisson,
            users: 1_000,
            think_time: Distribution::Exponential {
                mean: SimDuration::from_secs(10),
            },
            session: None,
            mix: None,
            keys: 0,
            skew: 1.2,
            read_share: 0.9,
            timeout: None,
            deadline: None,
            retry: None,
            hedge: None,
            cancels: false,
        }
    }
}

impl Clients {
    /// How requests arrive in an open loop, where that is more than a constant rate.
    pub(crate) fn pattern(&self) -> Option<ArrivalPattern> {
        if self.arrivals == Arrivals::Closed || self.curve.is_none() && self.bursts.is_none() {
            return None;
        }
        let curve = match (self.curve.as_deref(), self.session.as_deref()) {
            (None, _) => RateCurve::Constant {
                rate: self.start_rate(),
            },
            (Some(curve), None) => curve.clone(),
            (Some(curve), Some(session)) => curve.scaled(session.session_rate(1.0)),
        };
        Some(ArrivalPattern {
            curve,
            spacing: self.arrivals,
            bursts: self.bursts,
        })
    }

    /// At which constant rate requests come or, where there are visits, these begin.
    pub(crate) fn start_rate(&self) -> f64 {
        let session = self.session.as_deref();
        session.map_or(self.rate, |session| session.session_rate(self.rate))
    }

    /// The parameters that are out of range, with the range.
    pub(super) fn faults(&self) -> Vec<(&'static str, &'static str)> {
        let checks = [
            (
                (0.0..=RateCurve::MAX_RATE).contains(&self.rate),
                "rate",
                "0 to 1,000,000 requests per second",
            ),
            (self.users <= 2_000_000, "users", "0 to 2,000,000"),
            law("think_time", &self.think_time),
            (self.keys <= 10_000_000, "keys", "0 to 10,000,000"),
            ((0.0..=3.0).contains(&self.skew), "skew", "0 to 3"),
            (
                (0.0..=1.0).contains(&self.read_share),
                "read_share",
                "0 to 1",
            ),
        ];
        let mut faults: Vec<_> = checks
            .into_iter()
            .filter(|&(is_in_range, ..)| !is_in_range)
            .map(|(_, parameter, range)| (parameter, range))
            .collect();
        if !WHOLE {
            return faults;
        }
        faults.extend(self.curve.iter().flat_map(|curve| curve.faults()));
        faults.extend(self.bursts.iter().flat_map(Bursts::faults));
        if let Some(session) = &self.session {
            faults.extend(session.faults());
            let (is_law, parameter, range) = law("think_time", &session.think_time);
            faults.extend((!is_law).then_some((parameter, range)));
        }
        faults.extend(self.attempts().faults());
        faults
    }

    /// What clients do about slow and failing attempts.
    pub(crate) fn attempts(&self) -> CallPolicy {
        CallPolicy {
            timeout: self.timeout,
            deadline: self.deadline,
            retry: self.retry.as_deref().copied(),
            hedge: self.hedge,
            cancels: self.cancels,
            ..CallPolicy::default()
        }
    }

    /// Whether a request may be more than one attempt that may time out.
    pub(crate) const fn has_attempts(&self) -> bool {
        self.retry.is_some() || self.hedge.is_some() || self.deadline.is_some()
    }
}
