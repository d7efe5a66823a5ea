//! Pareto's law between two bounds.

use std::f64::consts::LN_10;

use crate::power_law;

/// The logarithm of the longest over the shortest: four decades.
pub(super) const LN_RANGE: f64 = 4.0 * LN_10;

/// The shortest duration over the mean.
pub(super) fn shortest(shape: f64) -> f64 {
    1.0 / moment(shape, 1.0)
}

/// Variance over squared mean.
pub(super) fn cv2(shape: f64) -> f64 {
    let mean = moment(shape, 1.0);
    moment(shape, 2.0) / (mean * mean) - 1.0
}

/// The mean of the `order`th power, where the shortest is 1. The density is
/// shape · x^(-shape-1) over what is left of it below the bound.
fn moment(shape: f64, order: f64) -> f64 {
    let kept = -libm::expm1(-shape * LN_RANGE);
    shape * power_law::area(shape + 1.0 - order, LN_RANGE) / kept
}
