use super::*;

fn at(seconds: f64) -> SimTime {
    SimTime::from_nanos((seconds * 1e9) as u64)
}

fn length(seconds: f64) -> SimDuration {
    SimDuration::from_nanos((seconds * 1e9) as u64)
}

fn day(mean: f64, peak_to_mean: f64, peak_hour: f64) -> RateCurve {
    RateCurve::Day {
        mean,
        peak_to_mean,
        peak_hour,
        length: SimDuration::from_secs(86_400),
    }
}

fn drawn(points: &[(f64, f64)], after_last: AfterLast) -> RateCurve {
    let point = |&(seconds, rate)| RatePoint {
        at: length(seconds),
        rate,
    };
    RateCurve::Drawn {
        points: points.iter().map(point).collect(),
        after_last,
    }
}

fn flash_crowd(base: f64) -> RateCurve {
    RateCurve::FlashCrowd {
        base,
        peak: 500.0,
        start: at(3.0),
        rise: length(2.0),
        decay: length(4.0),
    }
}

fn curves() -> Vec<RateCurve> {
    vec![
        RateCurve::Constant { rate: 12.5 },
        RateCurve::Ramp {
            from: 0.0,
            to: 100.0,
            start: at(5.0),
            duration: length(20.0),
        },
        RateCurve::Ramp {
            from: 100.0,
            to: 20.0,
            start: at(5.0),
            duration: length(0.0),
        },
        RateCurve::Spike {
            base: 10.0,
            peak: 200.0,
            start: at(10.0),
            duration: length(2.5),
        },
        RateCurve::Day {
            mean: 50.0,
            peak_to_mean: 2.5,
            peak_hour: 20.5,
            length: length(24.0),
        },
        flash_crowd(20.0),
        flash_crowd(0.0),
        drawn(
            &[
                (2.0, 5.0),
                (4.0, 50.0),
                (4.0, 10.0),
                (9.0, 0.0),
                (12.0, 0.0),
                (13.0, 30.0),
            ],
            AfterLast::Hold,
        ),
        drawn(&[(0.0, 5.0), (4.0, 50.0), (7.0, 0.0)], AfterLast::Repeat),
    ]
}

#[test]
fn every_curve_of_these_tests_is_sound() {
    for curve in curves() {
        assert_eq!(curve.faults(), [], "{curve:?}");
    }
}

#[test]
fn the_rate_is_what_the_words_say() {
    let [_, ramp, step, spike, _, flash, _, hold, repeat] = curves().try_into().expect("nine");
    let dusk = day(100.0, 3.0, 20.0);
    for (curve, seconds, rate) in [
        (&ramp, 4.0, 0.0),
        (&ramp, 15.0, 50.0),
        (&ramp, 25.0, 100.0),
        (&step, 4.999, 100.0),
        (&step, 5.0, 20.0),
        (&spike, 9.999, 10.0),
        (&spike, 10.0, 200.0),
        (&spike, 12.499, 200.0),
        (&spike, 12.5, 10.0),
        (&flash, 2.0, 20.0),
        (&flash, 4.0, 260.0),
        (&flash, 5.0, 500.0),
        (&flash, 9.0, 20.0 + 480.0 / std::f64::consts::E),
        (&flash, 500.0, 20.0),
        (&hold, 0.0, 5.0),
        (&hold, 3.0, 27.5),
        (&hold, 4.0, 10.0),
        (&hold, 10.0, 0.0),
        (&hold, 99.0, 30.0),
        (&repeat, 2.0, 27.5),
        (&repeat, 7.0, 5.0),
        (&repeat, 700.0 + 5.5, 25.0),
        (&dusk, 20.0 * 3_600.0, 300.0),
        (&dusk, 8.0 * 3_600.0, 100.0 / 11.0),
        (&dusk, 44.0 * 3_600.0, 300.0),
    ] {
        let got = curve.rate_at(at(seconds));
        assert!((got - rate).abs() < 1e-6, "{curve:?} at {seconds} s: {got}");
    }
}

