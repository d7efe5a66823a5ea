//! Rows that move to other shards while the system works.

use simulator::{Edit, NodeId, Resharding, ShardLayout, Shards, Simulation};

use crate::shards::{MODULO, RING, calls, details, numbered, store, users, with_layout};
use crate::system::{at, run, totals};

/// A store of 132,000 rows, whose copying is paced at 10,000 a second.
fn moving(layout: ShardLayout, resharding: Resharding) -> Shards {
    Shards {
        resharding,
        rows: 132_000,
        rows_per_second: 10_000,
        batch: 100,
        ..with_layout(layout)
    }
}

/// Runs for two seconds with `before` databases, then with `after`.
fn resharded(shards: &Shards, before: u32, after: u32, until: u64) -> Simulation {
    let scenario = |count| store(users(1_000.0, 0, 1.0, 0.9), shards, &numbered(count));
    let mut simulation = run(&scenario(before), 2_000);
    simulation.apply(Edit::Reconfigure(scenario(after)));
    simulation.run_until(at(until), u64::MAX);
    simulation
}

#[test]
fn one_more_shard_moves_what_theory_says() {
    // Article, 3.11, M3.
    for (before, after, share) in [(3, 4, 0.75), (4, 5, 0.80), (10, 11, 10.0 / 11.0)] {
        let expected = (132_000.0 * share) as u64;
        for resharding in [Resharding::Instant, Resharding::Live] {
            let seconds = match resharding {
                Resharding::Instant => 3,
                Resharding::Live => 20,
            };
            let end = resharded(&moving(MODULO, resharding), before, after, seconds * 1_000);
            let details = details(&end);
            assert_eq!(details.rows_moved, expected, "{before} to {after}");
            assert_eq!(details.resharding, None);
            assert_eq!(
                totals(&end).failed.total(),
                0,
                "reads of moving keys never fail"
            );
        }
        let end = resharded(&moving(RING, Resharding::Live), before, after, 20_000);
        let moved = details(&end).rows_moved as f64 / 132_000.0;
        // The newcomer's share scatters by 1/√160.
        let ring = 1.0 / f64::from(after);
        assert!(
            (moved / ring - 1.0).abs() < 4.5 / 160_f64.sqrt(),
            "{moved} against {ring}"
        );
    }
}

#[test]
fn copying_keeps_its_pace_and_loads_the_shards() {
    // 4 to 5 by modulo: 20 pairs of 20 have 6,600 rows each, 16 of them move.
    let shards = moving(MODULO, Resharding::Live);
    let scenario = |count| store(users(0.0, 0, 1.0, 0.9), &shards, &numbered(count));
    let mut simulation = run(&scenario(4), 2_000);
    simulation.apply(Edit::Reconfigure(scenario(5)));
    for millis in [2_012, 2_013, 3_012, 3_013, 5_000] {
        // A read of 5 ms and a write of 8: one batch every 13 ms, where the pace allows one every 10.
        simulation.run_until(at(millis), u64::MAX);
        let moved = (millis - 2_000) / 13 * 100;
        let progress = details(&simulation).resharding.expect("under way");
        assert_eq!((progress.moved, progress.of), (moved, 105_600));
    }
    simulation.run_until(at(20_000), u64::MAX);
    assert_eq!(details(&simulation).rows_moved, 105_600);
    assert_eq!(details(&simulation).resharding, None);
    // 66 batches from each shard to each other one: the newcomer is written to by four; each other
    // shard gives to four and takes from three.
    assert_eq!(calls(&simulation), [462, 462, 462, 462, 264]);
    assert_eq!(totals(&simulation).generated, 0, "it is nobody's request");
    assert_eq!(simulation.step(), None, "and it comes to an end");
}

#[test]
fn keys_change_their_shard_with_their_part_of_the_rows() {
    // From one shard to two: by half of the copying, a quarter of all keys have moved.
    let shards = Shards {
        rows_per_second: 4_000,
        ..moving(MODULO, Resharding::Live)
    };
    let scenario = |count| store(users(1_000.0, 0, 1.0, 1.0), &shards, &numbered(count));
    let mut simulation = run(&scenario(1), 1_000);
    simulation.apply(Edit::Reconfigure(scenario(2)));
    // 66,000 rows move, in 16.5 s.
    let mut before = 0;
    for second in 1..=20_u64 {
        simulation.run_until(at(1_000 + second * 1_000), u64::MAX);
        let seen = calls(&simulation)[1];
        let share = (seen - before) as f64 / 1_000.0;
        before = seen;
        // The copying itself writes 40 batches a second there.
        let copied = if second <= 16 { 0.04 } else { 0.0 };
        let expected = ((second as f64 - 0.5) / 16.5).min(1.0) / 2.0 + copied;
        assert!(
            (share - expected).abs() < 0.075,
            "second {second}: {share} against {expected}"
        );
    }
}

