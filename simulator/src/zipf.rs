//! Which key a request asks for: a few are asked for by many.

mod alias;
mod rejection;

use std::sync::Arc;

use crate::power_law::area;
use crate::random::stretch;
use alias::Column;
use rejection::Rejection;

/// Zipf's law: the key of rank r is asked for in proportion to r^-exponent.
///
/// Ranks count from 1, the most popular, to the number of keys. Up to a million keys are drawn by
/// one look into a table of 8 bytes a key, which copies share; more keys by computing, which takes
/// a few times as long and no memory; equally popular keys need neither.
#[derive(Clone, Debug)]
pub struct Zipf {
    keys: u32,
    exponent: f64,
    /// The sum of r^-exponent over all ranks.
    total: f64,
    method: Method,
}

#[derive(Clone, Debug)]
enum Method {
    Even,
    Alias(Arc<[Column]>),
    Rejection(Rejection),
}

/// Up to how many keys there is a table: 8 MB.
const MAX_COLUMNS: u32 = 1_000_000;

impl Zipf {
    /// The most keys.
    pub const MAX_KEYS: u32 = 10_000_000;
    /// The largest exponent. Measured ones are from 0.6 to 1.8.
    pub const MAX_EXPONENT: f64 = 3.0;

    /// The law of `keys` keys, 1 to 10 million, with an exponent from 0 (all equal) to 3.
    ///
    /// # Errors
    /// The range that is left, in words.
    pub fn try_new(keys: u32, exponent: f64) -> Result<Self, &'static str> {
        if !(1..=Self::MAX_KEYS).contains(&keys) {
            return Err("1 to 10,000,000 keys");
        }
        if !(0.0..=Self::MAX_EXPONENT).contains(&exponent) {
            return Err("an exponent from 0 to 3");
        }
        let total = sum_of_powers(keys, exponent);
        let method = if exponent == 0.0 {
            Method::Even
        } else if keys <= MAX_COLUMNS {
            Method::Alias(alias::columns(keys, exponent, total))
        } else {
            Method::Rejection(Rejection::new(keys, exponent))
        };
        Ok(Self {
            keys,
            exponent,
            total,
            method,
        })
    }

    /// How many keys there are.
    #[must_use]
    pub const fn keys(&self) -> u32 {
        self.keys
    }

    /// How likely the key of `rank` is asked for; 0 for a rank that no key has.
    #[must_use]
    pub fn probability(&self, rank: u32) -> f64 {
        if (1..=self.keys).contains(&rank) {
            power(rank, self.exponent) / self.total
        } else {
            0.0
        }
    }

    /// The share of all requests that ask for one of the `count` most popular keys.
    #[must_use]
    pub fn share_of_top(&self, count: u32) -> f64 {
        sum_of_powers(count.min(self.keys), self.exponent) / self.total
    }

    /// A rank from 64 random bits.
    #[inline]
    pub(crate) fn rank(&self, bits: u64) -> u32 {
        match &self.method {
            Method::Alias(columns) => alias::rank(columns, bits),
            Method::Even => stretch(bits, self.keys).0 + 1,
            Method::Rejection(rejection) => rejection.rank(bits),
        }
    }
}

/// rank^-exponent.
fn power(rank: u32, exponent: f64) -> f64 {
    libm::pow(f64::from(rank), -exponent)
}

/// The sum of rank^-exponent over the ranks from 1 to `last`, to 12 digits or more.
///
/// The first 300 one by one, the others by Euler and Maclaurin's formula up to the first
/// derivative (Graham, Knuth, Patashnik 1994, "Concrete mathematics", section 9.5).
fn sum_of_powers(last: u32, exponent: f64) -> f64 {
    const EXACTLY: u32 = 300;
    // The smallest first, so that none is lost beside a large one.
    let head: f64 = (1..=last.min(EXACTLY))
        .rev()
        .map(|rank| power(rank, exponent))
        .sum();
    if last <= EXACTLY {
        return head;
    }
    let until = |rank: u32| area(exponent, libm::log(f64::from(rank)));
    let (low, high) = (power(EXACTLY, exponent), power(last, exponent));
    let slope = |rank: u32, height: f64| -exponent * height / f64::from(rank);
    let bent = (slope(last, high) - slope(EXACTLY, low)) / 12.0;
    head + (until(last) - until(EXACTLY) + (high - low) / 2.0 + bent)
}

#[cfg(test)]
mod tests;
