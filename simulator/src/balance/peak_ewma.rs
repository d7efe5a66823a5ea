//! Peak EWMA: the least expected latency, by a moving average that jumps to peaks at once.

use super::Candidates;
use super::draw::Drawn;
use super::policy::PeakEwmaPolicy;
use crate::random::Stream;
use crate::time::{SimDuration, SimTime};

/// What is known about the latency of one target.
#[derive(Clone, Copy, Debug, Default)]
struct Latency {
    /// The average in nanoseconds as it was at `at`; zero before the first answer.
    nanos: f64,
    at: SimTime,
}

/// Chooses the least latency · (in flight + 1) / weight of a few targets drawn at random, as
/// Finagle's `PeakEwma` does of two.
///
/// An answer slower than the average sets it at once; a faster one pulls it down with the weight
/// 1 - exp(-t/τ), t after the answer before. Between answers the average is read as decaying towards
/// zero, so that one who was slow is tried again. An error counts as an answer after at least
/// `error_penalty`: else one who fails fast would look like the best of all.
///
/// A target without any answer yet gets one request at once and no further one before it answered.
#[derive(Clone, Debug, Default)]
pub(crate) struct PeakEwma {
    /// By target; grows when one answers for the first time.
    latencies: Vec<Latency>,
}

/// The cost of each request in flight to a target that has never answered. More than any other: an
/// hour times a million in flight is 3.6e18 ns.
const UNKNOWN: f64 = 1e20;

impl PeakEwma {
    /// The cheapest of `policy.choices` different eligible targets, the first drawn of equals.
    pub(crate) fn choose(
        &self,
        policy: &PeakEwmaPolicy,
        now: SimTime,
        candidates: &Candidates<'_>,
        random: &mut Stream,
    ) -> Option<u32> {
        let drawn = Drawn::any(candidates.eligible, policy.choices, random);
        let mut best: Option<(u32, f64)> = None;
        for &target in drawn.targets() {
            let cost = self.cost(policy, now, candidates, target);
            if best.is_none_or(|(_, least)| cost < least) {
                best = Some((target, cost));
            }
        }
        best.map(|(target, _)| target)
    }

    fn cost(
        &self,
        policy: &PeakEwmaPolicy,
        now: SimTime,
        candidates: &Candidates<'_>,
        target: u32,
    ) -> f64 {
        let load = f64::from(candidates.load(target));
        let latency = self
            .latencies
            .get(target as usize)
            .copied()
            .unwrap_or_default();
        if latency.nanos == 0.0 {
            return load * UNKNOWN;
        }
        let average = latency.nanos * remaining(now.since(latency.at), policy.decay);
        average * (load + 1.0) / f64::from(candidates.weight(target))
    }

    /// Learns at `now` that `target` answered, or failed, `took` after it was asked.
    pub(crate) fn observe(
        &mut self,
        policy: &PeakEwmaPolicy,
        now: SimTime,
        target: u32,
        took: SimDuration,
        is_error: bool,
    ) {
        let index = target as usize;
        if index >= self.latencies.len() {
            self.latencies.resize(index + 1, Latency::default());
        }
        let counted = if is_error {
            took.max(policy.error_penalty)
        } else {
            took
        };
        // An answer in no time is an answer, too: zero stands for none.
        let nanos = counted.as_nanos().max(1) as f64;
        let latency = &mut self.latencies[index];
        latency.nanos = if nanos >= latency.nanos {
            nanos
        } else {
            let share = remaining(now.since(latency.at), policy.decay);
            latency.nanos * share + nanos * (1.0 - share)
        };
        latency.at = now;
    }

    /// Another target takes this index, or it starts anew: nothing is known about it.
    pub(crate) fn forget(&mut self, target: u32) {
        if let Some(latency) = self.latencies.get_mut(target as usize) {
            *latency = Latency::default();
        }
    }
}

/// The share of an average that is left after `passed`: exp(-passed/decay), never quite zero, or after
/// a long silence loads would not count.
fn remaining(passed: SimDuration, decay: SimDuration) -> f64 {
    libm::exp(-(passed.as_nanos() as f64) / decay.as_nanos() as f64).max(f64::MIN_POSITIVE)
}

#[cfg(test)]
mod tests {
    use super::super::tally::{among, random, tally};
    use super::*;

    const POLICY: PeakEwmaPolicy = PeakEwmaPolicy {
        decay: SimDuration::from_secs(10),
        error_penalty: SimDuration::from_secs(5),
        choices: 16,
    };

    fn at(millis: u64) -> SimTime {
        SimTime::ZERO + SimDuration::from_millis(millis)
    }

    fn millis(state: &PeakEwma, target: usize) -> f64 {
        state.latencies[target].nanos / 1e6
    }

