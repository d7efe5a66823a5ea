//! Random numbers of one component.

use std::time::Duration;

use rand_distr::{Distribution, Exp1, StandardUniform};
use rand_xoshiro::Xoshiro256PlusPlus;
use rand_xoshiro::rand_core::SeedableRng;
use serde::{Deserialize, Serialize};

#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct Draw(Xoshiro256PlusPlus);

impl Draw {
    /// Every component needs a stream of its own.
    pub(crate) fn new(seed: u64, component: u64) -> Self {
        Self(Xoshiro256PlusPlus::seed_from_u64(
            seed.wrapping_mul(1_000).wrapping_add(component),
        ))
    }

    /// Above zero, as what is scheduled has to be.
    pub(crate) fn exponential(&mut self, mean: f64) -> Duration {
        let unit: f64 = Exp1.sample(&mut self.0);
        Duration::from_nanos(((unit * mean * 1e9) as u64).max(1))
    }

    /// At least 0 and below 1.
    pub(crate) fn uniform(&mut self) -> f64 {
        StandardUniform.sample(&mut self.0)
    }
}
