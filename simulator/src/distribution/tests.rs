use super::*;
use crate::goodness::{check_law, check_mean};
use crate::random::Draws;

const MEAN: SimDuration = SimDuration::from_millis(8);

/// Draws of `law` over its mean.
fn draws_of(law: &Distribution, count: u64) -> Vec<f64> {
    let sampler = Sampler::new(law);
    let mean = law.mean().as_nanos() as f64;
    (0..count)
        .map(|number| sampler.sample(&mut Draws::new(number, 1)).as_nanos() as f64 / mean)
        .collect()
}

/// Draws follow `cdf`, have the mean and the cv² that the law states, and this fourth moment; all
/// in units of the mean.
#[track_caller]
fn check(law: &Distribution, fourth: f64, cdf: impl Fn(f64) -> f64) {
    assert_eq!(law.check(), Ok(()));
    let values = draws_of(law, 400_000);
    check_law(&values, cdf);
    let square = 1.0 + law.cv2();
    check_mean(values.iter().copied(), 1.0, law.cv2());
    check_mean(
        values.iter().map(|x| x * x),
        square,
        fourth - square * square,
    );
}

#[test]
fn deterministic_is_always_the_same() {
    let law = Distribution::Deterministic { mean: MEAN };
    assert!(draws_of(&law, 100).iter().all(|&it| it == 1.0));
    assert_eq!((law.mean(), law.cv2()), (MEAN, 0.0));
}

#[test]
fn exponential_has_its_law() {
    let law = Distribution::Exponential { mean: MEAN };
    check(&law, 24.0, |x| -libm::expm1(-x));
}

#[test]
fn lognormal_has_its_law() {
    for cv2 in [0.5, 4.0] {
        let law = Distribution::Lognormal { mean: MEAN, cv2 };
        let fourth = libm::pow(1.0 + cv2, 6.0);
        let s2 = libm::log(1.0 + cv2);
        check(&law, fourth, |x| {
            libm::erfc(-(libm::log(x) + s2 / 2.0) / libm::sqrt(2.0 * s2)) / 2.0
        });
    }
    let law = Distribution::Lognormal {
        mean: MEAN,
        cv2: 0.0,
    };
    assert!(draws_of(&law, 100).iter().all(|&it| it == 1.0));
}

#[test]
fn uniform_has_its_law() {
    let (low, high) = (SimDuration::from_millis(4), SimDuration::from_millis(12));
    let law = Distribution::Uniform { low, high };
    assert_eq!(law.mean(), MEAN);
    let fourth = (libm::pow(1.5, 5.0) - libm::pow(0.5, 5.0)) / 5.0;
    check(&law, fourth, |x| x - 0.5);
    let point = Distribution::Uniform { low, high: low };
    assert!(draws_of(&point, 100).iter().all(|&it| it == 1.0));
    assert_eq!(point.cv2(), 0.0);
    let nothing = SimDuration::ZERO;
    let nothing = Distribution::Uniform {
        low: nothing,
        high: nothing,
    };
    assert_eq!(nothing.cv2(), 0.0);
}

#[test]
fn erlang_has_its_law() {
    for shape in [1, 2, 4, 100] {
        let law = Distribution::Erlang { mean: MEAN, shape };
        let k = f64::from(shape);
        let fourth = (1.0 + 1.0 / k) * (1.0 + 2.0 / k) * (1.0 + 3.0 / k);
        check(&law, fourth, |x| {
            let (mut term, mut sum) = (libm::exp(-k * x), 0.0);
            for stage in 1..=shape {
                sum += term;
                term *= k * x / f64::from(stage);
            }
            1.0 - sum
        });
    }
}

#[test]
fn hyperexponential_has_its_law() {
    for cv2 in [1.0, 4.0, 20.0] {
        let law = Distribution::Hyperexponential { mean: MEAN, cv2 };
        let p = 0.5 + 0.5 * libm::sqrt((cv2 - 1.0) / (cv2 + 1.0));
        let phases = [(p, 2.0 * p), (1.0 - p, 2.0 - 2.0 * p)];
        let moments = phases.map(|(share, rate)| 24.0 * share / libm::pow(rate, 4.0));
        check(&law, moments.iter().sum(), |x| {
            let parts = phases.map(|(share, rate)| -share * libm::expm1(-rate * x));
            parts.iter().sum()
        });
    }
}

#[test]
fn pareto_has_its_law_within_its_bounds() {
    for shape in [1.1, 1.5, 2.0, 3.0] {
        let law = Distribution::Pareto { mean: MEAN, shape };
        let shortest = pareto::shortest(shape);
        // The fourth moment of the density between 1 and 10,000, by its antiderivative.
        let kept = 1.0 - libm::pow(1e4, -shape);
        let power = 4.0 - shape;
        let fourth = shape * (libm::pow(1e4, power) - 1.0) / power / kept;
        check(&law, fourth * libm::pow(shortest, 4.0), |x| {
            (1.0 - libm::pow(shortest / x, shape)) / kept
        });
        let values = draws_of(&law, 400_000);
        let within = |x: f64| (0.999_999..10_001.0).contains(&(x / shortest));
        assert!(values.into_iter().all(within));
    }
    // Without the bound, these would be 1/3 and infinite.
    for (shape, cv2) in [(3.0, 1.0 / 3.0), (1.5, 32.67)] {
        let law = Distribution::Pareto { mean: MEAN, shape };
        assert!((law.cv2() / cv2 - 1.0).abs() < 1e-3, "{}", law.cv2());
    }
}