#[test]
fn the_integral_is_that_of_the_rate() {
    for curve in curves() {
        // Cut at every millisecond, so that steps lie on cuts.
        let sum: f64 = (0..60_000)
            .map(|i| curve.rate_at(at((f64::from(i) + 0.5) * 1e-3)) * 1e-3)
            .sum();
        let exact = curve.expected(at(0.0), at(60.0));
        assert!(
            (sum - exact).abs() <= 1e-6 * exact,
            "{curve:?}: {sum} against {exact}"
        );
        // And it adds up, wherever it is cut.
        for cut in [0.0, 4.0, 11.3, 24.0, 59.9] {
            let parts = curve.expected(at(0.0), at(cut)) + curve.expected(at(cut), at(60.0));
            assert!((parts - exact).abs() <= 1e-12 * exact, "{curve:?} at {cut}");
        }
        assert_eq!(curve.expected(at(7.0), at(6.0)), 0.0);
    }
}

#[test]
fn a_day_integrates_to_its_mean() {
    for (peak_to_mean, peak_hour) in [(1.0, 0.0), (2.0, 14.0), (2.5, 20.25), (3.0, 24.0)] {
        let curve = day(231.0, peak_to_mean, peak_hour);
        let midnight = SimTime::from_secs(86_400);
        let whole = curve.expected(SimTime::ZERO, midnight);
        assert!((whole / (231.0 * 86_400.0) - 1.0).abs() < 1e-13, "{whole}");
        let highest = curve.maximum(SimTime::ZERO, midnight);
        assert!((highest - 231.0 * peak_to_mean).abs() < 1e-9, "{highest}");
        // A year is as quick to ask for as a day.
        let year = curve.expected(at(1_000.0), at(1_000.0) + length(365.0 * 86_400.0));
        assert!((year / whole - 365.0).abs() < 1e-9);
    }
}

#[test]
fn reaching_undoes_the_integral() {
    for curve in curves() {
        for start in [0.0, 3.3, 8.0, 12.0, 30.0] {
            for units in [0.0, 1e-6, 0.3, 1.0, 7.7, 250.0, 10_000.0] {
                let start = at(start);
                let Some(reached) = curve.reach(start, units) else {
                    continue;
                };
                let got =
                    curve.expected(start, reached.at) + reached.fraction * 1e-9 * reached.rate;
                assert!(
                    (got - units).abs() <= 1e-9 * units.max(1.0),
                    "{curve:?} from {start}: {got} for {units}"
                );
                assert!(reached.fraction >= 0.0 && reached.at >= start);
            }
        }
    }
}

#[test]
fn what_never_comes_is_not_waited_for() {
    let silent = RateCurve::Constant { rate: 0.0 };
    assert_eq!(silent.reach(at(1.0), 1.0), None);
    let ends = drawn(&[(0.0, 10.0), (2.0, 0.0)], AfterLast::Hold);
    assert!(ends.reach(at(0.0), 9.9).is_some());
    assert_eq!(ends.reach(at(0.0), 10.1), None);
    let night = drawn(&[(0.0, 0.0), (2.0, 0.0)], AfterLast::Repeat);
    assert_eq!(night.reach(at(0.0), 1e-9), None);
    // A decay to nothing brings 500 a second for a mean of 4 s, and no more.
    let crowd = flash_crowd(0.0);
    assert!(crowd.reach(at(5.0), 1_999.9).is_some());
    assert_eq!(crowd.reach(at(5.0), 2_000.1), None);
    // Later than a clock of 64 bits can say.
    let rare = RateCurve::Constant { rate: 1e-12 };
    assert_eq!(rare.reach(at(0.0), 1.0), None);
    assert_eq!(silent.reach(SimTime::MAX, 1.0), None);
}

#[test]
fn many_turns_of_a_curve_take_no_longer_than_one() {
    let curve = drawn(&[(0.0, 0.0), (0.001, 2e-3)], AfterLast::Repeat);
    assert_eq!(curve.faults(), []);
    // A unit is a million turns.
    let reached = curve.reach(at(0.0), 100.0).expect("in a day");
    let seconds = reached.at.as_secs_f64();
    assert!((seconds - 100_000.0).abs() < 0.002, "{seconds}");
    let expected = curve.expected(at(0.0), at(100_000.0));
    assert!((expected - 100.0).abs() < 1e-6, "{expected}");
}

