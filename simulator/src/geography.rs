//! Where things are, and how long the way between two places takes.
//!
//! A [`Place`] is a zone in a region. A [`Geography`] knows the round-trip time between any two: from
//! a matrix between regions, and from two numbers within one. One way is half a round trip.
//! [`Jitter`] makes some ways longer, and a [`Handshake`] says how many round trips come before the
//! first question.
//!
//! It is about time alone: bandwidth, loss and what is cut off belong to the links of a scenario.

mod area;
mod check;
mod handshake;
mod jitter;
mod matrix;
mod region;

pub use area::Area;
pub use check::GeographyError;
pub use handshake::Handshake;
pub use jitter::Jitter;
pub use matrix::{Geography, Place, Symmetry};
pub use region::{REGION_TIMES, Region};
