//! The two shapes of which every curve is made, their integrals, and the inverse of those.

/// How the rate goes on from one moment; x is in seconds from there.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Law {
    /// rate + slope x.
    Linear {
        /// Requests per second.
        rate: f64,
        /// Requests per second, per second.
        slope: f64,
    },
    /// floor + excess e^(-x / time constant).
    Decay {
        /// What is left in the end.
        floor: f64,
        /// What goes away; not negative.
        excess: f64,
        /// In seconds; positive.
        time_constant: f64,
    },
}

impl Law {
    /// The rate after `x` seconds.
    pub(super) fn rate(self, x: f64) -> f64 {
        match self {
            Self::Linear { rate, slope } => rate + slope * x,
            Self::Decay {
                floor,
                excess,
                time_constant,
            } => floor + excess * libm::exp(-x / time_constant),
        }
    }

    /// The arrivals expected within `x` seconds.
    pub(super) fn integral(self, x: f64) -> f64 {
        match self {
            Self::Linear { rate, slope } => (rate + slope * x / 2.0) * x,
            Self::Decay {
                floor,
                excess,
                time_constant,
            } => floor * x - excess * time_constant * libm::expm1(-x / time_constant),
        }
    }

    /// The seconds within which `units` arrivals are expected, for units that are positive and are
    /// reached.
    pub(super) fn inverse(self, units: f64) -> f64 {
        match self {
            Self::Linear { rate, slope: 0.0 } => units / rate,
            // The root of the quadratic in the form that does not subtract like from like.
            Self::Linear { rate, slope } => {
                let square = rate * rate + 2.0 * slope * units;
                2.0 * units / (rate + libm::sqrt(square.max(0.0)))
            }
            Self::Decay {
                floor,
                excess,
                time_constant,
            } => {
                let most = excess * time_constant;
                if floor > 0.0 {
                    self.inverse_by_newton(units, f64::max(0.0, (units - most) / floor))
                } else {
                    -time_constant * libm::log1p(-units / most)
                }
            }
        }
    }

    /// The inverse where there is no closed form but Lambert's W: a decay towards a rate above zero.
    ///
    /// The integral is concave, so each tangent lies above it, and Newton's steps from a point before
    /// the root approach it from that side without ever passing it. They end when rounding stops
    /// them, on the same bit everywhere.
    fn inverse_by_newton(self, units: f64, lower_bound: f64) -> f64 {
        let mut x = f64::max(lower_bound, units / self.rate(0.0));
        // Far more than it ever takes: the distance shrinks by a time constant, then squares.
        for _ in 0..100 {
            let next = x + (units - self.integral(x)) / self.rate(x);
            let is_progress = next > x;
            if !is_progress {
                break;
            }
            x = next;
        }
        x
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LAWS: [Law; 7] = [
        linear(3.0, 0.0),
        linear(0.0, 2.0),
        linear(5.0, 0.3),
        linear(100.0, -2.0),
        decay(0.0, 40.0, 2.0),
        decay(1.0, 40.0, 2.0),
        decay(1e-3, 1e6, 60.0),
    ];

    const fn linear(rate: f64, slope: f64) -> Law {
        Law::Linear { rate, slope }
    }

    const fn decay(floor: f64, excess: f64, time_constant: f64) -> Law {
        Law::Decay {
            floor,
            excess,
            time_constant,
        }
    }

    #[test]
    fn the_integral_is_that_of_the_rate() {
        for law in LAWS {
            let n = 10_000;
            let step = 40.0 / f64::from(n);
            // The midpoint rule is off by step² / 24 times the change of the slope.
            let sum: f64 = (0..n)
                .map(|i| law.rate((f64::from(i) + 0.5) * step) * step)
                .sum();
            let exact = law.integral(40.0);
            assert!(
                (sum - exact).abs() <= 1e-6 * exact,
                "{law:?}: {sum} against {exact}"
            );
        }
    }

    #[test]
    fn the_inverse_undoes_the_integral() {
        for law in LAWS {
            for x in [1e-9, 1e-6, 0.001, 0.5, 3.0, 17.0, 40.0] {
                let units = law.integral(x);
                let back = law.inverse(units);
                // Where a pure decay has nearly ended, a unit is many seconds long.
                let blur = 4.0 * f64::EPSILON * units / law.rate(x);
                assert!(
                    (back - x).abs() <= 1e-12 * x + blur,
                    "{law:?}: {back} for {x}"
                );
            }
        }
    }

    #[test]
    fn newton_reaches_what_lies_far_behind_the_decay() {
        let law = decay(1e-3, 1e6, 60.0);
        let x = law.inverse(6e7 + 100.0);
        assert!((x - 1e5).abs() < 1e-3, "{x}");
    }
}
