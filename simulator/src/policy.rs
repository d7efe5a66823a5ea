//! How a balancer chooses among its healthy servers: pure decisions, one function a policy.

use crate::random::Stream;
use crate::scenario::Policy;

/// Chooses one of `candidates` (links, in the order of the scenario); `None` when there is none.
pub(crate) fn choose(
    policy: Policy,
    candidates: &[u32],
    last: Option<u32>,
    load: impl Fn(u32) -> u32,
    random: &mut Stream,
) -> Option<u32> {
    match policy {
        Policy::RoundRobin => round_robin(candidates, last),
        Policy::Random => any(candidates, random),
        Policy::LeastConnections => least_connections(candidates, load, random),
        Policy::PowerOfTwo => power_of_two(candidates, load, random),
    }
}

/// The next one after `last`, then from the beginning again.
fn round_robin(candidates: &[u32], last: Option<u32>) -> Option<u32> {
    let after = |&&link: &&u32| last.is_some_and(|last| link > last);
    candidates
        .iter()
        .filter(after)
        .min()
        .or_else(|| candidates.iter().min())
        .copied()
}

fn any(candidates: &[u32], random: &mut Stream) -> Option<u32> {
    if candidates.is_empty() {
        return None;
    }
    candidates.get(random.below(candidates.len())).copied()
}

/// The one with the least load; among equals any, or the first of the list would always be preferred.
fn least_connections(
    candidates: &[u32],
    load: impl Fn(u32) -> u32,
    random: &mut Stream,
) -> Option<u32> {
    let least = candidates.iter().map(|&link| load(link)).min()?;
    let equals = || {
        candidates
            .iter()
            .copied()
            .filter(|&link| load(link) == least)
    };
    equals().nth(random.below(equals().count()))
}

/// The less loaded of two different ones drawn at random; the first of equals.
/// Mitzenmacher 2001, "The power of two choices in randomized load balancing".
fn power_of_two(candidates: &[u32], load: impl Fn(u32) -> u32, random: &mut Stream) -> Option<u32> {
    if candidates.len() < 2 {
        return candidates.first().copied();
    }
    let first = random.below(candidates.len());
    let other = random.below(candidates.len() - 1);
    let (first, second) = (
        candidates[first],
        candidates[other + usize::from(other >= first)],
    );
    Some(if load(second) < load(first) {
        second
    } else {
        first
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::Purpose;

    fn random() -> Stream {
        Stream::new(1, "balancer", Purpose::Choice)
    }

    fn shares(policy: Policy, loads: &[u32]) -> Vec<u32> {
        let candidates: Vec<u32> = (0..loads.len() as u32).collect();
        let (mut random, mut last) = (random(), None);
        let mut counts = vec![0; loads.len()];
        for _ in 0..6_000 {
            last = choose(
                policy,
                &candidates,
                last,
                |link| loads[link as usize],
                &mut random,
            );
            counts[last.expect("there are candidates") as usize] += 1;
        }
        counts
    }

    #[test]
    fn nobody_is_chosen_from_nobody() {
        for policy in [
            Policy::RoundRobin,
            Policy::Random,
            Policy::LeastConnections,
            Policy::PowerOfTwo,
        ] {
            assert_eq!(choose(policy, &[], None, |_| 0, &mut random()), None);
            assert_eq!(choose(policy, &[4], Some(9), |_| 7, &mut random()), Some(4));
        }
    }

    #[test]
    fn round_robin_goes_on_where_it_was_when_a_server_leaves() {
        assert_eq!(round_robin(&[1, 2, 3], Some(1)), Some(2));
        assert_eq!(round_robin(&[1, 3], Some(2)), Some(3));
        assert_eq!(round_robin(&[1, 2, 3], Some(3)), Some(1));
        assert_eq!(
            shares(Policy::RoundRobin, &[9, 0, 0]),
            [2_000, 2_000, 2_000]
        );
    }

    #[test]
    fn least_connections_uses_only_the_least_loaded_and_all_of_them() {
        let counts = shares(Policy::LeastConnections, &[3, 1, 1, 2]);
        assert_eq!((counts[0], counts[3]), (0, 0));
        // 4.5 standard deviations of a binomial(6,000, 1/2).
        assert!(counts[1].abs_diff(3_000) < 175, "{counts:?}");
    }

    #[test]
    fn power_of_two_never_uses_the_most_loaded_and_prefers_the_least() {
        let counts = shares(Policy::PowerOfTwo, &[3, 2, 1]);
        // Of the three equally likely pairs the most loaded loses both of its own; the least loaded
        // wins both of its own.
        assert_eq!(counts[0], 0);
        assert!(counts[2].abs_diff(4_000) < 165, "{counts:?}");
    }
}
