//! One door to all policies.

use super::bounded_load::bounded_load;
use super::hash_modulo::hash_modulo;
use super::least_connections::{least_connections, weighted_least_connections};
use super::peak_ewma::PeakEwma;
use super::policy::Balancing;
use super::power_of_choices::power_of_choices;
use super::random_choice::{any, weighted};
use super::rendezvous::rendezvous;
use super::round_robin::RoundRobin;
use super::weighted_round_robin::WeightedRoundRobin;
use super::{Candidates, Member, Ring};
use crate::WHOLE;
use crate::random::Stream;
use crate::time::{SimDuration, SimTime};

/// A policy with what it remembers.
#[derive(Clone, Debug)]
pub(crate) struct Chooser {
    policy: Balancing,
    memory: Memory,
}

#[derive(Clone, Debug)]
enum Memory {
    Nothing,
    Turn(RoundRobin),
    Credits(WeightedRoundRobin),
    Ring(Ring),
    Latencies(PeakEwma),
}

impl Chooser {
    /// A policy that remembers nothing yet. One that needs a ring needs its
    /// [`members`](Self::set_members) before it chooses anybody.
    pub(crate) fn new(policy: Balancing) -> Self {
        let memory = match policy {
            Balancing::RoundRobin => Memory::Turn(RoundRobin::default()),
            _ if !WHOLE => Memory::Nothing,
            Balancing::WeightedRoundRobin => Memory::Credits(WeightedRoundRobin::default()),
            Balancing::HashRing { .. } => Memory::Ring(Ring::default()),
            Balancing::PeakEwma(_) => Memory::Latencies(PeakEwma::default()),
            Balancing::Random
            | Balancing::WeightedRandom
            | Balancing::LeastConnections
            | Balancing::WeightedLeastConnections
            | Balancing::PowerOfChoices { .. }
            | Balancing::HashModulo
            | Balancing::Rendezvous => Memory::Nothing,
        };
        Self { policy, memory }
    }

    /// The targets changed: somebody joined, left or has another weight. Who is merely not eligible
    /// for a while stays a member.
    pub(crate) fn set_members(&mut self, members: &[Member]) {
        if WHOLE
            && let (Memory::Ring(ring), Balancing::HashRing { points, .. }) =
                (&mut self.memory, self.policy)
        {
            *ring = Ring::new(members, points);
        }
    }

    /// A target begins anew, or another one takes its index: what was remembered about it is void.
    pub(crate) fn forget(&mut self, target: u32) {
        match &mut self.memory {
            _ if !WHOLE => {}
            Memory::Credits(credits) => credits.forget(target),
            Memory::Latencies(latencies) => latencies.forget(target),
            Memory::Nothing | Memory::Turn(_) | Memory::Ring(_) => {}
        }
    }

    /// The target for a request with this `key` at `now`; `None` only when nobody is eligible (or,
    /// on a ring, no eligible one is a member).
    pub(crate) fn choose(
        &mut self,
        now: SimTime,
        key: u64,
        candidates: &Candidates<'_>,
        random: &mut Stream,
    ) -> Option<u32> {
        match (&mut self.memory, self.policy) {
            (Memory::Turn(turn), _) => turn.choose(candidates.eligible),
            (_, Balancing::LeastConnections) => least_connections(candidates, random),
            (
                _,
                Balancing::PowerOfChoices {
                    choices,
                    is_weighted,
                },
            ) => power_of_choices(candidates, choices, WHOLE && is_weighted, random),
            _ if !WHOLE => any(candidates.eligible, random),
            (Memory::Credits(credits), _) => credits.choose(candidates),
            (Memory::Ring(ring), Balancing::HashRing { load_factor, .. }) => match load_factor {
                Some(factor) => bounded_load(ring, factor, candidates, key),
                None => ring.choose(candidates, key),
            },
            (Memory::Latencies(latencies), Balancing::PeakEwma(policy)) => {
                latencies.choose(&policy, now, candidates, random)
            }
            (_, Balancing::WeightedRandom) => weighted(candidates, random),
            (_, Balancing::WeightedLeastConnections) => {
                weighted_least_connections(candidates, random)
            }
            (_, Balancing::HashModulo) => hash_modulo(candidates.eligible, key),
            (_, Balancing::Rendezvous) => rendezvous(candidates, key),
            _ => any(candidates.eligible, random),
        }
    }

