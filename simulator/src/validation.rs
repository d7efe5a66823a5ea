//! The laws that the engine is held against, as a list that tests and a command can run.
//!
//! A [`Law`] is a small system, what theory says of it, and how well that is known. [`check()`] simulates
//! independent replications of it through the engine's public interface and compares. Nothing here
//! reaches into the engine, prints, or reads a clock.
//!
//! # Adding a law
//! Add a struct literal to the list of the file in `laws/` whose subject it is, with a system made by
//! `system.rs` and figures made by `figure.rs`; tests and the command find it by themselves.
//!
//! # Time
//! All systems use one [`UNIT`] as their mean service, so that figures are the numbers of the
//! published tables: a mean response of 5 is five mean services.

mod check;
mod figure;
mod identity;
mod law;
mod laws;
mod system;

pub use check::{BOUND, Finding, Verdict, check};
pub use figure::{Figure, Measure};
pub use identity::{Area, area_under_requests};
pub use law::{Effort, LEVEL, Law, Settling, Truth};
pub use laws::laws;

use crate::time::SimDuration;

/// The mean service of every law's system: 2²⁰ ns, about a millisecond. Small multiples of it are ends
/// of the buckets in which response times are counted, so distribution functions are read there
/// exactly.
pub const UNIT: SimDuration = SimDuration::from_nanos(1 << 20);
