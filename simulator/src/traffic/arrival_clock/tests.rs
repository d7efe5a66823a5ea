use super::*;
use crate::random::Purpose;
use crate::traffic::{AfterLast, RatePoint};

fn at(seconds: f64) -> SimTime {
    SimTime::from_nanos((seconds * 1e9) as u64)
}

fn length(seconds: f64) -> SimDuration {
    SimDuration::from_nanos((seconds * 1e9) as u64)
}

fn pattern(curve: RateCurve, spacing: Arrivals, bursts: Option<Bursts>) -> ArrivalPattern {
    ArrivalPattern {
        curve,
        spacing,
        bursts,
    }
}

fn clock(seed: u64, pattern: ArrivalPattern) -> ArrivalClock {
    let gaps = Stream::new(seed, "users", Purpose::Arrivals);
    let jumps = Stream::new(seed, "users", Purpose::Choice);
    ArrivalClock::new(pattern, gaps, jumps, SimTime::ZERO)
}

/// Runs a clock until just before `end` and returns when requests arrived.
fn arrivals_before(clock: &mut ArrivalClock, end: SimTime) -> Vec<SimTime> {
    let mut times = Vec::new();
    while let Some(now) = clock.next().filter(|&next| next < end) {
        if clock.wake(now) {
            times.push(now);
        }
    }
    times
}

/// How many of `times` lie in each of `n` windows of `length`.
fn counts(times: &[SimTime], length: SimDuration, n: usize) -> Vec<f64> {
    let mut counts = vec![0.0; n];
    for time in times {
        counts[(time.as_nanos() / length.as_nanos()) as usize] += 1.0;
    }
    counts
}

fn curves() -> Vec<RateCurve> {
    let point = |(seconds, rate)| RatePoint {
        at: length(seconds),
        rate,
    };
    vec![
        RateCurve::Constant { rate: 400.0 },
        RateCurve::Ramp {
            from: 0.0,
            to: 800.0,
            start: at(10.0),
            duration: length(60.0),
        },
        RateCurve::Spike {
            base: 50.0,
            peak: 3_000.0,
            start: at(20.0),
            duration: length(10.0),
        },
        RateCurve::Day {
            mean: 300.0,
            peak_to_mean: 3.0,
            peak_hour: 19.0,
            length: length(48.0),
        },
        RateCurve::FlashCrowd {
            base: 50.0,
            peak: 2_000.0,
            start: at(10.0),
            rise: length(15.0),
            decay: length(12.0),
        },
        RateCurve::Drawn {
            points: [(0.0, 10.0), (13.0, 900.0), (13.0, 0.0), (20.0, 300.0)]
                .map(point)
                .to_vec(),
            after_last: AfterLast::Repeat,
        },
    ]
}

#[test]
fn arrivals_follow_every_curve_and_are_poisson() {
    for curve in curves() {
        let mut clock = clock(11, pattern(curve.clone(), Arrivals::Poisson, None));
        let (window, n) = (length(1.0), 96);
        let times = arrivals_before(&mut clock, at(n as f64));
        assert!(times.is_sorted());
        let mut dispersion = Vec::new();
        for (second, count) in (0_u64..).zip(counts(&times, window, n)) {
            let mean = curve.expected(
                SimTime::from_secs(second),
                SimTime::from_secs(second) + window,
            );
            assert!(
                (count - mean).abs() <= 4.5 * mean.sqrt(),
                "{curve:?} in second {second}: {count} against {mean}"
            );
            if mean > 10.0 {
                dispersion.push((count - mean) * (count - mean) / mean);
            }
        }
        // Index of dispersion 1: each term has the mean 1 and a variance of 2 + 1 / mean.
        let n = dispersion.len() as f64;
        let index = dispersion.iter().sum::<f64>() / n;
        assert!(
            (index - 1.0).abs() <= 4.5 * (2.1 / n).sqrt(),
            "{curve:?}: {index}"
        );
        let total = curve.expected(SimTime::ZERO, at(96.0));
        let off = (times.len() as f64 - total).abs();
        assert!(off <= 4.5 * total.sqrt(), "{curve:?}: {off} off {total}");
    }
}

