use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap};

use proptest::prelude::*;

use super::{Agenda, NEAR_LIMIT};

/// What the agenda has to be: slow, and too simple to be wrong.
#[derive(Clone, Debug, Default)]
struct Model {
    pending: BTreeMap<(u64, u64), u64>,
    added: u64,
}

impl Model {
    fn push(&mut self, at: u64, payload: u64) {
        self.pending.insert((at, self.added), payload);
        self.added += 1;
    }

    fn pop_until(&mut self, limit: u64) -> Option<(u64, u64)> {
        let first = self
            .pending
            .first_entry()
            .filter(|it| it.key().0 <= limit)?;
        let at = first.key().0;
        Some((at, first.remove()))
    }
}

/// The agenda and its model, told and asked the same things.
#[derive(Clone, Debug, Default)]
struct Both {
    agenda: Agenda,
    model: Model,
    now: u64,
}

impl Both {
    fn push_in(&mut self, delay: u64) {
        let (at, payload) = (self.now.saturating_add(delay), self.model.added);
        self.agenda.push(at, payload);
        self.model.push(at, payload);
        assert_eq!(self.agenda.len(), self.model.pending.len());
    }

    /// Whether there was one.
    fn pop(&mut self) -> bool {
        let popped = self.agenda.pop();
        assert_eq!(popped, self.model.pop_until(u64::MAX));
        self.now = popped.map_or(self.now, |(at, _)| at);
        popped.is_some()
    }

    fn run_for(&mut self, duration: u64) {
        let limit = self.now.saturating_add(duration);
        loop {
            let popped = self.agenda.pop_until(limit);
            assert_eq!(popped, self.model.pop_until(limit));
            if popped.is_none() {
                break;
            }
        }
        self.now = limit;
    }

    fn drain(mut self) {
        while self.pop() {}
        assert_eq!(self.agenda.len(), 0);
        assert!(self.agenda.is_empty());
    }
}

#[derive(Clone, Debug)]
enum Act {
    Push(Vec<u64>),
    /// So many at the very same time.
    PushEqual(u64, usize),
    Pop(usize),
    /// Pops that many, and adds one after each delay in turn.
    Hold(Vec<u64>, usize),
    RunFor(u64),
    /// Goes on with the clone, and empties the original.
    Clone,
}

/// Delays of every size, many of them equal, many at the edges of digits.
fn delay() -> impl Strategy<Value = u64> {
    prop_oneof![
        4 => 0..4_u64,
        4 => 0..600_u64,
        2 => (0..40_u64).prop_map(|it| it * 1_000_000),
        2 => (0..64_u32, 0..3_u64).prop_map(|(bit, more)| ((1 << bit) - 1_u64).saturating_add(more)),
        2 => (any::<u64>(), 0..64_u32).prop_map(|(any, bits)| any >> bits),
    ]
}

fn act() -> impl Strategy<Value = Act> {
    let delays = || prop::collection::vec(delay(), 1..50);
    prop_oneof![
        4 => delays().prop_map(Act::Push),
        1 => (delay(), 1..120_usize).prop_map(|(delay, count)| Act::PushEqual(delay, count)),
        4 => (1..60_usize).prop_map(Act::Pop),
        2 => (delays(), 1..200_usize).prop_map(|(delays, count)| Act::Hold(delays, count)),
        2 => delay().prop_map(Act::RunFor),
        1 => Just(Act::Clone),
    ]
}

fn apply(both: &mut Both, act: Act) {
    match act {
        Act::Push(delays) => delays.into_iter().for_each(|it| both.push_in(it)),
        Act::PushEqual(delay, count) => (0..count).for_each(|_| both.push_in(delay)),
        Act::Pop(count) => (0..count).for_each(|_| {
            both.pop();
        }),
        Act::Hold(delays, count) => {
            for delay in delays.into_iter().cycle().take(count) {
                both.pop();
                both.push_in(delay);
            }
        }
        Act::RunFor(duration) => both.run_for(duration),
        Act::Clone => std::mem::replace(both, both.clone()).drain(),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(400) })]

    #[test]
    fn every_sequence_leaves_by_time_and_then_by_insertion(
        start in prop_oneof![Just(0), any::<u64>(), (0..2_000_u64).prop_map(|it| u64::MAX - it)],
        acts in prop::collection::vec(act(), 1..60),
    ) {
        let mut both = Both { now: start, ..Both::default() };
        acts.into_iter().for_each(|act| apply(&mut both, act));
        both.drain();
    }
}

