//! Any sequence of operations has the same effect on the store and on its oracle.

use proptest::prelude::*;

use super::super::eviction::Eviction;
use super::super::{Capacity, EvictionPolicy, Store, Value};
use super::oracle::Oracle;
use super::{POLICIES, stream};
use crate::time::{SimDuration, SimTime};

/// What can be done to a store. Times are few, so that moments coincide.
#[derive(Clone, Debug)]
enum Act {
    Get { key: u64 },
    Insert { key: u64, size: u32, ttl: u64 },
    Renew { key: u64, ttl: u64 },
    Remove { key: u64 },
    Wait { time: u64 },
    SetCapacity { entries: u32, bytes: u64 },
    SetPolicy { policy: EvictionPolicy },
    KeepStale { time: u64 },
    Flush,
}

fn act() -> impl Strategy<Value = Act> {
    let key = || prop_oneof![4 => 0..8_u64, 1 => 0..40_u64];
    let ttl = || prop_oneof![0..30_u64, Just(u64::MAX)];
    prop_oneof![
        30 => key().prop_map(|key| Act::Get { key }),
        20 => (key(), 0..20_u32, ttl()).prop_map(|(key, size, ttl)| Act::Insert { key, size, ttl }),
        2 => (key(), ttl()).prop_map(|(key, ttl)| Act::Renew { key, ttl }),
        4 => key().prop_map(|key| Act::Remove { key }),
        10 => (0..10_u64).prop_map(|time| Act::Wait { time }),
        1 => (0..20_u32, bytes()).prop_map(|(entries, bytes)| Act::SetCapacity { entries, bytes }),
        1 => policy().prop_map(|policy| Act::SetPolicy { policy }),
        1 => (0..20_u64).prop_map(|time| Act::KeepStale { time }),
        1 => Just(Act::Flush),
    ]
}

fn bytes() -> impl Strategy<Value = u64> {
    prop_oneof![0..150_u64, Just(u64::MAX)]
}

fn policy() -> impl Strategy<Value = EvictionPolicy> {
    prop::sample::select(&POLICIES[..])
}

/// Does the same to both and compares what they say.
fn apply(now: &mut SimTime, act: &Act, store: &mut Store, oracle: &mut Oracle) {
    let mut evicted = Vec::new();
    match *act {
        Act::Get { key } => {
            assert_eq!(store.peek(*now, key), oracle.peek(*now, key));
            assert_eq!(store.get(*now, key), oracle.get(*now, key));
        }
        Act::Insert { key, size, ttl } => {
            let value = Value {
                version: store.counters().misses,
                filled: *now,
                expiry: *now + SimDuration::from_nanos(ttl),
                recompute: SimDuration::from_nanos(u64::from(size)),
                size,
            };
            let stored = store.insert(*now, key, value, &mut |key| evicted.push(key));
            assert_eq!((stored, evicted), oracle.insert(*now, key, value));
        }
        Act::Renew { key, ttl } => {
            let expiry = *now + SimDuration::from_nanos(ttl);
            let renewed = store.renew(*now, key, expiry);
            assert_eq!(renewed, oracle.renew(*now, key, expiry));
        }
        Act::Remove { key } => assert_eq!(store.remove(key), oracle.remove(key)),
        Act::Wait { time } => *now += SimDuration::from_nanos(time),
        Act::SetCapacity { entries, bytes } => {
            let capacity = Capacity { entries, bytes };
            store.set_capacity(*now, capacity, &mut |key| evicted.push(key));
            assert_eq!(evicted, oracle.set_capacity(*now, capacity));
        }
        Act::SetPolicy { policy } => {
            store.set_policy(policy);
            oracle.set_policy(policy);
        }
        Act::KeepStale { time } => {
            store.set_keep_stale(SimDuration::from_nanos(time));
            oracle.set_keep_stale(SimDuration::from_nanos(time));
        }
        Act::Flush => {
            store.flush();
            oracle.flush();
        }
    }
}

#[track_caller]
fn compare(store: &Store, oracle: &Oracle) {
    assert_eq!(keys(store), oracle.order());
    assert_eq!(store.len(), oracle.len());
    assert_eq!(store.bytes(), oracle.bytes());
    assert_eq!(store.counters(), oracle.counters());
    if let Eviction::Lfu(lfu) = &store.eviction {
        assert_eq!(lfu.uses(&store.order), oracle.uses());
    }
}

/// The keys in the order of the policy.
fn keys(store: &Store) -> Vec<u64> {
    let key = |entry: u32| store.entries[entry as usize].key;
    assert_eq!(store.order.len(), store.entries.len());
    store.order.iter().map(key).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn the_store_does_what_its_oracle_does(
        first in policy(),
        entries in 0..20_u32,
        bytes in bytes(),
        acts in prop::collection::vec(act(), 1..250),
    ) {
        let capacity = Capacity { entries, bytes };
        let mut store = Store::new(first, capacity, stream());
        let mut oracle = Oracle::new(first, capacity, stream());
        let mut now = SimTime::ZERO;
        for act in acts {
            apply(&mut now, &act, &mut store, &mut oracle);
            compare(&store, &oracle);
        }
    }

    #[test]
    fn a_clone_goes_on_as_the_original(
        first in policy(),
        before in prop::collection::vec(act(), 1..100),
        after in prop::collection::vec(act(), 1..100),
    ) {
        let capacity = Capacity::of_entries(12);
        let mut store = Store::new(first, capacity, stream());
        let mut oracle = Oracle::new(first, capacity, stream());
        let mut now = SimTime::ZERO;
        for act in before {
            apply(&mut now, &act, &mut store, &mut oracle);
        }
        let (mut twin, mut twins_oracle, mut twins_now) = (store.clone(), oracle.clone(), now);
        for act in &after {
            apply(&mut now, act, &mut store, &mut oracle);
        }
        for act in &after {
            apply(&mut twins_now, act, &mut twin, &mut twins_oracle);
        }
        prop_assert_eq!(format!("{store:?}"), format!("{twin:?}"));
    }
}

/// The same at a size at which the hash table has grown often, with a fixed sequence of operations.
#[test]
fn a_large_store_does_what_its_oracle_does() {
    let mut random = stream();
    for policy in POLICIES {
        let capacity = Capacity::of_entries(300);
        let mut store = Store::new(policy, capacity, stream());
        let mut oracle = Oracle::new(policy, capacity, stream());
        let mut now = SimTime::ZERO;
        for _ in 0..6_000 {
            let key = random.below(30).max(random.below(600)) as u64;
            let act = match random.below(20) {
                0 => Act::Remove { key },
                1..10 => Act::Get { key },
                10..15 => Act::Wait { time: 1 },
                _ => Act::Insert {
                    key,
                    size: 1,
                    ttl: 50 + 10 * random.below(100) as u64,
                },
            };
            apply(&mut now, &act, &mut store, &mut oracle);
        }
        compare(&store, &oracle);
        assert!(store.counters().evictions > 100, "{:?}", store.counters());
        assert!(store.counters().expired > 100, "{:?}", store.counters());
    }
}
