//! A content delivery network.

use super::Caching;
use super::check::{Check, LONGEST, law};
use crate::distribution::Distribution;
use crate::geography::Handshake;
use crate::time::SimDuration;

/// A content delivery network: an edge near the clients of each region, which answers what it holds and asks
/// the origin that it is linked to for the rest.
///
/// Edges have room for every request: a place for each, no queue. Their connections to the origin are open.
#[derive(Clone, Debug, PartialEq)]
pub struct Cdn {
    /// Time that an edge takes for a request.
    pub edge_time: Distribution,
    /// The share of reads whose answers may be kept, 0 to 1: images and scripts, and not what is made for one
    /// user. The others go to the origin, as all writes do.
    pub cacheable_share: f64,
    /// What each edge keeps, and for how long.
    pub caching: Caching,
    /// What happens to what is kept when a new version is deployed.
    pub urls: Urls,
    /// How long after a deployment the edges forget what they hold, where URLs stay the same; `None` leaves
    /// it until it expires. At most an hour.
    pub purge_delay: Option<SimDuration>,
    /// What each request's connection costs before it: with the edge and not with the origin, so that its
    /// round trips are short ones. They count to the users' network.
    pub handshake: Handshake,
}

/// Whether what is kept can be told from what replaces it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Urls {
    /// Each version has a URL of its own: after a deployment nobody asks for what is there, and edges are
    /// cold.
    Versioned,
    /// URLs stay the same: edges go on serving what is outdated.
    Unversioned,
}

impl Default for Cdn {
    /// A millisecond at the edge, every answer kept for a day, a new address for every version.
    fn default() -> Self {
        Self {
            edge_time: Distribution::Deterministic {
                mean: SimDuration::from_millis(1),
            },
            cacheable_share: 1.0,
            caching: Caching {
                ttl: Some(SimDuration::from_secs(86_400)),
                ..Caching::default()
            },
            urls: Urls::Versioned,
            purge_delay: None,
            handshake: Handshake::Open,
        }
    }
}

impl Cdn {
    pub(super) fn checks(&self) -> Vec<Check> {
        let mut checks = vec![
            law("edge_time", &self.edge_time),
            (
                (0.0..=1.0).contains(&self.cacheable_share),
                "cacheable_share",
                "0 to 1",
            ),
            (
                self.purge_delay.is_none_or(|delay| delay <= LONGEST),
                "purge_delay",
                "at most 1 h",
            ),
        ];
        checks.extend(self.caching.checks());
        checks
    }
}