/// A small source of numbers that look random.
fn splitmix(state: &mut u64) -> u64 {
    *state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let mut mixed = *state;
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    mixed ^ (mixed >> 31)
}

/// A delay of a microsecond or a second, or one of three that are always the same.
fn mixed_delay(state: &mut u64) -> u64 {
    let random = splitmix(state);
    match random % 8 {
        0..=2 => (random >> 8) % 1_000,
        3..=5 => (random >> 8) % 1_000_000_000,
        _ => (random >> 8) % 3 * 500_000,
    }
}

#[test]
fn it_agrees_with_a_heap_while_the_number_of_entries_goes_up_and_down() {
    let (mut agenda, mut heap) = (Agenda::default(), BinaryHeap::new());
    let (mut state, mut now, mut added) = (1, 0, 0);
    for step in 0..400_000_u64 {
        // A triangle from 0 to 100 and back, on top of one from 0 to 20,000 and back.
        let goal = 100 - (step % 200).abs_diff(100) + (200_000 - step.abs_diff(200_000)) / 10;
        while (agenda.len() as u64) < goal {
            let at = now + mixed_delay(&mut state);
            heap.push(Reverse((at, added, state)));
            agenda.push(at, state);
            added += 1;
        }
        while goal < agenda.len() as u64 {
            let expected = heap.pop().map(|Reverse((at, _, payload))| (at, payload));
            assert_eq!(agenda.pop(), expected);
            now = expected.map_or(now, |it| it.0);
        }
    }
}

#[test]
fn equal_times_leave_in_order_of_insertion_however_many() {
    for at in [0, 15, 16, 1 << 32, u64::MAX - 1, u64::MAX] {
        for count in [2, u64::from(NEAR_LIMIT), u64::from(NEAR_LIMIT) + 1, 1_000] {
            let mut agenda = Agenda::default();
            (0..count).for_each(|number| agenda.push(at, number));
            for number in 0..count {
                assert_eq!(agenda.pop(), Some((at, number)), "{count} at {at}");
                // What is added at the present time comes last.
                agenda.push(at, count + number);
            }
            assert_eq!(agenda.pop(), Some((at, count)));
        }
    }
}

#[test]
fn nothing_is_looked_at_past_the_limit() {
    for pending in [1, 20, 40, 5_000] {
        let mut agenda = Agenda::default();
        (0..pending).for_each(|number| agenda.push(1_000_000 + number % 7, number));
        for frame in (0..1_000_000).step_by(16_667) {
            assert_eq!(agenda.pop_until(frame), None);
            agenda.push(frame, frame);
            assert_eq!(agenda.pop_until(frame), Some((frame, frame)), "{pending}");
        }
        assert_eq!(agenda.len() as u64, pending);
        assert_eq!(agenda.pop_until(1_000_000), Some((1_000_000, 0)));
    }
}

#[test]
fn memory_stays_near_the_content_and_is_given_back() {
    const MANY: usize = 1_000_000;
    let (mut agenda, mut state, mut now) = (Agenda::default(), 1, 0);
    for number in 0..MANY as u64 {
        agenda.push(splitmix(&mut state) % 1_000_000_000, number);
    }
    for number in 0..MANY as u64 {
        now = agenda.pop().map_or(now, |it| it.0);
        agenda.push(now + mixed_delay(&mut state), number);
    }
    assert_eq!(agenda.len(), MANY);
    assert!(agenda.far.room() < MANY + MANY / 3, "{}", agenda.far.room());
    while agenda.pop().is_some() {}
    assert_eq!(agenda.far.room(), 0);
}

#[test]
fn the_end_of_time_keeps_its_order_too() {
    const END: u64 = u64::MAX;
    let mut agenda = Agenda::default();
    let later = u64::from(NEAR_LIMIT) + 1;
    (0..later).for_each(|_| agenda.push(END - 150, 0));
    agenda.push(END, 1);
    (0..later).for_each(|_| assert_eq!(agenda.pop(), Some((END - 150, 0))));
    assert_eq!(agenda.pop_until(END - 10), None);
    agenda.push(END, 2);
    (0..later).for_each(|_| agenda.push(END - 5, 0));
    (0..later).for_each(|_| assert_eq!(agenda.pop(), Some((END - 5, 0))));
    assert_eq!(agenda.pop(), Some((END, 1)));
    assert_eq!(agenda.pop(), Some((END, 2)));
    assert_eq!(agenda.pop(), None);
}
