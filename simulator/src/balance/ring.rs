//! A consistent hash ring with virtual nodes.

use super::Candidates;
use super::hash::hash;
use super::policy::DEFAULT_POINTS;

/// A target on a ring.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Member {
    /// Its index among the targets.
    pub(crate) target: u32,
    /// What its points are hashed from. The same identities give the same ring, whoever builds it.
    pub(crate) identity: u64,
    /// Its weight, 1 or more: how many points it has compared with others.
    pub(crate) weight: u32,
}

/// Points of all members on a circle of 2^32 places; a key belongs to the first point at or after
/// its own place (Karger et al. 1997; points in proportion to weights as in ketama).
///
/// When one of n + 1 members joins or leaves, about 1 in n + 1 keys moves, and only to or from that
/// one. With v points each, the shares of members scatter by about 1/√v.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Ring {
    /// The place in the upper half, the target in the lower, in ascending order.
    points: Vec<u64>,
}

impl Ring {
    /// How many places there are on a ring.
    pub(super) const PLACES: u64 = 1 << 32;

    /// A ring of `members` with `points` for each, more or fewer by weight but at least one. Weights
    /// count relative to their mean: where all are equal, everybody has exactly `points`.
    pub(crate) fn new(members: &[Member], points: u32) -> Self {
        let total: u64 = members.iter().map(|m| u64::from(m.weight.max(1))).sum();
        let all = u64::from(points) * members.len() as u64;
        let mut ring = Vec::with_capacity(all as usize);
        for member in members {
            // To the nearest; `total` is zero only where there is no member. A member's points are
            // always the first ones of the same sequence, so a change of weight moves few keys.
            let mine = (all * u64::from(member.weight.max(1)) + total / 2) / total;
            let seed = hash(member.identity, 1);
            for number in 0..mine.max(1) {
                let place = hash(seed, number) >> 32;
                ring.push(place << 32 | u64::from(member.target));
            }
        }
        // Two points at the same place stand in the order of their targets, always.
        ring.sort_unstable();
        Self { points: ring }
    }

    /// A ring of `count` members with equal weights and the default points, known by their index.
    pub(crate) fn even(count: u32) -> Self {
        let member = |target| Member {
            target,
            identity: u64::from(target),
            weight: 1,
        };
        let members: Vec<Member> = (0..count).map(member).collect();
        Self::new(&members, DEFAULT_POINTS)
    }

    /// The owners of the points from the place of `key` on, once around.
    pub(super) fn walk(&self, key: u64) -> impl Iterator<Item = u32> {
        let place = hash(key, 0) >> 32;
        let start = self.points.partition_point(|point| point >> 32 < place);
        let (before, after) = self.points.split_at(start);
        after.iter().chain(before).map(|&point| point as u32)
    }

    /// The member to which `key` belongs; `None` where there is none.
    pub(crate) fn owner(&self, key: u64) -> Option<u32> {
        self.walk(key).next()
    }

    /// Calls `visit` with the owner here, the owner on the `other` ring and the number of places of every
    /// stretch between two neighbouring points of either ring. A ring without points belongs to 0.
    pub(super) fn cross(&self, other: &Self, mut visit: impl FnMut(u32, u32, u64)) {
        let (mut mine, mut theirs) = (0, 0);
        // Every place up to here has been visited.
        let mut from = 0;
        while from < Self::PLACES {
            let (owner, end) = self.stretch(mine);
            let (other_owner, other_end) = other.stretch(theirs);
            let to = end.min(other_end);
            if to > from {
                visit(owner, other_owner, to - from);
                from = to;
            }
            mine += usize::from(end == to);
            theirs += usize::from(other_end == to);
        }
    }

    /// Who owns the places up to the point of this number, and how many there are from the very first
    /// one on. After the last point comes the first one again.
    fn stretch(&self, number: usize) -> (u32, u64) {
        let owner = |point: &u64| *point as u32;
        match self.points.get(number) {
            Some(point) => (owner(point), (point >> 32) + 1),
            None => (self.points.first().map_or(0, owner), Self::PLACES),
        }
    }

    /// The first eligible member at or after the place of `key`: the keys of one that is not
    /// eligible go to the owners of the next points, all others stay.
    pub(crate) fn choose(&self, candidates: &Candidates<'_>, key: u64) -> Option<u32> {
        if candidates.eligible.is_empty() {
            return None;
        }
        self.walk(key)
            .find(|&target| candidates.is_eligible(target))
    }
}

#[cfg(test)]
mod tests {
    use super::super::tally::among;
    use super::*;

