//! Where a number that somebody measured, asked for or guessed comes from.

/// The origin of a default, to be shown beside it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Source {
    /// Who says so: "sirupsen/napkin-math".
    pub name: &'static str,
    /// Of which year, month or day it is: "2026-03"; "undated" where the source does not say.
    pub date: &'static str,
    /// How far to trust it.
    pub quality: Quality,
}

/// How far a number can be trusted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Quality {
    /// Somebody measured it and says how.
    Measured,
    /// The seller says so.
    Vendor,
    /// Rounded so that it can be remembered.
    RuleOfThumb,
    /// Chosen to make a point.
    Illustrative,
}
