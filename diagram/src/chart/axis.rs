//! Steps of 1, 2 and 5.

use crate::decade::{magnitude, power_of_ten};
use crate::fixed::fixed;
use crate::wording::compact;

const DAY: f64 = 86_400.0;

/// The smallest step of 1, 2 or 5 times a power of ten by which `most` steps reach `limit`.
pub(super) fn step(limit: f64, most: u32) -> f64 {
    if limit.is_nan() || limit <= 0.0 || limit > 1e15 {
        return 1.0;
    }
    let raw = limit / f64::from(most);
    let power = power_of_ten(magnitude(raw));
    let factor = [1.0, 2.0, 5.0, 10.0]
        .into_iter()
        .find(|factor| factor * power >= raw * 0.999_999);
    factor.unwrap_or(10.0) * power
}

/// The multiples of `step` from zero to `limit`.
pub(super) fn ticks(limit: f64, step: f64) -> Vec<f64> {
    let count = (limit / step + 1e-6).floor().clamp(0.0, 100.0) as u32;
    (0..=count).map(|place| f64::from(place) * step).collect()
}

/// The smallest multiple of the step that is not below `limit`.
pub(super) fn ceiling(limit: f64, step: f64) -> f64 {
    (limit / step - 1e-6).ceil().max(1.0) * step
}

/// The step between moments: beyond some minutes one that clocks have.
pub(super) fn time_step(limit: f64, most: u32) -> f64 {
    const CLOCK: [f64; 12] = [
        120.0, 300.0, 600.0, 1_200.0, 1_800.0, 3_600.0, 7_200.0, 10_800.0, 21_600.0, 43_200.0, DAY,
        172_800.0,
    ];
    let raw = limit / f64::from(most);
    if raw <= 100.0 {
        return step(limit, most);
    }
    let on_clock = CLOCK.into_iter().find(|&step| step >= raw);
    on_clock.unwrap_or_else(|| DAY * step(limit / DAY, most))
}

/// A length of time as a label of few letters, from nanoseconds to any number of seconds.
pub(super) fn duration(seconds: f64) -> String {
    let (value, unit) = if seconds >= 0.999_5 {
        (seconds, "s")
    } else if seconds >= 0.999_5e-3 {
        (seconds * 1e3, "ms")
    } else if seconds >= 0.999_5e-6 {
        (seconds * 1e6, "µs")
    } else {
        (seconds * 1e9, "ns")
    };
    format!("{} {unit}", compact(value))
}

/// A moment as a label; `step` decides the unit.
pub(super) fn seconds(at: f64, step: f64) -> String {
    if at == 0.0 {
        return "0".to_owned();
    }
    let (value, unit) = if step >= DAY {
        (at / DAY, "d")
    } else if step >= 3_600.0 {
        (at / 3_600.0, "h")
    } else if step >= 120.0 && (step / 60.0).fract() == 0.0 {
        (at / 60.0, "min")
    } else if step >= 0.1 {
        (at, "s")
    } else if step >= 1e-4 {
        (at * 1e3, "ms")
    } else {
        (at * 1e6, "µs")
    };
    // A step has one significant digit, so its multiples need at most one decimal here.
    if value >= 9_999.5 {
        return format!("{} {unit}", compact(value));
    }
    format!("{} {unit}", fixed(value, 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_are_one_two_or_five() {
        for (limit, most, expected) in [
            (400.0, 4, 100.0),
            (401.0, 4, 200.0),
            (60.0, 4, 20.0),
            (0.07, 4, 0.02),
            (7.0, 3, 5.0),
            (0.0, 4, 1.0),
            (f64::NAN, 4, 1.0),
            (f64::INFINITY, 4, 1.0),
        ] {
            let got = step(limit, most);
            assert!((got - expected).abs() < 1e-9 * expected, "{limit}: {got}");
        }
        assert_eq!(ticks(60.0, 20.0), [0.0, 20.0, 40.0, 60.0]);
        assert!((ceiling(401.0, 200.0) - 600.0).abs() < 1e-9);
        assert_eq!(seconds(20.0, 20.0), "20 s");
        assert_eq!(seconds(0.25, 0.05), "250 ms");
        assert_eq!(seconds(1200.0, 600.0), "20 min");
        for (limit, step_in_words) in [
            (60.0, "20 s"),
            (400.0, "100 s"),
            (700.0, "5 min"),
            (3_600.0, "20 min"),
            (20_000.0, "2 h"),
            (1e6, "5 d"),
            (1.8e10, "100k d"),
        ] {
            let step = time_step(limit, 4);
            assert_eq!(seconds(step, step), step_in_words, "{limit}");
            assert!(limit / step <= 4.000_001);
        }
        assert_eq!(duration(5e-9), "5 ns");
        assert_eq!(duration(0.02), "20 ms");
        assert_eq!(duration(1e5), "100k s");
    }
}
