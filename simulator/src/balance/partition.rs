//! How shards divide keys, and which keys move when the layout changes.

use super::Ring;
use super::hash_modulo::modulo;

/// Which shard has which key. Keys are whole numbers from 0 on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Layout {
    /// Range i has the keys from border i - 1, included, to border i, excluded; the first one begins
    /// at zero, the last one has no end. Neighbouring keys stay together.
    Range {
        /// In ascending order, one fewer than ranges.
        borders: Vec<u64>,
        /// The shard of each range; where it is missing, range i is on shard i.
        shards: Vec<u32>,
    },
    /// The hash of the key modulo the number of shards.
    Modulo {
        /// How many, 1 or more.
        shards: u32,
    },
    /// The owner on a consistent hash ring.
    Ring(Ring),
}

/// A part of the key space: the keys that are on one shard in one layout and on one, perhaps another,
/// in the next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Crossing {
    pub(crate) from: u32,
    pub(crate) to: u32,
    /// How large the part is, out of [`Crossings::of`].
    pub(crate) size: u64,
}

/// How two layouts cut the key space together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Crossings {
    /// Every pair of shards that have keys in common, once each and in ascending order.
    pub(crate) parts: Vec<Crossing>,
    /// The size of the whole key space.
    pub(crate) of: u64,
}

impl Layout {
    /// `shards` equal ranges of the keys 0 to `keys` - 1; sizes differ by one at most.
    pub(crate) fn equal_ranges(shards: u32, keys: u64) -> Self {
        let (size, extra) = (
            keys / u64::from(shards.max(1)),
            keys % u64::from(shards.max(1)),
        );
        // The first `extra` shards have one more.
        let border = |shard: u32| u64::from(shard) * size + extra.min(u64::from(shard));
        Self::Range {
            borders: (1..shards).map(border).collect(),
            shards: Vec::new(),
        }
    }

    /// The shard that has `key`; shard 0 where a layout has no shard at all.
    pub(crate) fn shard_of(&self, key: u64) -> u32 {
        match self {
            Self::Range { borders, shards } => {
                owner(shards, borders.partition_point(|&border| border <= key))
            }
            Self::Modulo { shards } => modulo(key, *shards).unwrap_or(0),
            Self::Ring(ring) => ring.owner(key).unwrap_or(0),
        }
    }

    /// How much of the key space each shard has, and the size of the whole.
    fn shares(&self, keys: u64) -> (Vec<(u32, u64)>, u64) {
        let all = match self {
            Self::Modulo { shards } => {
                let shards = (*shards).max(1);
                return (
                    (0..shards).map(|shard| (shard, 1)).collect(),
                    u64::from(shards),
                );
            }
            // As they cross themselves.
            Self::Range { .. } | Self::Ring(_) => crossings(self, self, keys),
        };
        let of = all.of;
        (all.parts.iter().map(|it| (it.from, it.size)).collect(), of)
    }
}

/// Which keys are on which shards in `before` and in `after`, as exact parts of the key space: of the keys
/// 0 to `keys` - 1 for ranges, of all hashes for the others.
///
/// Two different methods have nothing to do with each other, so each part there is as large as a
/// product says.
pub(crate) fn crossings(before: &Layout, after: &Layout, keys: u64) -> Crossings {
    let mut parts = Vec::new();
    let of = match (before, after) {
        (
            Layout::Range {
                borders: old,
                shards: old_shards,
            },
            Layout::Range {
                borders: new,
                shards: new_shards,
            },
        ) => {
            cross_ranges((old, old_shards), (new, new_shards), keys, &mut parts);
            keys
        }
        (Layout::Modulo { shards: old }, Layout::Modulo { shards: new }) => {
            // Hashes repeat their pair of shards after the least common multiple.
            let (old, new) = (u64::from(*old).max(1), u64::from(*new).max(1));
            let of = old / greatest_common_divisor(old, new) * new;
            parts.extend((0..of).map(|hash| part((hash % old) as u32, (hash % new) as u32, 1)));
            of
        }
        (Layout::Ring(old), Layout::Ring(new)) => {
            old.cross(new, |from, to, size| parts.push(part(from, to, size)));
            Ring::PLACES
        }
        _ => {
            let ((old, all_old), (new, all_new)) = (before.shares(keys), after.shares(keys));
            for &(from, size) in &old {
                parts.extend(new.iter().map(|&(to, other)| part(from, to, size * other)));
            }
            all_old * all_new
        }
    };
    parts.sort_unstable_by_key(|it| (it.from, it.to));
    parts.dedup_by(|next, kept| {
        let is_same = (next.from, next.to) == (kept.from, kept.to);
        kept.size += if is_same { next.size } else { 0 };
        is_same
    });
    Crossings { parts, of }
}

