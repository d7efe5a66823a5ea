//! A law: a system and what theory says of it.

use crate::scenario::{Scenario, ScenarioError};
use crate::validation::Figure;

/// The confidence of the intervals that are printed.
pub const LEVEL: f64 = 0.99;

/// A system that can be simulated and about which something is known.
pub struct Law {
    /// The name by which people and logs know it; the seeds of its runs come from it, so it has to be
    /// unique. "M/M/1 at 80 %".
    pub name: String,
    /// Where the theory is from: a function of [`theory`](crate::theory), a paper, a reference run.
    pub source: &'static str,
    /// What the theory is worth.
    pub truth: Truth,
    /// How it is simulated: the scenario for a seed.
    pub system: System,
    /// How the beginning is left out.
    pub settling: Settling,
    /// How long a replication measures with [`Effort::TEST`], in [`UNIT`](super::UNIT)s.
    pub length: f64,
    /// The confidence of its intervals, above 0 and below 1.
    pub level: f64,
    /// Whether it takes too long for every `cargo test`.
    pub is_slow: bool,
    /// What is compared.
    pub figures: Vec<Figure>,
}

/// Makes the scenario for a seed.
pub(super) type System = Box<dyn Fn(u64) -> Result<Scenario, Vec<ScenarioError>> + Send + Sync>;

/// What a theory is worth.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Truth {
    /// It holds exactly for the simulated system, up to rounding to nanoseconds.
    Exact,
    /// It is a limit or an approximation.
    Approximate {
        /// Why it is not exact.
        why: &'static str,
        /// By which part of its value it may be off.
        tolerance: f64,
    },
    /// There is no theory; somebody else simulated the same model.
    Reference {
        /// Who or how.
        by: &'static str,
        /// The error of those numbers, as a part of their value.
        tolerance: f64,
    },
}

impl Truth {
    /// By which part of its value it may be off.
    #[must_use]
    pub const fn tolerance(self) -> f64 {
        match self {
            Self::Exact => 0.0,
            Self::Approximate { tolerance, .. } | Self::Reference { tolerance, .. } => tolerance,
        }
    }
}

/// How the beginning of a run, which starts empty, is left out.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Settling {
    /// Ten relaxation times, each so many [`UNIT`](super::UNIT)s: known for single queues.
    Relaxation(f64),
    /// What MSER-5 leaves out of the average of five pilot runs, twice, and a fiftieth of
    /// [`Law::length`] at least: for systems whose relaxation time is not known.
    Mser5,
}

/// How much is simulated.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Effort {
    /// Independent runs, at least two.
    pub replications: u32,
    /// How many times as long as [`Law::length`] each of them is.
    pub length: f64,
}

impl Effort {
    /// Enough to see faults of a few per cent: all laws in seconds.
    pub const TEST: Self = Self {
        replications: 30,
        length: 1.0,
    };
    /// Intervals five times as narrow: all laws in minutes.
    pub const FULL: Self = Self {
        replications: 30,
        length: 25.0,
    };
}
