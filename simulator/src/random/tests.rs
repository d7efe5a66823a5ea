use super::*;
use crate::goodness::{check_counts, check_law, check_mean};

#[test]
fn streams_of_different_names_purposes_and_seeds_differ() {
    let first = |seed, name, purpose| Stream::new(seed, name, purpose).bits();
    let base = first(7, "web-1", Purpose::Arrivals);
    assert_eq!(base, first(7, "web-1", Purpose::Arrivals));
    assert_ne!(base, first(8, "web-1", Purpose::Arrivals));
    assert_ne!(base, first(7, "web-2", Purpose::Arrivals));
    assert_ne!(base, first(7, "web-1", Purpose::Choice));
}

#[test]
fn exponential_numbers_of_a_stream_are_exponential() {
    let mut stream = Stream::new(1, "x", Purpose::Arrivals);
    let values: Vec<f64> = (0..4_000_000).map(|_| stream.exponential()).collect();
    check_law(&values, |x| -libm::expm1(-x));
    check_mean(values.iter().copied(), 1.0, 1.0);
    check_mean(values.iter().map(|x| x * x), 2.0, 20.0);
}

#[test]
fn exponential_numbers_of_requests_are_exponential() {
    let draw = |number| Draws::new(request_key(3, number), 2).exponential();
    let values: Vec<f64> = (0..1_000_000).map(draw).collect();
    check_law(&values, |x| -libm::expm1(-x));
    check_mean(values.iter().copied(), 1.0, 1.0);
}

#[test]
fn normal_numbers_are_normal() {
    let mut draws = Draws::new(5, 0);
    let values: Vec<f64> = (0..4_000_000).map(|_| draws.normal()).collect();
    check_law(&values, |x| libm::erfc(-x / std::f64::consts::SQRT_2) / 2.0);
    check_mean(values.iter().copied(), 0.0, 1.0);
    check_mean(values.iter().map(|x| x * x), 1.0, 2.0);
}

#[test]
fn uniform_numbers_are_uniform_and_never_zero() {
    let mut stream = Stream::new(1, "x", Purpose::Work);
    let values: Vec<f64> = (0..1_000_000).map(|_| stream.uniform()).collect();
    check_law(&values, |x| x);
    assert_eq!([unit(0), unit(u64::MAX)], [f64::EPSILON / 2.0, 1.0]);
}

#[test]
fn every_target_is_equally_likely() {
    let mut stream = Stream::new(1, "balancer", Purpose::Choice);
    let mut draws = Draws::new(1, 1);
    for count in [1, 2, 7, 1_000] {
        let mut counts = vec![0; count];
        for _ in 0..500_000 {
            counts[stream.below(count)] += 1;
            counts[draws.below(count)] += 1;
        }
        if count > 1 {
            check_counts(&counts, &vec![1.0 / count as f64; count]);
        }
    }
    assert_eq!(draws.below(0), 0);
}

#[test]
fn a_point_is_in_the_stretch_of_its_wide_product() {
    let mut draws = Draws::new(9, 1);
    for count in [1, 3, 1_000_000, u32::MAX] {
        for bits in [0, u64::MAX, draws.bits(), draws.bits()] {
            let product = (u128::from(bits) * u128::from(count)) >> 32;
            let expected = ((product >> 32) as u32, product as u32);
            assert_eq!(stretch(bits, count), expected);
        }
    }
}
