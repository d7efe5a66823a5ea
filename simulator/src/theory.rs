//! Closed forms from queueing theory, to hold a simulation against; one model a file.
//!
//! # Units
//! Rates are per second and times are seconds wherever they are plain `f64`; any other unit does as
//! well if it is used throughout, and with a service rate of 1 times are in mean services.
//!
//! # Ranges
//! Every function is total. Input for which there is no steady state (a utilisation of 1 and more)
//! or no meaning (a rate below zero, not a number) gives `None`; what is returned is never NaN.
//!
//! # Sources
//! Erlang 1917; Kleinrock, "Queueing Systems" vol. 1 (1975); Harchol-Balter, "Performance Modeling
//! and Design of Computer Systems" (2013). Papers are named beside the formulas.

mod cache;
mod closed_loop;
mod erlang_b;
mod fan_out;
mod gim1;
mod jackson;
mod little;
mod md1;
mod mg1;
mod mm1;
mod mmc;
mod mmck;
mod name_cache;
mod power_of_d;
mod priorities;
mod processor_sharing;
mod quorum;
mod replication_capacity;
mod replication_lag;
mod retries;

pub use cache::{Eviction, cache_hit_share, capacity_behind_cache, ttl_hit_share, zipf};
pub use closed_loop::{
    Bounds, ClosedLoop, asymptotic_bounds, closed_loop, repairman, response_law,
};
pub use erlang_b::erlang_b;
pub use fan_out::{any_slow, fan_out_mean, harmonic, share_for_all};
pub use gim1::{Gaps, Gim1, gim1};
pub use jackson::{Jackson, Station, jackson, traffic};
pub use little::{mean_number, mean_time};
pub use md1::md1_wait_share;
pub use mg1::{Mg1, mg1};
pub use mm1::{Mm1, mm1};
pub use mmc::{Mmc, mmc};
pub use mmck::{Mmck, mmck};
pub use name_cache::{NameCache, name_cache};
pub use power_of_d::{power_of_d, power_of_d_share};
pub use priorities::priorities;
pub use processor_sharing::{Sharing, processor_sharing};
pub use quorum::{quorum_mean, quorum_share};
pub use replication_capacity::{replication_capacity, replication_limit};
pub use replication_lag::{ReplicationLag, replication_lag};
pub use retries::{Retried, attempts, attempts_of_layers, retries_on_loss, success_share};

/// Whether all of these are finite and more than zero.
fn are_positive(values: &[f64]) -> bool {
    values.iter().all(|value| value.is_finite() && *value > 0.0)
}

/// Whether this is a probability.
fn is_share(value: f64) -> bool {
    (0.0..=1.0).contains(&value)
}

/// `base` to the power of a whole number.
fn power(base: f64, exponent: u32) -> f64 {
    libm::pow(base, f64::from(exponent))
}

/// The time that a share `q` (0 to below 1; less is taken for 0, more for nearly 1) of exponential times
/// with this mean does not exceed.
fn exponential_quantile(q: f64, mean: f64) -> f64 {
    let most = 1.0 - f64::EPSILON;
    let q = if q > 0.0 { q.min(most) } else { 0.0 }; // not a number is taken for 0
    -libm::log1p(-q) * mean
}

/// Where a function that falls from above zero to below it crosses zero, between `low` and `high`.
fn crossing(mut low: f64, mut high: f64, falling: impl Fn(f64) -> f64) -> f64 {
    // Halving a double's range 100 times reaches neighbouring numbers from any two ends in use here.
    for _ in 0..100 {
        let middle = f64::midpoint(low, high);
        if falling(middle) > 0.0 {
            low = middle;
        } else {
            high = middle;
        }
    }
    f64::midpoint(low, high)
}

#[cfg(test)]
#[track_caller]
fn close(got: f64, want: f64) {
    // Tables are printed with six digits after the point.
    assert!(
        (got - want).abs() <= 6e-7 * want.abs().max(1.0),
        "{got} against {want}"
    );
}