#[test]
fn even_spacing_follows_the_same_integral_one_by_one() {
    for curve in curves() {
        let mut clock = clock(1, pattern(curve.clone(), Arrivals::Even, None));
        let times = arrivals_before(&mut clock, at(96.0));
        let total = curve.expected(SimTime::ZERO, at(96.0));
        assert!((times.len() as f64 - total).abs() <= 1.0);
        for (number, &time) in (1_u32..).zip(&times) {
            let integral = curve.expected(SimTime::ZERO, time);
            // A nanosecond is at most 3e-6 units here; nothing adds up.
            assert!((integral - f64::from(number)).abs() < 1e-5, "{integral}");
        }
    }
}

#[test]
fn whole_nanoseconds_do_not_slow_the_clock_down() {
    let curve = RateCurve::Constant { rate: 300_000.0 };
    let mut clock = clock(1, pattern(curve, Arrivals::Even, None));
    assert_eq!(
        arrivals_before(&mut clock, SimTime::from_nanos(1_000_000_001)).len(),
        300_000
    );
}

#[test]
fn an_edit_changes_how_fast_the_clock_runs_and_not_what_it_reads() {
    // What every unit clock of this seed reads at its arrivals.
    let unit = pattern(RateCurve::Constant { rate: 1.0 }, Arrivals::Poisson, None);
    let readings: Vec<f64> = arrivals_before(&mut clock(5, unit), at(30_000.0))
        .iter()
        .map(|time| time.as_secs_f64())
        .collect();

    let ramp = |to| RateCurve::Ramp {
        from: 20.0,
        to,
        start: at(5.0),
        duration: length(30.0),
    };
    let silence = RateCurve::Constant { rate: 0.0 };
    let edits = [
        (ramp(100.0), 12.3),
        (ramp(400.0), 20.0),
        (silence, 31.0),
        (curves().remove(4), 40.0),
        (curves().remove(3), 70.0),
    ];
    let first = pattern(edits[0].0.clone(), Arrivals::Poisson, None);
    let mut edited = clock(5, first);
    let (mut since, mut reading, mut number) = (SimTime::ZERO, 0.0, 0);
    for (place, (curve, end)) in edits.iter().enumerate() {
        let end = at(*end);
        for time in arrivals_before(&mut edited, end) {
            let got = reading + curve.expected(since, time);
            let want = readings[number];
            assert!((got - want).abs() < 1e-5, "{number}: {got}, not {want}");
            number += 1;
        }
        reading += curve.expected(since, end);
        since = end;
        if let Some((next, _)) = edits.get(place + 1) {
            edited.replace(pattern(next.clone(), Arrivals::Poisson, None), end);
        }
    }
    assert!(number > 10_000, "{number}");
}

#[test]
fn a_copy_goes_on_like_the_original() {
    let bursts = Some(Bursts {
        factor: 5.0,
        share: 0.1,
        mean_length: length(0.5),
    });
    let mut clock = clock(2, pattern(curves().remove(4), Arrivals::Poisson, bursts));
    arrivals_before(&mut clock, at(30.0));
    let mut copy = clock.clone();
    let rest = arrivals_before(&mut clock, at(60.0));
    assert_eq!(rest, arrivals_before(&mut copy, at(60.0)));
    assert!(!rest.is_empty());
}

#[test]
fn bursts_have_the_mean_and_the_dispersion_of_their_formula() {
    for (bursts, rate, window) in [
        (
            Bursts {
                factor: 4.0,
                share: 0.2,
                mean_length: length(0.25),
            },
            20.0,
            length(2.0),
        ),
        (Bursts::on_off(0.1, length(0.1)), 30.0, length(1.0)),
        // A window shorter than a burst sees less of it.
        (Bursts::on_off(0.5, length(1.0)), 50.0, length(0.2)),
    ] {
        let curve = RateCurve::Constant { rate };
        let mut clock = clock(3, pattern(curve, Arrivals::Poisson, Some(bursts)));
        let n = 100_000;
        let end = SimTime::ZERO + window.saturating_mul(n);
        let counts = counts(&arrivals_before(&mut clock, end), window, n as usize);

        // Windows depend on their neighbours, blocks of a thousand hardly: thirty seconds and more.
        let mean = rate * window.as_secs_f64();
        let blocks = |value: &dyn Fn(f64) -> f64| {
            let means: Vec<f64> = counts
                .chunks(1_000)
                .map(|block| block.iter().map(|&count| value(count)).sum::<f64>() / 1_000.0)
                .collect();
            let k = means.len() as f64;
            let average = means.iter().sum::<f64>() / k;
            let squares: f64 = means.iter().map(|m| (m - average) * (m - average)).sum();
            (average, (squares / (k - 1.0) / k).sqrt())
        };
        let (average, error) = blocks(&|count| count / mean);
        assert!(
            (average - 1.0).abs() <= 4.5 * error && 4.5 * error < 0.05,
            "{bursts:?}: mean {average} ± {error}"
        );
        let (index, error) = blocks(&|count| (count - mean) * (count - mean) / mean);
        let exact = bursts.index_of_dispersion(rate, window);
        assert!(
            (index - exact).abs() <= 4.5 * error && 4.5 * error < 0.1 * exact,
            "{bursts:?}: index of dispersion {index} ± {error}, not {exact}"
        );
        assert!(exact > 2.0);
    }
}

