//! Drawing without a table: Hörmann and Derflinger 1996, "Rejection-inversion to generate variates
//! from monotone discrete distributions", ACM Transactions on Modeling and Computer Simulation 6 (3).
//!
//! The area under x^-exponent is inverted and rounded to a rank. Around each rank there is more area
//! than the rank deserves, and what falls into the surplus is drawn again: at most a few in a hundred.

use super::power;
use crate::power_law::{area, reach};
use crate::random::Draws;

#[derive(Clone, Debug)]
pub(super) struct Rejection {
    keys: u32,
    exponent: f64,
    /// The area at which the last rank ends.
    end: f64,
    /// From there back to where the first rank begins, which gets exactly what it deserves.
    width: f64,
    /// So far left of its rank, a point is never in the surplus.
    sure: f64,
}

impl Rejection {
    pub(super) fn new(keys: u32, exponent: f64) -> Self {
        let end = until(f64::from(keys) + 0.5, exponent);
        Self {
            keys,
            exponent,
            end,
            width: until(1.5, exponent) - 1.0 - end,
            sure: 2.0 - reach(exponent, until(2.5, exponent) - power(2, exponent)),
        }
    }

    /// A rank from 64 random bits.
    pub(super) fn rank(&self, bits: u64) -> u32 {
        let mut draws = Draws::from_bits(bits);
        loop {
            let (point, rank, is_sure) = self.nearest(draws.uniform());
            let upper = || until(f64::from(rank) + 0.5, self.exponent);
            if is_sure || point >= upper() - power(rank, self.exponent) {
                return rank;
            }
        }
    }

    /// The point of the area that a uniform number means, its rank, and whether it surely counts.
    pub(super) fn nearest(&self, uniform: f64) -> (f64, u32, bool) {
        let point = self.end + uniform * self.width;
        let x = reach(self.exponent, point);
        // Rounding can lead past either end; the conversion saturates.
        let rank = ((x + 0.5) as u32).clamp(1, self.keys);
        (point, rank, f64::from(rank) - x <= self.sure)
    }
}

/// The area from 1 to `x`.
fn until(x: f64, exponent: f64) -> f64 {
    area(exponent, libm::log(x))
}
