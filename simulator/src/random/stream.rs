//! The random sequence of one component for one purpose.

use super::{Draws, Purpose, STEP, key, mix, stretch, unit, ziggurat};

/// A generator of the kind SFC64 (Doty-Humphrey, PractRand).
///
/// Chosen for wasm, which has no wide multiplication: as fast there as natively.
#[derive(Clone, Debug)]
pub(crate) struct Stream {
    a: u64,
    b: u64,
    c: u64,
    counter: u64,
}

impl Stream {
    /// The sequence of the component `name` for `purpose`.
    pub(crate) fn new(seed: u64, name: &str, purpose: Purpose) -> Self {
        let key = key(seed, name, purpose);
        let mut stream = Self {
            a: key,
            b: mix(key ^ STEP),
            c: mix(!key),
            counter: 1,
        };
        // The author's recommendation: the first outputs still show the seed.
        for _ in 0..12 {
            stream.bits();
        }
        stream
    }

    /// 64 random bits.
    pub(crate) fn bits(&mut self) -> u64 {
        let output = self.a.wrapping_add(self.b).wrapping_add(self.counter);
        self.counter = self.counter.wrapping_add(1);
        self.a = self.b ^ (self.b >> 11);
        self.b = self.c.wrapping_add(self.c << 3);
        self.c = self.c.rotate_left(24).wrapping_add(output);
        output
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
        ziggurat::exponential(self.bits(), || Draws::from_bits(self.bits()))
    }
}
