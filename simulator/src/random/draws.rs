//! The random numbers of one request at one step of its way.

use super::{STEP, mix, stretch, unit, ziggurat};

/// A generator of the kind SplitMix64: its state is a counter, so that nothing has to be kept
/// between the steps of a request, and no step moves another one's numbers.
#[derive(Clone, Debug)]
pub(crate) struct Draws(u64);

impl Draws {
    /// `key` names the request, `step` the occasion.
    pub(crate) fn new(key: u64, step: u32) -> Self {
        Self(mix(
            key ^ u64::from(step).wrapping_mul(0xd6e8_feb8_6659_fd93)
        ))
    }

    /// A sequence that begins at random bits of another one.
    pub(crate) const fn from_bits(bits: u64) -> Self {
        Self(bits)
    }

    /// 64 random bits.
    pub(crate) fn bits(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(STEP);
        mix(self.0)
    }

    /// A uniform number above 0 and at most 1.
    pub(crate) fn uniform(&mut self) -> f64 {
        unit(self.bits())
    }

    /// A whole number from 0 to `count` - 1, each equally likely; 0 where `count` is 0. At most
    /// 2^32 - 1 are told apart.
    pub(crate) fn below(&mut self, count: usize) -> usize {
        stretch(self.bits(), count as u32).0 as usize
    }

    /// An exponential number with mean 1.
    #[inline]
    pub(crate) fn exponential(&mut self) -> f64 {
        ziggurat::exponential(self.bits(), || Self::from_bits(self.bits()))
    }

    /// A normal number with mean 0 and variance 1.
    #[inline]
    pub(crate) fn normal(&mut self) -> f64 {
        ziggurat::normal(self.bits(), || Self::from_bits(self.bits()))
    }
}
