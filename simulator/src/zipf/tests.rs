use super::*;
use crate::goodness::check_counts;
use crate::random::Draws;

const EXPONENTS: [f64; 7] = [0.0, 1e-9, 0.6, 0.99, 1.0, 1.5, 3.0];

fn zipf(keys: u32, exponent: f64) -> Zipf {
    Zipf::try_new(keys, exponent).expect("both are in range")
}

/// Ranks fall where the law says: the popular ones each for itself, then ever larger groups.
#[track_caller]
fn check(zipf: &Zipf, draw: impl Fn(u64) -> u32) {
    const COUNT: u32 = 300_000;
    let mut ends = vec![];
    let (mut end, mut before) = (0, 0.0);
    while end < zipf.keys() {
        end = (end + 1 + end / 16).min(zipf.keys());
        let share = zipf.share_of_top(end);
        if (share - before) * f64::from(COUNT) > 50.0 {
            ends.push((end, share - before));
            before = share;
        }
    }
    // What is left after the last group that is large enough belongs to it.
    if let Some(last) = ends.last_mut() {
        *last = (zipf.keys(), last.1 + 1.0 - before);
    }
    let mut counts = vec![0; ends.len()];
    let mut draws = Draws::new(17, 1);
    for _ in 0..COUNT {
        let rank = draw(draws.bits());
        assert!((1..=zipf.keys()).contains(&rank));
        counts[ends.partition_point(|&(end, _)| end < rank)] += 1;
    }
    let probabilities: Vec<f64> = ends.iter().map(|it| it.1).collect();
    if ends.len() > 1 {
        check_counts(&counts, &probabilities);
    }
}

#[test]
fn ranks_follow_the_law_with_a_table_and_without() {
    for exponent in EXPONENTS {
        for keys in [1, 2, 10, 1_000, 100_000] {
            let zipf = zipf(keys, exponent);
            check(&zipf, |bits| zipf.rank(bits));
            let rejection = Rejection::new(keys, exponent);
            check(&zipf, |bits| rejection.rank(bits));
        }
    }
    for keys in [1_000_000, 1_000_001, Zipf::MAX_KEYS] {
        let zipf = zipf(keys, 0.9);
        check(&zipf, |bits| zipf.rank(bits));
    }
}

#[test]
fn the_table_gives_every_rank_what_it_deserves() {
    for (keys, exponent) in [
        (1, 1.0),
        (7, 0.6),
        (1_000, 1.0),
        (10_000, 1e-12),
        (100_000, 3.0),
    ] {
        let zipf = zipf(keys, exponent);
        let Method::Alias(columns) = &zipf.method else {
            panic!("so few keys have a table");
        };
        let shares = alias::shares(columns);
        for (rank, share) in (1..).zip(shares) {
            let error = share - zipf.probability(rank);
            assert!(error.abs() < 2.4e-10, "{keys}, {exponent}, {rank}: {error}");
        }
    }
}

#[test]
fn no_bits_lead_past_either_end() {
    for exponent in EXPONENTS {
        for keys in [1, 2, 3, 1_000_000, 1_000_001, Zipf::MAX_KEYS] {
            let zipf = zipf(keys, exponent);
            let rejection = Rejection::new(keys, exponent);
            for bits in [0, 1, u64::MAX - 1, u64::MAX] {
                for rank in [zipf.rank(bits), rejection.rank(bits)] {
                    assert!((1..=keys).contains(&rank), "{keys}, {exponent}: {rank}");
                }
            }
            // Over the whole area, also where the last random bits are the extreme ones.
            for uniform in [f64::EPSILON / 2.0, 1.0] {
                let rank = rejection.nearest(uniform).1;
                assert!((1..=keys).contains(&rank), "{keys}, {exponent}: {rank}");
            }
        }
    }
}

#[test]
fn shares_are_the_sums_of_probabilities() {
    for exponent in EXPONENTS {
        let zipf = zipf(20_000, exponent);
        let mut sum = 0.0;
        for rank in 1..=zipf.keys() {
            sum += zipf.probability(rank);
            if rank % 97 == 0 || rank == zipf.keys() {
                let error = zipf.share_of_top(rank) - sum;
                assert!(error.abs() < 1e-12, "{exponent}, {rank}: {error}");
            }
        }
        assert_eq!(zipf.probability(0), 0.0);
        assert_eq!(zipf.probability(20_001), 0.0);
        assert_eq!(zipf.share_of_top(u32::MAX), 1.0);
        assert_eq!(zipf.share_of_top(0), 0.0);
    }
    // The sum of 1/r up to a million.
    let total = 1.0 / zipf(1_000_000, 1.0).probability(1);
    assert!((total - 14.392_726_722_865_724).abs() < 1e-11, "{total}");
}

#[test]
fn keys_and_exponents_out_of_range_are_refused() {
    assert!(Zipf::try_new(0, 1.0).is_err());
    assert!(Zipf::try_new(Zipf::MAX_KEYS + 1, 1.0).is_err());
    for exponent in [-0.1, 3.1, f64::NAN] {
        assert_eq!(
            Zipf::try_new(5, exponent).err(),
            Some("an exponent from 0 to 3")
        );
    }
}