fn points(points: &[(f64, u64)]) -> Vec<(f64, SimDuration)> {
    let point = |&(share, millis)| (share, SimDuration::from_millis(millis));
    points.iter().map(point).collect()
}

#[test]
fn measured_quantiles_are_a_law_of_straight_lines() {
    let list = [(0.0, 2), (0.5, 6), (0.9, 12), (1.0, 40)];
    let quantiles = Quantiles::try_new(&points(&list)).expect("they rise");
    let law = Distribution::Measured(quantiles);
    // 0.5 · 4 + 0.4 · 9 + 0.1 · 26
    assert_eq!(law.mean(), SimDuration::from_micros(8_200));
    let mean = 8.2;
    let pairs = list.windows(2).map(|pair| {
        let (from, to) = (pair[0].1 as f64 / mean, pair[1].1 as f64 / mean);
        let fifth = |x: f64| libm::pow(x, 5.0) / 5.0;
        (pair[1].0 - pair[0].0) * (fifth(to) - fifth(from)) / (to - from)
    });
    check(&law, pairs.sum(), |x| {
        let x = x * mean;
        let after = list
            .iter()
            .position(|&(_, it)| x < it as f64)
            .unwrap_or(3)
            .max(1);
        let ((p, low), (q, high)) = (list[after - 1], list[after]);
        p + (q - p) * (x - low as f64) / (high - low) as f64
    });
}

#[test]
fn a_gap_stays_empty_and_a_frequent_value_is_frequent() {
    let list = [(0.0, 1), (0.25, 1), (0.5, 2), (0.5, 8), (1.0, 9)];
    let quantiles = Quantiles::try_new(&points(&list)).expect("they rise");
    let values: Vec<f64> = (1..=1_000)
        .map(|i| quantiles.nanos(f64::from(i) / 1e3))
        .collect();
    assert_eq!(values.iter().filter(|&&it| it == 1e6).count(), 250);
    assert!(!values.iter().any(|it| (2.000_1e6..8e6).contains(it)));
}

#[test]
fn measured_values_are_evenly_spaced_quantiles() {
    let values = [9, 1, 5].map(SimDuration::from_millis);
    let quantiles = Quantiles::try_from_values(&values).expect("there are some");
    assert_eq!(quantiles.points(), points(&[(0.0, 1), (0.5, 5), (1.0, 9)]));
    let one = Quantiles::try_from_values(&values[..1]).expect("there is one");
    assert_eq!(one.mean(), values[0]);
    assert_eq!(one.cv2(), 0.0);
    assert_eq!(one.nanos(0.3), 9e6);
}

#[test]
fn wrong_quantiles_are_refused() {
    for (list, words) in [
        (&[][..], "at least a shortest"),
        (&[(0.0, 1), (0.5, 2)], "end with the longest"),
        (&[(0.1, 1), (1.0, 2)], "begin with the shortest"),
        (&[(0.0, 1), (0.5, 3), (1.0, 2)], "have to rise"),
        (&[(0.0, 1), (0.9, 2), (0.5, 3), (1.0, 4)], "have to rise"),
        (&[(0.0, 1), (f64::NAN, 2), (1.0, 4)], "have to rise"),
        (&[(0.0, 1), (1.0, 3_600_001)], "longer than 1 h"),
        (&[(0.0, 1); 1_001], "more than 1,000"),
    ] {
        let fault = Quantiles::try_new(&points(list)).expect_err(words);
        assert!(fault.contains(words), "{fault}");
    }
    assert!(Quantiles::try_from_values(&[]).is_err());
}

#[test]
fn parameters_out_of_range_are_named_and_still_draw_durations() {
    let (mean, long) = (MEAN, SimDuration::from_secs(3_601));
    for (law, words) in [
        (Distribution::Exponential { mean: long }, "at most 1 h"),
        (Distribution::Lognormal { mean, cv2: -0.1 }, "0 to 100"),
        (
            Distribution::Lognormal {
                mean,
                cv2: f64::NAN,
            },
            "0 to 100",
        ),
        (
            Distribution::Hyperexponential { mean, cv2: 0.9 },
            "1 to 100",
        ),
        (Distribution::Erlang { mean, shape: 0 }, "1 to 100"),
        (Distribution::Erlang { mean, shape: 101 }, "1 to 100"),
        (Distribution::Pareto { mean, shape: 1.0 }, "more than 1"),
        (Distribution::Pareto { mean, shape: -1e9 }, "more than 1"),
        (
            Distribution::Pareto {
                mean,
                shape: f64::NAN,
            },
            "more than 1",
        ),
        (
            Distribution::Uniform {
                low: long,
                high: mean,
            },
            "in this order",
        ),
        (
            Distribution::Uniform {
                low: mean,
                high: long,
            },
            "at most 1 h",
        ),
    ] {
        let fault = law.check().expect_err(words);
        assert!(fault.contains(words), "{law:?}: {fault}");
        let _ = draws_of(&law, 100);
    }
}