#[test]
fn bursts_modulate_a_curve_without_changing_its_mean() {
    let bursts = Some(Bursts {
        factor: 3.0,
        share: 0.25,
        mean_length: length(0.02),
    });
    for curve in curves() {
        let total = curve.expected(SimTime::ZERO, at(96.0));
        let runs: Vec<f64> = (0..40)
            .map(|seed| {
                let pattern = pattern(curve.clone(), Arrivals::Poisson, bursts);
                arrivals_before(&mut clock(seed, pattern), at(96.0)).len() as f64
            })
            .collect();
        let k = runs.len() as f64;
        let mean = runs.iter().sum::<f64>() / k;
        let squares: f64 = runs.iter().map(|n| (n - mean) * (n - mean)).sum();
        let error = (squares / (k - 1.0) / k).sqrt();
        assert!(
            (mean - total).abs() <= 4.5 * error && 4.5 * error < 0.05 * total,
            "{curve:?}: {mean} ± {error}, not {total}"
        );
    }
}

#[test]
fn an_edit_of_the_curve_moves_no_burst() {
    let bursts = Some(Bursts::on_off(0.2, length(1.0)));
    let steady = pattern(
        RateCurve::Constant { rate: 50.0 },
        Arrivals::Poisson,
        bursts,
    );
    let jumps = |curve: RateCurve| {
        let mut clock = clock(9, steady.clone());
        let mut times = Vec::new();
        let mut is_edited = false;
        while let Some(now) = clock.next().filter(|&next| next < at(60.0)) {
            if !is_edited && at(20.0) <= now {
                is_edited = true;
                clock.replace(pattern(curve.clone(), Arrivals::Poisson, bursts), at(20.0));
                continue;
            }
            if !clock.wake(now) {
                times.push((now, clock.is_burst()));
            }
        }
        times
    };
    let plain = jumps(steady.curve.clone());
    assert!(plain.len() > 10);
    assert!(plain.windows(2).all(|pair| pair[0].1 != pair[1].1));
    for curve in curves() {
        assert_eq!(jumps(curve), plain);
    }
}

#[test]
fn bursts_can_be_switched_on_and_off() {
    let curve = RateCurve::Constant { rate: 100.0 };
    let plain = pattern(curve.clone(), Arrivals::Poisson, None);
    let on_off = Some(Bursts::on_off(0.5, length(1.0)));
    let mut clock = clock(4, plain.clone());
    arrivals_before(&mut clock, at(1.0));
    assert!(!clock.is_burst());
    clock.replace(pattern(curve, Arrivals::Poisson, on_off), at(1.0));
    let rate = if clock.is_burst() { 200.0 } else { 0.0 };
    assert_eq!(clock.rate(at(1.0)), rate);
    arrivals_before(&mut clock, at(10.0));
    clock.replace(plain, at(10.0));
    assert_eq!(clock.rate(at(10.0)), 100.0);
    let n = arrivals_before(&mut clock, at(110.0)).len() as f64;
    assert!((n - 10_000.0).abs() < 450.0, "{n}");
}

#[test]
fn a_silent_clock_asks_for_nothing_until_it_is_edited() {
    let silent = pattern(RateCurve::Constant { rate: 0.0 }, Arrivals::Even, None);
    let mut clock = clock(1, silent);
    assert_eq!(clock.next(), None);
    let even = pattern(RateCurve::Constant { rate: 10.0 }, Arrivals::Even, None);
    clock.replace(even, at(5.0));
    assert_eq!(clock.next(), Some(at(5.1)));
}