#[test]
fn the_maximum_of_an_interval_is_found_at_its_ends_too() {
    let [_, ramp, _, spike, _, flash, _, _, _] = curves().try_into().expect("nine");
    for (curve, start, end, highest) in [
        (&ramp, 0.0, 15.0, 50.0),
        (&ramp, 0.0, 99.0, 100.0),
        (&spike, 0.0, 10.0, 10.0),
        (&spike, 0.0, 11.0, 200.0),
        (&spike, 12.0, 20.0, 200.0),
        (&flash, 0.0, 99.0, 500.0),
        (&flash, 30.0, 30.0, 20.0 + 480.0 * libm::exp(-6.25)),
    ] {
        let got = curve.maximum(at(start), at(end));
        assert!((got - highest).abs() < 1e-5, "{curve:?}: {got}");
    }
}

#[test]
fn scaling_scales_every_rate() {
    for curve in curves() {
        let double = curve.scaled(2.0);
        for i in 0..200 {
            let t = at(f64::from(i) * 0.37);
            let (once, twice) = (curve.rate_at(t), double.rate_at(t));
            assert!((2.0 * once - twice).abs() <= 1e-9 * twice, "{curve:?}");
        }
        for factor in [-1.0, f64::NAN] {
            assert_eq!(curve.scaled(factor).expected(at(0.0), at(60.0)), 0.0);
        }
    }
}

#[test]
fn faults_name_what_is_out_of_range() {
    let second = length(1.0);
    let year = SimDuration::from_secs(365 * 86_400);
    let start = SimTime::ZERO;
    for (curve, names) in [
        (RateCurve::Constant { rate: -1.0 }, "rate"),
        (RateCurve::Constant { rate: f64::NAN }, "rate"),
        (
            RateCurve::Ramp {
                from: f64::INFINITY,
                to: 2e6,
                start,
                duration: year,
            },
            "from to duration",
        ),
        (
            RateCurve::FlashCrowd {
                base: 10.0,
                peak: 9.0,
                start,
                rise: second,
                decay: SimDuration::ZERO,
            },
            "peak decay",
        ),
        (day(1.0, 3.1, -1.0), "peak_to_mean peak_hour"),
        (drawn(&[], AfterLast::Hold), "points"),
        (drawn(&[], AfterLast::Repeat), "points after_last"),
        (drawn(&[(2.0, 1.0), (1.0, 1.0)], AfterLast::Hold), "points"),
        (drawn(&[(0.0, 1.0)], AfterLast::Repeat), "after_last"),
    ] {
        let faults = curve.faults();
        let found: Vec<&str> = faults.iter().map(|fault| fault.0).collect();
        assert_eq!(found.join(" "), names, "{curve:?}");
    }
}

#[test]
fn unsound_curves_end_too() {
    let strange = [f64::NAN, f64::INFINITY, -5.0, 1e300];
    for value in strange {
        for curve in [
            RateCurve::Constant { rate: value },
            RateCurve::Ramp {
                from: value,
                to: 1.0,
                start: at(1.0),
                duration: length(1.0),
            },
            RateCurve::Day {
                mean: value,
                peak_to_mean: value,
                peak_hour: value,
                length: SimDuration::ZERO,
            },
            RateCurve::Day {
                mean: value,
                peak_to_mean: value,
                peak_hour: value,
                length: SimDuration::MAX,
            },
            RateCurve::FlashCrowd {
                base: value,
                peak: 1.0,
                start: SimTime::MAX,
                rise: SimDuration::MAX,
                decay: SimDuration::ZERO,
            },
            drawn(&[(3.0, value), (1.0, 1.0), (2.0, value)], AfterLast::Repeat),
        ] {
            let _ = curve.reach(at(0.5), 3.0);
            let _ = curve.reach(at(0.5), value);
            let _ = curve.expected(at(0.5), SimTime::from_secs(1_000));
            let _ = curve.maximum(at(0.5), SimTime::from_secs(1_000));
        }
    }
}