const fn part(from: u32, to: u32, size: u64) -> Crossing {
    Crossing { from, to, size }
}

/// The shard of a range.
fn owner(shards: &[u32], range: usize) -> u32 {
    shards.get(range).copied().unwrap_or(range as u32)
}

/// Walks along both lists of borders, each with its shards: between two neighbours of either, all keys
/// are on the same pair of shards.
fn cross_ranges(
    old: (&[u64], &[u32]),
    new: (&[u64], &[u32]),
    keys: u64,
    parts: &mut Vec<Crossing>,
) {
    let (mut from, mut old_range, mut new_range) = (0, 0, 0);
    while from < keys {
        let border = |borders: &[u64], range: usize| borders.get(range).copied().unwrap_or(keys);
        let (old_end, new_end) = (border(old.0, old_range), border(new.0, new_range));
        let to = old_end.min(new_end).min(keys);
        if to > from {
            let pair = (owner(old.1, old_range), owner(new.1, new_range));
            parts.push(part(pair.0, pair.1, to - from));
            from = to;
        }
        old_range += usize::from(old_end == to);
        new_range += usize::from(new_end == to);
    }
}

const fn greatest_common_divisor(a: u64, b: u64) -> u64 {
    let (mut a, mut b) = (a, b);
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// How many keys move, out of how many.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    struct Moved {
        keys: u64,
        of: u64,
    }

    impl Moved {
        fn share(self) -> f64 {
            self.keys as f64 / self.of as f64
        }
    }

    fn moved(before: &Layout, after: &Layout, keys: u64) -> Moved {
        let Crossings { parts, of } = crossings(before, after, keys);
        assert_eq!(
            parts.iter().map(|it| it.size).sum::<u64>(),
            of,
            "nothing is lost"
        );
        let moves = parts.iter().filter(|it| it.from != it.to);
        Moved {
            keys: moves.map(|it| it.size).sum(),
            of,
        }
    }

    fn ranges(shards: u32) -> Layout {
        Layout::equal_ranges(shards, 13_860)
    }

    /// Counts key by key.
    fn counted(before: &Layout, after: &Layout, keys: u64) -> u64 {
        (0..keys)
            .filter(|&key| before.shard_of(key) != after.shard_of(key))
            .count() as u64
    }

    #[test]
    fn one_more_shard_by_modulo_moves_nearly_everything() {
        for (old, new, keys, of) in [
            (3, 4, 9, 12),
            (4, 5, 16, 20),
            (10, 11, 100, 110),
            (4, 8, 4, 8),
            (8, 4, 4, 8),
            (6, 9, 12, 18),
            (5, 5, 0, 5),
        ] {
            let (before, after) = (
                Layout::Modulo { shards: old },
                Layout::Modulo { shards: new },
            );
            let exact = moved(&before, &after, 0);
            assert_eq!(exact, Moved { keys, of }, "{old} to {new}");
            let n = 20_000;
            let (share, seen) = (exact.share(), counted(&before, &after, n) as f64 / n as f64);
            let error = (share * (1.0 - share) / n as f64).sqrt();
            assert!(
                (share - seen).abs() <= 4.5 * error,
                "{old} to {new}: {share} and {seen}"
            );
        }
    }

    #[test]
    fn one_more_shard_on_a_ring_moves_one_in_n_plus_one() {
        for (old, new, expected) in [(3, 4, 0.25), (4, 5, 0.20), (10, 11, 0.0909)] {
            let (before, after) = (Layout::Ring(Ring::even(old)), Layout::Ring(Ring::even(new)));
            let share = moved(&before, &after, 0).share();
            let (n, error) = (20_000, 4.5 / 20_000_f64.sqrt() / 2.0);
            let seen = counted(&before, &after, n) as f64 / n as f64;
            assert!(
                (seen - share).abs() < error,
                "{old}: {seen} against {share}"
            );
            // The newcomer's share scatters by 1/√160.
            assert!(
                (share / expected - 1.0).abs() < 4.5 / 160_f64.sqrt(),
                "{old}: {share}"
            );
        }
    }

    #[test]
    fn one_more_equal_range_moves_half() {
        // By thirds and quarters: 1/4 - 0, 1/2 - 1/3 and so on stay, together 1/4 + 1/6 + 1/12.
        for (old, new, share) in [
            (3, 4, 0.5),
            (4, 5, 0.5),
            (10, 11, 0.5),
            (2, 4, 0.75),
            (4, 4, 0.0),
        ] {
            let exact = moved(&ranges(old), &ranges(new), 13_860);
            assert_eq!(exact.keys, counted(&ranges(old), &ranges(new), 13_860));
            assert!(
                (exact.share() - share).abs() < 1e-12,
                "{old} to {new}: {exact:?}"
            );
        }
    }

    fn bordered(borders: &[u64], shards: &[u32]) -> Layout {
        Layout::Range {
            borders: borders.to_vec(),
            shards: shards.to_vec(),
        }
    }

    #[test]
    fn splitting_a_range_moves_the_part_that_goes_to_the_new_shard() {
        let before = bordered(&[100, 200], &[]);
        for (after, keys) in [
            (bordered(&[100, 200, 300], &[]), 100),
            (bordered(&[50, 100, 200], &[0, 3, 1, 2]), 50),
            // Without names, the shards behind the new border change places.
            (bordered(&[50, 100, 200], &[]), 350),
            (bordered(&[100, 200], &[0, 1, 2]), 0),
            (bordered(&[100, 200], &[2, 1, 0]), 300),
        ] {
            assert_eq!(moved(&before, &after, 400), Moved { keys, of: 400 });
        }
    }

    #[test]
    fn equal_ranges_are_equal_and_in_order() {
        let layout = Layout::equal_ranges(3, 10);
        let shards: Vec<u32> = (0..12).map(|key| layout.shard_of(key)).collect();
        assert_eq!(shards, [0, 0, 0, 0, 1, 1, 1, 2, 2, 2, 2, 2]);
        assert_eq!(Layout::equal_ranges(1, 10).shard_of(9), 0);
        assert_eq!(Layout::equal_ranges(0, 10).shard_of(9), 0);
        assert_eq!(Layout::equal_ranges(5, 0).shard_of(0), 4);
    }

    #[test]
    fn a_change_of_method_moves_whatever_chance_does_not_leave() {
        let ring = Layout::Ring(Ring::even(4));
        for (before, after) in [
            (ranges(4), Layout::Modulo { shards: 4 }),
            (Layout::Modulo { shards: 4 }, ring.clone()),
            (ring, ranges(4)),
        ] {
            let share = moved(&before, &after, 13_860).share();
            // A hash puts a key where it was with probability 1/4, whatever the parts are like.
            assert!((share - 0.75).abs() < 1e-12, "{share}");
            let seen = counted(&before, &after, 13_860) as f64 / 13_860.0;
            assert!(
                (seen - share).abs() < 4.5 * (0.75 * 0.25 / 13_860_f64).sqrt(),
                "{seen}"
            );
        }
    }

    #[test]
    fn no_shards_are_one() {
        let none = Layout::Modulo { shards: 0 };
        assert_eq!(
            moved(&none, &Layout::Modulo { shards: 1 }, 0),
            Moved { keys: 0, of: 1 }
        );
        let empty = Layout::Ring(Ring::default());
        let all = Moved {
            keys: 0,
            of: Ring::PLACES,
        };
        assert_eq!(moved(&empty, &empty, 0), all);
    }

    proptest! {
        #[test]
        fn the_walk_along_borders_agrees_with_counting(
            mut old in prop::collection::vec(0_u64..300, 0..8),
            mut new in prop::collection::vec(0_u64..300, 0..8),
            old_shards in prop::collection::vec(0_u32..4, 0..9),
            new_shards in prop::collection::vec(0_u32..4, 0..9),
            keys in 0_u64..300,
        ) {
            old.sort_unstable();
            new.sort_unstable();
            let (before, after) = (bordered(&old, &old_shards), bordered(&new, &new_shards));
            let exact = moved(&before, &after, keys);
            prop_assert_eq!(exact.keys, counted(&before, &after, keys));
        }
    }
}