    /// Learns at `now` that `target` answered, or failed, `took` after it was asked.
    pub(crate) fn observe(&mut self, now: SimTime, target: u32, took: SimDuration, is_error: bool) {
        if WHOLE
            && let (Memory::Latencies(latencies), Balancing::PeakEwma(policy)) =
                (&mut self.memory, self.policy)
        {
            latencies.observe(&policy, now, target, took, is_error);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::policy::PeakEwmaPolicy;
    use super::super::tally::{among, random};
    use super::*;

    fn policies() -> Vec<Balancing> {
        let ewma = PeakEwmaPolicy {
            decay: SimDuration::from_secs(10),
            error_penalty: SimDuration::from_secs(5),
            choices: 16,
        };
        vec![
            Balancing::RoundRobin,
            Balancing::WeightedRoundRobin,
            Balancing::Random,
            Balancing::WeightedRandom,
            Balancing::LeastConnections,
            Balancing::WeightedLeastConnections,
            Balancing::PowerOfChoices {
                choices: 2,
                is_weighted: false,
            },
            Balancing::PowerOfChoices {
                choices: 2,
                is_weighted: true,
            },
            Balancing::HashModulo,
            Balancing::HashRing {
                points: 160,
                load_factor: None,
            },
            Balancing::HashRing {
                points: 160,
                load_factor: Some(1.25),
            },
            Balancing::Rendezvous,
            Balancing::PeakEwma(ewma),
        ]
    }

    fn chooser(policy: Balancing) -> Chooser {
        let mut chooser = Chooser::new(policy);
        let member = |target| Member {
            target,
            identity: u64::from(target),
            weight: 1,
        };
        chooser.set_members(&[1, 3, 5, 8].map(member));
        chooser
    }

    #[test]
    fn every_policy_uses_every_eligible_target_and_nobody_else() {
        for policy in policies() {
            let (mut chooser, mut random) = (chooser(policy), random());
            let mut loads = [0; 9];
            for key in 0..400 {
                // One is away at first and comes back.
                let eligible = if key < 200 {
                    &[1, 3, 8][..]
                } else {
                    &[1, 3, 5, 8]
                };
                let candidates = among(eligible, &[], &loads);
                let chosen = chooser.choose(SimTime::ZERO, key, &candidates, &mut random);
                let chosen = chosen.expect("somebody is eligible");
                assert!(eligible.contains(&chosen), "{policy:?}: {chosen}");
                loads[chosen as usize] += 1;
                // Slower with every answer, so that latency draws nobody to one target for ever.
                let took = SimDuration::from_millis(u64::from(loads[chosen as usize]));
                chooser.observe(SimTime::ZERO, chosen, took, false);
            }
            assert!(
                [1, 3, 5, 8].iter().all(|&t| loads[t] > 20),
                "{policy:?}: {loads:?}"
            );
            let nobody = among(&[], &[], &loads);
            assert_eq!(chooser.choose(SimTime::ZERO, 7, &nobody, &mut random), None);
        }
    }

    #[test]
    fn a_copy_goes_on_like_the_original() {
        for policy in policies() {
            let (mut chooser, mut random) = (chooser(policy), random());
            let candidates = among(&[1, 3, 5, 8], &[0, 1, 0, 2, 0, 3], &[0, 4, 0, 1, 0, 2]);
            let run = |chooser: &mut Chooser, random: &mut Stream| -> Vec<Option<u32>> {
                let choices =
                    (0..50).map(|key| chooser.choose(SimTime::ZERO, key, &candidates, random));
                choices.collect()
            };
            run(&mut chooser, &mut random);
            let (mut copy, mut random_copy) = (chooser.clone(), random.clone());
            let original = run(&mut chooser, &mut random);
            assert_eq!(original, run(&mut copy, &mut random_copy), "{policy:?}");
        }
    }

    #[test]
    fn what_was_remembered_about_a_target_can_be_forgotten() {
        for policy in policies() {
            let mut chooser = chooser(policy);
            chooser.observe(SimTime::ZERO, 1, SimDuration::from_secs(1), true);
            chooser.forget(1);
            chooser.forget(77);
        }
        let mut credits = chooser(Balancing::WeightedRoundRobin);
        let candidates = among(&[1, 3], &[], &[]);
        let choose =
            |chooser: &mut Chooser| chooser.choose(SimTime::ZERO, 0, &candidates, &mut random());
        assert_eq!(choose(&mut credits), Some(1));
        credits.forget(1);
        credits.forget(3);
        assert_eq!(choose(&mut credits), Some(1));
    }
}
