//! A load balancer's parameters.

use crate::balance::{Balancing, MAX_CHOICES, PassiveCheck, PeakEwmaPolicy, SlowStart};
use crate::distribution::Distribution;
use crate::scenario::WhenFull;
use crate::scenario::check::law;
use crate::time::SimDuration;
use crate::violation::Violation;

/// A load balancer. How much each of its targets is to get is the weight of the
/// [`Link`](super::Link) to it.
#[derive(Clone, Debug, PartialEq)]
pub struct Balancer {
    /// How the next server is chosen.
    pub policy: Policy,
    /// Of how many servers, drawn at random, [`Policy::PowerOfChoices`],
    /// [`Policy::WeightedPowerOfChoices`] and [`Policy::PeakEwma`] take the best, 2 to 16.
    pub choices: u32,
    /// How many points a server of the mean weight has on [`Policy::HashRing`], 1 to 1,000.
    pub points: u32,
    /// How many times the average a server on [`Policy::HashRing`] may have in flight before its keys
    /// go on to the next: more than 1, at most 10. `None` does not look at the load.
    pub load_factor: Option<f64>,
    /// After how long an answer counts 1/e for [`Policy::PeakEwma`], 1 ms to 1 h.
    pub decay: SimDuration,
    /// As how slow an error counts at least for [`Policy::PeakEwma`], at most 1 h. Zero counts an
    /// error like an answer: whoever fails fast draws the traffic then.
    pub error_penalty: SimDuration,
    /// How old the balancer's knowledge of requests in flight gets before it is brought up to date, at
    /// whole multiples of this time; at most 1 h. Zero knows everything at once.
    pub information_age: SimDuration,
    /// Whether requests of one session stay with one server; `None` for wherever they fall.
    pub sticky: Option<Sticky>,
    /// How dead servers are noticed by asking; `None` never asks.
    pub health_check: Option<HealthCheck>,
    /// How bad servers are noticed by what becomes of requests; `None` does not notice.
    pub passive_check: Option<PassiveCheck>,
    /// What speaks against a server, for the passive check and for [`Balancer::next_server`].
    pub blame: Blame,
    /// Whether a request on which a server failed is tried on another one; `None` passes the failure
    /// on.
    pub next_server: Option<NextServer>,
    /// What happens when no server is healthy.
    pub when_all_unhealthy: WhenAllUnhealthy,
    /// How a server that joins, or is healthy again, gets its share little by little; `None` gives it
    /// all at once. Round robin, random choice, least connections and the power of choices heed it,
    /// with and without weights, and so does the peak EWMA; hashing does not.
    pub slow_start: Option<SlowStart>,
    /// How many requests a server may have in flight from this balancer, 0 to 100,000; 0 for any
    /// number.
    pub connection_limit: u32,
    /// How many requests may wait while all servers are at that limit, 0 to 100,000.
    pub waiting_limit: u32,
    /// How many requests the balancer itself works on at the same time, 0 to 1,024; with 0 its own
    /// work takes no time.
    pub workers: u32,
    /// Time that one of its workers is busy with one request before it is passed on.
    pub service_time: Distribution,
    /// Requests that may wait for its workers, 0 to 100,000.
    pub queue_limit: u32,
    /// What a request meets when it would have to wait, for a worker or for a server's limit, and
    /// cannot.
    pub when_full: WhenFull,
    /// How long after its death a standby takes over, more than 0 and at most 1 h; `None` has none.
    /// The standby begins with an empty memory, and by the next failure there is another one.
    pub standby_after: Option<SimDuration>,
}

impl Default for Balancer {
    /// Round robin that notices nothing and takes no time. What is off and has to be switched on by
    /// another field stands at the value of the real thing: two choices (Envoy), 160 points (ketama),
    /// a decay of 10 s (Finagle), an error as slow as 1 s.
    fn default() -> Self {
        Self {
            policy: Policy::RoundRobin,
            choices: 2,
            points: 160,
            load_factor: None,
            decay: SimDuration::from_secs(10),
            error_penalty: SimDuration::from_secs(1),
            information_age: SimDuration::ZERO,
            sticky: None,
            health_check: None,
            passive_check: None,
            blame: Blame::BrokenConnections,
            next_server: None,
            when_all_unhealthy: WhenAllUnhealthy::UseAll,
            slow_start: None,
            connection_limit: 0,
            waiting_limit: 0,
            workers: 0,
            service_time: Distribution::Deterministic {
                mean: SimDuration::from_micros(50),
            },
            queue_limit: 1_000,
            when_full: WhenFull::Fail,
            standby_after: None,
        }
    }
}

