//! Student's t distribution.

use super::beta::beta_share;

/// The chance that Student's t with `freedom` degrees of freedom (above 0, whole or not) is more than
/// `t`. `None` for numbers that are none or no freedom. Abramowitz and Stegun, 26.7.1.
#[must_use]
pub fn student_tail(t: f64, freedom: f64) -> Option<f64> {
    if t.is_nan() || !freedom.is_finite() || freedom <= 0.0 {
        return None;
    }
    let square = t * t;
    // Of the two forms, the one whose argument keeps its digits.
    let both_tails = if square < freedom {
        1.0 - beta_share(square / (freedom + square), 0.5, freedom / 2.0)
    } else {
        beta_share(freedom / (freedom + square), freedom / 2.0, 0.5)
    };
    Some(if t > 0.0 {
        both_tails / 2.0
    } else {
        1.0 - both_tails / 2.0
    })
}

/// The number that Student's t with `freedom` degrees of freedom does not exceed with the chance `p`
/// (above 0, below 1): for an interval at a level of 95 %, ask for 0.975. `None` outside of that.
#[must_use]
pub fn student_quantile(p: f64, freedom: f64) -> Option<f64> {
    let is_sound = p > 0.0 && p < 1.0 && freedom.is_finite() && freedom > 0.0;
    if !is_sound {
        return None;
    }
    let target = p.min(1.0 - p);
    let is_above = |t: f64| student_tail(t, freedom).is_some_and(|tail| tail > target);
    let (mut low, mut high) = (0.0, 1.0);
    while is_above(high) && high < f64::MAX / 4.0 {
        low = high;
        high *= 2.0;
    }
    for _ in 0..70 {
        let middle = f64::midpoint(low, high);
        if is_above(middle) {
            low = middle;
        } else {
            high = middle;
        }
    }
    let distance = f64::midpoint(low, high);
    Some(if p == 0.5 {
        0.0
    } else if p > 0.5 {
        distance
    } else {
        -distance
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::statistics::close;

    #[test]
    fn quantiles_match_the_tables() {
        for (p, freedom, want) in [
            (0.975, 1.0, 12.706_205),
            (0.975, 5.0, 2.570_582),
            (0.95, 10.0, 1.812_461),
            (0.975, 19.0, 2.093_024),
            (0.975, 29.0, 2.045_230),
            (0.995, 29.0, 2.756_386),
            (0.999_5, 29.0, 3.659_405),
            (0.995, 1_000.0, 2.580_755),
            // The normal law.
            (0.975, 1e9, 1.959_964),
            // The law of Cauchy, far out: tan(π·(p - 1/2)).
            (0.999_999, 1.0, 318_309.886),
        ] {
            close(student_quantile(p, freedom).expect("a chance"), want, 4e-7);
            close(
                student_quantile(1.0 - p, freedom).expect("a chance"),
                -want,
                4e-7,
            );
        }
        assert_eq!(student_quantile(0.5, 7.0), Some(0.0));
    }

    #[test]
    fn tails_and_quantiles_undo_each_other() {
        for freedom in [0.7, 2.0, 29.0, 400.0] {
            for p in [1e-6, 0.1, 0.4, 0.6, 0.99] {
                let t = student_quantile(p, freedom).expect("a chance");
                close(1.0 - student_tail(t, freedom).expect("a number"), p, 1e-9);
            }
        }
        // The bound of tests: 4.5 standard errors over thirty replications.
        close(
            student_tail(4.5, 29.0).expect("a number") * 2.0,
            1.0e-4,
            0.05,
        );
    }

    #[test]
    fn it_is_total() {
        for (p, freedom) in [(0.0, 1.0), (1.0, 1.0), (0.5, 0.0), (f64::NAN, 3.0)] {
            assert_eq!(student_quantile(p, freedom), None);
        }
        assert_eq!(student_tail(f64::NAN, 1.0), None);
        assert_eq!(student_tail(f64::INFINITY, -1.0), None);
    }
}