    #[test]
    fn a_peak_counts_at_once_and_fades_with_its_time_constant() {
        let mut state = PeakEwma::default();
        for (now, took, expected) in [
            (0, 10, 10.0),
            (5_000, 30, 30.0),
            (5_000, 10, 30.0),
            // 30/e + 10 (1 - 1/e), one time constant later.
            (15_000, 10, 10.0 + 20.0 * libm::exp(-1.0)),
            (15_000, 200, 200.0),
            (1_000_000, 10, 10.0),
        ] {
            state.observe(&POLICY, at(now), 0, SimDuration::from_millis(took), false);
            assert!((millis(&state, 0) - expected).abs() < 1e-9, "at {now}");
        }
    }

    #[test]
    fn the_cost_is_latency_times_requests_over_weight() {
        let mut state = PeakEwma::default();
        for (target, took) in [(0, 10), (1, 20), (2, 30)] {
            state.observe(
                &POLICY,
                at(0),
                target,
                SimDuration::from_millis(took),
                false,
            );
        }
        for (weights, loads, chosen) in [
            ([1, 1, 1], [0, 0, 0], 0),
            ([1, 1, 1], [2, 0, 0], 1),
            ([1, 1, 1], [3, 1, 0], 2),
            ([1, 1, 4], [0, 0, 0], 2),
        ] {
            let candidates = among(&[0, 1, 2], &weights, &loads);
            let choice = state.choose(&POLICY, at(0), &candidates, &mut random());
            assert_eq!(choice, Some(chosen), "{weights:?} {loads:?}");
        }
    }

    #[test]
    fn one_who_has_never_answered_gets_one_request_and_then_waits() {
        let mut state = PeakEwma::default();
        state.observe(&POLICY, at(0), 0, SimDuration::from_millis(10), false);
        let choose = |state: &PeakEwma, loads: &[u32]| {
            state.choose(&POLICY, at(0), &among(&[0, 1], &[], loads), &mut random())
        };
        assert_eq!(choose(&state, &[0, 0]), Some(1));
        assert_eq!(choose(&state, &[50, 1]), Some(0));
        state.observe(&POLICY, at(0), 1, SimDuration::ZERO, false);
        assert_eq!(choose(&state, &[50, 1]), Some(1));
        state.forget(0);
        assert_eq!(choose(&state, &[0, 0]), Some(0));
        state.forget(9);
    }

    #[test]
    fn loads_count_after_a_long_silence() {
        let mut state = PeakEwma::default();
        for target in [0, 1] {
            state.observe(&POLICY, at(0), target, SimDuration::from_millis(10), false);
        }
        let candidates = among(&[0, 1], &[], &[2, 1]);
        for now in [10, 10_000_000, u64::MAX] {
            let choice = state.choose(&POLICY, at(now), &candidates, &mut random());
            assert_eq!(choice, Some(1), "after {now} ms");
        }
    }

    #[test]
    fn failing_fast_attracts_no_traffic_and_is_forgiven_in_time() {
        let mut state = PeakEwma::default();
        let answers = |state: &mut PeakEwma, now| {
            state.observe(&POLICY, at(now), 0, SimDuration::from_millis(10), false);
        };
        answers(&mut state, 0);
        state.observe(&POLICY, at(0), 1, SimDuration::from_millis(1), true);
        let choose = |state: &PeakEwma, now, load| {
            let loads = [load, 0];
            let candidates = among(&[0, 1], &[], &loads);
            state.choose(&POLICY, at(now), &candidates, &mut random())
        };
        assert_eq!(choose(&state, 0, 0), Some(0));
        assert_eq!(choose(&state, 0, 100), Some(0));
        // 5 s · exp(-t/10 s) is 10 ms after 62.1 s.
        answers(&mut state, 62_000);
        assert_eq!(choose(&state, 62_000, 0), Some(0));
        answers(&mut state, 63_000);
        assert_eq!(choose(&state, 63_000, 0), Some(1));
    }

    #[test]
    fn two_choices_leave_the_slowest_without_and_give_the_fastest_the_most() {
        let mut state = PeakEwma::default();
        for (target, took) in [(0, 10), (1, 20), (2, 30)] {
            state.observe(
                &POLICY,
                at(0),
                target,
                SimDuration::from_millis(took),
                false,
            );
        }
        let policy = PeakEwmaPolicy {
            choices: 2,
            ..POLICY
        };
        let (candidates, mut random) = (among(&[0, 1, 2], &[], &[]), random());
        let counts = tally(3, 6_000, |_| {
            state.choose(&policy, at(0), &candidates, &mut random)
        });
        assert!(
            counts[2] == 0 && counts[0].abs_diff(4_000) < 165,
            "{counts:?}"
        );
        assert_eq!(
            state.choose(&policy, at(0), &among(&[], &[], &[]), &mut random),
            None
        );
    }
}
