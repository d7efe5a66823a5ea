//! Drawing from a table of columns (Walker 1977, "An efficient method for generating discrete random
//! variables with general distributions", ACM Transactions on Mathematical Software 3 (3)).
//!
//! All columns are equally likely. The lower part of each belongs to its own rank, and the rest of
//! it to another one: popular ranks fill up the columns of the others.

use std::sync::Arc;

use super::power;
use crate::random::stretch;

/// One column: 8 bytes.
#[derive(Clone, Copy, Debug)]
pub(super) struct Column {
    /// How much of the column is its own, in 2^-32. Cut, so each probability is right to 2^-32.
    own: u32,
    /// The rank that has the rest.
    other: u32,
}

/// The table of a law, where `total` is the sum of all powers.
///
/// As powers fall with their rank, the columns that overflow come first and in order, so two
/// positions that move to the right do for the two lists of Vose's method.
pub(super) fn columns(keys: u32, exponent: f64, total: f64) -> Arc<[Column]> {
    let scale = f64::from(keys) / total;
    let mut heights: Vec<f64> = (1..=keys)
        .map(|rank| power(rank, exponent) * scale)
        .collect();
    // What rounding leaves over at the end is a column that is full.
    let mut columns: Vec<Column> = (1..=keys)
        .map(|other| Column {
            own: u32::MAX,
            other,
        })
        .collect();
    let overflowing = heights.partition_point(|&height| height >= 1.0);
    let (mut full, mut lacking, mut last_lacking) = (0, overflowing, overflowing);
    while full < overflowing && lacking < heights.len() {
        columns[lacking] = Column {
            own: (heights[lacking] * 4_294_967_296.0) as u32,
            other: full as u32 + 1,
        };
        heights[full] -= 1.0 - heights[lacking];
        if heights[full] < 1.0 {
            // It has given too much away: now it lacks something itself, and the next one gives.
            lacking = full;
            full += 1;
        } else {
            last_lacking += 1;
            lacking = last_lacking;
        }
    }
    columns.into()
}

/// A rank from 64 random bits.
#[inline]
pub(super) fn rank(columns: &[Column], bits: u64) -> u32 {
    let (place, height) = stretch(bits, columns.len() as u32);
    let Some(column) = columns.get(place as usize) else {
        return 1;
    };
    // As a branch, it would be mispredicted again and again.
    std::hint::select_unpredictable(height < column.own, place + 1, column.other)
}

#[cfg(test)]
/// What every rank gets, from the columns alone.
pub(super) fn shares(columns: &[Column]) -> Vec<f64> {
    let mut shares = vec![0.0; columns.len()];
    let area = 1.0 / columns.len() as f64;
    for (place, column) in columns.iter().enumerate() {
        let own = f64::from(column.own) / 4_294_967_296.0;
        shares[place] += own * area;
        shares[column.other as usize - 1] += (1.0 - own) * area;
    }
    shares
}
