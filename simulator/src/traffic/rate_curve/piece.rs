//! Which law a curve follows at a moment, and until when.

use super::law::Law;
use super::{AfterLast, RateCurve, RatePoint};
use crate::time::{SimDuration, SimTime};

/// A stretch of a curve, seen from a moment on it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Piece {
    /// With that moment as its zero.
    pub(super) law: Law,
    /// When another law begins; later than that moment.
    pub(super) until: Option<SimTime>,
}

/// After this many time constants a decay has ended: e^-40 is less than rounding.
const DECAYED: u64 = 40;

impl RateCurve {
    /// The law from `t` on.
    pub(super) fn piece_at(&self, t: SimTime) -> Piece {
        let piece = match self {
            Self::Constant { rate } => flat(*rate, None),
            Self::Ramp {
                from,
                to,
                start,
                duration,
            } => {
                let end = *start + *duration;
                if t < *start {
                    flat(*from, Some(*start))
                } else if t < end {
                    line(t, (*start, *from), (end, *to))
                } else {
                    flat(*to, None)
                }
            }
            Self::Spike {
                base,
                peak,
                start,
                duration,
            } => {
                let end = *start + *duration;
                if t < *start {
                    flat(*base, Some(*start))
                } else if t < end {
                    flat(*peak, Some(end))
                } else {
                    flat(*base, None)
                }
            }
            Self::FlashCrowd {
                base,
                peak,
                start,
                rise,
                decay,
            } => {
                let top = *start + *rise;
                let end = top + decay.saturating_mul(DECAYED);
                if t < *start {
                    flat(*base, Some(*start))
                } else if t < top {
                    line(t, (*start, *base), (top, *peak))
                } else if t < end {
                    let time_constant = decay.as_secs_f64();
                    let left = libm::exp(-t.since(top).as_secs_f64() / time_constant);
                    let law = Law::Decay {
                        floor: *base,
                        excess: (peak - base).max(0.0) * left,
                        time_constant,
                    };
                    Piece {
                        law,
                        until: Some(end),
                    }
                } else {
                    flat(*base, None)
                }
            }
            Self::Day {
                mean,
                peak_to_mean,
                peak_hour,
                length,
            } => day(t, *mean, *peak_to_mean, *peak_hour, *length),
            Self::Drawn { points, after_last } => drawn(t, points, *after_last),
        };
        // Points out of order must not turn time back; no sound curve has any.
        Piece {
            until: piece.until.filter(|&until| t < until),
            ..piece
        }
    }
}

fn flat(rate: f64, until: Option<SimTime>) -> Piece {
    Piece {
        law: Law::Linear { rate, slope: 0.0 },
        until,
    }
}

/// The straight line between two points, from `t` on.
fn line(t: SimTime, (start, from): (SimTime, f64), (end, to): (SimTime, f64)) -> Piece {
    let slope = (to - from) / end.since(start).as_secs_f64();
    Piece {
        law: Law::Linear {
            rate: from + slope * t.since(start).as_secs_f64(),
            slope,
        },
        until: Some(end),
    }
}

const HOURS: u64 = 24;

/// cos⁶(πk/24) for k hours from the peak: 1 there, 0 twelve hours away, 5/16 in the mean of 24 hours,
/// exactly, because it is a sum of cosines with at most three periods a day.
const DAYLIGHT: [f64; 13] = [
    1.0,
    0.949_754_581_194_662_6,
    0.812_199_408_023_955_6,
    0.621_859_216_769_114_5,
    0.421_875,
    0.249_344_577_270_144_75,
    0.125,
    0.050_895_896_310_690_754,
    0.015_625,
    0.003_140_783_230_885_458,
    0.000_300_591_976_044_384_3,
    0.000_004_945_224_501_876_717,
    0.0,
];

