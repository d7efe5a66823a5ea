//! How a request can end, and the books that are kept of it.

/// Why a request failed. For its client there is exactly one reason: the first that it learns of. A
/// node counts what it did, so a request that a server refused and whose client gave up before it
/// heard so is counted as refused at the server and as timed out at the clients.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FailureReason {
    /// The server was dead when the request reached it.
    Refused,
    /// The queue was full.
    QueueFull,
    /// The client gave up waiting.
    TimedOut,
    /// The server died with the request inside.
    ServerDied,
    /// The balancer had no server left to use.
    NoHealthyBackend,
    /// The name could not be resolved.
    NameNotResolved,
    /// The node had nowhere to send it: no link leads on.
    NoRoute,
    /// The clients have no free connection left: [`crate::Scenario::MAX_LIVE`] requests are under way.
    NoConnection,
    /// The system was edited while the request was under way, and what it met since is a longer
    /// chain of calls than [`crate::Scenario::MAX_DEPTH`].
    TooManyCalls,
    /// The server is broken and answered with an error at once.
    ServerError,
    /// The store takes only so many requests a second.
    Throttled,
    /// The store failed, as it does now and then.
    Unavailable,
    /// A node gave up waiting for another one that it had called.
    DependencyTimedOut,
    /// The caller's circuit breaker was open: it did not even call.
    BreakerOpen,
    /// The caller had as many calls under way and waiting as its bulkhead allows.
    BulkheadFull,
    /// The caller's rate limit was reached.
    RateLimited,
    /// The network carried the call or its answer nowhere, and the connection was given up.
    ConnectionLost,
    /// Nobody waited for it any more when a worker would have begun it.
    Expired,
    /// It waited for longer than the server lets anybody wait.
    WaitedTooLong,
    /// The server had as many inside as it allows.
    ServerLimit,
    /// No connection to the next node came free in time.
    PoolExhausted,
}

impl FailureReason {
    /// Every reason, in the order in which tables list them.
    pub const ALL: [Self; 21] = [
        Self::Refused,
        Self::QueueFull,
        Self::TimedOut,
        Self::ServerDied,
        Self::NoHealthyBackend,
        Self::NameNotResolved,
        Self::NoRoute,
        Self::NoConnection,
        Self::TooManyCalls,
        Self::ServerError,
        Self::Throttled,
        Self::Unavailable,
        Self::DependencyTimedOut,
        Self::BreakerOpen,
        Self::BulkheadFull,
        Self::RateLimited,
        Self::ConnectionLost,
        Self::Expired,
        Self::WaitedTooLong,
        Self::ServerLimit,
        Self::PoolExhausted,
    ];

    /// Two or three words for people: "connection refused".
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Refused => "connection refused",
            Self::QueueFull => "queue full",
            Self::TimedOut => "timed out",
            Self::ServerDied => "server died",
            Self::NoHealthyBackend => "no healthy server",
            Self::NameNotResolved => "name not resolved",
            Self::NoRoute => "no server to call",
            Self::NoConnection => "no free connection",
            Self::TooManyCalls => "too many calls",
            Self::ServerError => "server error",
            Self::Throttled => "throttled",
            Self::Unavailable => "unavailable",
            Self::DependencyTimedOut => "dependency timed out",
            Self::BreakerOpen => "circuit breaker open",
            Self::BulkheadFull => "bulkhead full",
            Self::RateLimited => "rate limit reached",
            Self::ConnectionLost => "connection lost",
            Self::Expired => "expired in the queue",
            Self::WaitedTooLong => "waited too long",
            Self::ServerLimit => "server at its limit",
            Self::PoolExhausted => "no connection in the pool",
        }
    }

    /// The place of this reason in [`FailureReason::ALL`].
    #[must_use]
    pub const fn index(self) -> usize {
        self as usize
    }
}

/// How a call is answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// With a result.
    Ok,
    /// With an error.
    Failed(FailureReason),
    /// With a deliberate "not now".
    Shed,
}

/// Failures counted by reason.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Failures([u64; FailureReason::ALL.len()]);

impl Failures {
    /// Counts one more.
    pub fn add(&mut self, reason: FailureReason) {
        self.0[reason.index()] += 1;
    }

    /// How many failed for `reason`.
    #[must_use]
    pub const fn count(&self, reason: FailureReason) -> u64 {
        self.0[reason.index()]
    }

    /// How many failed for any reason.
    #[must_use]
    pub fn total(&self) -> u64 {
        self.0.iter().sum()
    }

    /// The reasons that occurred, most frequent first.
    #[must_use]
    pub fn ranked(&self) -> Vec<(FailureReason, u64)> {
        let mut ranked: Vec<(FailureReason, u64)> = Vec::new();
        for reason in FailureReason::ALL {
            let count = self.count(reason);
            if count > 0 {
                let place = ranked.iter().position(|&(_, other)| other < count);
                ranked.insert(place.unwrap_or(ranked.len()), (reason, count));
            }
        }
        ranked
    }

    pub(crate) fn merge(&mut self, other: &Self) {
        for (mine, theirs) in self.0.iter_mut().zip(other.0) {
            *mine += theirs;
        }
    }

    /// Takes away what an earlier reading of the same counters had.
    pub(crate) fn subtract(&mut self, earlier: &Self) {
        for (mine, theirs) in self.0.iter_mut().zip(earlier.0) {
            *mine -= theirs;
        }
    }
}

/// The books of a run: every request generated is in exactly one other column.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Requests that clients sent.
    pub generated: u64,
    /// Answered within the objective.
    pub ok: u64,
    /// Answered, but later than the objective allows.
    pub late: u64,
    /// Ended in an error, by reason.
    pub failed: Failures,
    /// Turned away on purpose.
    pub shed: u64,
    /// Neither answered nor given up yet.
    pub in_flight: u64,
}

impl Tally {
    /// What has changed since an `earlier` reading of the same books, without `in_flight`.
    pub(crate) fn since(&self, earlier: &Self) -> Self {
        let mut failed = self.failed;
        failed.subtract(&earlier.failed);
        Self {
            generated: self.generated - earlier.generated,
            ok: self.ok - earlier.ok,
            late: self.late - earlier.late,
            failed,
            shed: self.shed - earlier.shed,
            in_flight: 0,
        }
    }

    /// Whether the columns add up: `generated = ok + late + failed + shed + in flight`.
    #[must_use]
    pub fn is_conserved(&self) -> bool {
        self.generated == self.ok + self.late + self.failed.total() + self.shed + self.in_flight
    }

    /// Requests that were answered with a result, on time or late.
    #[must_use]
    pub const fn answered(&self) -> u64 {
        self.ok + self.late
    }
}