/// How a balancer chooses among the servers that it may use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Policy {
    /// One after the other.
    RoundRobin,
    /// One after the other, as often as its weight says, spread over the cycle.
    WeightedRoundRobin,
    /// Any, with equal chance.
    Random,
    /// Any, with a chance in proportion to its weight.
    WeightedRandom,
    /// The one with the fewest requests in flight from this balancer; ties at random.
    LeastConnections,
    /// The one with the least (in flight + 1) / weight; ties at random.
    WeightedLeastConnections,
    /// The less loaded of two drawn at random (Mitzenmacher 2001).
    PowerOfTwo,
    /// The least loaded of [`Balancer::choices`] drawn at random.
    PowerOfChoices,
    /// The same, drawn in proportion to weights and compared by (in flight + 1) / weight.
    WeightedPowerOfChoices,
    /// By the hash of what the request is about, modulo the number of servers.
    ///
    /// What all hashing hashes: the request's session; where it has none, its item; where it has
    /// none, itself.
    HashModulo,
    /// By a consistent hash ring with [`Balancer::points`] and weights.
    HashRing,
    /// By the highest bid for the hash, weighted (rendezvous hashing).
    Rendezvous,
    /// By expected latency: the least moving average, which jumps to peaks at once, times (in flight
    /// + 1) / weight, of [`Balancer::choices`] drawn at random.
    PeakEwma,
}

impl Policy {
    /// Every policy.
    pub const ALL: [Self; 13] = [
        Self::RoundRobin,
        Self::WeightedRoundRobin,
        Self::Random,
        Self::WeightedRandom,
        Self::LeastConnections,
        Self::WeightedLeastConnections,
        Self::PowerOfTwo,
        Self::PowerOfChoices,
        Self::WeightedPowerOfChoices,
        Self::HashModulo,
        Self::HashRing,
        Self::Rendezvous,
        Self::PeakEwma,
    ];

    /// Whether the weights of links count.
    #[must_use]
    pub const fn is_weighted(self) -> bool {
        match self {
            Self::WeightedRoundRobin
            | Self::WeightedRandom
            | Self::WeightedLeastConnections
            | Self::WeightedPowerOfChoices
            | Self::HashRing
            | Self::Rendezvous
            | Self::PeakEwma => true,
            Self::RoundRobin
            | Self::Random
            | Self::LeastConnections
            | Self::PowerOfTwo
            | Self::PowerOfChoices
            | Self::HashModulo => false,
        }
    }
}

/// How sessions keep their server.
///
/// A session is bound to the server that its first request falls to. It is bound anew when that one
/// is found unhealthy, is at its limit of connections, or is no longer linked; a server of weight 0
/// keeps its sessions and gets no new ones.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sticky {
    /// How long a session that sends nothing stays bound, more than 0, at most 7 days.
    pub lifetime: SimDuration,
    /// Who remembers.
    pub memory: StickyMemory,
}

impl Default for Sticky {
    /// A day, in a cookie: what an AWS Application Load Balancer offers first.
    fn default() -> Self {
        Self {
            lifetime: SimDuration::from_secs(86_400),
            memory: StickyMemory::Cookie,
        }
    }
}

/// Who remembers to which server a session is bound.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StickyMemory {
    /// The client: a balancer that died and came back reads it again.
    Cookie,
    /// The balancer: it dies with it.
    Table,
}

/// Active checks: a probe to every server at every interval.
#[derive(Clone, Debug, PartialEq)]
pub struct HealthCheck {
    /// Time between two probes of the same server, 10 ms to 1 h.
    pub interval: SimDuration,
    /// A probe that takes longer has failed.
    pub timeout: SimDuration,
    /// Failed probes in a row after which a server is unhealthy, 1 to 100.
    pub fall: u32,
    /// Good probes in a row after which it is healthy again, 1 to 100.
    pub rise: u32,
    /// Whether a probe does what requests do, so that a server that answers them with errors fails as
    /// many probes. Else a health endpoint answers, which works as long as the server lives.
    pub is_deep: bool,
}

impl Default for HealthCheck {
    /// Every 5 s with a timeout of 2 s, twice: the tuned check of an AWS Application Load Balancer.
    fn default() -> Self {
        Self {
            interval: SimDuration::from_secs(5),
            timeout: SimDuration::from_secs(2),
            fall: 2,
            rise: 2,
            is_deep: false,
        }
    }
}

/// What speaks against a server. That it turns requests away on purpose never does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Blame {
    /// A connection that was refused or broke: what nginx counts unless it is told otherwise.
    BrokenConnections,
    /// Every failure, answers that are errors included.
    AnyFailure,
}

/// How a request on which a server failed is tried on others, as `proxy_next_upstream` of nginx does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NextServer {
    /// How many more servers a request may be tried on, 1 to 10.
    pub tries: u32,
    /// Whether that includes writes that the failed server may have done. A refused connection did
    /// nothing: after that, writes are tried again in any case.
    pub repeats_writes: bool,
}

