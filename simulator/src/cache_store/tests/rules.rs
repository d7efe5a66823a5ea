//! The rules that a reader of a figure can see, one small story each.

use super::super::capacity::MAX_ENTRIES;
use super::super::{Capacity, EvictionPolicy, Lookup, Store, Value};
use super::{POLICIES, store, stream, value};
use crate::time::{SimDuration, SimTime};

const NOW: SimTime = SimTime::ZERO;

/// Adds values that never expire and returns the keys that were evicted.
fn add(store: &mut Store, keys: impl IntoIterator<Item = u64>) -> Vec<u64> {
    let mut evicted = Vec::new();
    for key in keys {
        store.insert(NOW, key, value(SimTime::MAX), &mut |key| evicted.push(key));
    }
    evicted
}

fn use_all(store: &mut Store, keys: &[u64]) {
    for &key in keys {
        assert!(matches!(store.get(NOW, key), Lookup::Fresh(_)), "{key}");
    }
}

#[test]
fn each_policy_evicts_its_own_victims() {
    for (policy, victims) in [
        (EvictionPolicy::Lru, [3, 2]),
        (EvictionPolicy::Lfu, [3, 7]),
        (EvictionPolicy::Fifo, [0, 1]),
        (EvictionPolicy::Sieve, [3, 0]),
    ] {
        let mut store = store(policy, 4);
        assert_eq!(add(&mut store, 0..4), []);
        use_all(&mut store, &[2, 1, 0, 1]);
        assert_eq!(add(&mut store, [7, 8]), victims, "{policy:?}");
        assert_eq!(store.len(), 4);
    }
}

#[test]
fn random_evicts_everybody_equally_often() {
    let mut store = store(EvictionPolicy::Random, 8);
    add(&mut store, 0..8);
    let mut counts = [0_u32; 8];
    for _ in 0..16_000 {
        // The same content each time, but the next draw.
        let mut twin = store.clone();
        counts[add(&mut twin, [9])[0] as usize] += 1;
        store.random = twin.random;
    }
    // 4.5 standard deviations of a binomial(16,000, 1/8).
    assert!(counts.iter().all(|n| n.abs_diff(2_000) < 189), "{counts:?}");
}

#[test]
fn a_large_value_evicts_as_many_as_its_bytes_need() {
    let mut store = Store::new(EvictionPolicy::Lru, Capacity::of_bytes(100), stream());
    let sized = |size| Value {
        size,
        ..value(SimTime::MAX)
    };
    let mut insert = |key, size| {
        let mut evicted = Vec::new();
        let stored = store.insert(NOW, key, sized(size), &mut |key| evicted.push(key));
        (stored, evicted, store.bytes())
    };
    assert_eq!(insert(1, 40), (true, vec![], 40));
    assert_eq!(insert(2, 40), (true, vec![], 80));
    assert_eq!(insert(3, 20), (true, vec![], 100));
    assert_eq!(insert(4, 50), (true, vec![1, 2], 70));
    assert_eq!(insert(3, 50), (true, vec![], 100), "replaced in its place");
    assert_eq!(insert(4, 60), (true, vec![3], 60), "removed first");
    assert_eq!(
        insert(4, 101),
        (false, vec![], 0),
        "its old value is outdated"
    );
}

#[test]
fn what_is_gone_leaves_before_what_is_fresh() {
    for policy in POLICIES {
        let mut store = store(policy, 8);
        let late = SimTime::from_secs(10);
        for key in 0..8 {
            // Every other one is gone after five seconds, and they are not next in turn.
            let expiry = if key % 2 == 1 {
                SimTime::from_secs(5)
            } else {
                SimTime::MAX
            };
            store.insert(NOW, key, value(expiry), &mut |_| {});
        }
        use_all(&mut store, &[1, 3, 5, 7]);
        for key in 10..14 {
            store.insert(late, key, value(SimTime::MAX), &mut |key| {
                panic!("{policy:?} evicted {key}")
            });
        }
        let counters = store.counters();
        assert_eq!((counters.expired, counters.evictions), (4, 0));
    }
}

#[test]
fn stale_values_are_served_for_as_long_as_they_are_kept() {
    let mut store = store(EvictionPolicy::Lru, 4);
    store.set_keep_stale(SimDuration::from_secs(5));
    let value = value(SimTime::from_secs(10));
    store.insert(NOW, 1, value, &mut |_| {});
    assert_eq!(store.get(SimTime::from_secs(9), 1), Lookup::Fresh(value));
    assert_eq!(store.get(SimTime::from_secs(10), 1), Lookup::Stale(value));
    assert_eq!(store.peek(SimTime::from_secs(14), 1), Lookup::Stale(value));
    assert_eq!(store.peek(SimTime::from_secs(15), 1), Lookup::Miss);
    assert_eq!(store.len(), 1, "peeking has no effect");
    assert_eq!(store.get(SimTime::from_secs(15), 1), Lookup::Miss);
    assert_eq!(store.len(), 0);
    let counters = store.counters();
    assert_eq!((counters.hits, counters.misses), (1, 2));
    assert_eq!((counters.stale, counters.expired), (1, 1));
}

#[test]
fn a_change_of_policy_keeps_the_order() {
    let mut store = store(EvictionPolicy::Lru, 4);
    add(&mut store, 0..4);
    use_all(&mut store, &[0, 1]);
    store.set_policy(EvictionPolicy::Fifo);
    use_all(&mut store, &[2]);
    assert_eq!(add(&mut store, [4]), [2]);
    store.set_policy(EvictionPolicy::Lfu);
    use_all(&mut store, &[3]);
    assert_eq!(add(&mut store, [5]), [0]);
    store.set_policy(EvictionPolicy::Lfu);
    assert_eq!(
        add(&mut store, [6]),
        [1],
        "nothing was changed, nothing was forgotten"
    );
    store.set_policy(EvictionPolicy::Sieve);
    // LFU's order: 4, 5 and 6 were used once, 3 twice. It is near the end but no longer favoured.
    use_all(&mut store, &[4, 5, 6]);
    assert_eq!(add(&mut store, [7]), [3]);
}

#[test]
fn a_smaller_capacity_evicts_at_once_and_gives_memory_back() {
    let mut store = store(EvictionPolicy::Fifo, 10_000);
    add(&mut store, 0..10_000);
    let mut evicted = Vec::new();
    store.set_capacity(NOW, Capacity::of_entries(3), &mut |key| evicted.push(key));
    assert!(evicted.iter().copied().eq(0..9_997));
    assert!(store.index.slots() <= 8);
    use_all(&mut store, &[9_997, 9_998, 9_999]);
}

#[test]
fn no_capacity_keeps_nothing_and_none_is_endless() {
    for policy in POLICIES {
        let mut store = store(policy, 0);
        add(&mut store, 0..3);
        assert_eq!((store.len(), store.counters().evictions), (0, 0));
    }
    let all = Capacity::of_entries(u32::MAX).max_entries();
    assert_eq!(all, MAX_ENTRIES as usize);
}
