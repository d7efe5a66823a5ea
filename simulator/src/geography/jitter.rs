//! Jitter: what a way takes beyond its shortest time.

use crate::source::{Quality, Source};
use crate::time::SimDuration;

/// A generalised Pareto law, cut off at both ends: most ways take hardly longer, a few much longer.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Jitter {
    /// ξ, -1 to 3; from 1 on the law without a cap has no mean.
    pub shape: f64,
    /// µ in ms, -100 to 100. What is drawn below zero counts as zero.
    pub location: f64,
    /// σ in ms, more than 0, at most 1,000.
    pub scale: f64,
    /// No way is longer by more than this, at most 60 s.
    pub cap: SimDuration,
}

impl Jitter {
    /// The round trips of an ADSL2+ line: ξ 1.4, µ -0.3 ms, σ 0.35 ms. More than half of them are
    /// within 0.2 ms, a hundredth beyond 150 ms, so the cap of 20 ms, which is ours, decides the
    /// mean: 2 ms.
    pub const LAST_MILE: Self = Self {
        shape: 1.4,
        location: -0.3,
        scale: 0.35,
        cap: SimDuration::from_millis(20),
    };

    /// Where [`Jitter::LAST_MILE`] comes from, but for its cap.
    pub const LAST_MILE_SOURCE: Source = Source {
        name: "Consensys/wittgenstein, after core.ac.uk/download/pdf/19439477.pdf",
        date: "2019-01",
        quality: Quality::Measured,
    };

    /// The parameters that are out of range, each with its range in words.
    #[must_use]
    pub fn faults(&self) -> Vec<(&'static str, &'static str)> {
        [
            ((-1.0..=3.0).contains(&self.shape), "shape", "-1 to 3"),
            (
                (-100.0..=100.0).contains(&self.location),
                "location",
                "-100 to 100 ms",
            ),
            (
                0.0 < self.scale && self.scale <= 1_000.0,
                "scale",
                "more than 0, at most 1,000 ms",
            ),
            (
                self.cap <= SimDuration::from_secs(60),
                "cap",
                "at most 60 s",
            ),
        ]
        .into_iter()
        .filter(|&(is_in_range, ..)| !is_in_range)
        .map(|(_, parameter, range)| (parameter, range))
        .collect()
    }

    /// The delay that `uniform`, a number above 0 and at most 1, stands for. A larger number never
    /// stands for a longer delay.
    #[must_use]
    pub fn delay(&self, uniform: f64) -> SimDuration {
        let log = libm::log(uniform);
        let stretch = if self.shape == 0.0 {
            -log
        } else {
            libm::expm1(-self.shape * log) / self.shape
        };
        let millis = self.location + self.scale * stretch;
        SimDuration::from_nanos_f64(millis * 1e6).min(self.cap)
    }

    /// The mean delay for shapes other than 0 and 1: the integral of the tail (1 + ξ (x - µ) / σ)
    /// ^(-1/ξ) from 0 to the cap. For checks and captions.
    #[must_use]
    pub fn mean(&self) -> SimDuration {
        let antiderivative = |x: f64| {
            let stretch = 1.0 + self.shape * (x - self.location) / self.scale;
            let power = 1.0 - 1.0 / self.shape;
            self.scale / (self.shape - 1.0) * libm::pow(stretch, power)
        };
        let millis = antiderivative(self.cap.as_millis_f64()) - antiderivative(0.0);
        SimDuration::from_nanos_f64(millis * 1e6)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::{Draws, request_key};

    #[test]
    fn quantiles_are_those_of_the_law() {
        let uncapped = Jitter {
            cap: SimDuration::MAX,
            ..Jitter::LAST_MILE
        };
        // µ + σ ((1 - p)^-ξ - 1) / ξ, by hand.
        for (p, millis) in [(0.5, 0.109_75), (0.9, 5.729_716), (0.99, 157.189_336)] {
            let got = uncapped.delay(1.0 - p).as_millis_f64();
            assert!((got - millis).abs() < 1e-4 * millis, "{p}: {got}");
        }
        // Below µ + ... = 0 there is no delay.
        assert_eq!(uncapped.delay(1.0), SimDuration::ZERO);
        assert_eq!(Jitter::LAST_MILE.delay(1e-16), SimDuration::from_millis(20));
    }

    #[test]
    fn without_a_shape_it_is_exponential() {
        let exponential = Jitter {
            shape: 0.0,
            location: 0.0,
            scale: 2.0,
            cap: SimDuration::from_secs(1),
        };
        let median = exponential.delay(0.5).as_millis_f64();
        assert!((median - 2.0 * std::f64::consts::LN_2).abs() < 1e-6);
        let near = Jitter {
            shape: 1e-9,
            ..exponential
        };
        assert!((near.delay(0.5).as_millis_f64() - median).abs() < 1e-6);
    }

    #[test]
    fn the_mean_of_many_delays_is_that_of_the_capped_law() {
        let jitter = Jitter::LAST_MILE;
        assert_eq!(jitter.faults(), []);
        let n = 200_000_u32;
        let delays: Vec<f64> = (0..n)
            .map(|i| jitter.delay(Draws::new(request_key(1, u64::from(i)), 0).uniform()))
            .map(SimDuration::as_millis_f64)
            .collect();
        let mean = delays.iter().sum::<f64>() / f64::from(n);
        let squares: f64 = delays.iter().map(|x| (x - mean) * (x - mean)).sum();
        let error = (squares / f64::from(n) / f64::from(n)).sqrt();
        let exact = jitter.mean().as_millis_f64();
        assert!((exact - 1.99).abs() < 0.01, "{exact}");
        assert!(
            (mean - exact).abs() <= 4.5 * error,
            "{mean} ± {error}, not {exact}"
        );
    }

    #[test]
    fn faults_name_the_parameter() {
        let jitter = Jitter {
            shape: f64::NAN,
            location: 1e3,
            scale: 0.0,
            cap: SimDuration::MAX,
        };
        let names: Vec<&str> = jitter.faults().iter().map(|fault| fault.0).collect();
        assert_eq!(names, ["shape", "location", "scale", "cap"]);
    }
}