#[test]
fn an_edit_that_takes_the_change_back_copies_back_what_was_copied() {
    let shards = moving(MODULO, Resharding::Live);
    let scenario = |count| store(users(200.0, 0, 1.0, 0.9), &shards, &numbered(count));
    let mut simulation = run(&scenario(3), 1_000);
    simulation.apply(Edit::Reconfigure(scenario(4)));
    simulation.run_until(at(3_000), u64::MAX);
    let forth = details(&simulation).rows_moved;
    assert!((10_000..=20_000).contains(&forth), "{forth}");
    simulation.apply(Edit::Reconfigure(scenario(3)));
    let progress = details(&simulation).resharding.expect("on the way back");
    assert_eq!((progress.moved, progress.of), (99_000 - forth, 99_000));
    simulation.run_until(at(10_000), u64::MAX);
    assert_eq!(details(&simulation).rows_moved, 2 * forth);
    assert_eq!(details(&simulation).resharding, None);
    assert_eq!(totals(&simulation).failed.total(), 0);
}

#[test]
fn an_edit_to_something_else_waits_until_rows_have_moved() {
    let shards = moving(MODULO, Resharding::Live);
    let scenario = |count| store(users(200.0, 0, 1.0, 0.9), &shards, &numbered(count));
    let mut simulation = run(&scenario(3), 1_000);
    simulation.apply(Edit::Reconfigure(scenario(4)));
    simulation.run_until(at(2_000), u64::MAX);
    simulation.apply(Edit::Reconfigure(scenario(5)));
    assert_eq!(
        details(&simulation).resharding.expect("under way").of,
        99_000
    );
    simulation.run_until(at(40_000), u64::MAX);
    let details = details(&simulation);
    assert_eq!(
        (details.rows_moved, details.resharding),
        (99_000 + 105_600, None)
    );
    assert_eq!(totals(&simulation).failed.total(), 0);
    assert!(details.shards.iter().all(|shard| shard.recent_rate > 30.0));
}

#[test]
fn whoever_cannot_wait_has_the_rows_at_once() {
    let scenario = |count, resharding| {
        store(
            users(200.0, 0, 1.0, 0.9),
            &moving(MODULO, resharding),
            &numbered(count),
        )
    };
    let mut simulation = run(&scenario(3, Resharding::Live), 1_000);
    simulation.apply(Edit::Reconfigure(scenario(4, Resharding::Live)));
    simulation.run_until(at(2_000), u64::MAX);
    simulation.apply(Edit::Reconfigure(scenario(4, Resharding::Instant)));
    assert_eq!(details(&simulation).rows_moved, 99_000);
    assert_eq!(details(&simulation).resharding, None);
    simulation.apply(Edit::Reconfigure(scenario(5, Resharding::Instant)));
    assert_eq!(details(&simulation).rows_moved, 99_000 + 105_600);
    simulation.run_until(at(4_000), u64::MAX);
    assert_eq!(totals(&simulation).failed.total(), 0);
}

#[test]
fn a_shard_that_is_taken_away_answers_until_it_is_empty() {
    for layout in [MODULO, RING, ShardLayout::Ranges] {
        let end = resharded(&moving(layout, Resharding::Live), 4, 3, 20_000);
        let tally = totals(&end);
        assert_eq!(tally.failed.total(), 0);
        assert!(tally.in_flight < 20, "{tally:?}");
        assert_eq!(details(&end).resharding, None);
    }
}

#[test]
fn copying_waits_for_a_shard_that_is_down_and_for_its_router() {
    let shards = moving(RING, Resharding::Live);
    let scenario = |count| store(users(0.0, 0, 1.0, 0.9), &shards, &numbered(count));
    let (router, newcomer) = (NodeId(1), NodeId(5));
    for victim in [router, newcomer] {
        let mut simulation = run(&scenario(3), 1_000);
        simulation.apply(Edit::Reconfigure(scenario(4)));
        simulation.run_until(at(2_000), u64::MAX);
        simulation.apply(Edit::Kill(victim));
        let moved = details(&simulation).rows_moved;
        assert!(moved > 1_000);
        simulation.run_until(at(10_000), u64::MAX);
        assert_eq!(details(&simulation).rows_moved, moved);
        simulation.apply(Edit::Heal(victim));
        simulation.run_until(at(20_000), u64::MAX);
        let details = details(&simulation);
        assert_eq!(details.resharding, None);
        assert!(
            (25_000..45_000).contains(&details.rows_moved),
            "{}",
            details.rows_moved
        );
        assert_eq!(totals(&simulation).generated, 0);
        assert_eq!(simulation.step(), None);
    }
}
