//! A sharded store: how keys are divided, and how they move when that changes.

use crate::balance::DEFAULT_POINTS;

/// A router in front of data nodes, one link a shard, in the order of the links. Routing itself takes no
/// time.
///
/// A request's key is that of [`Clients::keys`](super::Clients::keys); requests without one are spread
/// as if each asked for a key of its own.
#[derive(Clone, Debug, PartialEq)]
pub struct Shards {
    /// Which shard has which key.
    pub layout: ShardLayout,
    /// How many keys there are, 1 to 10,000,000: what ranges divide. As many as the clients ask for.
    pub keys: u32,
    /// Where ranges have their popular keys.
    pub hot_keys: HotKeys,
    /// Which keys writes concern.
    pub writes: ShardWrites,
    /// The share of reads that ask all shards at once (scatter-gather), 0 to 1: they are answered after
    /// the slowest shard. The others ask one shard.
    pub scatter_share: f64,
    /// How many shards may fail such a read before it fails itself, 0 to 255; one always has to answer.
    pub tolerates: u32,
    /// The share of writes that concern two shards, 0 to 1: both prepare, and when both have, both
    /// commit (two-phase commit). Each of the four is a write of its own.
    pub cross_share: f64,
    /// What happens to the rows whose shard changes when the layout or the shards are edited.
    pub resharding: Resharding,
    /// How many rows there are, 0 to 1,000,000,000: every key has equally many.
    pub rows: u64,
    /// How fast rows are copied at most, 1 to 10,000,000 a second.
    pub rows_per_second: u32,
    /// How many rows are copied at once, 1 to 100,000: read by one query at the old shard and written by
    /// one at the new one.
    pub batch: u32,
}

/// Which shard has which key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ShardLayout {
    /// Neighbouring keys together, in ranges of equal size.
    Ranges,
    /// Neighbouring keys together: each range begins at a border, the first one at zero. In ascending
    /// order, 1 to [`Shards::keys`] and at most 255 of them; ranges without a shard of their own are on
    /// the last one.
    Borders(Vec<u32>),
    /// The hash of the key modulo the number of shards.
    Modulo,
    /// Consistent hashing: a ring on which each shard has virtual nodes.
    Ring {
        /// Virtual nodes of each shard, 1 to 1,000; 160 in ketama.
        points: u32,
    },
}

/// Where ranges have their popular keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HotKeys {
    /// Anywhere, as names in an alphabet.
    Apart,
    /// At the beginning, in the order of their popularity, as if the keys were dates.
    Together,
}

/// Which keys writes concern.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ShardWrites {
    /// Those that there are, like reads.
    Updates,
    /// Every write inserts the next key after all others: an auto-increment key.
    Inserts,
}

/// What happens to the rows whose shard changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Resharding {
    /// They are on their new shard at once: no system can do that, but a picture of before and after.
    Instant,
    /// They are copied while the system works. A key is asked for at its old shard until its part of the
    /// rows has been copied; a shard that was taken away answers until it is empty. An edit that takes
    /// the change back copies back what has been copied; any other edit is carried out afterwards.
    Live,
}

impl Default for Shards {
    /// A ring with ketama's 160 virtual nodes; a million keys and rows, which move at once.
    fn default() -> Self {
        Self {
            layout: ShardLayout::Ring {
                points: DEFAULT_POINTS,
            },
            keys: 1_000_000,
            hot_keys: HotKeys::Apart,
            writes: ShardWrites::Updates,
            scatter_share: 0.0,
            tolerates: 0,
            cross_share: 0.0,
            resharding: Resharding::Instant,
            rows: 1_000_000,
            rows_per_second: 10_000,
            batch: 1_000,
        }
    }
}

impl Shards {
    /// Whether each parameter is in its range.
    pub(super) fn checks(&self) -> Vec<(bool, &'static str, &'static str)> {
        let points = match &self.layout {
            ShardLayout::Ring { points } => *points,
            _ => DEFAULT_POINTS,
        };
        vec![
            ((1..=1_000).contains(&points), "points", "1 to 1,000"),
            (
                self.has_sound_borders(),
                "borders",
                "at most 255, ascending, 1 to the number of keys",
            ),
            (
                (1..=10_000_000).contains(&self.keys),
                "keys",
                "1 to 10,000,000",
            ),
            (
                (0.0..=1.0).contains(&self.scatter_share),
                "scatter_share",
                "0 to 1",
            ),
            (self.tolerates <= 255, "tolerates", "0 to 255"),
            (
                (0.0..=1.0).contains(&self.cross_share),
                "cross_share",
                "0 to 1",
            ),
            (self.rows <= 1_000_000_000, "rows", "0 to 1,000,000,000"),
            (
                (1..=10_000_000).contains(&self.rows_per_second),
                "rows_per_second",
                "1 to 10,000,000",
            ),
            ((1..=100_000).contains(&self.batch), "batch", "1 to 100,000"),
        ]
    }

    fn has_sound_borders(&self) -> bool {
        let ShardLayout::Borders(borders) = &self.layout else {
            return true;
        };
        let is_in_range = |border: &u32| (1..=self.keys).contains(border);
        borders.len() <= 255
            && borders.iter().all(is_in_range)
            && borders.is_sorted_by(|a, b| a < b)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::{Node, NodeKind, Scenario};
    use crate::time::SimDuration;

    fn with_layout(layout: ShardLayout) -> Shards {
        Shards {
            layout,
            ..Shards::default()
        }
    }

    #[test]
    fn faulty_parameters_are_told_by_name() {
        let good = Shards::default();
        let borders = |borders: &[u32]| with_layout(ShardLayout::Borders(borders.to_vec()));
        for (shards, parameter) in [
            (with_layout(ShardLayout::Ring { points: 0 }), "points"),
            (borders(&[0]), "borders"),
            (borders(&[5, 5]), "borders"),
            (borders(&[1_000_001]), "borders"),
            (
                Shards {
                    keys: 0,
                    ..good.clone()
                },
                "keys",
            ),
            (
                Shards {
                    scatter_share: f64::NAN,
                    ..good.clone()
                },
                "scatter_share",
            ),
            (
                Shards {
                    tolerates: 256,
                    ..good.clone()
                },
                "tolerates",
            ),
            (
                Shards {
                    cross_share: 1.5,
                    ..good.clone()
                },
                "cross_share",
            ),
            (
                Shards {
                    rows: 1_000_000_001,
                    ..good.clone()
                },
                "rows",
            ),
            (
                Shards {
                    rows_per_second: 0,
                    ..good.clone()
                },
                "rows_per_second",
            ),
            (Shards { batch: 0, ..good }, "batch"),
        ] {
            let node = Node::new("router", NodeKind::Shards(shards));
            let errors =
                Scenario::try_new(1, SimDuration::from_millis(200), vec![node], Vec::new())
                    .expect_err("out of range");
            let text = format!("{errors:?}");
            assert!(errors.len() == 1 && text.contains(parameter), "{text}");
        }
    }
}