impl Default for NextServer {
    /// Up to three more, and no write twice.
    fn default() -> Self {
        Self {
            tries: 3,
            repeats_writes: false,
        }
    }
}

/// What a balancer does when it believes every server to be unhealthy.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WhenAllUnhealthy {
    /// Use all of them as if they were healthy (fail open).
    UseAll,
    /// Answer every request with an error (fail closed).
    Refuse,
}

impl Balancer {
    /// The policy with its parameters. Slow start works through weights, so with it a policy that has
    /// none becomes the one that has.
    pub(crate) fn balancing(&self) -> Balancing {
        let choices = self.choices.min(u32::from(MAX_CHOICES)) as u8;
        let starts_slowly = self.slow_start.is_some();
        match self.policy {
            Policy::RoundRobin if !starts_slowly => Balancing::RoundRobin,
            Policy::RoundRobin | Policy::WeightedRoundRobin => Balancing::WeightedRoundRobin,
            Policy::Random if !starts_slowly => Balancing::Random,
            Policy::Random | Policy::WeightedRandom => Balancing::WeightedRandom,
            Policy::LeastConnections if !starts_slowly => Balancing::LeastConnections,
            Policy::LeastConnections | Policy::WeightedLeastConnections => {
                Balancing::WeightedLeastConnections
            }
            Policy::PowerOfTwo => Balancing::PowerOfChoices {
                choices: 2,
                is_weighted: starts_slowly,
            },
            Policy::PowerOfChoices => Balancing::PowerOfChoices {
                choices,
                is_weighted: starts_slowly,
            },
            Policy::WeightedPowerOfChoices => Balancing::PowerOfChoices {
                choices,
                is_weighted: true,
            },
            Policy::HashModulo => Balancing::HashModulo,
            Policy::HashRing => Balancing::HashRing {
                points: self.points,
                load_factor: self.load_factor,
            },
            Policy::Rendezvous => Balancing::Rendezvous,
            Policy::PeakEwma => Balancing::PeakEwma(PeakEwmaPolicy {
                decay: self.decay,
                error_penalty: self.error_penalty,
                choices,
            }),
        }
    }

    /// The parameters that are out of range.
    pub(super) fn violations(&self) -> Vec<Violation> {
        let hour = SimDuration::from_secs(3_600);
        let lasts = |time: SimDuration, most| !time.is_zero() && time <= most;
        let mut checks = vec![
            (
                (2..=u32::from(MAX_CHOICES)).contains(&self.choices),
                "choices",
                "2 to 16",
            ),
            ((1..=1_000).contains(&self.points), "points", "1 to 1,000"),
            (
                self.load_factor
                    .is_none_or(|factor| factor > 1.0 && factor <= 10.0),
                "load_factor",
                "more than 1, at most 10",
            ),
            (
                (SimDuration::from_millis(1)..=hour).contains(&self.decay),
                "decay",
                "1 ms to 1 h",
            ),
            (self.error_penalty <= hour, "error_penalty", "at most 1 h"),
            (
                self.information_age <= hour,
                "information_age",
                "at most 1 h",
            ),
            (
                self.connection_limit <= 100_000,
                "connection_limit",
                "0 to 100,000",
            ),
            (
                self.waiting_limit <= 100_000,
                "waiting_limit",
                "0 to 100,000",
            ),
            (self.workers <= 1_024, "workers", "0 to 1,024"),
            law("service_time", &self.service_time),
            (self.queue_limit <= 100_000, "queue_limit", "0 to 100,000"),
            (
                self.standby_after.is_none_or(|time| lasts(time, hour)),
                "standby_after",
                "more than 0, at most 1 h",
            ),
        ];
        if let Some(sticky) = &self.sticky {
            let week = SimDuration::from_secs(7 * 86_400);
            checks.push((
                lasts(sticky.lifetime, week),
                "lifetime",
                "more than 0, at most 7 days",
            ));
        }
        if let Some(next) = &self.next_server {
            checks.push(((1..=10).contains(&next.tries), "tries", "1 to 10"));
        }
        if let Some(check) = &self.health_check {
            let interval = SimDuration::from_millis(10)..=hour;
            checks.extend([
                (
                    interval.contains(&check.interval),
                    "interval",
                    "10 ms to 1 h",
                ),
                (
                    lasts(check.timeout, check.interval),
                    "timeout",
                    "more than 0, at most the interval",
                ),
                ((1..=100).contains(&check.fall), "fall", "1 to 100"),
                ((1..=100).contains(&check.rise), "rise", "1 to 100"),
            ]);
        }
        let mut found = crate::violation::violations(&checks);
        found.extend(self.passive_check.iter().flat_map(PassiveCheck::check));
        found.extend(self.slow_start.iter().flat_map(SlowStart::check));
        found
    }
}