fn day(t: SimTime, mean: f64, peak_to_mean: f64, peak_hour: f64, length: SimDuration) -> Piece {
    // So that no product below overflows.
    let day = length.min(RateCurve::MAX_DURATION).as_nanos();
    if day == 0 {
        return flat(mean, None);
    }
    let peak_at = (peak_hour / HOURS as f64 * day as f64) as u64 % day;
    let since_peak = (t.as_nanos() % day + (day - peak_at)) % day;
    // Hour k begins at the first nanosecond that is not before k/24 of the day.
    let begins = |hour: u64| (hour * day).div_ceil(HOURS);
    let hour = since_peak * HOURS / day;
    // What is left for the night so that the mean of the day is `mean`.
    let night = (16.0 - 5.0 * peak_to_mean) / 11.0;
    let rate = |hour: u64| {
        let from_peak = hour.min(HOURS - hour) as usize;
        mean * (night + (peak_to_mean - night) * DAYLIGHT[from_peak])
    };
    // The peak may lie before the run, so the line is laid out around `t`.
    let start = (SimTime::ZERO, rate(hour));
    let span = begins(hour + 1) - begins(hour);
    let end = (SimTime::from_nanos(span), rate(hour + 1));
    let within = since_peak.saturating_sub(begins(hour));
    Piece {
        until: Some(t + SimDuration::from_nanos(span - within.min(span))),
        ..line(SimTime::from_nanos(within), start, end)
    }
}

fn drawn(t: SimTime, points: &[RatePoint], after_last: AfterLast) -> Piece {
    let Some(last) = points.last() else {
        return flat(0.0, None);
    };
    let period = last.at.as_nanos();
    let origin = match after_last {
        AfterLast::Repeat if period > 0 => t.as_nanos() / period * period,
        AfterLast::Repeat | AfterLast::Hold => 0,
    };
    let at = |point: &RatePoint| SimTime::from_nanos(origin) + point.at;
    let next = points.partition_point(|point| at(point) <= t);
    match (next.checked_sub(1), points.get(next)) {
        (None, Some(first)) => flat(first.rate, Some(at(first))),
        (Some(before), Some(after)) => {
            let before = &points[before];
            line(t, (at(before), before.rate), (at(after), after.rate))
        }
        (_, None) => flat(last.rate, None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn daylight_is_the_sixth_power_of_a_cosine() {
        for (k, value) in (0_u32..).zip(DAYLIGHT) {
            let cosine = libm::cos(std::f64::consts::PI * f64::from(k) / 24.0);
            let exact = libm::pow(cosine.abs(), 6.0);
            assert!((value - exact).abs() < 1e-15, "{k}: {value}, not {exact}");
        }
        let inner: f64 = DAYLIGHT[1..12].iter().sum();
        assert!((1.0 + 2.0 * inner - 7.5).abs() < 1e-14);
    }

    #[test]
    fn every_hour_of_a_day_begins_where_the_last_one_ends() {
        // A length that 24 does not divide.
        let curve = RateCurve::Day {
            mean: 10.0,
            peak_to_mean: 2.5,
            peak_hour: 20.3,
            length: SimDuration::from_nanos(1_000_000_007),
        };
        let mut t = SimTime::ZERO;
        let mut rate = curve.piece_at(t).law.rate(0.0);
        for _ in 0..100 {
            let piece = curve.piece_at(t);
            assert!((piece.law.rate(0.0) - rate).abs() < 1e-6);
            let until = piece.until.expect("a day goes on");
            rate = piece.law.rate(until.since(t).as_secs_f64());
            t = until;
        }
        assert_eq!(t.as_nanos() / 1_000_000_007, 4);
    }

    #[test]
    fn points_in_any_order_never_turn_time_back() {
        let point = |at, rate| RatePoint {
            at: SimDuration::from_secs(at),
            rate,
        };
        for after_last in [AfterLast::Hold, AfterLast::Repeat] {
            let curve = RateCurve::Drawn {
                points: vec![point(5, 1.0), point(1, 2.0), point(9, 3.0), point(2, 1.0)],
                after_last,
            };
            for second in 0..20 {
                let t = SimTime::from_secs(second);
                assert!(curve.piece_at(t).until.is_none_or(|until| t < until));
            }
        }
    }
}
