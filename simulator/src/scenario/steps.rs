//! How a server goes about the queries of a request.

use crate::time::SimDuration;

/// In which order a server sends its queries.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum QueryOrder {
    /// One after the other: each waits for the answer to the one before.
    #[default]
    Sequential,
    /// All at once, to all links (fan-out). A server that fills a cache still asks one after the other,
    /// because whether it asks the next depends on the cache's answer.
    Parallel {
        /// After how many good answers the server goes on, 1 to 1,000,000; more than there are
        /// queries means all. `None`: all. What comes later is not waited for.
        needed: Option<u32>,
    },
}

/// Connections that a server keeps open to each node that it calls. A query that finds none free waits
/// in the server for its turn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ConnectionPool {
    /// Queries on the way along one link at the same time, 1 to 10,000.
    pub size: u32,
    /// How long a query may wait for a connection before it fails: more than 0, at most 1 h; `None`
    /// waits for ever.
    pub wait_limit: Option<SimDuration>,
}

/// The checks of these parameters: whether each is in range, its name, its range.
pub(super) fn checks(
    order: QueryOrder,
    pool: Option<ConnectionPool>,
) -> [(bool, &'static str, &'static str); 3] {
    let needed = match order {
        QueryOrder::Parallel { needed } => {
            needed.is_none_or(|needed| (1..=1_000_000).contains(&needed))
        }
        QueryOrder::Sequential => true,
    };
    let hour = SimDuration::from_secs(3_600);
    let wait_limit = pool.and_then(|pool| pool.wait_limit);
    [
        (needed, "needed", "1 to 1,000,000"),
        (
            pool.is_none_or(|pool| (1..=10_000).contains(&pool.size)),
            "connections.size",
            "1 to 10,000",
        ),
        (
            wait_limit.is_none_or(|limit| !limit.is_zero() && limit <= hour),
            "connections.wait_limit",
            "more than 0, at most 1 h",
        ),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_are_checked() {
        let wrong = |needed, size, wait_limit| -> Vec<&str> {
            let pool = ConnectionPool { size, wait_limit };
            let checks = checks(QueryOrder::Parallel { needed }, Some(pool));
            let faults = checks.into_iter().filter(|check| !check.0);
            faults.map(|check| check.1).collect()
        };
        assert!(wrong(None, 1, None).is_empty());
        assert_eq!(wrong(Some(0), 0, None), ["needed", "connections.size"]);
        let (zero, long) = (SimDuration::ZERO, SimDuration::from_secs(3_601));
        for limit in [zero, long] {
            assert_eq!(
                wrong(Some(1), 10_000, Some(limit)),
                ["connections.wait_limit"]
            );
        }
    }
}
