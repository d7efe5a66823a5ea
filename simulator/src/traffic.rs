//! When requests come, and what sort of requests they are.
//!
//! A [`RateCurve`] says how the arrival rate changes over simulated time; [`Bursts`] make it jump at
//! random; an arrival clock turns both into arrivals. A [`RequestMix`] says what an arrival is, a
//! [`Session`] how many requests one visit brings.
//!
//! Arrivals are made by *inversion*: the clock counts expected arrivals, not seconds, and each gap is
//! one Exp(1) number of those units (or exactly one, for evenly spaced arrivals). Thinning would
//! throw draws away, more of them the further the rate is below its maximum; here every arrival costs
//! one draw whatever the curve, so two runs that differ in the curve share their chance.
//! Straight lines and decays to nothing have a closed inverse; a decay towards a rate above zero is
//! inverted by Newton's method. The theorem is in Çinlar 1975, "Introduction to Stochastic Processes",
//! chapter 4.

mod arrival_clock;
mod bursts;
mod rate_curve;
mod request_mix;
mod session;

pub(crate) use arrival_clock::ArrivalClock;
pub use arrival_clock::ArrivalPattern;
pub use bursts::Bursts;
pub use rate_curve::{AfterLast, RateCurve, RatePoint};
pub use request_mix::{RequestClass, RequestMix, RequestMixFault};
pub use session::Session;