    fn ring(count: u32, points: u32) -> Ring {
        let member = |target| Member {
            target,
            identity: u64::from(target) + 1_000,
            weight: 1,
        };
        Ring::new(&(0..count).map(member).collect::<Vec<_>>(), points)
    }

    /// The exact share of all places that each of `count` members owns.
    fn shares(ring: &Ring, count: usize) -> Vec<f64> {
        let mut places = vec![0_u64; count];
        let before = ring.points.iter().cycle().skip(ring.points.len() - 1);
        for (point, before) in ring.points.iter().zip(before) {
            let gap = (point >> 32).wrapping_sub(before >> 32) & u64::from(u32::MAX);
            places[(point & 0xffff_ffff) as usize] += gap;
        }
        assert_eq!(places.iter().sum::<u64>(), 1 << 32);
        places.iter().map(|&n| n as f64 / 4_294_967_296.0).collect()
    }

    #[test]
    fn imbalance_falls_with_the_root_of_the_points() {
        let count = 256;
        for points in [10, 40, 160, 640] {
            let shares = shares(&ring(count as u32, points), count);
            let n = count as f64;
            let squares = shares.iter().map(|s| (s * n - 1.0) * (s * n - 1.0));
            let scatter = (squares.sum::<f64>() / n).sqrt();
            let expected = 1.0 / f64::from(points).sqrt();
            // The standard error of a standard deviation of n values is 1/√(2n), 4.4 % here.
            assert!(
                (scatter / expected - 1.0).abs() < 0.2,
                "{points} points: {scatter} against {expected}"
            );
        }
    }

    #[test]
    fn keys_move_only_to_one_that_joins_about_one_in_n_plus_one() {
        for n in [3, 4, 10, 50] {
            let (before, after) = (ring(n, 160), ring(n + 1, 160));
            let keys = 20_000;
            let mut moved = 0;
            for key in 0..keys {
                let owner = after.owner(key);
                if before.owner(key) != owner {
                    assert_eq!(owner, Some(n));
                    moved += 1;
                }
            }
            let (share, expected) = (f64::from(moved) / keys as f64, 1.0 / f64::from(n + 1));
            // The newcomer's own share scatters by 1/√160; counting keys adds less.
            assert!(
                (share / expected - 1.0).abs() < 4.5 / 160_f64.sqrt(),
                "{n}: {share} against {expected}"
            );
        }
    }

    #[test]
    fn only_the_keys_of_one_that_is_not_eligible_go_elsewhere() {
        let ring = ring(5, 160);
        let mut takers = [0; 5];
        for key in 0..10_000 {
            let owner = ring.choose(&among(&[0, 1, 2, 3, 4], &[], &[]), key);
            assert_eq!(owner, ring.owner(key));
            let other = ring.choose(&among(&[0, 1, 3, 4], &[], &[]), key).unwrap();
            if owner == Some(2) {
                takers[other as usize] += 1;
            } else {
                assert_eq!(owner, Some(other));
            }
        }
        // Many points: all the others take over a part, nobody all of it.
        assert!(
            takers[2] == 0 && [0, 1, 3, 4].iter().all(|&t| takers[t] > 250),
            "{takers:?}"
        );
    }

    #[test]
    fn points_follow_weights_and_the_order_of_members_does_not_matter() {
        let member = |target, weight| Member {
            target,
            identity: u64::from(target),
            weight,
        };
        let members = [member(0, 100), member(1, 300), member(2, 200)];
        let built = Ring::new(&members, 160);
        assert_eq!(built.points.len(), 480);
        let reversed = [members[2], members[1], members[0]];
        assert_eq!(Ring::new(&reversed, 160), built);
        for (share, weight) in shares(&built, 3).iter().zip([1.0_f64, 3.0, 2.0]) {
            let scatter = 4.5 / (80.0 * weight).sqrt();
            assert!(
                (share * 6.0 / weight - 1.0).abs() < scatter,
                "{share} for {weight}"
            );
        }
        // Equal weights of any size give the plain ring.
        let equal: Vec<Member> = (0..3).map(|target| member(target, 77)).collect();
        assert_eq!(Ring::new(&equal, 160), Ring::even(3));
        // Nobody is left out.
        let uneven = Ring::new(&[member(0, 1), member(1, 1_000)], 1);
        assert_eq!(uneven.points.len(), 3);
    }

    #[test]
    fn an_empty_ring_owns_nothing() {
        let empty = Ring::new(&[], 160);
        assert_eq!(empty, Ring::default());
        assert_eq!(empty.owner(3), None);
        assert_eq!(empty.choose(&among(&[1], &[], &[]), 3), None);
        assert_eq!(Ring::even(3).choose(&among(&[], &[], &[]), 3), None);
    }
}
